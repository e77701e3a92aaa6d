import { createExpression } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { pinFeatures, pinLayers } from '$lib/map/edit/style-draft-pins.ts';
import { LABEL_ZOOM } from '$lib/map/style-labels.ts';
import { palette } from '../../support/map-palette.ts';

const layers = pinLayers({ palette }, 'pins');

function shiftAt(id: string, property: string, zoom: number): number[] {
	const found = layers.find((one) => one.id === id);
	const value: unknown = Reflect.get(found?.paint ?? {}, property);
	if (Array.isArray(value) && typeof value[0] === 'number') return value as number[];
	const parsed = createExpression(value, { type: 'array', value: 'number', length: 2 } as never);
	if (parsed.result !== 'success') throw new Error(JSON.stringify(parsed.value));
	return parsed.value.evaluate({ zoom }) as number[];
}

describe('marks of comments on the map', () => {
	it('stand above the class of their parcel where that is written, and on the parcel further out', () => {
		for (const [id, property] of [
			['draft-parcel-pin', 'circle-translate'],
			['draft-parcel-pin-number', 'text-translate'],
		]) {
			expect(shiftAt(id, property, LABEL_ZOOM)[1]).toBeLessThan(-20);
			expect(shiftAt(id, property, LABEL_ZOOM - 0.1)).toEqual([0, 0]);
		}
	});

	it('stand on the place of a comment that is of no parcel, at every zoom', () => {
		for (const zoom of [10, 15, 18]) expect(shiftAt('draft-pin', 'circle-translate', zoom)).toEqual([0, 0]);
	});

	it('are one for the comments of one place, hollow only where all of them have lost their parcel', () => {
		const at = [123.4, 41.7] as const;
		const pin = { at, parcelNo: 7, isGone: true };
		const { features } = pinFeatures([
			{ ...pin, commentNo: 1 },
			{ ...pin, commentNo: 2, isGone: false },
			{ ...pin, commentNo: 3, at: null },
		]);
		expect(features.map(({ properties }) => properties)).toEqual([
			{ label: '1, 2', isGone: false, isOfParcel: true },
		]);
	});
});
