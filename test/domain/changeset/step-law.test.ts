import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceSchema, stepSchema } from '$lib/api/changeset-step.ts';
import { digestOf } from '$lib/domain/changeset/digest.ts';
import {
	applyToDraft,
	composeDraftDifferences,
	invertDraftDifference,
	type DraftDifference,
	type DraftState,
} from '$lib/domain/changeset/draft-state.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';
import { canRunStep, runStep } from '$lib/domain/changeset/run-step.ts';
import { sha256Hex } from '$lib/domain/changeset/sha-256.ts';
import { differenceFromWire, differenceToWire } from '$lib/domain/changeset/wire-difference.ts';
import { coverageToParcelSet, listParcelNos } from '$geo/coverage/coverage.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { chanceStep, someDraft } from '$test/support/chance-step.ts';
import { chanceEdit } from '$test/support/edit-sequence.ts';
import { anyCoverage, toLonLat } from '../../geo/coverage/random-polygons.ts';
import { built, done } from '../../geo/edit/edit-outcome.ts';

const SPREAD = 2 ** 24;
const CORNER = toLonLat([0, 0]);
const SIDE_DEG = SPREAD * GRID_STEP_DEG;

/** What a draft is to whoever looks at it: parcels with shapes, and their facts. */
function contentOf(state: DraftState) {
	const { parcelNos, polygons } = coverageToParcelSet(state.coverage);
	return { parcelNos, polygons, facts: Array.from(parcelNos, (no) => factsOf(state.facts, no)) };
}

const sequence = fc.tuple(anyCoverage(SPREAD), fc.array(chanceEdit, { minLength: 3, maxLength: 9 }));

describe('steps of a draft', () => {
	it('are their differences: stored, sent, applied, composed and taken back to the bit', () => {
		let steps = 0;
		fc.assert(
			fc.property(sequence, ([{ set, outline }, edits]) => {
				const start = someDraft(built(set, outline));
				let state = start;
				const differences: DraftDifference[] = [];
				for (const edit of edits) {
					const step = chanceStep(state, edit, CORNER, SIDE_DEG);
					expect(stepSchema.parse(JSON.parse(JSON.stringify(step)))).toEqual(step);
					const result = runStep(state, step);
					expect(canRunStep(state, step)).toEqual(result.ok ? null : result.refusal);
					if (!result.ok) continue;
					steps++;
					const { difference } = result;
					const sent = differenceSchema.parse(JSON.parse(JSON.stringify(differenceToWire(difference))));
					const received = differenceFromWire(sent);
					expect(received).toEqual(difference);
					expect(digestOf(received)).toBe(digestOf(difference));
					const applied = done(applyToDraft(state, received));
					expect(contentOf(applied.state)).toEqual(contentOf(result.state));
					expect(applied.state.nextNo).toBe(result.state.nextNo);
					const undone = done(applyToDraft(result.state, invertDraftDifference(difference)));
					expect(contentOf(undone.state)).toEqual(contentOf(state));
					state = result.state;
					differences.push(difference);
				}
				const whole = done(composeDraftDifferences(differences));
				const atOnce = done(applyToDraft(start, whole.difference));
				expect(contentOf(atOnce.state)).toEqual(contentOf(state));
				const undone = done(applyToDraft(atOnce.state, invertDraftDifference(whole.difference)));
				expect(contentOf(undone.state)).toEqual(contentOf(start));
			}),
			{ numRuns: 60, endOnFailure: true },
		);
		expect(steps).toBeGreaterThan(150);
	});

	it('number new parcels downward and never take a number twice', () => {
		fc.assert(
			fc.property(sequence, ([{ set, outline }, edits]) => {
				let state = someDraft(built(set, outline));
				const used = new Set<number>();
				for (const edit of edits) {
					const result = runStep(state, chanceStep(state, edit, CORNER, SIDE_DEG));
					if (!result.ok) continue;
					for (const { kind, parcelNo } of result.difference.shapes) {
						if (kind !== 'created') continue;
						expect(used.has(parcelNo)).toBe(false);
						expect(parcelNo).toBeLessThanOrEqual(state.nextNo);
						used.add(parcelNo);
					}
					state = result.state;
				}
			}),
			{ numRuns: 30, endOnFailure: true },
		);
	});
});

describe('steps with any numbers that JSON can say', () => {
	const number = fc.oneof(
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		fc.integer(),
		fc.integer({ min: -5, max: 12 }),
		fc.constantFrom(-0, 0.5, 2 ** 31, -(2 ** 31), 2 ** 53, 180, -90),
	);
	const onGround = fc.tuple(
		fc.double({ min: 123.374, max: 123.378, noNaN: true }),
		fc.double({ min: 41.749, max: 41.753, noNaN: true }),
	);
	const place = fc.oneof(
		{ arbitrary: onGround, weight: 9 },
		{ arbitrary: fc.tuple(number, number), weight: 1 },
	);
	const numbers = fc.array(fc.oneof(fc.integer({ min: -1, max: 6 }), number), { maxLength: 3 });
	const line = fc.array(place, { maxLength: 5 });
	const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
	const text = fc.constantFrom('', ' ', 'cn/2023/0701', 'nothing', '__proto__');
	const code = fc.option(fc.record({ text, status: fc.constantFrom('official', 'provisional') }));
	const condition = fc.option(
		fc.record({
			farMin: fc.option(number),
			farMax: fc.option(number),
			buildingCoverageMaxPct: fc.option(number),
			heightMaxM: fc.option(number),
			greenRatioMinPct: fc.option(number),
			supportShareMaxPct: fc.option(number),
			publicationGrade: fc.constantFrom('public', 'office'),
			source: text,
			status: fc.constant('example'),
		}),
	);
	const params: Readonly<Record<string, fc.Arbitrary<object>>> = {
		split_by_line: fc.record({ line, parcelNos: sometimes(numbers) }),
		split_to_areas: fc.record({
			parcelNo: number,
			bearingDeg: number,
			into: fc.oneof(fc.record({ areasM2: numbers }), fc.record({ equalParts: number })),
			allowApart: sometimes(fc.boolean()),
		}),
		merge: fc.record({ parcelNos: numbers, intoNo: sometimes(number) }),
		reshape: fc.record({ path: line, reachM: number, parcelNo: sometimes(number) }),
		move_vertices: fc.record({ moves: fc.array(fc.record({ at: place, to: place }), { maxLength: 3 }) }),
		insert_vertex: fc.record({
			at: place,
			reachM: number,
			to: sometimes(place),
			parcelNo: sometimes(number),
		}),
		delete_vertex: fc.record({ at: place }),
		align: fc.record({ parcelNo: number, line: fc.tuple(place, place), reachM: number }),
		carve_corridor: fc.record({
			centreLine: line,
			breadth: fc.oneof(fc.record({ widthM: number }), fc.record({ leftM: number, rightM: number })),
			endCap: sometimes(fc.constantFrom('flat', 'square')),
			parcelNos: sometimes(numbers),
			landUse: sometimes(fc.option(text)),
		}),
		reclassify: fc.record({ parcelNos: numbers, landUse: fc.option(text) }),
		set_code: fc.record({ codes: fc.array(fc.record({ parcelNo: number, code }), { maxLength: 3 }) }),
		set_conditions: fc.record({ parcelNos: numbers, condition }),
	};

	it.each(Object.keys(params))('%s is done, refused with a code, or not let in', (verb) => {
		let admitted = 0;
		fc.assert(
			fc.property(anyCoverage(SPREAD), params[verb], ({ set, outline }, hostile) => {
				const parsed = stepSchema.safeParse(JSON.parse(JSON.stringify({ verb, params: hostile })));
				if (!parsed.success) return;
				admitted++;
				const result = runStep(someDraft(built(set, outline)), parsed.data);
				if (result.ok) expect(listParcelNos(result.state.coverage).length).toBeGreaterThan(0);
				else expect(result.refusal.code).toMatch(/^[a-z-]+\.[a-z-]+$/);
			}),
			{ numRuns: 150 },
		);
		expect(admitted).toBeGreaterThan(8);
	});
});

describe('the digest', () => {
	it('is SHA-256', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
			}),
			{ numRuns: 200 },
		);
	});
});
