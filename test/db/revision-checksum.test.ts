import { describe, expect, it } from 'vitest';
import { flattenMultiPolygons, type MultiPolygonLonLat } from '$geo/flat-polygons.ts';
import type { NewParcels } from '$lib/server/db/parcel-write.ts';
import {
	firstRevisionChecksum,
	nextRevisionChecksum,
	type RecordedFacts,
} from '$lib/server/db/revision-checksum.ts';

const square = (lon: number): MultiPolygonLonLat => [
	[
		[
			[lon, 41],
			[lon + 0.5, 41],
			[lon + 0.5, 41.5],
			[lon, 41.5],
		],
	],
];

function parcels(order: readonly number[]): NewParcels {
	return {
		parcelNo: Int32Array.from(order, (i) => i + 1),
		version: Int32Array.from(order, () => 1),
		code: order.map((i) => `P${i}`),
		codeStatus: order.map(() => 'provisional' as const),
		areaDm2: Float64Array.from(order, (i) => 100 + i),
		areaMethod: order.map(() => 'cgcs2000-ellipsoidal'),
		planarAreaDm2: Float64Array.from(order, (i) => 101 + i),
		documentAreaDm2: order.map(() => null),
		classKeys: order.map(() => null),
		parkIds: order.map(() => null),
		parkRelations: order.map(() => 'outside' as const),
		blockIds: order.map(() => null),
		attributes: order.map(() => null),
		polygons: flattenMultiPolygons(order.map((i) => square(i))),
	};
}

const origin = { source: 'test', status: 'example' };
const condition = (farMax: number) => ({
	parcelNo: 1,
	version: 1,
	farMin: null,
	farMax,
	buildingCoverageMaxPct: null,
	heightMaxM: null,
	greenRatioMinPct: null,
	supportShareMaxPct: null,
	publicationGrade: 'public',
	...origin,
});
const stock = (parcelNo: number, stockStatus: string) => ({ parcelNo, version: 1, stockStatus, ...origin });
const FACTS: RecordedFacts = {
	conditions: [condition(2)],
	stockStatuses: [stock(1, 'built'), stock(2, 'inefficient')],
};
const checksum = (facts: Partial<RecordedFacts> = {}, order: readonly number[] = [0, 1, 2]) =>
	firstRevisionChecksum('zone', 'current', parcels(order), { ...FACTS, ...facts });

describe('the checksum that names a revision', () => {
	it('is the same for the same content in any order', () => {
		expect(checksum()).toMatch(/^[0-9a-f]{64}$/);
		expect(checksum({ stockStatuses: FACTS.stockStatuses.toReversed() }, [2, 0, 1])).toBe(checksum());
	});

	it.each<[string, Partial<RecordedFacts>]>([
		['a stock status', { stockStatuses: [stock(1, 'built'), stock(2, 'built')] }],
		['whose stock status it is', { stockStatuses: [stock(1, 'built'), stock(3, 'inefficient')] }],
		['a missing stock status', { stockStatuses: [stock(1, 'built')] }],
		['a limit', { conditions: [condition(3)] }],
		['the grade of limits', { conditions: [{ ...condition(2), publicationGrade: 'office' }] }],
		['a source', { conditions: [{ ...condition(2), source: 'another' }] }],
	])('changes with %s', (_, facts) => {
		expect(checksum(facts)).not.toBe(checksum());
	});

	it('names a later revision by the one before and by what it changes', () => {
		const change = { closedNos: Int32Array.of(1, 2), parcels: parcels([0, 1]), facts: FACTS };
		const next = (before: string, other: Partial<typeof change> = {}, revision = 2) =>
			nextRevisionChecksum('zone', 'current', revision, before, { ...change, ...other });
		const names = [
			next(checksum()),
			next('0'.repeat(64)),
			next(checksum(), {}, 3),
			next(checksum(), { closedNos: Int32Array.of(1) }),
			next(checksum(), { parcels: parcels([0]) }),
			next(checksum(), { facts: { ...FACTS, conditions: [] } }),
		];
		expect(new Set(names).size).toBe(names.length);
		expect(next(checksum(), { closedNos: Int32Array.of(2, 1), parcels: parcels([1, 0]) })).toBe(names[0]);
	});
});
