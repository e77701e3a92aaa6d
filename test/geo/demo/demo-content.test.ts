import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { isOnGrid } from '$geo/grid.ts';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { DEFAULT_DEMO, generateDemoZone } from '$seeds/demo/generate.ts';
import type { CoverageSource } from '$seeds/load/coverage-source.ts';
import { toGeos } from '$test/geo/coverage/geos-oracle.ts';
import { codeOf, layerOf, sumsBy } from './zone-measure.ts';

const zone = generateDemoZone(DEFAULT_DEMO);
const plan = layerOf(zone, 'plan');
const current = layerOf(zone, 'current');
const sharesOf = (layer: typeof plan) => {
	const sums = sumsBy(ellipsoidalAreasM2(layer.polygons), (f) => codeOf(layer, f));
	return (prefix: string) =>
		[...sums].reduce((sum, [code, areaM2]) => sum + (code.startsWith(prefix) ? areaM2 : 0), 0) / 357e6;
};

describe('default demo zone', () => {
	it('has about the parcels asked for, and a current coverage of similar size', () => {
		expect(plan.classKeys.length).toBeGreaterThan(0.95 * DEFAULT_DEMO.parcelCount);
		expect(plan.classKeys.length).toBeLessThan(1.05 * DEFAULT_DEMO.parcelCount);
		expect(current.classKeys.length).toBeGreaterThan(0.7 * plan.classKeys.length);
		expect(current.classKeys.length).toBeLessThan(1.3 * plan.classKeys.length);
	});

	it('uses only codes of the 2023 list and the local class', () => {
		const listed = readFileSync('seeds/land-use/cn-land-use-2023.csv', 'utf8').split('\n');
		const codes = new Set(listed.map((line) => line.split(',')[0].replaceAll('"', '')));
		for (const key of [...plan.classKeys, ...current.classKeys]) {
			if (key?.code === 'MX') expect(key).toEqual({ system: 'shenyang', version: '2022', code: 'MX' });
			else expect(codes).toContain(key?.code);
		}
	});

	it('plans a high-tech zone', () => {
		const used = new Set(plan.classKeys.map((key) => key?.code));
		for (const code of '0802 100101 100102 MX 070101 070102 0901 0902 080401 080403 080404 0805 080602 1303 1401 1704 1402 1403 110101 16 1701 1207 1202 1201 120802 0103 0301'.split(
			' ',
		)) {
			expect(used).toContain(code);
		}
		expect([...used].some((code) => code?.startsWith('15'))).toBe(true);
		const share = sharesOf(plan);
		for (const [prefix, low, high] of [
			['0802', 0.04, 0.14],
			['1001', 0.1, 0.3],
			['MX', 0.04, 0.15],
			['0701', 0.1, 0.25],
			['09', 0.04, 0.14],
			['14', 0.05, 0.15],
			['1701', 0.015, 0.05],
			['01', 0.01, 0.12],
		] as const) {
			expect(share(prefix), prefix).toBeGreaterThan(low);
			expect(share(prefix), prefix).toBeLessThan(high);
		}
	});

	it('surveys another state of the same ground', () => {
		const share = sharesOf(current);
		for (const [prefix, low, high] of [
			['0703', 0.005, 0.05],
			['01', 0.08, 0.3],
			['02', 0.02, 0.12],
			['03', 0.05, 0.25],
			['1001', 0.1, 0.28],
			['2301', 0.04, 0.14],
			['1207', 0.05, 0.12],
		] as const) {
			expect(share(prefix), prefix).toBeGreaterThan(low);
			expect(share(prefix), prefix).toBeLessThan(high);
		}
		expect(current.classKeys.some((key) => key?.code === 'MX')).toBe(false);
		const numbers = (count: number) => Int32Array.from({ length: count }, (_, f) => f + 1);
		const sets = [plan, current].map(({ polygons, classKeys }) => ({
			parcelNos: numbers(classKeys.length),
			polygons,
		}));
		const { parcelNos, areaM2 } = overlayParcelSets(sets);
		let sameM2 = 0;
		let totalM2 = 0;
		areaM2.forEach((pieceM2, piece) => {
			totalM2 += pieceM2;
			if (codeOf(plan, parcelNos[0][piece] - 1) === codeOf(current, parcelNos[1][piece] - 1))
				sameM2 += pieceM2;
		});
		expect(Math.abs(totalM2 - 357e6)).toBeLessThan(1);
		expect(sameM2 / totalM2).toBeGreaterThan(0.15);
		expect(sameM2 / totalM2).toBeLessThan(0.6);
	});

	it('gives every parcel a provisional code of its own and a block that exists', () => {
		const blockIds = new Set(zone.blocks.map((block) => block.blockId));
		expect(blockIds.size).toBe(zone.blocks.length);
		for (const { codes, blockIds: ids, classKeys, attributes } of [plan, current]) {
			expect(new Set(codes).size).toBe(classKeys.length);
			for (const code of codes ?? []) expect(code).toMatch(/^(HN|HP|HG|DD)-[A-Z]\d\d-X?\d{3}$/);
			for (const id of ids ?? []) expect(blockIds).toContain(id);
			expect(attributes?.every((facts) => facts?.synthetic === true && facts.provisionalCode === true)).toBe(
				true,
			);
		}
		for (const { nameZh, nameEn } of zone.blocks) {
			expect(nameZh).toContain('示意');
			expect(nameEn).toContain('demo');
		}
	});

	it('makes blocks that are the union of their plan parcels', () => {
		const sums = sumsBy(ellipsoidalAreasM2(plan.polygons), (f) => String(plan.blockIds?.[f]));
		for (const { blockId, polygons } of zone.blocks) {
			const areaM2 = polygons ? ellipsoidalAreasM2(polygons)[0] : NaN;
			expect(Math.abs(areaM2 - (sums.get(blockId) ?? 0))).toBeLessThan(1e-3);
		}
	});

	it('sets conditions on land that is built on, and stock statuses on surveyed land only', () => {
		plan.planningConditions?.forEach((condition, f) => {
			if (!condition) return;
			expect(codeOf(plan, f)).toMatch(/^(0701|0802|09|1001|1101|MX)/);
			expect(condition.farMax).toBeGreaterThan(condition.farMin ?? 0);
			expect(condition.farMax).toBeLessThanOrEqual(4);
			expect(condition.heightMaxM).toBeGreaterThan(0);
		});
		expect(plan.planningConditions?.filter(Boolean).length).toBeGreaterThan(2000);
		expect(plan.stockStatuses).toBeUndefined();
		const statuses = new Set(current.stockStatuses);
		for (const status of [
			'built',
			'under_construction',
			'supplied_not_started',
			'suspected_idle',
			'inefficient',
		] as const) {
			expect(statuses).toContain(status);
		}
	});

	it('marks every control line as an example and keeps farmland lines in the office', () => {
		expect(zone.controlLayers.map(({ kind }) => kind)).toEqual([
			'urban_growth_boundary',
			'permanent_basic_farmland',
			'ecological_red_line',
			'industrial_land_line',
		]);
		for (const layer of zone.controlLayers) {
			expect(layer.status).toBe('example');
			expect(layer.nameZh).toContain('示意');
			expect(layer.areaNames.length).toBe(layer.polygons.featureOffsets.length - 1);
			if (layer.kind === 'permanent_basic_farmland') expect(layer.publicationGrade).toBe('office');
		}
	});

	it('is valid to GEOS, with neighbours that only touch', () => {
		const features = Array.from({ length: 60 }, (_, k) => Math.floor((k * plan.classKeys.length) / 60));
		const geos = toGeos(plan.polygons);
		for (const feature of features) {
			expect(geos.isValid(feature)).toBe(true);
			const beside = feature > 0 ? feature - 1 : 1;
			expect(geos.relate(feature, beside)[0]).toBe('F');
		}
		geos.free();
		const outlines = zone.outlines.map(({ polygons }) => toGeos(polygons));
		for (const outline of outlines) expect(outline.isValid(0)).toBe(true);
		outlines.forEach((outline) => outline.free());
	});
});

/** Everything in a zone as text; arrays of numbers by their bytes. */
function bytesOf(zone: CoverageSource): string {
	return JSON.stringify(zone, (_, value: unknown) =>
		ArrayBuffer.isView(value)
			? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
			: value,
	);
}

describe('a zone moved by a whole degree of longitude', () => {
	it('stays on the grid with the same areas to the bit, as zones side by side need it', () => {
		const small = { seed: 5, parcelCount: 1000 };
		const shapesOf = ({ outlines, blocks, coverages, controlLayers }: CoverageSource) =>
			[...outlines, ...blocks, ...coverages, ...controlLayers].flatMap(({ polygons }) => polygons ?? []);
		const here = shapesOf(generateDemoZone(small));
		const moved = shapesOf(generateDemoZone({ ...small, eastDeg: -18 }));
		expect(moved.length).toBe(here.length);
		for (const [i, { coordinates, ...rings }] of moved.entries()) {
			const { coordinates: at, ...ringsHere } = here[i];
			expect(coordinates.every((value, k) => value === (k % 2 === 0 ? at[k] - 18 : at[k]))).toBe(true);
			expect(coordinates.every(isOnGrid)).toBe(true);
			expect(rings).toEqual(ringsHere);
			expect(ellipsoidalAreasM2(moved[i])).toEqual(ellipsoidalAreasM2(here[i]));
		}
	});
});

describe('determinism', () => {
	it('makes the same bytes from the same parameters, and another zone from another seed', () => {
		const small = { seed: 5, parcelCount: 1000 };
		const [first, again, other] = [small, small, { ...small, seed: 6 }].map(generateDemoZone);
		expect(bytesOf(again)).toBe(bytesOf(first));
		expect(layerOf(other, 'plan').polygons.coordinates).not.toEqual(
			layerOf(first, 'plan').polygons.coordinates,
		);
	});
});
