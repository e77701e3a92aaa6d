import type { WirePlotShape } from '$lib/api/plot-register.ts';
import { metresPerDegree, parcelOutline, type ParcelOutline } from '../parcel/parcel-outline.ts';

/** A plot among its neighbours, in metres from the middle of the frame: x east, y south. */
export interface PlotPicture extends ParcelOutline {
	/** One path of all neighbours' rings. */
	readonly neighbours: string;
}

type Box = [west: number, south: number, east: number, north: number];

/** Draws a plot in a frame of an aspect (width over height), with the plan parcels round it. O(vertices). */
export function plotPicture(shape: WirePlotShape, box: Box, aspect: number): PlotPicture {
	const own = parcelOutline({ type: 'MultiPolygon', coordinates: shape.coordinates }, box, aspect, 0.3);
	const [west, south, east, north] = box;
	const [middleLon, middleLat] = [(west + east) / 2, (south + north) / 2];
	const { perLonDegree, perLatDegree } = metresPerDegree(middleLat);
	const neighbours = shape.neighbours
		.flat(2)
		.map((ring) => {
			const positions = ring
				.slice(0, -1)
				.map(
					([lon, lat]) =>
						`${((lon - middleLon) * perLonDegree).toFixed(1)} ${((middleLat - lat) * perLatDegree).toFixed(1)}`,
				);
			return `M${positions.join('L')}Z`;
		})
		.join('');
	return { ...own, neighbours };
}
