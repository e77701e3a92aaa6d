import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageToParcelSet, findShape, listParcelNos } from '$geo/coverage/coverage.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG, isOnGrid } from '$geo/grid.ts';
import { stepSchema } from '$lib/api/changeset-step.ts';
import type { DraftState } from '$lib/domain/changeset/draft-state.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';
import { EMPTY_SKETCH, withCursor, withParcels, withPlace, type Sketch } from '$lib/map/edit/sketch.ts';
import { snapPlace } from '$lib/map/edit/snap.ts';
import { listClassTurns, tryStep } from '$lib/map/edit/step-effect.ts';
import { START_VALUES, TOOLS, type Tool, type ToolValues } from '$lib/map/edit/tool.ts';
import { CLASSES, SOME_CONDITION, someDraft } from '../../support/chance-step.ts';

/**
 * Four lots round a crossing of boundaries, each 128 units wide and high, numbered by rows from the south:
 *
 *     ┌───┬───┐
 *     │ 3 │ 4 │
 *     ├───┼───┤
 *     │ 1 │ 2 │
 *     └───┴───┘
 */
const UNIT = 2 ** 15 * GRID_STEP_DEG;
const at = (x: number, y: number): LonLat => [123.5 + x * UNIT, 41.75 + y * UNIT];
const lot = (x: number, y: number) => [
	[at(x, y), at(x + 128, y), at(x + 128, y + 128), at(x, y + 128)].flat(),
];

function fourLots(): DraftState {
	const rings = [lot(0, 0), lot(128, 0), lot(0, 128), lot(128, 128)];
	const build = buildCoverage({
		parcelNos: Int32Array.of(1, 2, 3, 4),
		polygons: {
			coordinates: Float64Array.from(rings.flat(2)),
			ringOffsets: Uint32Array.of(0, 4, 8, 12, 16),
			polygonOffsets: Uint32Array.of(0, 1, 2, 3, 4),
			featureOffsets: Uint32Array.of(0, 1, 2, 3, 4),
		},
	});
	if (!build.ok) throw new Error('the lots are no coverage');
	return someDraft(build.coverage);
}

const REACH_M = 3;
const put = (sketch: Sketch, ...places: LonLat[]) => places.reduce(withPlace, sketch);
const areaOf = ({ coverage }: DraftState, no: number) => {
	const shape = findShape(coverage, no);
	return shape === null ? null : ellipsoidalAreasM2(shape)[0];
};

function effectOf(tool: Tool, sketch: Sketch, values: Partial<ToolValues> = {}) {
	const step = tool.stepOf(sketch, { ...START_VALUES, ...values }, REACH_M);
	if (step === null) throw new Error('the tool makes no step of this');
	expect(stepSchema.parse(step)).toEqual(step);
	expect(tool.isWhole(sketch)).toBe(true);
	const effect = tryStep(fourLots(), step);
	if (!effect.ok) throw new Error(`refused: ${effect.refusal.code}`);
	return effect;
}

describe('the tools of the map', () => {
	it('split: a line across two lots makes two parts of each, whose areas are those of the lots', () => {
		const line = put(EMPTY_SKETCH, at(-8, 64), at(264, 70));
		const { parts } = effectOf(TOOLS.split_by_line, line);
		const before = fourLots();
		expect(parts.filter(({ kind }) => kind === 'created')).toHaveLength(4);
		expect(parts.filter(({ kind }) => kind === 'retired').map(({ parcelNo }) => parcelNo)).toEqual([1, 2]);
		const made = parts.reduce((sum, { kind, afterM2 }) => sum + (kind === 'created' ? (afterM2 ?? 0) : 0), 0);
		expect(made).toBeCloseTo((areaOf(before, 1) ?? 0) + (areaOf(before, 2) ?? 0), 4);
		const limited = effectOf(TOOLS.split_by_line, withParcels(line, [2]));
		expect(limited.parts.filter(({ kind }) => kind === 'retired').map(({ parcelNo }) => parcelNo)).toEqual([
			2,
		]);
	});

	it('divide: parts of the areas asked for, or equal ones', () => {
		const sketch = withParcels(EMPTY_SKETCH, [3]);
		const equal = effectOf(TOOLS.split_to_areas, sketch, { equalParts: 4, bearingDeg: 90 });
		const areas = equal.parts.filter(({ kind }) => kind === 'created').map(({ afterM2 }) => afterM2 ?? 0);
		expect(areas).toHaveLength(4);
		for (const area of areas) expect(area).toBeCloseTo((areaOf(fourLots(), 3) ?? 0) / 4, 1);
		const given = effectOf(TOOLS.split_to_areas, sketch, { areasM2: [300, 200] });
		expect(
			given.parts.filter(({ kind }) => kind === 'created').map(({ afterM2 }) => Math.round(afterM2 ?? 0)),
		).toEqual(expect.arrayContaining([300, 200]));
	});

	it('merge, reshape, move, insert, delete, align, carve: each from what it wants', () => {
		const ended = (effect: ReturnType<typeof effectOf>) =>
			effect.parts.filter(({ kind }) => kind === 'retired').map(({ parcelNo }) => parcelNo);
		const changed = (effect: ReturnType<typeof effectOf>) =>
			effect.parts.filter(({ kind }) => kind === 'reshaped').map(({ parcelNo }) => parcelNo);
		const merged = effectOf(TOOLS.merge, withParcels(EMPTY_SKETCH, [2, 1]));
		expect([changed(merged), ended(merged)]).toEqual([[2], [1]]);
		const [turn, ...others] = listClassTurns(fourLots(), merged.state, merged.difference);
		expect(others).toEqual([]);
		expect(turn).toEqual({ from: CLASSES[1], to: CLASSES[0], areaM2: areaOf(fourLots(), 1) });
		const bend = put(EMPTY_SKETCH, at(128, 16), at(140, 64), at(128, 112));
		expect(changed(effectOf(TOOLS.reshape, bend))).toEqual([1, 2]);
		const moved = put(EMPTY_SKETCH, at(128, 128), at(132, 120));
		expect(changed(effectOf(TOOLS.move_vertices, moved))).toEqual([1, 2, 3, 4]);
		const inserted = put(EMPTY_SKETCH, at(128, 64), at(136, 64));
		const withVertex = effectOf(TOOLS.insert_vertex, inserted);
		expect(changed(withVertex)).toEqual([1, 2]);
		const taken = TOOLS.delete_vertex.stepOf(put(EMPTY_SKETCH, at(136, 64)), START_VALUES, REACH_M);
		if (taken === null) throw new Error('no step');
		const back = tryStep(withVertex.state, taken);
		expect(back.ok && back.parts.map(({ parcelNo }) => parcelNo)).toEqual([1, 2]);
		const aligned = put(withParcels(EMPTY_SKETCH, [1]), at(129, -8), at(129, 136));
		expect(changed(effectOf(TOOLS.align, aligned))).toContain(1);
		const road = effectOf(TOOLS.carve_corridor, put(EMPTY_SKETCH, at(-8, 32), at(264, 40)), {
			widthM: 2,
			landUse: CLASSES[0],
		});
		expect(road.parts.find(({ landUse }) => landUse === CLASSES[0])?.kind).toBe('created');
	});

	it('facts: classes of many, a code of one, conditions of many', () => {
		const many = withParcels(EMPTY_SKETCH, [1, 4]);
		const classed = effectOf(TOOLS.reclassify, many, { landUse: CLASSES[3] });
		expect(classed.parts).toEqual([
			{
				parcelNo: 1,
				kind: 'relabelled',
				beforeM2: null,
				afterM2: null,
				landUse: CLASSES[3],
				landUseBefore: CLASSES[1],
			},
			{
				parcelNo: 4,
				kind: 'relabelled',
				beforeM2: null,
				afterM2: null,
				landUse: CLASSES[3],
				landUseBefore: CLASSES[0],
			},
		]);
		const code = { text: 'SY-1', status: 'official' } as const;
		const coded = effectOf(TOOLS.set_code, withParcels(EMPTY_SKETCH, [2]), { code });
		expect(factsOf(coded.state.facts, 2).code).toEqual(code);
		const bound = effectOf(TOOLS.set_conditions, many, { condition: SOME_CONDITION });
		expect(factsOf(bound.state.facts, 4).condition).toEqual(SOME_CONDITION);
	});

	it('make no step of too little, and say what they want next', () => {
		for (const tool of Object.values(TOOLS)) {
			expect(tool.isWhole(EMPTY_SKETCH)).toBe(false);
			expect(tool.stepOf(EMPTY_SKETCH, START_VALUES, REACH_M)).toBeNull();
			expect(tool.wants(EMPTY_SKETCH)).not.toBe('nothing');
		}
		expect(TOOLS.move_vertices.wants(put(EMPTY_SKETCH, at(0, 0)))).toBe('place');
		expect(TOOLS.align.wants(withParcels(EMPTY_SKETCH, [1]))).toBe('place');
		expect(TOOLS.reclassify.stepOf(withParcels(EMPTY_SKETCH, [1]), START_VALUES, REACH_M)).toBeNull();
	});

	it('show the step as it would be if it ended at the cursor', () => {
		const begun = withCursor(put(EMPTY_SKETCH, at(-8, 64)), at(136, 64));
		expect(TOOLS.split_by_line.isWhole(begun)).toBe(false);
		const step = TOOLS.split_by_line.stepOf(begun, START_VALUES, REACH_M);
		expect(step !== null && tryStep(fourLots(), step).ok).toBe(true);
	});

	it('make of whatever is put down a step that can be sent and that does not throw, and ground is kept', () => {
		const place = fc.tuple(fc.integer({ min: -20, max: 280 }), fc.integer({ min: -20, max: 280 }));
		const sketches = fc.record({
			parcelNos: fc.uniqueArray(fc.integer({ min: -1, max: 5 }), { maxLength: 4 }),
			places: fc.array(place, { maxLength: 4 }),
			cursor: fc.option(place),
		});
		const values = fc.record({
			equalParts: fc.integer({ min: 2, max: 9 }),
			areasM2: fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 3 }),
			bearingDeg: fc.integer({ min: -360, max: 360 }),
			widthM: fc.integer({ min: 0, max: 60 }),
			landUse: fc.constantFrom(undefined, null, ...CLASSES, 'cn/2023/none'),
		});
		const start = fourLots();
		const ground = (state: DraftState) =>
			ellipsoidalAreasM2(coverageToParcelSet(state.coverage).polygons).reduce((sum, area) => sum + area, 0);
		fc.assert(
			fc.property(fc.constantFrom(...Object.values(TOOLS)), sketches, values, (tool, drawn, chosen) => {
				const sketch: Sketch = {
					parcelNos: drawn.parcelNos,
					places: drawn.places.map(([x, y]) => at(x, y)),
					cursor: drawn.cursor && at(...drawn.cursor),
				};
				const step = tool.stepOf(sketch, { ...START_VALUES, ...chosen }, REACH_M);
				if (step === null) return;
				expect(stepSchema.parse(JSON.parse(JSON.stringify(step)))).toEqual(step);
				const effect = tryStep(start, step);
				if (effect.ok) expect(ground(effect.state)).toBeCloseTo(ground(start), 2);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('snapping', () => {
	const { coverage } = fourLots();
	const metre = 1 / 111_000;

	it('takes the stored vertex to the bit before the edge, the edge before the ground, and the grid last', () => {
		const [lon, lat] = at(128, 128);
		expect(snapPlace(coverage, [lon + metre, lat + metre], REACH_M)).toEqual({
			place: [lon, lat],
			on: 'vertex',
		});
		const [, middle] = at(0, 64);
		const onEdge = snapPlace(coverage, [lon + metre, middle], REACH_M);
		expect(onEdge).toEqual({ place: [lon, middle], on: 'edge' });
		const free = snapPlace(coverage, at(60.3, 60.7), REACH_M);
		expect(free?.on).toBe('free');
		expect(free?.place.every(isOnGrid)).toBe(true);
	});

	it('gives a tool that wants a vertex or an edge nothing else, and leaves a free place where it is', () => {
		const [lon, lat] = at(128, 128);
		expect(snapPlace(coverage, [lon + metre, lat], REACH_M, 'edge')?.on).toBe('edge');
		expect(snapPlace(coverage, at(128, 64), REACH_M, 'vertex')).toBeNull();
		expect(snapPlace(coverage, at(64, 64), REACH_M, 'edge')).toBeNull();
		expect(snapPlace(coverage, [lon + metre, lat], REACH_M, 'place', true)?.on).toBe('free');
		expect(snapPlace(coverage, [lon + metre, lat], REACH_M, 'vertex', true)?.on).toBe('vertex');
	});

	it('finds every vertex of every lot at itself', () => {
		for (const no of listParcelNos(coverage)) {
			const { coordinates } = findShape(coverage, no) ?? { coordinates: new Float64Array() };
			for (let i = 0; i < coordinates.length; i += 2) {
				const place: LonLat = [coordinates[i], coordinates[i + 1]];
				expect(snapPlace(coverage, place, 0)).toEqual({ place, on: 'vertex' });
			}
		}
	});
});
