import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { joinFeatures, sliceFeature } from '$geo/flat-polygons.ts';
import { DEFAULT_DEMO, generateDemoZone } from '$seeds/demo/generate.ts';
import { LOT_SIZES_M2 } from '$seeds/demo/lot-size.ts';
import type { CoverageLayerSource } from '$seeds/load/coverage-source.ts';
import { codeOf, layerOf } from './zone-measure.ts';
import { holeCount, nodeDegrees, quantile, shellOf, turnsDeg } from './zone-shape.ts';

const zone = generateDemoZone(DEFAULT_DEMO);
const layers = { plan: layerOf(zone, 'plan'), current: layerOf(zone, 'current') };
const areasM2 = ellipsoidalAreasM2(layers.plan.polygons);
const isLot = (layer: CoverageLayerSource, f: number) => !/^(12|17|06|1402)/.test(codeOf(layer, f));

describe('sizes of the default plan', () => {
	// Heping's fine grain and lots that gave up a corner make the small tail longer than the large one.
	it.each(Object.entries(LOT_SIZES_M2).filter(([code]) => code !== '0103'))(
		'of class %s keep to the quantiles that are set for it',
		(code, [p10, p50, p90]) => {
			const sizes = [...areasM2].filter((_, f) => codeOf(layers.plan, f) === code);
			expect(sizes.length).toBeGreaterThan(5);
			for (const [share, wanted] of [
				[0.1, p10],
				[0.5, p50],
				[0.9, p90],
			]) {
				const found = quantile(sizes, share);
				expect(found, `${share}`).toBeGreaterThan(0.5 * wanted);
				expect(found, `${share}`).toBeLessThan(1.6 * wanted);
			}
		},
	);

	it('tell streets of three widths at least: avenues, secondary streets, branches and lanes', () => {
		const { polygons } = layers.plan;
		const { coordinates } = polygons;
		const widths = [...areasM2].flatMap((areaM2, f) => {
			if (codeOf(layers.plan, f) !== '1207') return [];
			let aroundM = 0;
			const [from, to] = shellOf(polygons, f);
			for (let i = from, j = to - 1; i < to; j = i++)
				aroundM += Math.hypot(
					(coordinates[2 * i] - coordinates[2 * j]) * 83_200,
					(coordinates[2 * i + 1] - coordinates[2 * j + 1]) * 111_000,
				);
			const halfM = aroundM / 2;
			return halfM * halfM > 4 * areaM2 ? [(halfM - Math.sqrt(halfM * halfM - 4 * areaM2)) / 2] : [];
		});
		for (const [low, high] of [
			[14, 21],
			[22, 32],
			[33, 40],
			[46, 70],
		]) {
			const share = widths.filter((widthM) => widthM > low && widthM < high).length / widths.length;
			expect(share, `${low} to ${high} m`).toBeGreaterThan(0.06);
		}
	});
});

describe.each(['plan', 'current'] as const)('shapes of the default %s', (kind) => {
	const layer = layers[kind];
	const lots = layer.classKeys.flatMap((_, f) => (isLot(layer, f) ? [f] : []));

	it('have corners that are square, and many that are not', () => {
		const turns = lots.flatMap((f) => turnsDeg(layer.polygons, f));
		const skew = turns.filter((turn) => Math.abs(Math.abs(turn) - 90) > 8).length / turns.length;
		expect(skew).toBeGreaterThan(0.12);
		expect(skew).toBeLessThan(0.8);
	});

	it('are concave now and then', () => {
		const concave = lots.filter((f) => turnsDeg(layer.polygons, f).some((turn) => turn < 0)).length;
		expect(concave / lots.length).toBeGreaterThan(0.03);
		expect(concave / lots.length).toBeLessThan(0.5);
	});

	it('have holes: ponds and sites that stand in others', () => {
		const holed = layer.classKeys.filter((_, f) => holeCount(layer.polygons, f) > 0);
		expect(holed.length).toBeGreaterThan(10);
		expect(new Set(holed.map((key) => key?.code)).size).toBeGreaterThan(2);
	});

	it('meet at nodes of three, four and five edges, mostly three', () => {
		const degrees = nodeDegrees(layer.polygons);
		const three = degrees.get(3) ?? 0;
		expect(three).toBeGreaterThan(5000);
		expect(degrees.get(4) ?? 0).toBeGreaterThan(20);
		expect(degrees.get(4) ?? 0).toBeLessThan(0.2 * three);
		expect(degrees.get(5) ?? 0).toBeGreaterThan(0);
	});
});

describe('control lines of the default demo', () => {
	const lines = new Map(zone.controlLayers.map((layer) => [layer.kind, layer.polygons]));
	const areaOf = (kind: 'urban_growth_boundary' | 'permanent_basic_farmland' | 'ecological_red_line') => {
		const polygons = lines.get(kind);
		return polygons ? ellipsoidalAreasM2(polygons).reduce((sum, areaM2) => sum + areaM2, 0) : NaN;
	};
	const plannedM2 = (codes: RegExp) =>
		areasM2.reduce((sum, areaM2, f) => sum + (codes.test(codeOf(layers.plan, f)) ? areaM2 : 0), 0);

	it('put all planned farmland and nothing else into the farmland line, water and woods into the ecological one', () => {
		expect(Math.abs(areaOf('permanent_basic_farmland') - plannedM2(/^01/))).toBeLessThan(1e-3);
		expect(Math.abs(areaOf('ecological_red_line') - plannedM2(/^(0301|1701)$/))).toBeLessThan(1e-3);
	});

	it('keep the three lines apart, with the urban boundary round everything to be built', () => {
		const polygons = joinFeatures(
			(['urban_growth_boundary', 'permanent_basic_farmland', 'ecological_red_line'] as const).flatMap(
				(kind) => {
					const set = lines.get(kind);
					return set
						? Array.from({ length: set.featureOffsets.length - 1 }, (_, f) => sliceFeature(set, f))
						: [];
				},
			),
		);
		const parcelNos = Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f + 1);
		const codes = checkParcelSet({ parcelNos, polygons }).map(({ code }) => code);
		expect(codes).not.toContain('parcel.overlaps');
		const builtM2 = plannedM2(/^(07|08|09|10|11|13|14|15|16|MX)/);
		expect(areaOf('urban_growth_boundary')).toBeGreaterThan(builtM2);
		expect(areaOf('urban_growth_boundary')).toBeLessThan(357e6 - plannedM2(/^0[1-6]/));
	});
});
