import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { WireComparison } from '../api/history.ts';
import type { MapOverlay } from './overlay.ts';
import { patternImageId } from './pattern-image.ts';
import { PARCEL_SOURCE, PARCEL_SOURCE_LAYER } from './style-input.ts';

type Change = WireComparison['changes'][number];

/** What became of a parcel, as the map tells it apart. */
export type ChangeMark = 'created' | 'retired' | 'changed';

const PLACES = 'compared-places';
/** Tiles have single parcels from here on; further out a dot stands for each. */
const SINGLE_ZOOM = 13;
const PATTERNS = { created: 'lines-right', retired: 'cross-diagonal', changed: 'lines-left' } as const;

/** How the map marks a change. */
export function markOf({ before, after }: Pick<Change, 'before' | 'after'>): ChangeMark {
	if (before === null) return 'created';
	return after === null ? 'retired' : 'changed';
}

/** Draws what two revisions have otherwise over one of them: dots from afar, hatched parcels of that revision from near. O(changes). */
export function comparedOverlay(changes: readonly Change[], side: 'before' | 'after'): MapOverlay {
	const own = changes.filter((change) => change[side] !== null);
	const nosOf = (mark: ChangeMark) =>
		own.filter((change) => markOf(change) === mark).map(({ parcelNo }) => parcelNo);
	const marks = (['changed', 'created', 'retired'] as const).map((mark) => ({ mark, nos: nosOf(mark) }));
	return {
		sourceIds: [PLACES],
		replacedNos: [],
		dataOf: () => ({
			type: 'FeatureCollection',
			features: changes.map((change) => {
				const [west, south, east, north] = change.bbox;
				return {
					type: 'Feature',
					properties: { mark: markOf(change) },
					geometry: { type: 'Point', coordinates: [(west + east) / 2, (south + north) / 2] },
				};
			}),
		}),
		layersOf: ({ palette }) => {
			const colorOf = { created: palette.accent, retired: palette.danger, changed: palette.focus };
			const parcels = { source: PARCEL_SOURCE, 'source-layer': PARCEL_SOURCE_LAYER } as const;
			const among = (nos: readonly number[]): FilterSpecification => ['in', ['id'], ['literal', [...nos]]];
			const layers = marks.flatMap(({ mark, nos }): LayerSpecification[] => {
				if (nos.length === 0) return [];
				const layer = { ...parcels, minzoom: SINGLE_ZOOM, filter: among(nos) };
				const pattern = patternImageId(PATTERNS[mark], colorOf[mark]);
				return [
					{ ...layer, id: `compared-${mark}`, type: 'fill', paint: { 'fill-pattern': pattern } },
					{
						...layer,
						id: `compared-${mark}-casing`,
						type: 'line',
						layout: { 'line-join': 'round' },
						paint: { 'line-color': palette.focusCasing, 'line-width': 5 },
					},
					{
						...layer,
						id: `compared-${mark}-line`,
						type: 'line',
						layout: { 'line-join': 'round' },
						paint: { 'line-color': colorOf[mark], 'line-width': 2.5 },
					},
				];
			});
			const color = [
				'match',
				['get', 'mark'],
				'created',
				colorOf.created,
				'retired',
				colorOf.retired,
				colorOf.changed,
			];
			return [
				...layers,
				{
					id: 'compared-dots',
					source: PLACES,
					type: 'circle',
					maxzoom: SINGLE_ZOOM,
					paint: {
						'circle-radius': 5,
						'circle-color': color as unknown as ExpressionSpecification,
						'circle-stroke-color': palette.focusCasing,
						'circle-stroke-width': 2,
					},
				},
			];
		},
	};
}
