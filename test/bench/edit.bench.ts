import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkDifference } from '$geo/edit/check-ground.ts';
import { findShape, listParcelNosInBox } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { carveCorridor } from '$geo/edit/carve-corridor.ts';
import type { EditResult } from '$geo/edit/difference.ts';
import { mergeParcels } from '$geo/edit/merge.ts';
import { moveVertices } from '$geo/edit/move-vertex.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import { splitToAreas } from '$geo/edit/split-to-areas.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { splitByLine } from '$geo/edit/split-by-line.ts';
import { streetCoverage } from '../support/street-coverage.ts';
import { ms, tableText } from './report.ts';
import { timingOf, type Timing } from './timing.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const SAMPLES = 200;
const print = (text: string) => console.log(`\n${text}`);

const LEGEND = [
	'split, merge, move, carve: a verb on one parcel (the merge takes its two halves, the move a vertex by some centimetres, the corridor of',
	'5 m runs across all that it meets), p50 and p95 of up to 200 parcels · check: the difference of the split, checked in its neighbourhood',
	'divide: into four equal parts · vertices: of the largest parcel touched · street: a stretch of road · holed: a park with ponds',
	'river: through the whole zone, 10,000 vertices, at 20 places for each',
].join('\n');

/** A line across a parcel at a share of its longer side, a little askew, and how far along it goes. */
function lineAcross(shape: FlatPolygons, share: number): Float64Array {
	const { minLon, minLat, maxLon, maxLat } = boxOf(shape);
	const lon = minLon + share * (maxLon - minLon);
	const lat = minLat + share * (maxLat - minLat);
	return maxLon - minLon > maxLat - minLat
		? Float64Array.of(lon, minLat - 1e-5, lon + 1e-6, maxLat + 1e-5)
		: Float64Array.of(minLon - 1e-5, lat, maxLon + 1e-5, lat + 1e-6);
}

/** A vertex of a parcel at a share of its vertices, moved by some centimetres. */
function wiggle({ coordinates }: FlatPolygons, share: number) {
	const i = 2 * Math.floor((share * coordinates.length) / 2);
	const at = [coordinates[i], coordinates[i + 1]] as const;
	return [{ at, to: [at[0] + 2e-7, at[1] + 2e-7] as const }];
}

interface Figures {
	readonly split: number[];
	readonly merge: number[];
	readonly move: number[];
	readonly check: number[];
	readonly carve: number[];
	readonly divide: number[];
	vertices: number;
}

/** Edits parcels, each at `places` places along it. */
function measure(coverage: Coverage, parcelNos: readonly number[], places = 1): Figures {
	const figures: Figures = {
		split: [],
		merge: [],
		move: [],
		check: [],
		carve: [],
		divide: [],
		vertices: 0,
	};
	const clock = <T>(times: number[], work: () => T): T => {
		const began = performance.now();
		const value = work();
		times.push(performance.now() - began);
		return value;
	};
	const done = (result: EditResult) => (result.ok ? result : null);
	const runs = parcelNos.flatMap((parcelNo) =>
		Array.from({ length: places }, (_, k) => ({ parcelNo, share: places === 1 ? 0.53 : (k + 0.5) / places })),
	);
	for (const { parcelNo, share } of runs) {
		const shape = findShape(coverage, parcelNo);
		if (shape === null) throw new Error(`no parcel ${parcelNo}`);
		const line = lineAcross(shape, share);
		const split = done(clock(figures.split, () => splitByLine(coverage, { line, parcelNos: [parcelNo] })));
		if (split === null) continue;
		const { shapes, lineage } = split.difference;
		for (const { before, after } of shapes) {
			figures.vertices = Math.max(figures.vertices, (before ?? after).coordinates.length / 2);
		}
		const issues = clock(figures.check, () => checkDifference(coverage, split.difference));
		expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
		const halves = lineage.map(({ to }) => to);
		clock(figures.merge, () => mergeParcels(split.coverage, { parcelNos: halves.slice(0, 2) }));
		clock(figures.move, () => moveVertices(coverage, wiggle(shape, places === 1 ? 0 : share)));
		clock(figures.carve, () => carveCorridor(coverage, { centreLine: line, breadth: { widthM: 5 } }));
		if (share < 0.6)
			clock(figures.divide, () =>
				splitToAreas(coverage, { parcelNo, bearingDeg: 90, into: { equalParts: 4 }, allowApart: true }),
			);
	}
	return figures;
}

const cells = ({ p50Ms, p95Ms }: Timing) => [ms(p50Ms), ms(p95Ms)];

describe('edits and the check of a difference', () => {
	it('take the same time in a coverage of any size', () => {
		const rows: string[][] = [];
		for (const size of SIZES) {
			const street = streetCoverage(size);
			const build = buildCoverage(street.set);
			if (!build.ok) throw new Error(build.issues[0].code);
			const { coverage } = build;
			listParcelNosInBox(coverage, { minLon: 0, minLat: 0, maxLon: 0, maxLat: 0 });
			const sample = (nos: ArrayLike<number>) =>
				Array.from(
					{ length: Math.min(SAMPLES, nos.length) },
					(_, i) => nos[Math.floor((i * nos.length) / SAMPLES)],
				);
			const kinds: [string, readonly number[], places?: number][] = [
				['any', sample(coverage.base.parcelNos)],
				['street', sample(street.streetNos)],
				['holed', sample(street.holedNos)],
				['river', street.riverNos, 20],
			];
			measure(coverage, kinds[0][1]);
			for (const [kind, nos, places] of kinds) {
				const { split, merge, move, check, carve, divide, vertices } = measure(coverage, nos, places);
				rows.push([
					`${size} ${kind}`,
					String(split.length),
					String(vertices),
					...[split, check, merge, move, carve, divide].flatMap((times) => cells(timingOf(times))),
				]);
			}
		}
		const verbs = ['split', 'check', 'merge', 'move', 'carve', 'divide'];
		const head = ['parcels', 'runs', 'vertices', ...verbs.flatMap((verb) => [verb, 'p95'])];
		print(`${tableText(head, rows)}\n${LEGEND}`);
	});
});
