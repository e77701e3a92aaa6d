import type { FeatureCollection } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import type { LonLat } from '$geo/flat-polygons.ts';
import { STRONG_FONTS } from '../style-labels.ts';
import type { StyleInput } from '../style-input.ts';

/** A place of a comment, with the number of the comment. */
export interface Pin {
	readonly commentNo: number;
	readonly at: LonLat | null;
	/** Its parcel is no more. */
	readonly isGone: boolean;
}

/** Draws comments at their places, those of one place as one mark with their numbers. O(comments). */
export function pinFeatures(pins: readonly Pin[]): FeatureCollection {
	const marks = new Map<string, { at: LonLat; nos: number[]; isGone: boolean }>();
	for (const { commentNo, at, isGone } of pins) {
		if (at === null) continue;
		const mark = marks.get(at.join()) ?? { at, nos: [], isGone: true };
		marks.set(at.join(), { at, nos: [...mark.nos, commentNo], isGone: mark.isGone && isGone });
	}
	return {
		type: 'FeatureCollection',
		features: [...marks.values()].map(({ at, nos, isGone }) => ({
			type: 'Feature',
			properties: { label: nos.join(', '), isGone },
			geometry: { type: 'Point', coordinates: [...at] },
		})),
	};
}

/** Layers of comments: a numbered mark at each place, hollow where its parcel is no more. */
export function pinLayers({ palette }: StyleInput, source: string): LayerSpecification[] {
	return [
		{
			id: 'draft-pin',
			source,
			type: 'circle',
			paint: {
				'circle-radius': 11,
				'circle-color': ['case', ['get', 'isGone'], palette.halo, palette.focus],
				'circle-stroke-color': ['case', ['get', 'isGone'], palette.focus, palette.focusCasing],
				'circle-stroke-width': 2,
			},
		},
		{
			id: 'draft-pin-number',
			source,
			type: 'symbol',
			layout: {
				'text-field': ['get', 'label'],
				'text-font': [...STRONG_FONTS],
				'text-size': 12,
				'text-allow-overlap': true,
				'text-ignore-placement': true,
			},
			paint: { 'text-color': ['case', ['get', 'isGone'], palette.ink, palette.focusCasing] },
		},
	];
}
