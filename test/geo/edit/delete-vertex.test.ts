import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findShape } from '$geo/coverage/coverage.ts';
import { canDeleteVertex, deleteVertex } from '$geo/edit/delete-vertex.ts';
import { anyPlace, builtOtherwise, edgesOf, vertexOf } from './edit-input.ts';
import { built, done, expectLawfulBoundary, kindsOf, refusalIn } from './edit-outcome.ts';
import { drawing } from '../coverage/drawing.ts';
import { anyCoverage } from '../coverage/random-polygons.ts';

const plan = drawing(`
A   t   B   C
        x
  P   Q
    R        y
D  n    E   F
`);
const parcels = built(plan.parcels({ 1: 'DnExBtA-PQR', 2: 'EFyCBx', 3: 'PQR' }), undefined);
const outline = plan.polygons('DnEFyCBtA');

describe('deleteVertex', () => {
	it('straightens a bend between two parcels', () => {
		const bent = drawing(`
A   B   C
     x
D   E   F
`);
		const two = built(bent.parcels({ 1: 'DExBA', 2: 'EFCBx' }));
		const result = deleteVertex(two, { at: bent.at('x') });
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 2: 'reshaped' });
		expect(findShape(done(result).coverage, 1)).toEqual(bent.polygons('DEBA'));
		expectLawfulBoundary(two, result, bent.polygons('DEFCBA'));
	});

	it('takes a straight vertex out as a node', () => {
		const result = deleteVertex(parcels, { at: plan.at('x') });
		expect(kindsOf(result)).toEqual({ 1: 'noded', 2: 'noded' });
		expectLawfulBoundary(parcels, result, outline);
	});

	it('takes a straight vertex out of the outline', () => {
		const result = deleteVertex(parcels, { at: plan.at('n') });
		expect(kindsOf(result)).toEqual({ 1: 'noded' });
		expectLawfulBoundary(parcels, result, outline);
	});
});

describe('deleteVertex refuses', () => {
	it('vertex.unknown', () => {
		expect(refusalIn(deleteVertex(parcels, { at: [1, 2] }))).toEqual({
			code: 'vertex.unknown',
			parcelNos: [],
			at: [1, 2],
		});
	});

	it('vertex.is-node: a T-junction, straight for one of three', () => {
		const tee = drawing(`
A   B   C
D   E   F
G       H
`);
		const three = built(tee.parcels({ 1: 'DEBA', 2: 'EFCB', 3: 'GHFED' }));
		expect(canDeleteVertex(three, { at: tee.at('E') })).toMatchObject({
			code: 'vertex.is-node',
			parcelNos: [1, 2, 3],
			at: tee.at('E'),
			params: { lines: 3 },
		});
	});

	it('vertex.is-node: where the outline meets a boundary', () => {
		expect(refusalIn(deleteVertex(parcels, { at: plan.at('E') })).code).toBe('vertex.is-node');
	});

	it('vertex.last', () => {
		expect(refusalIn(deleteVertex(parcels, { at: plan.at('R') }))).toEqual({
			code: 'vertex.last',
			parcelNos: [1],
			at: plan.at('R'),
		});
	});

	it.each(['A', 'y'])('vertex.on-outline: %s', (letter) => {
		const refusal = refusalIn(deleteVertex(parcels, { at: plan.at(letter) }));
		if (letter === 'A')
			expect(refusal).toEqual({ code: 'vertex.on-outline', parcelNos: [1], at: plan.at('A') });
		else expect(refusal).toEqual({ code: 'vertex.on-outline', parcelNos: [2], at: plan.at('y') });
	});

	it('vertex.pinches: the new edge runs into a vertex of its ring', () => {
		const neck = drawing(`
A       B
    w
G   E   H
F  i j  C
K       L
`);
		const three = built(neck.parcels({ 1: 'GwHBA', 2: 'FiEjCHwG', 3: 'KLCjEiF' }));
		expect(refusalIn(deleteVertex(three, { at: neck.at('w') }))).toEqual({
			code: 'vertex.pinches',
			parcelNos: [2],
			at: neck.at('w'),
		});
	});

	it('what the check finds where boundaries cross', () => {
		const roof = drawing(`
A       B
    x
    P
   S Q
D   R   C
E       F
`);
		const three = built(roof.parcels({ 1: 'DxCBA', 2: 'DEFCx-PQRS', 3: 'PQRS' }));
		const refusal = canDeleteVertex(three, { at: roof.at('x') });
		expect(refusal?.issues.length).toBeGreaterThan(0);
		expect(refusal?.code).toMatch(/ring\.invalid|parcel\.overlaps/);
	});
});

const SPREAD = 2 ** 24;

describe('deleteVertex by chance', () => {
	it('keeps the laws and does not depend on how rings are written', () => {
		let deleted = 0;
		fc.assert(
			fc.property(anyCoverage(SPREAD), fc.nat(), fc.nat(), (random, pick, seed) => {
				const coverage = built(random.set, random.outline);
				const at = vertexOf(coverage, pick);
				const around = edgesOf(random.set.polygons).filter(([a]) => a[0] === at[0] && a[1] === at[1]);
				const result = deleteVertex(coverage, { at });
				expectLawfulBoundary(coverage, result, random.outline);
				const otherwise = deleteVertex(builtOtherwise(random, seed), { at });
				expect(otherwise.ok).toBe(result.ok);
				if (!result.ok || !otherwise.ok) return;
				expect(otherwise.difference).toEqual(result.difference);
				deleted++;
				expect(around.length).toBeLessThan(3);
			}),
			{ numRuns: 300 },
		);
		expect(deleted).toBeGreaterThan(10);
	});

	it('throws on nothing', () => {
		fc.assert(
			fc.property(anyPlace, (at) => {
				canDeleteVertex(parcels, { at });
				canDeleteVertex(parcels, { at: [at[0], plan.at('x')[1]] });
			}),
		);
	});
});
