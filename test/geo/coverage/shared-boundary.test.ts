import { expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { listSharedBoundaries } from '$geo/coverage/shared-boundary.ts';
import { drawing } from './drawing.ts';

it('lists who shares a parcel’s boundary, longest first, not who meets it in a point', () => {
	const town = drawing(`
A    B    C

D    E    I

F    G    H
`);
	const build = buildCoverage(town.parcels({ 1: 'ADEB', 2: 'BEIC', 3: 'DFGE', 4: 'EGHI' }));
	if (!build.ok) throw new Error(build.issues[0].code);
	const found = listSharedBoundaries(build.coverage, 1);
	// A column is five steps wide and a line two high: the ground beside is longer than that above.
	expect(found.map(({ parcelNo }) => parcelNo)).toEqual([3, 2]);
	expect(found[0].lengthM).toBeGreaterThan(found[1].lengthM);
	expect(listSharedBoundaries(build.coverage, 9)).toEqual([]);
	const lengthOf = (from: number, to: number) =>
		listSharedBoundaries(build.coverage, from).find(({ parcelNo }) => parcelNo === to)?.lengthM;
	expect(lengthOf(1, 3)).toBe(lengthOf(3, 1));
});
