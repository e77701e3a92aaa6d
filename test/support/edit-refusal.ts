import { buildCoverage } from '$geo/coverage/build.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { alignBoundary } from '$geo/edit/align-boundary.ts';
import { applyDifference } from '$geo/edit/apply-difference.ts';
import { carveCorridor } from '$geo/edit/carve-corridor.ts';
import { deleteVertex } from '$geo/edit/delete-vertex.ts';
import type { EditResult, Refusal } from '$geo/edit/difference.ts';
import { insertVertex } from '$geo/edit/insert-vertex.ts';
import { mergeParcels } from '$geo/edit/merge.ts';
import { moveVertex, moveVertices } from '$geo/edit/move-vertex.ts';
import { rebaseDifference } from '$geo/edit/rebase-difference.ts';
import { reclassifyParcels } from '$geo/edit/reclassify.ts';
import { reshapeBoundary } from '$geo/edit/reshape-boundary.ts';
import { splitByLine } from '$geo/edit/split-by-line.ts';
import { splitToAreas, type SplitToAreas } from '$geo/edit/split-to-areas.ts';
import { flattenMultiPolygons, type LonLat } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG, snapToGrid } from '$geo/grid.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { fillGap } from '$geo/repair/fill-gap.ts';
import { patchedSetOf } from '$geo/repair/patched-set.ts';
import { resolveOverlap } from '$geo/repair/resolve-overlap.ts';
import { drawing, type Drawing } from '$test/geo/coverage/drawing.ts';

type Outcome = { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal };

const NOWHERE: LonLat = [NaN, 0];

/** Refusals of every edit and repair, for every reason there is. */
export function refusalsOfEdits(): Refusal[] {
	return [...ofVertices(), ...ofSplits(), ...ofParcels(), ...ofReshaping(), ...ofRepairs()].flatMap(
		(outcome) => (outcome.ok ? [] : [outcome.refusal]),
	);
}

function built(set: ParcelSet): Coverage {
	const build = buildCoverage(set);
	if (!build.ok) throw new Error(build.issues[0].code);
	return build.coverage;
}

function done(result: EditResult): Extract<EditResult, { ok: true }> {
	if (!result.ok) throw new Error(result.refusal.code);
	return result;
}

const path = (plan: Drawing, letters: string) =>
	Float64Array.from([...letters].flatMap((letter) => [...plan.at(letter)]));

const cross = drawing(`
A    B    C
   y    z
D    E    F
   x    h
G    H    I
`);
const four = built(cross.parcels({ 1: 'DEBA', 2: 'EFCB', 3: 'GHED', 4: 'HIFE' }));

const neck = drawing(`
A       B
G   x   H
.
  E
.
    z
Fi j    C
K       L
`);
const necked = built(neck.parcels({ 1: 'GxHBA', 2: 'FiEjCHxG', 3: 'KLCjEiF' }));

const pond = drawing(`
A         B
   P   Q
     R
D         C
`);
const ponded = built(pond.parcels({ 1: 'DCBA-PQR', 2: 'PQR' }));

function ofVertices(): Outcome[] {
	const [E, h] = [cross.at('E'), cross.at('h')];
	return [
		moveVertices(four, [{ at: E, to: E }, { at: cross.at('B'), to: NOWHERE }]), // prettier-ignore
		moveVertices(four, [{ at: E, to: h }, { at: h, to: E }]), // prettier-ignore
		moveVertices(four, [{ at: E, to: h }, { at: E, to: cross.at('x') }]), // prettier-ignore
		moveVertices(four, [{ at: E, to: E }]),
		moveVertex(four, { at: cross.at('A'), to: h }),
		moveVertex(ponded, { at: pond.at('R'), to: pond.at('P') }),
		moveVertex(necked, { at: neck.at('x'), to: neck.at('z') }),
		insertVertex(four, { at: h, reachM: 1, parcelNo: 4 }),
		insertVertex(four, { at: E, reachM: 1 }),
		insertVertex(four, { at: E, reachM: 1, to: NOWHERE }),
		insertVertex(four, { at: NOWHERE, reachM: 1 }),
		deleteVertex(four, { at: E }),
		deleteVertex(ponded, { at: pond.at('R') }),
	];
}

function ofSplits(): Outcome[] {
	const line = path(cross, 'xy');
	const cut = done(splitByLine(four, { line: path(cross, 'AE'), parcelNos: [1] }));
	const whole: SplitToAreas = { parcelNo: 1, bearingDeg: 0, into: { equalParts: 2 } };
	const u = drawing(`
		A-B   E-F
		| |   | |
		| C---D |
		G-------H
	`);
	const split = built(u.parcels({ 1: 'ABCDEFHG' }));
	const north = snapToGrid(41.50003);
	const strip: LonLat[] = [[123, 41.5], [126, 41.5], [126, north + GRID_STEP_DEG], [123, north]]; // prettier-ignore
	const long = built({ parcelNos: Int32Array.of(1), polygons: flattenMultiPolygons([[[strip]]]) });
	return [
		splitByLine(four, { line: Float64Array.of(...cross.at('A'), NaN, 1) }),
		splitByLine(four, { line: path(cross, 'hh').map((value, i) => value + (i > 1 ? 1e-6 : 0)) }),
		splitByLine(four, { line, parcelNos: [9] }),
		splitByLine(four, { line: path(cross, 'AE'), parcelNos: [1], firstNewNo: 5 }),
		splitByLine(cut.coverage, { line: path(cross, 'EI'), parcelNos: [4], firstNewNo: -1 }),
		splitToAreas(four, { ...whole, bearingDeg: NaN }),
		splitToAreas(four, { ...whole, into: { areasM2: [10, -1] } }),
		splitToAreas(four, { ...whole, into: { areasM2: [1e6, 2e6] } }),
		splitToAreas(four, { ...whole, into: { equalParts: 1 } }),
		splitToAreas(four, { ...whole, into: { areasM2: [1e-9] } }),
		splitToAreas(split, { ...whole, bearingDeg: 180, into: { equalParts: 3 } }),
		splitToAreas(long, { ...whole, bearingDeg: 90 }),
	];
}

function ofParcels(): Outcome[] {
	const merged = done(mergeParcels(four, { parcelNos: [1, 2] }));
	const cut = done(splitByLine(four, { line: path(cross, 'AE'), parcelNos: [1] }));
	const [shape] = cut.difference.shapes;
	const wrong = { ...cut.difference, shapes: [{ ...shape, parcelNo: 0 }] };
	const street = drawing(`
Y                     Z
.
A    B
.
     C   d        E   F
             e
G    H            I   J
`);
	const fronts = built(street.parcels({ 1: 'ABCdeEFZY', 2: 'GHCBA', 3: 'HIEedC', 4: 'IJFE' }));
	const front = [street.at('C'), street.at('E')] as const;
	const south = [street.at('H'), street.at('I')].map(([lon, lat]): LonLat => [lon, lat - 1e-3]);
	const centreLine = path(cross, 'xy');
	return [
		applyDifference(merged.coverage, cut.difference),
		applyDifference(four, wrong),
		rebaseDifference(cut.coverage, merged.difference),
		reclassifyParcels(four, { parcelNos: [1, 2], to: 'A', classOf: () => 'A' }),
		mergeParcels(four, { parcelNos: [1, 9] }),
		mergeParcels(four, { parcelNos: [1] }),
		mergeParcels(four, { parcelNos: [1, 2], intoNo: 3 }),
		mergeParcels(four, { parcelNos: [1, 4] }),
		alignBoundary(fronts, { parcelNo: 3, line: [south[0], south[1]], reachM: 5 }),
		alignBoundary(fronts, { parcelNo: 3, line: front, reachM: 1 }),
		carveCorridor(four, { centreLine, breadth: { widthM: 5000 } }),
		carveCorridor(four, { centreLine, breadth: { widthM: 0 } }),
		carveCorridor(four, {
			centreLine: centreLine.map((value) => value + 0.5),
			breadth: { widthM: 2 },
			parcelNos: [1],
		}),
	];
}

function ofReshaping(): Outcome[] {
	const reshape = (plan: Drawing, coverage: Coverage, letters: string, parcelNo?: number) =>
		reshapeBoundary(coverage, { path: path(plan, letters), reachM: 0.5, parcelNo });
	const pair = drawing(`
A     B     C
   p  x  q
   r  y  s
D     E     F
`);
	const two = built(pair.parcels({ 1: 'DEyxBA', 2: 'EFCBxy' }));
	const street = drawing(`
A                 Z
.    g   h   i
B  C   D     E    F
   k   m n   o
.
G    H     I    J
`);
	const lots = built(street.parcels({ 1: 'BCDEFZA', 2: 'GHDCB', 3: 'HIED', 4: 'IJFE' }));
	const island = drawing(`
A      B    C
.  P Q
.   m
.  S R
D      E    F
`);
	const ringed = built(island.parcels({ 1: 'DEBA-PQRS', 2: 'PQRS', 3: 'EFCB' }));
	const row = drawing(`
A  B    C  D
.
.  m    n
E  F    G  H
`);
	const three = built(row.parcels({ 1: 'EFmBA', 2: 'FGnCBm', 3: 'GHDCn' }));
	const pools = drawing(`
A             B
.   P Q
.   S R
.   p q
.   s r
.  a   b
D             C
`);
	const pooled = built(pools.parcels({ 1: 'DCBA-PQRS-pqrs', 2: 'PQRS', 3: 'pqrs' }));
	const ends = drawing(`
A         t        Z
B  C   D     E     F
G    H    v  I     J
`);
	const ended = built(ends.parcels({ 1: 'BCDEFZtA', 2: 'GHDCB', 3: 'HvIED', 4: 'IJFE' }));
	return [
		reshape(ends, ended, 'CtE', 1),
		reshape(pair, two, 'xpsqry', 1),
		reshape(pair, two, 'xpr', 1),
		reshape(pair, two, 'xprx', 1),
		reshape(pair, two, 'xy', 1),
		reshape(pair, two, 'ApD', 1),
		reshape(island, ringed, 'AP', 1),
		reshape(island, ringed, 'BmE', 1),
		reshape(street, lots, 'BgiF'),
		reshape(street, lots, 'EkD', 3),
		reshape(row, three, 'mn', 2),
		reshape(pools, pooled, 'SabR', 2),
	];
}

function ofRepairs(): Outcome[] {
	const { parcels, polygons, at } = drawing(`
		A--------B--------C
		|        |        |
		D--------E        |
		|    g   |        |
		F--------H   k    |
		|        |        |
		I--------J--------K
		    o
	`);
	const around = patchedSetOf(parcels({ 1: 'ABED', 2: 'BCKJHE', 3: 'FHJI', 4: 'DEHF', 5: 'DEHF' }));

	const [outline, g] = [polygons('ACKI'), at('g')];
	const open = patchedSetOf(parcels({ 1: 'ABED', 2: 'BCKJHE', 3: 'FHJI' }));
	const corner = drawing(`
		A--B
		|  |
		C--D--E
		   |  |
		F--G--H
	`);
	const diagonal = patchedSetOf(corner.parcels({ 1: 'ABDC', 3: 'CDGF' }));
	const [lon, lat] = corner.at('D');
	const beside = { at: [lon + 1e-6, lat - 1e-6] as const, outline: corner.polygons('ABDEHF') };
	return [
		fillGap(diagonal, { ...beside, to: { parcelNo: 1 } }),
		fillGap(open, { at: at('k'), to: 'larger', outline }),
		fillGap(open, { at: at('o'), to: 'larger', outline }),
		fillGap(open, { at: g, to: { newParcelNo: 3 }, outline }),
		fillGap(patchedSetOf(parcels({})), { at: g, to: 'larger', outline }),
		resolveOverlap(around, { parcelNos: [4], rule: 'to-first' }),
		resolveOverlap(around, { parcelNos: [1, 3], rule: 'to-first' }),
		resolveOverlap(around, { parcelNos: [4, 5], rule: 'to-first' }),
		resolveOverlap(around, { parcelNos: [4, 5], rule: 'to-longest-boundary' }),
	];
}
