import { describe, expect, it } from 'vitest';
import type { CoverageBase } from '$geo/coverage/coverage-base.ts';
import { polygonsOfArcs } from '$geo/tile/arc-polygons.ts';
import { dissolveArcs } from '$geo/tile/dissolve-arcs.ts';
import { measurePolygons } from '$geo/tile/measure-arcs.ts';
import { unitsAtZoomDeg } from '$geo/tile/simplify-arcs.ts';
import { cutLines, thinLines, type LinePieces } from '$geo/tile/thin-lines.ts';
import { streetCoverage } from '../../support/street-coverage.ts';
import { baseOf } from './curved-coverage.ts';

const STREET = 1;
const WIDTH_DEG = unitsAtZoomDeg(11, 8);
const TOLERANCE_DEG = unitsAtZoomDeg(11, 0.5);
const MOST_LOST = 0.2;

function townOf(parcels: number): LinePieces {
	const { set, streetNos } = streetCoverage(parcels);
	const streets = new Set(streetNos);
	const base = baseOf(set);
	const labels = base.parcelNos.map((no) => (streets.has(no) ? STREET : 2 + (no % 5)));
	const pieces = cutLines(base, labels, dissolveArcs(base, labels), WIDTH_DEG, TOLERANCE_DEG);
	if (pieces === null) throw new Error('no lines');
	return pieces;
}

/** For each polygon that is asked for, a polygon of those that it hangs together with by way of such; −1 for others. */
function groupsOf(base: CoverageBase, isAsked: (polygon: number) => boolean): Int32Array {
	const { left, right } = polygonsOfArcs(base);
	const groups = Int32Array.from({ length: base.polygonOffsets.length - 1 }, (_, p) => (isAsked(p) ? p : -1));
	for (let isChanged = true; isChanged;) {
		isChanged = false;
		for (let a = 0; a < left.length; a++) {
			const [p, q] = [left[a] - 1, right[a] - 1];
			if (p < 0 || q < 0 || groups[p] < 0 || groups[q] < 0 || groups[p] === groups[q]) continue;
			groups[p] = groups[q] = Math.min(groups[p], groups[q]);
			isChanged = true;
		}
	}
	return groups;
}

describe('thinning lines', () => {
	const town = townOf(3000);
	const { base, labels, isPiece } = town;
	const { areas } = measurePolygons(base);
	const after = thinLines(town, MOST_LOST);
	const isGone = (p: number) => after[p] !== labels[p];

	it('takes pieces of streets alone, and no more of them than they may lose', () => {
		const sum = (isCounted: (p: number) => boolean) =>
			areas.reduce((total, area, p) => total + (isCounted(p) ? area : 0), 0);
		expect(after.every((label, p) => label === labels[p] || isPiece[p] === 1)).toBe(true);
		expect(after.every((label, p) => !isGone(p) || label !== STREET)).toBe(true);
		const lost = sum(isGone) / sum((p) => labels[p] === STREET);
		expect(lost).toBeGreaterThan(0.5 * MOST_LOST);
		expect(lost).toBeLessThanOrEqual(MOST_LOST);
	});

	it('parts no street from another that it hung together with', () => {
		const before = groupsOf(base, (p) => labels[p] === STREET);
		const left = groupsOf(base, (p) => after[p] === STREET);
		const groupAfter = new Map<number, number>();
		for (let p = 0; p < left.length; p++) {
			if (left[p] < 0) continue;
			expect(groupAfter.get(before[p]) ?? left[p]).toBe(left[p]);
			groupAfter.set(before[p], left[p]);
		}
		expect(groupAfter.size).toBeGreaterThan(0);
	});

	it('finds no lines where parcels of all labels are wide', () => {
		const { set } = streetCoverage(300);
		const ground = baseOf(set);
		const alike = ground.parcelNos.map(() => 1);
		expect(cutLines(ground, alike, dissolveArcs(ground, alike), WIDTH_DEG, TOLERANCE_DEG)).toBeNull();
	});
});
