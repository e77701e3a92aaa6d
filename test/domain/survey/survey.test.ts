import { describe, expect, it } from 'vitest';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { findShape } from '$geo/coverage/coverage.ts';
import { flattenMultiPolygons, type LonLat } from '$geo/flat-polygons.ts';
import { isOnGrid, snapToGrid } from '$geo/grid.ts';
import { planarAreasM2 } from '$geo/area/planar.ts';
import { readBoundaryTxt } from '$geo/format/boundary-txt.ts';
import type { DraftState } from '$lib/domain/changeset/draft-state.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { metresFromVertex } from '$lib/domain/survey/at-point.ts';
import { boundaryStretches, linesOfPart } from '$lib/domain/survey/boundary-line.ts';
import {
	checkLostPoints,
	checkSurveyPoints,
	compareAreas,
	vanishedPoints,
	vanishedVertices,
	type AreaVerdict,
} from '$lib/domain/survey/check-survey.ts';
import { findPartArea } from '$lib/domain/survey/part-area.ts';
import { placeSurvey } from '$lib/domain/survey/place-survey.ts';
import { partsOfTxt, sridOfTxt } from '$lib/domain/survey/read-survey.ts';
import type { WrittenSurvey } from '$lib/domain/survey/survey.ts';
import { doSteps, TOWN, townDraft } from '../../support/draft-town.ts';
import { pointAt, surveyOf } from '../../support/survey-town.ts';

const PLANE = gaussKruger(4529);
const CORNERS = ['A', 'D', 'E', 'B'] as const;
/** The field in the north-west, surveyed. */
const FIELD = surveyOf(CORNERS.map((letter, i) => pointAt(`J${i + 1}`, TOWN.at(letter))));
const LINES = FIELD.parts.flatMap((part) => linesOfPart(part, FIELD.number));

/** The surveyed lines along a parcel, `-` for a stretch without one. */
function provenance({ coverage }: Pick<DraftState, 'coverage'>, parcelNo: number): string[] {
	const shape = findShape(coverage, parcelNo);
	if (shape === null) throw new Error(`no parcel ${parcelNo}`);
	return boundaryStretches(shape, LINES, PLANE)
		.map(
			({ line, from, to }) =>
				`${from ?? ''}–${to ?? ''} ${line === null ? '-' : `${line.from.name}${line.to.name}`}`,
		)
		.sort();
}

/** What a draft says of the points that it takes away. */
function lostOf({ start, end, difference }: ReturnType<typeof doSteps>) {
	const isGone = vanishedPoints(vanishedVertices(difference));
	return checkLostPoints(start.coverage, end.coverage, FIELD, isGone, 'draft');
}

const after = (...steps: Step[]) => doSteps(townDraft(), steps);
const between = (a: LonLat, b: LonLat, share: number): LonLat => [
	snapToGrid(a[0] + share * (b[0] - a[0])),
	snapToGrid(a[1] + share * (b[1] - a[1])),
];

describe('provenance of boundaries', () => {
	it('goes by the surveyed lines along a parcel and its neighbours', () => {
		const town = townDraft();
		expect(provenance(town, 1)).toEqual(['J1–J2 J1J2', 'J2–J3 J2J3', 'J3–J4 J3J4', 'J4–J1 J4J1']);
		expect(provenance(town, 2)).toEqual(['J2–J3 -', 'J3–J2 J2J3']);
	});

	it('is kept by both parts of a cut, and by a neighbour that only gained a node', () => {
		const line = [between(TOWN.at('A'), TOWN.at('D'), 0.31), between(TOWN.at('B'), TOWN.at('E'), 0.47)];
		const { end } = after({ verb: 'split_by_line', params: { line, parcelNos: [1] } });
		expect(
			provenance(end, -1)
				.concat(provenance(end, -2))
				.filter((one) => !one.endsWith('-')),
		).toHaveLength(6);
		expect(provenance(end, -1).filter((one) => one.endsWith('-'))).toHaveLength(1);
		expect(provenance(end, 3)).toEqual(provenance(townDraft(), 3));
	});

	it('is kept by what is merged', () => {
		const { start, end, difference } = after({ verb: 'merge', params: { parcelNos: [1, 2], intoNo: 1 } });
		expect(provenance(end, 1).filter((one) => !one.endsWith('-'))).toEqual([
			'J1–J2 J1J2',
			'J3–J4 J3J4',
			'J4–J1 J4J1',
		]);
		expect(lostOf({ start, end, difference })).toEqual([]);
	});

	it('is lost with a corner that is moved, and comes back with it', () => {
		const [at, to] = [TOWN.at('E'), between(TOWN.at('E'), TOWN.at('D'), 0.01)];
		const moved = after({ verb: 'move_vertices', params: { moves: [{ at, to }] } });
		expect(provenance(moved.end, 1)).toEqual(['J1–J2 J1J2', 'J2– J2J3', 'J4–J1 J4J1', '–J4 -']);
		expect(lostOf(moved)).toMatchObject([
			{ code: 'survey.points-lost', params: { survey: '测-1', points: 'J3', count: 1 }, at },
		]);
		const back = after(
			{ verb: 'move_vertices', params: { moves: [{ at, to }] } },
			{ verb: 'move_vertices', params: { moves: [{ at: to, to: at }] } },
		);
		expect(provenance(back.end, 1)).toEqual(provenance(townDraft(), 1));
	});

	it('can only be lost where a vertex is gone', () => {
		const line = [between(TOWN.at('A'), TOWN.at('D'), 0.31), between(TOWN.at('B'), TOWN.at('E'), 0.47)];
		const cut = after({ verb: 'split_by_line', params: { line, parcelNos: [1] } });
		expect(vanishedVertices(cut.difference)).toEqual([]);
		const at = TOWN.at('E');
		const to = between(at, TOWN.at('D'), 0.01);
		const moved = after({ verb: 'move_vertices', params: { moves: [{ at, to }] } });
		expect(vanishedVertices(moved.difference)).toEqual([at]);
	});

	it('is found for thousands of edges among thousands of lines', () => {
		const [lon, lat] = TOWN.at('A');
		const places = Array.from({ length: 6000 }, (_, i): LonLat => [
			lon + 0.01 * Math.cos((i * Math.PI) / 3000),
			lat + 0.01 * Math.sin((i * Math.PI) / 3000),
		]);
		const points = places.map((at, i) => pointAt(`J${i + 1}`, at));
		const elsewhere = points.map(({ name, at }) => pointAt(`K${name}`, [at[0] + 0.001, at[1] + 0.0007]));
		const lines = [elsewhere, elsewhere, points].flatMap((one) =>
			surveyOf(one).parts.flatMap((part) => linesOfPart(part, null)),
		);
		const shape = flattenMultiPolygons([[[places]]]);
		const startedAt = performance.now();
		const stretches = boundaryStretches(shape, lines, PLANE);
		// Every edge against every line took several seconds.
		expect(performance.now() - startedAt).toBeLessThan(4000);
		expect(stretches.map(({ line }) => line?.from.name)).toEqual(points.map(({ name }) => name));
	});

	it('gives stretches whose lengths add up to the ring', () => {
		const shape = findShape(townDraft().coverage, 1);
		if (shape === null) throw new Error('no field');
		const sum = (lines: typeof LINES) =>
			boundaryStretches(shape, lines, PLANE).reduce((total, { lengthM }) => total + lengthM, 0);
		expect(sum(LINES)).toBeCloseTo(sum([]), 6);
		expect(boundaryStretches(shape, [], PLANE)).toHaveLength(1);
	});
});

describe('surveys', () => {
	const [lon, lat] = TOWN.at('A');
	const extent = { west: lon - 0.5, south: lat - 0.5, east: lon + 0.5, north: lat + 0.5 };
	const zone = gaussKruger(4529);
	/** The field as a document in the plane writes it, to the millimetre. */
	const written = (
		change: (east: string, north: string) => [string, string] = (e, n) => [e, n],
	): WrittenSurvey => ({
		...FIELD,
		srid: 4529,
		parts: FIELD.parts.map((part) => ({
			...part,
			points: part.points.map(({ name, ring, at }) => {
				const [eastM, northM] = zone.forward(at);
				const [east, north] = change(eastM.toFixed(3), northM.toFixed(3));
				return { name, ring, east, north };
			}),
		})),
	});
	const codes = (survey: WrittenSurvey) => {
		const placed = placeSurvey(survey, extent);
		return placed.ok ? [] : placed.issues.map(({ code }) => code);
	};

	it('are placed on the grid, within a millimetre of what is written', () => {
		const placed = placeSurvey(written(), extent);
		if (!placed.ok) throw new Error(placed.issues[0].code);
		for (const [i, { at, east, north }] of placed.survey.parts[0].points.entries()) {
			expect(at.every(isOnGrid)).toBe(true);
			const [eastM, northM] = zone.forward(at);
			expect(Math.hypot(eastM - Number(east), northM - Number(north))).toBeLessThan(1e-4);
			expect(metresFromVertex(townDraft().coverage, at)).toBeLessThan(1e-3);
			expect(FIELD.parts[0].points[i].name).toBe(`J${i + 1}`);
		}
	});

	it('are refused with what is wrong of their coordinates', () => {
		expect(codes(written())).toEqual([]);
		expect(codes(written((east, north) => [north, east]))).toEqual(['axes.swapped']);
		expect(codes(written((east, north) => [`40${east.slice(2)}`, north]))).toEqual(['zone-prefix.wrong']);
		expect(codes(written((east, north) => [east.slice(2), north]))).toEqual(['zone-prefix.missing']);
		expect(codes({ ...FIELD, srid: 4529 })).toEqual(['unit.degrees']);
	});

	it('are refused with short rings and with one number for two places', () => {
		const points = CORNERS.map((letter, i) => pointAt(`J${i}`, TOWN.at(letter)));
		expect(codes(surveyOf([...points, pointAt('J9', TOWN.at('C'), 2)]))).toEqual(['survey.ring-too-short']);
		expect(codes(surveyOf(points.map((point, i) => ({ ...point, name: i < 2 ? 'J1' : 'J2' }))))).toEqual([
			'survey.point-number-twice',
			'survey.point-number-twice',
		]);
	});

	it('tell the points at which there is no vertex, and how far the nearest is', () => {
		const town = townDraft().coverage;
		expect(checkSurveyPoints(town, FIELD, 'draft')).toEqual([]);
		const off = surveyOf([
			pointAt('J1', [TOWN.at('A')[0] + 1e-7, TOWN.at('A')[1]]),
			...FIELD.parts[0].points.slice(1),
		]);
		const [issue, ...more] = checkSurveyPoints(town, off, 'draft');
		expect(more).toEqual([]);
		expect(issue).toMatchObject({
			code: 'survey.point-off-boundary',
			severity: 'warning',
			params: { points: 'J1' },
		});
		expect(issue.params.distanceM).toBeGreaterThan(0.005);
		expect(issue.params.distanceM).toBeLessThan(0.02);
		const far = surveyOf([pointAt('J1', [lon + 0.2, lat])]);
		expect(checkSurveyPoints(town, far, 'draft')[0].params).not.toHaveProperty('distanceM');
	});

	it('state the area of what a parcel was split into, all of it', () => {
		const [part] = FIELD.parts;
		const line = ['A', 'B'].map((letter, i) => between(TOWN.at(letter), TOWN.at(['D', 'E'][i]), 0.4));
		const { start, end } = after({ verb: 'split_by_line', params: { line, parcelNos: [1] } });
		const [whole, parts] = [start, end].map(({ coverage }) => findPartArea(coverage, part, PLANE));
		expect(parts?.parcelNos).toHaveLength(2);
		expect(parts?.computedM2).toBeCloseTo(whole?.computedM2 ?? 0, 6);
	});

	it('state areas that are held against the same kind, and never pass without a rule', () => {
		const { coverage } = townDraft();
		const shape = findShape(coverage, 1);
		if (shape === null) throw new Error('no field');
		const [part] = FIELD.parts;
		const [planarM2] = planarAreasM2(shape, PLANE);
		expect(findPartArea(coverage, part, PLANE)).toEqual({
			parcelNos: [1],
			computedM2: planarM2,
		});
		expect(findPartArea(coverage, { ...part, areaKind: 'document' }, PLANE)?.computedM2).toBeNull();
		expect(findPartArea(coverage, { ...part, areaKind: 'ellipsoidal' }, PLANE)?.computedM2).not.toBe(
			planarM2,
		);
		const rule = (value: string | null, unit: string, comparison: string) => ({ value, unit, comparison });
		const cases: [number | null, Parameters<typeof compareAreas>[2], AreaVerdict][] = [
			[null, rule('1', 'm2', '<='), 'not_comparable'],
			[101, null, 'no_rule'],
			[101, rule(null, 'm2', '<='), 'no_rule'],
			[101, rule('1', 'm2', '<='), 'within'],
			[101, rule('1', 'm2', '<'), 'outside'],
			[98.9, rule('1', 'pct', '<='), 'outside'],
			...[null, '>=', '>', '='].map((comparison): (typeof cases)[number] => [
				101,
				{ value: '1', unit: 'm2', comparison },
				'no_rule',
			]),
		];
		for (const [computedM2, limit, verdict] of cases)
			expect(compareAreas(100, computedM2, limit)).toBe(verdict);
	});

	it('are read of files with their system and with areas in hectares or square metres', () => {
		const ring =
			'J1,1,4618400.000,41537400.000\nJ2,1,4618400.000,41537600.000\nJ3,1,4618300.000,41537600.000\nJ4,1,4618300.000,41537400.000';
		const parts = (area: string) => {
			const read = readBoundaryTxt(`几度分带=3\n带号=41\n4,${area},DK-001,示例,面,,,,@\n${ring}`);
			if (!read.ok) throw new Error(read.issues[0].code);
			expect(sridOfTxt(read.document)).toBe(4529);
			return partsOfTxt(read.document, 'planar');
		};
		expect(parts('2.0000')[0]).toMatchObject({ label: 'DK-001', areaM2: '20000', areaKind: 'planar' });
		expect(parts('20000.00')[0].areaM2).toBe('20000.00');
		expect(parts('1.98765')[0].areaM2).toBe('19876.5');
		expect(parts('')[0].areaM2).toBeNull();
	});
});
