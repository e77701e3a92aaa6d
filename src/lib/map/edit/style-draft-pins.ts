import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { LonLat } from '$geo/flat-polygons.ts';
import { LABEL_ZOOM, STRONG_FONTS } from '../style-labels.ts';
import type { StyleInput } from '../style-input.ts';

/** A place of a comment, with the number of the comment. */
export interface Pin {
	readonly commentNo: number;
	readonly at: LonLat | null;
	/** Null: it is of none. */
	readonly parcelNo: number | null;
	/** Its parcel is no more. */
	readonly isGone: boolean;
}

/** In pixels. */
const HERE: [number, number] = [0, 0];
const ABOVE_LABEL: [number, number] = [0, -23];
/** A parcel's comments are pinned where its class is written: their mark stands above that. Further out nothing is written, and a shifted mark would stand on another parcel. */
const PARCEL_SHIFT: ExpressionSpecification = [
	'step',
	['zoom'],
	['literal', HERE],
	LABEL_ZOOM,
	['literal', ABOVE_LABEL],
];

/** Draws comments at their places, those of one place as one mark with their numbers. O(comments). */
export function pinFeatures(pins: readonly Pin[]): FeatureCollection {
	const marks = new Map<string, { at: LonLat; nos: number[]; isGone: boolean; isOfParcel: boolean }>();
	for (const { commentNo, at, parcelNo, isGone } of pins) {
		if (at === null) continue;
		const mark = marks.get(at.join()) ?? { at, nos: [], isGone: true, isOfParcel: parcelNo !== null };
		marks.set(at.join(), { ...mark, nos: [...mark.nos, commentNo], isGone: mark.isGone && isGone });
	}
	return {
		type: 'FeatureCollection',
		features: [...marks.values()].map(({ at, nos, isGone, isOfParcel }) => ({
			type: 'Feature',
			properties: { label: nos.join(', '), isGone, isOfParcel },
			geometry: { type: 'Point', coordinates: [...at] },
		})),
	};
}

/** Layers of comments: a numbered mark at each place, above the class of a parcel, hollow where the parcel is no more. */
export function pinLayers(input: Pick<StyleInput, 'palette'>, source: string): LayerSpecification[] {
	return [...marksOf(input, source, false), ...marksOf(input, source, true)];
}

function marksOf(
	{ palette }: Pick<StyleInput, 'palette'>,
	source: string,
	isOfParcel: boolean,
): LayerSpecification[] {
	const shift = isOfParcel ? PARCEL_SHIFT : HERE;
	const filter: FilterSpecification = ['==', ['get', 'isOfParcel'], isOfParcel];
	const id = isOfParcel ? 'draft-parcel-pin' : 'draft-pin';
	return [
		{
			id,
			source,
			filter,
			type: 'circle',
			paint: {
				'circle-radius': 11,
				'circle-translate': shift,
				'circle-color': ['case', ['get', 'isGone'], palette.halo, palette.focus],
				'circle-stroke-color': ['case', ['get', 'isGone'], palette.focus, palette.focusCasing],
				'circle-stroke-width': 2,
			},
		},
		{
			id: `${id}-number`,
			source,
			filter,
			type: 'symbol',
			layout: {
				'text-field': ['get', 'label'],
				'text-font': [...STRONG_FONTS],
				'text-size': 12,
				'text-allow-overlap': true,
				'text-ignore-placement': true,
			},
			paint: {
				'text-color': ['case', ['get', 'isGone'], palette.ink, palette.focusCasing],
				'text-translate': shift,
			},
		},
	];
}
