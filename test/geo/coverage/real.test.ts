import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { cleanParcelSet } from '$geo/repair/clean.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import { neighboursInBase } from '$geo/coverage/coverage-base.ts';
import { fillGap } from '$geo/repair/fill-gap.ts';
import { patchedSetOf, settleSet } from '$geo/repair/patched-set.ts';
import type { CoverageIssue } from '$geo/check/issue.ts';
import { realCoverage, unrolled } from '../../support/real-coverage.ts';
import type { RealCoverage, RealCoverageName } from '../../support/real-coverage.ts';
import { toGeos } from './geos-oracle.ts';
import { groundM2 } from './ground.ts';

/** How many issues of each code (and ring fault) there are. */
function tally(issues: readonly CoverageIssue[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { code, params } of issues) {
		const key = params.reason === undefined ? code : `${code} ${params.reason}`;
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return counts;
}

/** The names of the parcels concerned, the area in km² where there is one, and the place to a hundredth of a degree. */
function tell({ names }: RealCoverage, { parcelNos, at, params }: CoverageIssue) {
	const place = (at ?? []).map((deg) => Math.round(deg * 100) / 100);
	const areaKm2 = params.areaM2 === undefined ? [] : [Number((params.areaM2 / 1e6).toPrecision(4))];
	return [parcelNos.map((no) => names[no - 1]).join(', '), ...areaKm2, ...place];
}

function tellAll(real: RealCoverage, issues: readonly CoverageIssue[], code: CoverageIssue['code']) {
	return issues.filter((issue) => issue.code === code).map((issue) => tell(real, issue));
}

function neighbourPairs({ base }: Coverage): Set<string> {
	const pairs = new Set<string>();
	base.parcelNos.forEach((no, i) => {
		for (const j of neighboursInBase(base, i)) if (j > i) pairs.add(`${no} ${base.parcelNos[j]}`);
	});
	return pairs;
}

/** The pairs that share an arc in the file but no boundary in the coverage, and the other way round, by name. */
function comparePairs({ names, neighbours }: RealCoverage, coverage: Coverage) {
	const ours = neighbourPairs(coverage);
	const theirs = new Set(neighbours.map((pair) => pair.join(' ')));
	const tellPair = (pair: string) =>
		pair
			.split(' ')
			.map((no) => names[Number(no) - 1])
			.join(', ');
	return {
		lost: [...theirs].filter((pair) => !ours.has(pair)).map(tellPair),
		added: [...ours].filter((pair) => !theirs.has(pair)).map(tellPair),
	};
}

function cleaned(name: RealCoverageName, sliverWidthM: number) {
	const real = realCoverage(name);
	return { real, ...cleanParcelSet(unrolled(real.set), { sliverWidthM }) };
}

function built(set: Parameters<typeof buildCoverage>[0]): Coverage {
	const build = buildCoverage(set);
	if (!build.ok) throw new Error(JSON.stringify(build.issues[0]));
	expect(build.movedMaxDeg).toBe(0);
	expect(coverageToParcelSet(build.coverage)).toEqual(set);
	return build.coverage;
}

function areInvalid({ polygons, parcelNos }: Parameters<typeof buildCoverage>[0]): number[] {
	const geos = toGeos(polygons);
	const invalid = [...parcelNos].filter((_, f) => !geos.isValid(f));
	geos.free();
	return invalid;
}

describe('what is wrong in real coverages', () => {
	it('us-atlas counties: a city lost to quantisation, and two places where three counties overlap', () => {
		const real = realCoverage('us-counties');
		const issues = checkParcelSet(real.set);
		expect(real.set.parcelNos.length).toBe(3231);
		expect(new Set(real.codes).size).toBe(3231);
		expect(tally(issues)).toEqual({
			'parcel.empty': 1,
			'parcel.overlaps': 2,
			'ring.invalid self-crossing': 4,
			'ring.invalid self-touching': 18,
			'ring.invalid too-few-vertices': 22,
			'vertex.repeated': 42,
		});
		expect(tellAll(real, issues, 'parcel.empty')).toEqual([['Falls Church', -77.17, 38.89]]);
		expect(tellAll(real, issues, 'parcel.overlaps')).toEqual([
			['San Joaquin, Santa Clara, Alameda', 0.002623, -121.47, 37.48],
			['Richland, Morehouse, Ouachita', 0.3074, -91.91, 32.51],
		]);
		expect(buildCoverage(real.set)).toEqual({ ok: false, issues });
	});

	it('us-atlas states: one ring of two vertices', () => {
		const real = realCoverage('us-states');
		const issues = checkParcelSet(real.set);
		expect(tally(issues)).toEqual({
			'ring.invalid self-touching': 1,
			'ring.invalid too-few-vertices': 1,
			'vertex.repeated': 4,
		});
		expect(tell(real, issues[0])).toEqual(['Delaware', -75.56, 39.63]);
	});

	it('world-atlas as stored: countries over the antimeridian run round the world, and double codes', () => {
		const real = realCoverage('world-50m');
		const issues = checkParcelSet(real.set);
		const across = issues.filter(({ code }) => code === 'parcel.overlaps');
		expect(across.length).toBe(98);
		expect(across.every((issue) => /Russia|Fiji|Antarctica/.test(String(tell(real, issue)[0])))).toBe(true);
		const { names, codes } = real;
		expect(names.filter((_, i) => codes[i] === null)).toEqual([
			'Somaliland',
			'Kosovo',
			'N. Cyprus',
			'Indian Ocean Ter.',
			'Siachen Glacier',
		]);
		const numbered = { ...real.set, parcelNos: Int32Array.from(codes, (code) => Number(code ?? 0)) };
		const nameless = checkParcelSet(numbered).filter(({ code }) => code === 'parcel-number.invalid');
		expect(nameless.map(({ parcelNos, params }) => [parcelNos[0], params.count])).toEqual(
			expect.arrayContaining([
				[0, 5],
				[36, 2],
			]),
		);
		expect(nameless.length).toBe(7);
	});

	it('world-atlas laid out in one piece: the Caspian Sea is a gap, and Antarctica has a hole at the pole', () => {
		const real = realCoverage('world-50m');
		const issues = checkParcelSet(unrolled(real.set));
		expect(tally(issues)).toEqual({
			'coverage.gap': 2,
			'ring.invalid hole-outside-shell': 1,
			'ring.invalid self-touching': 1,
			'vertex.repeated': 1,
		});
		expect(tellAll(real, issues, 'coverage.gap')).toEqual([
			['Antarctica', 0.03919, 0, -90],
			['Turkmenistan, Russia, Kazakhstan, Iran, Azerbaijan', 395_800, 52.1, 37.26],
		]);
	});
});

describe('real coverages cleaned', () => {
	it('counties: build, keep their ground, are valid, and every pair that shares an arc is a pair of neighbours, but for four', () => {
		const { real, set, report } = cleaned('us-counties', 200);
		expect(report.unresolved).toEqual([]);
		expect(report.dropped.map(({ parcelNo, reason }) => [real.names[parcelNo - 1], reason])).toEqual([
			['Falls Church', 'no-ground'],
		]);
		const coverage = built(set);
		expect(areInvalid(set)).toEqual([]);
		expect(Math.abs(groundM2(set) - groundM2(real.set))).toBeLessThan(1);
		expect(comparePairs(real, coverage)).toEqual({
			lost: [
				'Falls Church, Arlington',
				'Falls Church, Fairfax',
				// What these share in the file encloses no ground: a spike, and a ring of two vertices.
				'Stanislaus, Alameda',
				'San Francisco, Alameda',
			],
			// The ground that three counties claim went to San Joaquin.
			added: ['San Joaquin, Santa Clara'],
		});
	});

	it('states: the same', () => {
		const { real, set, report } = cleaned('us-states', 0.01);
		expect(report.unresolved).toEqual([]);
		const coverage = built(set);
		expect(areInvalid(set)).toEqual([]);
		expect(Math.abs(groundM2(set) - groundM2(real.set))).toBeLessThan(1);
		expect(comparePairs(real, coverage)).toEqual({ lost: [], added: [] });
	});

	it('countries: all but the Caspian Sea, which is a person’s to decide, and then every pair of neighbours', () => {
		const { real, set, report } = cleaned('world-50m', 100);
		expect(report.unresolved.map((issue) => tell(real, issue)[0])).toEqual([
			'Turkmenistan, Russia, Kazakhstan, Iran, Azerbaijan',
		]);
		expect(report.slivers.map(({ kind, to }) => [kind, real.names[(to ?? 0) - 1]])).toEqual([
			['gap', 'Antarctica'],
		]);
		expect(areInvalid(set)).toEqual([]);
		const filled = report.slivers.reduce((sum, { areaM2 }) => sum + areaM2, 0);
		expect(Math.abs(groundM2(set) - groundM2(unrolled(real.set)) - filled)).toBeLessThan(10);

		const [{ at, params }] = report.unresolved;
		if (at === null) throw new Error('no place');
		const edit = fillGap(patchedSetOf(set), { at, to: { newParcelNo: 242 } });
		if (!edit.ok) throw new Error(edit.refusal.code);
		const whole = settleSet(edit.set);
		expect(Math.abs(groundM2(whole) - groundM2(set) - (params.areaM2 ?? 0))).toBeLessThan(1);
		const coverage = built(whole);
		const named = { ...real, names: [...real.names, 'Caspian Sea'] };
		expect(comparePairs(named, coverage)).toEqual({
			lost: [],
			added: ['Turkmenistan', 'Russia', 'Kazakhstan', 'Iran', 'Azerbaijan'].map(
				(name) => `${name}, Caspian Sea`,
			),
		});
	});
});
