import { expect } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { applyDifference, invertDifference } from '$geo/edit/apply-difference.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { checkDifference } from '$geo/edit/check-ground.ts';
import { coverageToParcelSet, findShape, listParcelNos } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { Difference, EditResult } from '$geo/edit/difference.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { joinFeatures } from '$geo/flat-polygons.ts';
import { toGeos } from '../geo/coverage/geos-oracle.ts';
import { boundaryLengthM, HALF_DIAGONAL_M } from '../geo/coverage/ground.ts';

/** Asserts what holds of every edit that was done; for one that was refused, that it says why. */
export function expectEditLaws(before: Coverage, result: EditResult): void {
	if (!result.ok) {
		expect(result.refusal.code).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
		return;
	}
	const { coverage, difference } = result;
	const touched = new Set(difference.shapes.map(({ parcelNo }) => parcelNo));
	for (const parcelNo of listParcelNos(before)) {
		if (!touched.has(parcelNo)) expect(findShape(coverage, parcelNo)).toEqual(findShape(before, parcelNo));
	}
	expect(checkDifference(before, difference).filter(({ severity }) => severity === 'error')).toEqual([]);
	const undone = applyDifference(coverage, invertDifference(difference));
	if (!undone.ok) throw new Error(`not undone: ${undone.refusal.code}`);
	expect(coverageToParcelSet(undone.coverage)).toEqual(coverageToParcelSet(before));
	expectNodedMovesLittle(difference);
	expectLineage(difference);
	expectGroundKept(before, coverage, difference);
}

/**
 * The touched parcels have as much ground as before, to 10⁻⁶ m²; where the outline gained or lost nodes, to half a grid diagonal along
 * their edges.
 */
function expectGroundKept(before: Coverage, after: Coverage, difference: Difference): void {
	const [was, is] = touchedAreasM2(difference);
	const isOutlineSame = outlineEdges(before).join() === outlineEdges(after).join();
	const lengthM = difference.shapes.reduce(
		(sum, change) => sum + boundaryLengthM(change.before ?? change.after),
		0,
	);
	const allowedM2 = 1e-6 + 1e-15 * was + (isOutlineSame ? 0 : lengthM * HALF_DIAGONAL_M);
	expect(Math.abs(is - was)).toBeLessThan(allowedM2);
}

/** The edges that one parcel has to itself, in order. */
function outlineEdges(coverage: Coverage): string[] {
	const { coordinates, ringOffsets } = coverageToParcelSet(coverage).polygons;
	const edges = new Set<string>();
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const end = ringOffsets[r + 1];
		for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) {
			const ends = [j, i].map((k) => `${coordinates[2 * k]} ${coordinates[2 * k + 1]}`).sort();
			const edge = ends.join(' – ');
			if (!edges.delete(edge)) edges.add(edge);
		}
	}
	return [...edges].sort();
}

/** A noded parcel's area changes by no more than its edges' length times half a grid diagonal. */
function expectNodedMovesLittle({ shapes }: Difference): void {
	for (const change of shapes) {
		if (change.kind !== 'noded') continue;
		const [was, is] = [areaM2(change.before), areaM2(change.after)];
		expect(Math.abs(was - is)).toBeLessThanOrEqual(boundaryLengthM(change.before) * HALF_DIAGONAL_M + 1e-9);
	}
}

/** Asserts that lineage names what gave and what took ground, and leaves out nothing that came or went. */
export function expectLineage({ shapes, lineage }: Difference): void {
	const kinds = new Map(shapes.map(({ parcelNo, kind }) => [parcelNo, kind]));
	for (const { from, to } of lineage) {
		expect(['retired', 'reshaped']).toContain(kinds.get(from));
		expect(['created', 'reshaped']).toContain(kinds.get(to));
	}
	for (const [parcelNo, kind] of kinds) {
		if (kind === 'retired') expect(lineage.some(({ from }) => from === parcelNo)).toBe(true);
		if (kind === 'created') expect(lineage.some(({ to }) => to === parcelNo)).toBe(true);
	}
}

/**
 * Asserts of a verb whose lineage tells who gave and who got ground that of all others only nodes changed: so it is where nothing was or has become
 * narrower than a few grid steps. A narrower tip of a bystander closes where a node bends its side.
 */
export function expectBystandersNoded({ shapes, lineage }: Difference): void {
	const related = new Set(lineage.flatMap(({ from, to }) => [from, to]));
	for (const { parcelNo, kind } of shapes)
		if (!related.has(parcelNo)) expect([parcelNo, kind]).toEqual([parcelNo, 'noded']);
}

/** Asserts that a coverage is valid as a whole: it builds without moving anything, fills its outline, and GEOS finds it so too. */
export function expectWholeValid(coverage: Coverage, outline: FlatPolygons): void {
	const set = coverageToParcelSet(coverage);
	expect(checkParcelSet(set, outline).filter(({ severity }) => severity === 'error')).toEqual([]);
	const rebuilt = buildCoverage(set);
	if (!rebuilt.ok) throw new Error(`not rebuilt: ${rebuilt.issues[0].code}`);
	expect([rebuilt.movedMaxDeg, rebuilt.nodesInserted]).toEqual([0, 0]);
	expect(coverageToParcelSet(rebuilt.coverage)).toEqual(set);
	const geos = toGeos(set.polygons);
	for (let i = 0; i < set.parcelNos.length; i++) {
		expect(geos.isValid(i)).toBe(true);
		for (let j = 0; j < i; j++) expect(geos.relate(i, j)[0]).toBe('F');
	}
	geos.free();
}

/** The total area of the shapes of the changed parcels, before and after, in m². */
function touchedAreasM2({ shapes }: Difference): [before: number, after: number] {
	const total = (pick: 'before' | 'after') =>
		ellipsoidalAreasM2(
			joinFeatures(shapes.map((change) => change[pick]).filter((shape) => shape !== null)),
		).reduce((sum, area) => sum + area, 0);
	return [total('before'), total('after')];
}

function areaM2(shape: FlatPolygons): number {
	return ellipsoidalAreasM2(shape)[0];
}
