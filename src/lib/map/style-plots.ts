import type { Feature, FeatureCollection } from 'geojson';
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { WirePlotPlace } from '../api/plot-map.ts';
import type { MapOverlay } from './overlay.ts';
import { plotLine, toneOf, type PlotSubject } from './plot-line.ts';
import { PLOT_TONES } from './plot-tone.ts';

const SHAPES = 'plots';
const PLACES = 'plot-places';
const CHOSEN = 'plot-chosen';
/** Shapes can be told apart from here on; further out a dot stands for each. */
const SHAPE_ZOOM = 12;
const DOT_PX = 5;

/** What the overlay of plots is drawn from. */
export interface PlotPicture {
	readonly plots: readonly WirePlotPlace[];
	readonly subject: PlotSubject;
	readonly chosen: WirePlotPlace | null;
	readonly today: string;
}

/** Draws plots over the land-use map: dots from afar, shapes from near, coloured by a line of the legend. */
export function plotOverlay(picture: () => PlotPicture): MapOverlay {
	const properties = (plot: WirePlotPlace) => {
		const { subject, today } = picture();
		return { tone: toneOf(subject, plotLine(plot, subject, today)) };
	};
	const features = (
		plots: readonly WirePlotPlace[],
		draw: (plot: WirePlotPlace) => Feature['geometry'] | null,
	) =>
		plots.flatMap((plot): Feature[] => {
			const geometry = draw(plot);
			return geometry === null ? [] : [{ type: 'Feature', properties: properties(plot), geometry }];
		});
	const shape = ({ coordinates }: WirePlotPlace): Feature['geometry'] | null =>
		coordinates === null ? null : { type: 'MultiPolygon', coordinates };
	const place = ({ lon, lat }: WirePlotPlace): Feature['geometry'] => ({
		type: 'Point',
		coordinates: [lon, lat],
	});
	return {
		sourceIds: [SHAPES, PLACES, CHOSEN],
		replacedNos: [],
		dataOf: (sourceId): FeatureCollection => {
			const { plots, chosen } = picture();
			const drawn =
				sourceId === CHOSEN
					? features(chosen === null ? [] : [chosen], (plot) => shape(plot) ?? place(plot))
					: features(plots, sourceId === SHAPES ? shape : place);
			return { type: 'FeatureCollection', features: drawn };
		},
		layersOf: ({ palette }): LayerSpecification[] => {
			const color = [
				'match',
				['get', 'tone'],
				...PLOT_TONES.flatMap((tone) => [tone, palette.plot[tone]]),
				palette.plot.none,
			] as unknown as ExpressionSpecification;
			const round = { 'line-join': 'round' } as const;
			return [
				{
					id: 'plot-fill',
					source: SHAPES,
					type: 'fill',
					minzoom: SHAPE_ZOOM,
					paint: { 'fill-color': color, 'fill-opacity': 0.85 },
				},
				{
					id: 'plot-casing',
					source: SHAPES,
					type: 'line',
					minzoom: SHAPE_ZOOM,
					layout: round,
					paint: { 'line-color': palette.halo, 'line-width': 3.5 },
				},
				{
					id: 'plot-line',
					source: SHAPES,
					type: 'line',
					minzoom: SHAPE_ZOOM,
					layout: round,
					paint: { 'line-color': palette.ink, 'line-width': 1.25 },
				},
				{
					id: 'plot-dots',
					source: PLACES,
					type: 'circle',
					maxzoom: SHAPE_ZOOM,
					paint: {
						'circle-radius': DOT_PX,
						'circle-color': color,
						'circle-stroke-color': palette.halo,
						'circle-stroke-width': 1.5,
					},
				},
				{
					id: 'plot-chosen-casing',
					source: CHOSEN,
					type: 'line',
					layout: round,
					paint: { 'line-color': palette.focusCasing, 'line-width': 7 },
				},
				{
					id: 'plot-chosen-line',
					source: CHOSEN,
					type: 'line',
					layout: round,
					paint: { 'line-color': palette.focus, 'line-width': 3 },
				},
			];
		},
	};
}

/** Finds the plot that a click on the map means: the one that holds the place, or from afar the nearest dot within a finger's reach. O(plots). */
export function plotAt(
	plots: readonly WirePlotPlace[],
	[lon, lat]: readonly [number, number],
	zoom: number,
): WirePlotPlace | null {
	const within = plots.find(({ coordinates }) => coordinates !== null && holds(coordinates, lon, lat));
	if (within !== undefined && zoom >= SHAPE_ZOOM) return within;
	const lonScale = Math.cos((lat * Math.PI) / 180);
	// A tile is 512 pixels wide.
	const reachDeg = (360 / (512 * 2 ** zoom)) * REACH_PX * lonScale;
	let nearest: WirePlotPlace | null = null;
	let best = reachDeg;
	for (const plot of plots) {
		const distance = Math.hypot((plot.lon - lon) * lonScale, plot.lat - lat);
		if (distance > best) continue;
		best = distance;
		nearest = plot;
	}
	return within ?? nearest;
}

const REACH_PX = 12;

function holds(
	polygons: readonly (readonly (readonly (readonly [number, number])[])[])[],
	lon: number,
	lat: number,
) {
	let isInside = false;
	for (const ring of polygons.flat())
		for (let i = 0; i + 1 < ring.length; i++) {
			const [[ax, ay], [bx, by]] = [ring[i], ring[i + 1]];
			if (ay > lat !== by > lat && lon < ax + ((bx - ax) * (lat - ay)) / (by - ay)) isInside = !isInside;
		}
	return isInside;
}
