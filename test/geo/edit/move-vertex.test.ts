import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canMoveVertex, canMoveVertices, moveVertex, moveVertices } from '$geo/edit/move-vertex.ts';
import { findShape } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { findShapesWithVertex } from '$geo/coverage/vertex.ts';
import { GRID_STEP_DEG, snapToGrid } from '$geo/grid.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { anyPlace, builtOtherwise, edgesOf, vertexOf } from './edit-input.ts';
import {
	built,
	done,
	expectLawfulBoundary,
	expectSameUpToNodes,
	kindsOf,
	refusalIn,
} from './edit-outcome.ts';
import { drawing } from '../coverage/drawing.ts';
import { anyCoverage, polygonsOfSteps, toLonLat } from '../coverage/random-polygons.ts';
import type { Steps } from '../coverage/random-polygons.ts';

const cross = drawing(`
A    B    C

D    E    F
       h
G    H    I
`);
const four = built(cross.parcels({ 1: 'DEBA', 2: 'EFCB', 3: 'GHED', 4: 'HIFE' }));
const crossOutline = cross.polygons('GHIFCBAD');

/** Five triangles round E. */
const star = drawing(`
A    B     C
    x
     E
D
    F     G
`);
const fan = built(star.parcels({ 1: 'ADE', 2: 'DFE', 3: 'FGE', 4: 'GCE', 5: 'CBAE' }));

const pond = drawing(`
A         B
   P   Q
   S x R
D         C
`);
const island = built(pond.parcels({ 1: 'DCBA-PQRS', 2: 'PQRS' }));
const pondOutline = pond.polygons('DCBA');

describe('moveVertex', () => {
	it('moves a node in all four parcels', () => {
		const result = moveVertex(four, { at: cross.at('E'), to: cross.at('h') });
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 2: 'reshaped', 3: 'reshaped', 4: 'reshaped' });
		expect(findShape(done(result).coverage, 4)).toEqual(cross.polygons('HIFh'));
		expectLawfulBoundary(four, result, crossOutline);
	});

	it('moves very many vertices of one boundary at once, and back', () => {
		const count = 20_000;
		const river = Array.from({ length: count }, (_, i): Steps => [2000 * i, 1_000_000 + 500 * (i % 2)]);
		const east = 2000 * (count - 1);
		const south: Steps[] = [[0, 0], [east, 0], ...[...river].reverse()];
		const north: Steps[] = [...river, [east, 2_000_000], [0, 2_000_000]];
		const polygons = polygonsOfSteps([[[south]], [[north]]]);
		const coverage = built({ parcelNos: Int32Array.of(1, 2), polygons });
		const moves = river
			.slice(1, -1)
			.map(([x, y]) => ({ at: toLonLat([x, y]), to: toLonLat([x + 200, y + 3000]) }));
		const moved = moveVertices(coverage, moves);
		expect(kindsOf(moved)).toEqual({ 1: 'reshaped', 2: 'reshaped' });
		const back = moveVertices(
			done(moved).coverage,
			moves.map(({ at, to }) => ({ at: to, to: at })),
		);
		expect(findShape(done(back).coverage, 1)).toEqual(findShape(coverage, 1));
	});

	it('slides very many vertices along the outline', () => {
		const count = 3000;
		const row = Array.from({ length: count }, (_, i): Steps => [2000 * i, 0]);
		const east = 2000 * (count - 1);
		const rest: Steps[] = [
			[east, 1_000_000],
			[0, 1_000_000],
		];
		const coverage = built({
			parcelNos: Int32Array.of(1),
			polygons: polygonsOfSteps([[[[...row, ...rest]]]]),
		});
		const moves = row.slice(1, -1).map(([x, y]) => ({ at: toLonLat([x, y]), to: toLonLat([x + 500, y]) }));
		expect(kindsOf(moveVertices(coverage, moves))).toEqual({ 1: 'noded' });
		const last = moves.length - 1;
		const off = { at: moves[last].at, to: toLonLat([row[last + 1][0], 2]) };
		expect(refusalIn(moveVertices(coverage, [...moves.slice(0, last), off])).code).toBe('vertex.on-outline');
	});

	it('moves a vertex that five share', () => {
		const result = moveVertex(fan, { at: star.at('E'), to: star.at('x') });
		expect(Object.keys(kindsOf(result))).toHaveLength(5);
		expectLawfulBoundary(fan, result, star.polygons('DFGCBA'));
	});

	it('moves a corner of a hole with the island in it', () => {
		const result = moveVertex(island, { at: pond.at('R'), to: pond.at('x') });
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 2: 'reshaped' });
		expectLawfulBoundary(island, result, pondOutline);
	});

	it('slides a T-node along a straight outline', () => {
		const [lon, lat] = cross.at('B');
		const result = moveVertex(four, { at: [lon, lat], to: [lon + 12345.4 * GRID_STEP_DEG, lat] });
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 2: 'reshaped' });
		expectLawfulBoundary(four, result, crossOutline);
	});

	it('lets an edge vanish where no parcel degenerates', () => {
		const jog = drawing(`
A    B    C
D  J E    F
G  H      I
`);
		const parcels = built(jog.parcels({ 1: 'DJEBA', 2: 'EFCB', 3: 'GHJD', 4: 'HIFEJ' }));
		const result = moveVertex(parcels, { at: jog.at('J'), to: jog.at('E') });
		expect(kindsOf(result)).toEqual({ 1: 'noded', 3: 'reshaped', 4: 'reshaped' });
		expectLawfulBoundary(parcels, result, jog.polygons('GHIFCBAD'));
	});
});

describe('moveVertex refuses', () => {
	it('place.invalid', () => {
		for (const to of [
			[NaN, 41],
			[41, 123],
		] as const)
			expect(refusalIn(moveVertex(four, { at: cross.at('E'), to })).code).toBe('place.invalid');
	});

	it('vertex.unknown', () => {
		const at = cross.at('h');
		expect(refusalIn(moveVertex(four, { at, to: cross.at('E') }))).toEqual({
			code: 'vertex.unknown',
			parcelNos: [],
			at,
		});
	});

	it('vertex.unmoved', () => {
		const [lon, lat] = cross.at('E');
		const result = moveVertex(four, { at: [lon, lat], to: [lon + 0.4 * GRID_STEP_DEG, lat] });
		expect(refusalIn(result).code).toBe('vertex.unmoved');
	});

	it('vertex.moved-twice', () => {
		const at = cross.at('E');
		const moves = [
			{ at, to: cross.at('h') },
			{ at, to: cross.at('D') },
		];
		expect(refusalIn(moveVertices(four, moves)).code).toBe('vertex.moved-twice');
		expect(canMoveVertices(four, moves)?.at).toEqual(at);
		expect(canMoveVertices(four, [moves[0], moves[0]])).toBeNull();
	});

	it.each(['A', 'B'])('vertex.on-outline: %s', (letter) => {
		const [lon, lat] = cross.at(letter);
		const refusal = refusalIn(moveVertex(four, { at: [lon, lat], to: [lon, lat - 3 * GRID_STEP_DEG] }));
		expect(refusal).toEqual({
			code: 'vertex.on-outline',
			parcelNos: letter === 'A' ? [1] : [1, 2],
			at: [lon, lat],
		});
	});

	it('vertex.on-outline: past the next corner', () => {
		const [lon, lat] = cross.at('C');
		const result = moveVertex(four, { at: cross.at('B'), to: [lon + GRID_STEP_DEG, lat] });
		expect(refusalIn(result).code).toBe('vertex.on-outline');
	});

	it('vertex.taken: a triangle closes', () => {
		const result = moveVertex(fan, { at: star.at('E'), to: star.at('D') });
		expect(refusalIn(result).code).toBe('vertex.taken');
	});

	it('vertex.taken: a ring comes to a vertex twice', () => {
		const result = moveVertex(island, { at: pond.at('R'), to: pond.at('P') });
		expect(refusalIn(result)).toMatchObject({ code: 'vertex.taken', at: pond.at('P') });
	});

	it('vertex.pinches: an edge runs into a vertex of its ring', () => {
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
		const parcels = built(neck.parcels({ 1: 'GxHBA', 2: 'FiEjCHxG', 3: 'KLCjEiF' }));
		expect(refusalIn(moveVertex(parcels, { at: neck.at('x'), to: neck.at('z') }))).toEqual({
			code: 'vertex.pinches',
			parcelNos: [2],
			at: neck.at('z'),
		});
	});

	it('what the check finds where boundaries cross', () => {
		const refusal = canMoveVertex(island, {
			at: pond.at('R'),
			to: [pond.at('C')[0] + 1e-4, pond.at('C')[1]],
		});
		expect(refusal?.issues.length).toBeGreaterThan(0);
		expect(refusal?.at).not.toBeNull();
		expect(refusal?.code).toMatch(/parcel\.overlaps|ring\.invalid/);
	});
});

const SPREAD = 2 ** 24;
const share = fc.integer({ min: -1000, max: 1000 }).map((thousandths) => thousandths / 1000);
/** From a few steps to half the ground. */
const size = fc.integer({ min: 0, max: 5 }).map((k) => (SPREAD / 2) * GRID_STEP_DEG * 16 ** -k);

describe('moveVertices by chance', () => {
	it('keeps the laws and does not depend on how rings are written', () => {
		let moved = 0;
		fc.assert(
			fc.property(
				anyCoverage(SPREAD),
				fc.array(fc.tuple(fc.nat(), size, share, share), { minLength: 1, maxLength: 3 }),
				fc.nat(),
				(random, picks, seed) => {
					const coverage = built(random.set, random.outline);
					const moves = picks.map(([pick, width, x, y]) => {
						const at = vertexOf(coverage, pick);
						return { at, to: [at[0] + x * width, at[1] + y * width] as const };
					});
					const result = moveVertices(coverage, moves);
					expectLawfulBoundary(coverage, result, random.outline);
					const otherwise = moveVertices(builtOtherwise(random, seed), moves);
					expect(otherwise.ok).toBe(result.ok);
					if (!result.ok || !otherwise.ok) return;
					expect(otherwise.difference).toEqual(result.difference);
					moved++;
				},
			),
			{ numRuns: 300 },
		);
		expect(moved).toBeGreaterThan(60);
	});

	it('there and back is identity up to nodes', () => {
		let moved = 0;
		fc.assert(
			fc.property(anyCoverage(SPREAD), fc.nat(), share, share, (random, pick, x, y) => {
				const coverage = built(random.set, random.outline);
				const at = vertexOf(coverage, pick);
				const near = Math.min(
					...edgesOf(random.set.polygons).map(([a]) =>
						a[0] === at[0] && a[1] === at[1] ? Infinity : Math.hypot(a[0] - at[0], a[1] - at[1]),
					),
				);
				const to: LonLat = [snapToGrid(at[0] + 0.2 * x * near), snapToGrid(at[1] + 0.2 * y * near)];
				const result = moveVertex(coverage, { at, to });
				if (!result.ok) return;
				const change = result.difference.shapes.find(({ kind }) => kind === 'reshaped');
				if (change === undefined) return;
				// Within grid steps a vertex may come to lie on other lines, which follow it from there on, or leave a sliver's end that collapses.
				const holders = (now: Coverage, place: LonLat) => [...findShapesWithVertex(now, place).keys()];
				if (holders(result.coverage, to).join() !== holders(coverage, at).join()) return;
				moved++;
				const back = moveVertex(result.coverage, { at: to, to: at });
				expectSameUpToNodes(coverage, done(back).coverage);
			}),
			{ numRuns: 200 },
		);
		expect(moved).toBeGreaterThan(40);
	});

	it('throws on nothing', () => {
		fc.assert(
			fc.property(fc.array(fc.record({ at: anyPlace, to: anyPlace })), anyPlace, (moves, to) => {
				canMoveVertices(four, moves);
				canMoveVertices(four, [...moves, { at: cross.at('E'), to }]);
			}),
		);
	});
});
