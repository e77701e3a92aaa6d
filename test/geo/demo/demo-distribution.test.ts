import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { joinFeatures, sliceFeature } from '$geo/flat-polygons.ts';
import { DEFAULT_DEMO, generateDemoZone } from '$seeds/demo/generate.ts';
import { proveDemoDistribution } from './distribution-laws.ts';
import { codeOf, layerOf } from './zone-measure.ts';

proveDemoDistribution(DEFAULT_DEMO);
for (const seed of [2, 3]) proveDemoDistribution({ ...DEFAULT_DEMO, seed });

describe('control lines of the default demo', () => {
	const zone = generateDemoZone(DEFAULT_DEMO);
	const plan = layerOf(zone, 'plan');
	const areasM2 = ellipsoidalAreasM2(plan.polygons);
	const lines = new Map(zone.controlLayers.map((layer) => [layer.kind, layer.polygons]));
	const areaOf = (kind: 'urban_growth_boundary' | 'permanent_basic_farmland' | 'ecological_red_line') => {
		const polygons = lines.get(kind);
		return polygons ? ellipsoidalAreasM2(polygons).reduce((sum, areaM2) => sum + areaM2, 0) : NaN;
	};
	const plannedM2 = (codes: RegExp) =>
		areasM2.reduce((sum, areaM2, f) => sum + (codes.test(codeOf(plan, f)) ? areaM2 : 0), 0);

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
