import { describe, expect, it } from 'vitest';
import { findShape } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { EditResult } from '$geo/edit/difference.ts';
import { canReshapeBoundary, reshapeBoundary } from '$geo/edit/reshape-boundary.ts';
import {
	built,
	done,
	expectLawfulBoundary,
	expectSameUpToNodes,
	kindsOf,
	refusalIn,
} from './edit-outcome.ts';
import { drawing } from '../coverage/drawing.ts';
import type { Drawing } from '../coverage/drawing.ts';

/** Reshapes along letters of a drawing. */
function reshape(
	plan: Drawing,
	coverage: Coverage,
	letters: string,
	parcelNo?: number,
	reachM = 0.5,
): EditResult {
	const path = Float64Array.from([...letters].flatMap((letter) => [...plan.at(letter)]));
	return reshapeBoundary(coverage, { path, reachM, ...(parcelNo === undefined ? {} : { parcelNo }) });
}

/** The shapes of the changed parcels in letters. */
function read(plan: Drawing, result: EditResult): Record<number, string> {
	const { coverage, difference } = done(result);
	return Object.fromEntries(
		difference.shapes.map(({ parcelNo }) => {
			const shape = findShape(coverage, parcelNo);
			return [parcelNo, shape === null ? '' : plan.read(shape)];
		}),
	);
}

const pair = drawing(`
A     B     C

   p  x  q

   r  y  s
D     E     F
`);
const two = built(pair.parcels({ 1: 'DEyxBA', 2: 'EFCBxy' }));
const pairOutline = pair.polygons('DEFCBA');

/** A street along the top and three lots below. */
const street = drawing(`
A                 Z
.    g   h   i
B  C   D     E    F
   k   m n   o
.
       u
G    H     I    J
`);
const lots = built(street.parcels({ 1: 'BCDEFZA', 2: 'GHDCB', 3: 'HIED', 4: 'IJFE' }));
const streetOutline = street.polygons('GHIJFZAB');

describe('reshapeBoundary', () => {
	it('gives ground to the neighbour along the stretch', () => {
		const result = reshape(pair, two, 'xpry', 1);
		expect(read(pair, result)).toEqual({ 1: 'DEyrpxBA', 2: 'ryEFCBxp' });
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 2: 'reshaped' });
		expectLawfulBoundary(two, result, pairOutline);
	});

	it('takes ground of the neighbour in', () => {
		const result = reshape(pair, two, 'xqsy', 1);
		expect(read(pair, result)).toEqual({ 1: 'DEysqxBA', 2: 'EFCBxqsy' });
		expectLawfulBoundary(two, result, pairOutline);
	});

	it('does both where the path crosses the boundary', () => {
		const result = reshape(pair, two, 'Bpsy', 1);
		expect(read(pair, result)).toEqual({ 1: 'DEys?pBA', 2: 'p?syEFCB' });
		expectLawfulBoundary(two, result, pairOutline);
	});

	it('finds the boundary by its two parcels, whichever way the path runs', () => {
		const told = reshape(pair, two, 'xpry', 2);
		for (const letters of ['xpry', 'yrpx']) {
			expect(done(reshape(pair, two, letters)).difference).toEqual(done(told).difference);
		}
	});

	it.each([
		[pair, two, 'xpry', 'xy'],
		[pair, two, 'Bpsy', 'Bxy'],
		[street, lots, 'BgiF', 'BCDEF'],
		[street, lots, 'CkoE', 'CDE'],
	])('there and back is identity up to nodes: %#', (plan, coverage, letters, back) => {
		const there = done(reshape(plan, coverage, letters, 1)).coverage;
		expectSameUpToNodes(coverage, done(reshape(plan, there, back, 1)).coverage);
	});

	it('moves the end of a boundary along the outline', () => {
		const result = reshape(pair, two, 'xpD', undefined, 40);
		expect(refusalIn(result).code).toBe('reshape.parcel-needed');
		const [lon, lat] = pair.at('D');
		const path = Float64Array.of(...pair.at('x'), ...pair.at('r'), lon + 1e-5, lat);
		const slid = reshapeBoundary(two, { path, reachM: 0.1, parcelNo: 1 });
		expect(read(pair, slid)).toEqual({ 1: 'D?rxBA', 2: '?EFCBxr' });
		expectLawfulBoundary(two, slid, pairOutline);
	});

	it('takes the ends to a vertex within reach', () => {
		const [lon, lat] = pair.at('x');
		const path = Float64Array.of(lon + 1e-6, lat + 1e-6, ...pair.at('p'), ...pair.at('r'), ...pair.at('y'));
		const result = reshapeBoundary(two, { path, reachM: 1 });
		expect(read(pair, result)).toEqual({ 1: 'DEyrpxBA', 2: 'ryEFCBxp' });
	});

	it('lets the boundaries between neighbours go straight on to the path', () => {
		const upright = built(street.parcels({ 1: 'BCDEFZA', 2: 'GHuDCB', 3: 'HIEDu', 4: 'IJFE' }));
		const result = reshape(street, upright, 'BgiF', 1);
		const { coverage } = done(result);
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 2: 'reshaped', 3: 'reshaped', 4: 'reshaped' });
		// u, D and the new node are in one line.
		const two = findShape(coverage, 2)?.coordinates ?? new Float64Array();
		const onLine = two.filter((deg, i) => i % 2 === 0 && Math.abs(deg - street.at('D')[0]) < 1e-9);
		expect(onLine).toHaveLength(3);
		expectLawfulBoundary(upright, result, streetOutline);
	});

	it('keeps the share of the stretch where boundaries going straight on would meet', () => {
		const wedge = drawing(`
A                 Z
.
.      g     i
B      D E        F
.   m        n
.
G                 J
`);
		const parcels = built(wedge.parcels({ 1: 'BDEFZA', 2: 'GmDB', 3: 'GJnEDm', 4: 'JFEn' }));
		const result = reshape(wedge, parcels, 'BgiF', 1);
		expect(Object.keys(kindsOf(result))).toHaveLength(4);
		expectLawfulBoundary(parcels, result, wedge.polygons('GJFZAB'));
	});

	it('keeps the share at a node of five boundary lines', () => {
		const fan = drawing(`
A                 Z
.    g     i
B       D         F
.
G     H   I       J
`);
		const parcels = built(fan.parcels({ 1: 'BDFZA', 2: 'GHDB', 3: 'HID', 4: 'IJFD' }));
		const result = reshape(fan, parcels, 'BgiF', 1);
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 2: 'reshaped', 4: 'reshaped' });
		expectLawfulBoundary(parcels, result, fan.polygons('GHIJFZAB'));
	});

	it('takes from several neighbours', () => {
		const result = reshape(street, lots, 'CkoE', 1);
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 2: 'reshaped', 3: 'reshaped', 4: 'reshaped' });
		expectLawfulBoundary(lots, result, streetOutline);
	});

	const pond = drawing(`
A             B
.   g h
.   P Q
.   S R   m
.     n
.   p q
.   s r
D             C
`);
	const ponds = built(pond.parcels({ 1: 'DCBA-PQRS-pqrs', 2: 'PQRS', 3: 'pqrs' }));
	const pondOutline = pond.polygons('DCBA');

	it('reshapes a hole from either side', () => {
		const grown = reshape(pond, ponds, 'PghQ', 2);
		expect(read(pond, grown)).toEqual({ 1: 'DCBA -spqr -SPghQR', 2: 'SRQhgP' });
		expect(done(reshape(pond, ponds, 'PghQ', 1)).difference).toEqual(done(grown).difference);
		expectLawfulBoundary(ponds, grown, pondOutline);
	});

	it('leaves islands in the ground that is cut off as they are', () => {
		const split = drawing(`
A      E      B
.   P Q
.   S R
u
D      F      C
`);
		const parcels = built(
			split.parcels({ 1: 'DuAEF'.replace('DuAEF', 'DFEAu') + '-PQRS', 2: 'FCBE', 3: 'PQRS' }),
		);
		const path = Float64Array.of(
			...split.at('E'),
			...([split.at('P')[0] - 1e-5, split.at('P')[1]] as const),
			...([split.at('S')[0] - 1e-5, split.at('S')[1]] as const),
			...split.at('F'),
		);
		const result = reshapeBoundary(parcels, { path, reachM: 0.1 });
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 2: 'reshaped' });
		expect(read(split, result)[2]).toContain('-');
		expectLawfulBoundary(parcels, result, split.polygons('DFCBEAu'));
	});
});

describe('reshapeBoundary refuses', () => {
	it('line.invalid', () => {
		expect(canReshapeBoundary(two, { path: Float64Array.of(1, 2), reachM: 1 })?.code).toBe('line.invalid');
	});

	it('line.crosses-itself', () => {
		const refusal = refusalIn(reshape(pair, two, 'xpsqry', 1));
		expect(refusal.code).toBe('line.crosses-itself');
		expect(refusal.at).not.toBeNull();
	});

	it('parcel.unknown', () => {
		expect(refusalIn(reshape(pair, two, 'xpry', 7))).toEqual({
			code: 'parcel.unknown',
			parcelNos: [7],
			at: pair.at('x'),
		});
	});

	it('reshape.ends-off', () => {
		const refusal = refusalIn(reshape(pair, two, 'xpr', 1));
		expect(refusal).toEqual({ code: 'reshape.ends-off', parcelNos: [1], at: pair.at('r') });
	});

	it('reshape.ends-meet', () => {
		const refusal = refusalIn(reshape(pair, two, 'xprx', 1));
		expect(refusal).toEqual({ code: 'reshape.ends-meet', parcelNos: [1], at: pair.at('x') });
	});

	it('reshape.ends-apart', () => {
		const rings = drawing(`
A        B
.  P Q
.  S R
D        C
`);
		const parcels = built(rings.parcels({ 1: 'DCBA-PQRS', 2: 'PQRS' }));
		expect(refusalIn(reshape(rings, parcels, 'AP', 1)).code).toBe('reshape.ends-apart');
	});

	it('reshape.parcel-needed', () => {
		const refusal = refusalIn(reshape(street, lots, 'BgiF'));
		expect(refusal).toEqual({ code: 'reshape.parcel-needed', parcelNos: [1], at: street.at('B') });
	});

	it('reshape.changes-nothing', () => {
		expect(refusalIn(reshape(pair, two, 'xy', 1)).code).toBe('reshape.changes-nothing');
	});

	it.each(['AD', 'ApD'])('reshape.on-outline: %s', (letters) => {
		const result = reshape(pair, two, letters, 1);
		if (letters === 'AD') expect(refusalIn(result).code).toBe('reshape.changes-nothing');
		else expect(refusalIn(result).code).toBe('reshape.on-outline');
	});

	it('reshape.on-outline: out over it', () => {
		const far = Float64Array.of(...pair.at('B'), pair.at('B')[0], pair.at('B')[1] + 1e-4, ...pair.at('C'));
		const refusal = canReshapeBoundary(two, { path: far, reachM: 0.1, parcelNo: 2 });
		expect(refusal?.code).toBe('reshape.on-outline');
		expect(refusal?.at?.[1]).toBeGreaterThan(pair.at('B')[1]);
	});

	it('reshape.crosses-island', () => {
		const island = drawing(`
A      B    C
.  P Q
.   m
.  S R
D      E    F
`);
		const parcels = built(island.parcels({ 1: 'DEBA-PQRS', 2: 'PQRS', 3: 'EFCB' }));
		const refusal = refusalIn(reshape(island, parcels, 'BmE', 1));
		expect(refusal).toMatchObject({ code: 'reshape.crosses-island', parcelNos: [1] });
		const outwards = drawing(`
A      B    C
.  P Q
.          m
.  S R
D      E    F
`);
		const ringed = built(outwards.parcels({ 1: 'DEBA-PQRS', 2: 'PQRS', 3: 'EFCB' }));
		expectLawfulBoundary(ringed, reshape(outwards, ringed, 'QmR', 2), outwards.polygons('DEFCBA'));
		expect(refusalIn(reshape(outwards, ringed, 'QmR', 1)).code).toBe('reshape.crosses-island');
	});

	it('reshape.crosses-rest', () => {
		const refusal = refusalIn(reshape(street, lots, 'EkD', 3));
		expect(refusal).toMatchObject({ code: 'reshape.crosses-rest', parcelNos: [3] });
	});

	it('reshape.ambiguous', () => {
		const row = drawing(`
A  B    C  D
.
.  m    n
E  F    G  H
`);
		const three = built(row.parcels({ 1: 'EFmBA', 2: 'FGnCBm', 3: 'GHDCn' }));
		expect(refusalIn(reshape(row, three, 'mn', 2))).toMatchObject({
			code: 'reshape.ambiguous',
			parcelNos: [1, 2, 3],
		});
	});

	it('reshape.swallows', () => {
		const pools = drawing(`
A             B
.   P Q
.   S R
.   p q
.   s r
.  a   b
D             C
`);
		const three = built(pools.parcels({ 1: 'DCBA-PQRS-pqrs', 2: 'PQRS', 3: 'pqrs' }));
		expect(refusalIn(reshape(pools, three, 'SabR', 2))).toEqual({
			code: 'reshape.swallows',
			parcelNos: [3],
			at: pools.at('S'),
		});
	});

	it.each([
		['CtE', [1]],
		['DvE', [3]],
	])('reshape.parts: %s', (letters, parcelNos) => {
		const ends = drawing(`
A         t        Z
B  C   D     E     F
G    H    v  I     J
`);
		const parcels = built(ends.parcels({ 1: 'BCDEFZtA', 2: 'GHDCB', 3: 'HvIED', 4: 'IJFE' }));
		const refusal = refusalIn(reshape(ends, parcels, letters, 1));
		expect(refusal).toMatchObject({ code: 'reshape.parts', parcelNos });
	});
});
