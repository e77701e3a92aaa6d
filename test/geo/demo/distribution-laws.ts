import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { generateDemoZone } from '$seeds/demo/generate.ts';
import type { DemoParameters } from '$seeds/demo/generate.ts';
import { lengthScale } from '$seeds/demo/length-scale.ts';
import { LOT_SIZES_M2 } from '$seeds/demo/lot-size.ts';
import type { CoverageLayerSource } from '$seeds/load/coverage-source.ts';
import { codeOf, layerOf } from './zone-measure.ts';
import { holeCount, nodeDegrees, quantile, shellOf, turnsDeg } from './zone-shape.ts';

/** Tenths are asked of a class with so many lots, its median of any. */
const LOTS_FOR_TENTHS = 30;

/** Of how many parcels of a coverage one lies at a node of five edges, at least and at most. */
const FIVE_WAYS = { plan: [1 / 330, 1 / 65], current: [1 / 2000, 1 / 100] } as const;

const isLot = (layer: CoverageLayerSource, f: number) => !/^(12|17|06|1402)/.test(codeOf(layer, f));

/** Proves how sizes, corners, holes and nodes of a demo zone of 8,000 parcels or more are spread. */
export function proveDemoDistribution(demo: DemoParameters): void {
	const scale = lengthScale(demo.parcelCount);

	describe(`distribution in a demo of seed ${demo.seed} with about ${demo.parcelCount} parcels`, () => {
		const zone = generateDemoZone(demo);
		const plan = layerOf(zone, 'plan');
		const areasM2 = ellipsoidalAreasM2(plan.polygons);

		// Heping's fine grain and lots that gave up a corner make the small tail longer than the large one.
		it.each(Object.entries(LOT_SIZES_M2).filter(([code]) => code !== '0103'))(
			'keeps lots of class %s to the quantiles that are set for it',
			(code, [p10, p50, p90]) => {
				const sizes = [...areasM2].filter((_, f) => codeOf(plan, f) === code);
				expect(sizes.length).toBeGreaterThan(5);
				for (const [share, wanted] of [
					[0.1, p10],
					[0.5, p50],
					[0.9, p90],
				]) {
					if (share !== 0.5 && sizes.length < LOTS_FOR_TENTHS) continue;
					const found = quantile(sizes, share) / (scale * scale);
					expect(found, `${share}`).toBeGreaterThan(0.5 * wanted);
					expect(found, `${share}`).toBeLessThan(1.6 * wanted);
				}
			},
		);

		it('tells streets of three widths: secondary streets, branches and lanes, and avenues, which do not narrow', () => {
			const { polygons } = plan;
			const { coordinates } = polygons;
			const widths = [...areasM2].flatMap((areaM2, f) => {
				if (codeOf(plan, f) !== '1207') return [];
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
			for (const [low, high, least] of [
				[14 * scale, 21 * scale, 0.06],
				[22 * scale, 32 * scale, 0.06],
				[33 * scale, 40 * scale, 0.06],
				[46, 70, 0.03],
			]) {
				const share = widths.filter((widthM) => widthM > low && widthM < high).length / widths.length;
				expect(share, `${low} to ${high} m`).toBeGreaterThan(least);
			}
		});

		describe.each(['plan', 'current'] as const)('shapes of the %s', (kind) => {
			const layer = layerOf(zone, kind);
			const lots = layer.classKeys.flatMap((_, f) => (isLot(layer, f) ? [turnsDeg(layer.polygons, f)] : []));

			it('have corners that are square, and many that are not', () => {
				const turns = lots.flat();
				const skew = turns.filter((turn) => Math.abs(Math.abs(turn) - 90) > 8).length / turns.length;
				expect(skew).toBeGreaterThan(0.12);
				expect(skew).toBeLessThan(0.8);
			});

			it('are concave now and then', () => {
				const concave = lots.filter((turns) => turns.some((turn) => turn < 0)).length;
				expect(concave / lots.length).toBeGreaterThan(0.03);
				expect(concave / lots.length).toBeLessThan(0.5);
			});

			it('have holes: ponds and sites that stand in others', () => {
				const holed = layer.classKeys.filter((_, f) => holeCount(layer.polygons, f) > 0);
				expect(holed.length).toBeGreaterThan(10);
				expect(new Set(holed.map((key) => key?.code)).size).toBeGreaterThan(2);
			});

			it('meet at nodes of three, four and five edges, mostly three; stars and fans make dozens of five', () => {
				const degrees = nodeDegrees(layer.polygons);
				const three = degrees.get(3) ?? 0;
				expect(three).toBeGreaterThan(1.5 * layer.classKeys.length);
				expect(degrees.get(4) ?? 0).toBeGreaterThan(20);
				expect(degrees.get(4) ?? 0).toBeLessThan(0.2 * three);
				const fiveShare = (degrees.get(5) ?? 0) / layer.classKeys.length;
				expect(fiveShare).toBeGreaterThan(FIVE_WAYS[kind][0]);
				expect(fiveShare).toBeLessThan(FIVE_WAYS[kind][1]);
			});
		});
	});
}
