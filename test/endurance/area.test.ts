import fc from 'fast-check';
import proj4 from 'proj4';
import { describe, expect, it } from 'vitest';
import { adjustToControl } from '$geo/area/adjust.ts';
import { apportionToTotal } from '$geo/area/apportion.ts';
import { controlledRounding } from '$geo/area/controlled-rounding.ts';
import { ellipsoidalAreasM2, ellipsoidalRingAreaM2 } from '$geo/area/ellipsoidal.ts';
import { areaStep } from '$geo/area/unit.ts';
import { GAUSS_KRUGER_ZONES, gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { snapToGrid } from '$geo/grid.ts';
import { equalAreaM2 } from '../geo/area/equal-area-oracle.ts';
import { exactAreaM2 } from '../geo/area/exact-oracle.ts';
import { streetCoverage } from '../support/street-coverage.ts';

const HA_100_M2 = 1e6;

describe('areas, at length', () => {
	it('are those of densified equal-area polygons on every one of a million parcels', () => {
		const { polygons } = streetCoverage(1_000_000).set;
		const { featureOffsets, polygonOffsets, ringOffsets, coordinates } = polygons;
		const oursM2 = ellipsoidalAreasM2(polygons);
		let [worstM2, worstRelative] = [0, 0];
		for (let f = 0; f < oursM2.length; f++) {
			let theirsM2 = 0;
			const shell = polygonOffsets[featureOffsets[f]];
			for (let r = shell; r < polygonOffsets[featureOffsets[f + 1]]; r++) {
				const ring = [...coordinates.subarray(2 * ringOffsets[r], 2 * ringOffsets[r + 1])];
				theirsM2 += r === shell ? equalAreaM2(ring, 1) : -equalAreaM2(ring, 1);
			}
			const apartM2 = Math.abs(oursM2[f] - theirsM2);
			if (oursM2[f] <= HA_100_M2) worstM2 = Math.max(worstM2, apartM2);
			else worstRelative = Math.max(worstRelative, apartM2 / oursM2[f]);
		}
		expect(worstM2).toBeLessThan(1e-4);
		expect(worstRelative).toBeLessThan(1e-9);
	});

	it('are exact on thousands of rings of every size', () => {
		const ring = fc
			.record({
				lon: fc.double({ min: 73, max: 135, noNaN: true }),
				lat: fc.double({ min: 3, max: 54, noNaN: true }),
				size: fc.constantFrom(1e-6, 1e-4, 1e-3, 0.02, 0.3, 5),
				radii: fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 3, maxLength: 40 }),
			})
			.map(({ lon, lat, size, radii }) =>
				radii.flatMap((radius, k) => {
					const angle = (2 * Math.PI * k) / radii.length;
					return [lon + 1.3 * size * radius * Math.cos(angle), lat + size * radius * Math.sin(angle)].map(
						snapToGrid,
					);
				}),
			);
		fc.assert(
			fc.property(ring, (positions) => {
				const exactM2 = exactAreaM2(positions);
				const oursM2 = ellipsoidalRingAreaM2(Float64Array.from(positions), 0, positions.length / 2);
				expect(Math.abs(oursM2 - exactM2)).toBeLessThanOrEqual(4e-15 * Math.abs(exactM2) + 1e-16);
			}),
			{ numRuns: 5000 },
		);
	});

	it('share out, adjust and round any numbers exactly, or refuse', () => {
		const number = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.nat(1e6), fc.constant(0));
		const numbers = fc.array(number, { maxLength: 40 });
		const exact = (parts: Float64Array) => parts.reduce((sum, part) => sum + BigInt(part), 0n);
		fc.assert(
			fc.property(numbers, number, fc.boolean(), (values, total, tame) => {
				const weights = Float64Array.from(values, (value) => (tame ? Math.abs(value) % 1e9 : value));
				const shared = apportionToTotal(weights, total);
				if (shared.ok) expect(exact(shared.parts)).toBe(BigInt(total));
				const adjusted = adjustToControl(weights, total, { limit: { m2: Infinity } });
				if (adjusted.ok) expect(exact(adjusted.parts)).toBe(BigInt(total));
				const rows = [values.map(Math.round), [...values].reverse().map(Math.round)];
				const rounded = controlledRounding(rows, areaStep('mu', 2));
				if (!rounded.ok) return;
				const sum = (cells: readonly number[]) => cells.reduce((all, cell) => all + cell, 0);
				expect(rounded.table.cells.map(sum)).toEqual(rounded.table.rowTotals);
				expect(sum(rounded.table.rowTotals)).toBe(rounded.table.total);
			}),
			{ numRuns: 100_000 },
		);
	});
});

describe('projections, at length', () => {
	it('are those of proj4 in every Gauss–Krüger zone, and come back', () => {
		const position = fc.tuple(
			fc.double({ min: -4.5, max: 4.5, noNaN: true }),
			fc.double({ min: 0, max: 60, noNaN: true }),
		);
		for (const { epsg, centralMeridianDeg, falseEastingM } of GAUSS_KRUGER_ZONES) {
			const ours = gaussKruger(epsg);
			const theirs = proj4(
				`+proj=tmerc +lon_0=${centralMeridianDeg} +k=1 +x_0=${falseEastingM} +ellps=GRS80 +rf=298.257222101 +units=m`,
			);
			fc.assert(
				fc.property(position, ([offsetDeg, lat]) => {
					const lon = centralMeridianDeg + offsetDeg;
					const [eastM, northM] = ours.forward([lon, lat]);
					const [eastTheirs, northTheirs] = theirs.forward([lon, lat]);
					expect(Math.hypot(eastM - eastTheirs, northM - northTheirs)).toBeLessThan(1e-6);
					const [lonBack, latBack] = ours.inverse([eastM, northM]);
					expect(Math.hypot(lonBack - lon, latBack - lat)).toBeLessThan(2 ** -33);
				}),
				{ numRuns: 1000 },
			);
		}
	});
});
