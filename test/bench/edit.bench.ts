import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkDifference } from '$geo/edit/check-ground.ts';
import { findShape, listParcelNosInBox } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { EditResult } from '$geo/edit/difference.ts';
import { mergeParcels } from '$geo/edit/merge.ts';
import { moveVertices } from '$geo/edit/move-vertex.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import { splitByLine } from '$geo/edit/split-by-line.ts';
import { streetCoverage } from '../support/street-coverage.ts';
import { ms, tableText } from './report.ts';
import { timingOf, type Timing } from './timing.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const SAMPLES = 200;
const print = (text: string) => console.log(`\n${text}`);

const LEGEND = [
	'split, merge, move: a verb on one parcel (the merge takes its two halves, the move its first vertex), p50 and p95 of up to 200 parcels',
	'check: the difference of the split, checked in its neighbourhood · vertices: of the largest parcel touched',
	'street: a stretch of road · holed: a park with ponds · river: through the whole zone, 10,000 vertices',
].join('\n');

/** A line across the middle of a parcel, a little askew. */
function lineAcross(coverage: Coverage, parcelNo: number): Float64Array {
	const shape = findShape(coverage, parcelNo);
	if (shape === null) throw new Error(`no parcel ${parcelNo}`);
	const { minLon, minLat, maxLon, maxLat } = boxOf(shape);
	const lat = 0.47 * minLat + 0.53 * maxLat;
	return Float64Array.of(minLon - 1e-5, lat, maxLon + 1e-5, lat + 1e-6);
}

/** A vertex of the first new parcel that lies on the cut, moved by some centimetres. */
function wiggle(coverage: Coverage, parcelNo: number) {
	const { coordinates } = findShape(coverage, parcelNo) ?? { coordinates: new Float64Array(2) };
	const at = [coordinates[0], coordinates[1]] as const;
	return [{ at, to: [at[0] + 2e-7, at[1] + 2e-7] as const }];
}

interface Figures {
	readonly split: number[];
	readonly merge: number[];
	readonly move: number[];
	readonly check: number[];
	vertices: number;
}

function measure(coverage: Coverage, parcelNos: readonly number[]): Figures {
	const figures: Figures = { split: [], merge: [], move: [], check: [], vertices: 0 };
	const clock = <T>(times: number[], work: () => T): T => {
		const began = performance.now();
		const value = work();
		times.push(performance.now() - began);
		return value;
	};
	const done = (result: EditResult) => (result.ok ? result : null);
	for (const parcelNo of parcelNos) {
		const line = lineAcross(coverage, parcelNo);
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
		clock(figures.move, () => moveVertices(coverage, wiggle(coverage, parcelNo)));
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
			const kinds: [string, readonly number[]][] = [
				['any', sample(coverage.base.parcelNos)],
				['street', sample(street.streetNos)],
				['holed', sample(street.holedNos)],
				['river', street.riverNos],
			];
			measure(coverage, kinds[0][1]);
			for (const [kind, nos] of kinds) {
				const { split, merge, move, check, vertices } = measure(coverage, nos);
				rows.push([
					`${size} ${kind}`,
					String(split.length),
					String(vertices),
					...[split, merge, move, check].flatMap((times) => cells(timingOf(times))),
				]);
			}
		}
		const head = [
			'parcels',
			'runs',
			'vertices',
			'split',
			'p95',
			'merge',
			'p95',
			'move',
			'p95',
			'check',
			'p95',
		];
		print(`${tableText(head, rows)}\n${LEGEND}`);
	});
});
