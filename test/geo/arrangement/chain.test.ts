import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkArranged } from '$geo/check/check.ts';
import type { CoverageIssue } from '$geo/check/issue.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { arrange, isDrawn, soleFeature } from '$geo/arrangement/arrange.ts';
import type { Arrangement } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { anyCoverage, polygonsOfSteps, toLonLat } from '../coverage/random-polygons.ts';
import type { Steps } from '../coverage/random-polygons.ts';

const SPREAD = 2 ** 24;
const PIECES = 24;

/** The parcels with every edge bent at many places, the same from both sides; clean again. */
function bend({ polygons }: ParcelSet, swayDeg: number): ParcelSet {
	const { coordinates, ringOffsets } = polygons;
	const bent: number[] = [];
	const offsets = new Uint32Array(ringOffsets.length);
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const end = ringOffsets[r + 1];
		for (let i = ringOffsets[r]; i < end; i++) {
			const j = i + 1 < end ? i + 1 : ringOffsets[r];
			const [a, b] = [i, j].map((k) => [coordinates[2 * k], coordinates[2 * k + 1]]);
			const isForward = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
			const [low, high] = isForward ? [a, b] : [b, a];
			bent.push(...a);
			for (let k = 1; k < PIECES; k++) {
				const at = isForward ? k : PIECES - k;
				const sway = swayDeg * Math.sin(at * 2.4) * Math.min(1, at / 4, (PIECES - at) / 4);
				bent.push(
					low[0] + ((high[0] - low[0]) * at) / PIECES + sway,
					low[1] + ((high[1] - low[1]) * at) / PIECES - sway,
				);
			}
		}
		offsets[r + 1] = bent.length / 2;
	}
	const arrangement = arrange([{ ...polygons, coordinates: Float64Array.from(bent), ringOffsets: offsets }]);
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		face === 0 ? 0 : soleFeature(arrangement.covers[0], face) + 1,
	);
	return dissolveFaces(
		arrangement,
		labels.map((label) => Math.max(0, label)),
	);
}

/** All that is asked of an arrangement, in an order that does not depend on numbers: each face and what covers it, and the drawn edges. */
function content(arrangement: Arrangement): string[] {
	const { faceCount, covers, edgeLow, edgeHigh, coordinates } = arrangement;
	const { parcelNos: faces, polygons } = dissolveFaces(
		arrangement,
		Int32Array.from({ length: faceCount }, (_, face) => face),
	);
	const { ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const listed = Array.from(faces, (face, f) => {
		const [from, to] = [polygonOffsets[featureOffsets[f]], polygonOffsets[featureOffsets[f + 1]]];
		const rings = Array.from({ length: to - from }, (_, r) =>
			polygons.coordinates.subarray(2 * ringOffsets[from + r], 2 * ringOffsets[from + r + 1]).join(),
		);
		const over = covers.map(({ offsets, features }) =>
			features.subarray(offsets[face], offsets[face + 1]).join(),
		);
		return `${over.join(' | ')}: ${rings.join(' / ')}`;
	});
	const drawn = Array.from(edgeLow, (low, e) => [low, edgeHigh[e]])
		.filter((_, e) => isDrawn(arrangement, e))
		.map((ends) => ends.map((n) => coordinates.subarray(2 * n, 2 * n + 2).join()).join(' – '));
	return [...listed.sort(), ...drawn.sort()];
}

const share = fc.integer({ min: -50, max: 1050 }).map((thousandths) => thousandths / 1000);
const place = fc.tuple(share, share).map(([x, y]): Steps => [Math.round(x * SPREAD), Math.round(y * SPREAD)]);
const someShort = (from: Steps, to: Steps): Steps => [
	Math.round(from[0] + (to[0] - from[0]) / 30),
	Math.round(from[1] + (to[1] - from[1]) / 30),
];
const bentCoverage = fc
	.tuple(anyCoverage(SPREAD), fc.constantFrom(2, 40, 3000))
	.map(([{ set }, swaySteps]) => bend(set, swaySteps * GRID_STEP_DEG));

/** Some vertices of the parcels moved, each in all of them. */
function move({ coordinates, ...rest }: FlatPolygons, picks: readonly number[], by: Steps): FlatPolygons {
	const picked = new Set(picks.map((pick) => pick % (coordinates.length / 2)));
	const keys = new Set([...picked].map((i) => `${coordinates[2 * i]} ${coordinates[2 * i + 1]}`));
	const moved = coordinates.slice();
	for (let i = 0; i < coordinates.length; i += 2) {
		if (!keys.has(`${coordinates[i]} ${coordinates[i + 1]}`)) continue;
		moved[i] += by[0] * GRID_STEP_DEG;
		moved[i + 1] += by[1] * GRID_STEP_DEG;
	}
	return { ...rest, coordinates: moved };
}

/** An issue; without its place where that is one of several. */
function unplaced(issue: CoverageIssue): Partial<CoverageIssue> {
	const { at, ...rest } = issue;
	return issue.code === 'ring.invalid' ? rest : { ...rest, at };
}

describe('chains', () => {
	it('leave faces, covers and drawn lines as they are, to the bit', () => {
		let chained = 0;
		fc.assert(
			fc.property(bentCoverage, fc.array(place, { minLength: 2, maxLength: 4 }), (set, line) => {
				const layers = [set.polygons];
				const path = line.map((at, i) => toLonLat(i === 0 ? at : someShort(line[0], at)));
				const drawn = [Float64Array.from(path.flat())];
				const actual = arrange(layers, drawn, layers);
				if (actual.chains.size > 0) chained++;
				expect(content(actual)).toEqual(content(arrange(layers, drawn)));
			}),
			{ numRuns: 40, endOnFailure: true },
		);
		expect(chained).toBeGreaterThan(10);
	});

	it('leave what a polygon laid over parcels makes of them', () => {
		let chained = 0;
		fc.assert(
			fc.property(
				bentCoverage,
				fc.array(place, { minLength: 3, maxLength: 6 }),
				fc.boolean(),
				(set, at, small) => {
					const ring = at.map((p, i) => (i === 0 || !small ? p : someShort(at[0], p)));
					const layers = [set.polygons, polygonsOfSteps([[[ring]]])];
					const actual = arrange(layers, [], [set.polygons]);
					if (actual.chains.size > 0) chained++;
					expect(content(actual)).toEqual(content(arrange(layers)));
				},
			),
			{ numRuns: 40, endOnFailure: true },
		);
		expect(chained).toBeGreaterThan(8);
	});

	it('leave what the check says of parcels with moved vertices in their place', () => {
		let [chained, faulty] = [0, 0];
		fc.assert(
			fc.property(
				bentCoverage,
				fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
				fc.constantFrom<Steps>([1, 0], [-1, 1], [0, -2], [5, 3], [-900, 400], [200_000, 150_000]),
				({ parcelNos, polygons }, picks, by) => {
					const moved = move(polygons, picks, by);
					for (const layers of [[moved], [moved, polygons]]) {
						const actual = arrange(layers, [], [polygons]);
						const expected = arrange(layers);
						if (actual.chains.size > 0) chained++;
						expect(content(actual)).toEqual(content(expected));
						const issues = checkArranged(expected, parcelNos).map(unplaced);
						if (issues.length > 0) faulty++;
						expect(checkArranged(actual, parcelNos).map(unplaced)).toEqual(issues);
					}
				},
			),
			{ numRuns: 40, endOnFailure: true },
		);
		expect(chained).toBeGreaterThan(20);
		expect(faulty).toBeGreaterThan(5);
	});

	it('leave every vertex of a box a node, and all else as it is', () => {
		let chained = 0;
		fc.assert(
			fc.property(bentCoverage, place, share, ({ polygons }, corner, size) => {
				const [minLon, minLat] = toLonLat(corner);
				const side = (Math.abs(size) * SPREAD * GRID_STEP_DEG) / 4;
				const box = [minLon, minLat, minLon + side, minLat + side] as const;
				const layers = [polygons];
				const actual = arrange(layers, [], layers, box);
				if (actual.chains.size > 0) chained++;
				for (const inner of actual.chains.values())
					for (let i = 0; i < inner.length; i += 2)
						expect(
							inner[i] < box[0] || inner[i] > box[2] || inner[i + 1] < box[1] || inner[i + 1] > box[3],
						).toBe(true);
				expect(content(actual)).toEqual(content(arrange(layers)));
			}),
			{ numRuns: 40, endOnFailure: true },
		);
		expect(chained).toBeGreaterThan(10);
	});
});
