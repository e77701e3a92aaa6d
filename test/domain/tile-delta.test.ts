import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageToParcelSet, listParcelNos, type Coverage } from '$geo/coverage/coverage.ts';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import { pickFeatures, sliceFeature } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { labelTile, landUseTile, stockTile } from '$lib/server/tile/coverage-layer.ts';
import { wholeBox } from '$lib/server/tile/feature-box.ts';
import { singleParcelZoom } from '$lib/server/tile/overview-subject.ts';
import { overviewTask } from '$lib/server/tile/overview.ts';
import {
	deltaSnapshot,
	eachRow,
	findRow,
	rowsIn,
	wholeColumns,
	wholeTable,
	type CoverageSnapshot,
} from '$lib/server/tile/snapshot.ts';
import { chanceEdit, tryChanceEdit } from '../support/edit-sequence.ts';
import { classList, parcelTable, planPlace, planSnapshot } from '../support/parcel-table.ts';
import { streetCoverage } from '../support/street-coverage.ts';

const CLASSES = classList(['a', 'b', 'c', 'd'], (k) => k < 3);
const ZOOMS = [8, 11, 13, 14, 16, 18];

/** A state of a coverage: its parcels, and those that have another class and code than at first. */
interface State {
	readonly coverage: Coverage;
	readonly reclassified: ReadonlySet<number>;
}

/** The parcels of a state of which a test holds, ascending by number as a revision has them, as a table. */
function tableOf({ coverage, reclassified }: State, isWanted = (_: number) => true) {
	const all = coverageToParcelSet(coverage);
	const rows = [...all.parcelNos.keys()].filter((row) => isWanted(all.parcelNos[row]));
	rows.sort((a, b) => all.parcelNos[a] - all.parcelNos[b]);
	const parcelNos = Int32Array.from(rows, (row) => all.parcelNos[row]);
	const set: ParcelSet = { parcelNos, polygons: pickFeatures(all.polygons, rows) };
	const mark = (row: number) => (reclassified.has(parcelNos[row]) ? 1 : 0);
	return parcelTable(set, {
		classes: CLASSES,
		landUse: (row) => ((Math.abs(parcelNos[row]) + mark(row)) % 5) - 1,
		areaDm2: (row) => 300_000 + 100 * parcelNos[row],
		code: (row) => `P${parcelNos[row]}${mark(row) === 0 ? '' : ' new'}`,
		stockStatus: (row) => [null, 'idle', 'built'][Math.abs(parcelNos[row] + mark(row)) % 3],
		block: (row) => ['B', null, 'A', 'C'][Math.abs(parcelNos[row] + mark(row)) % 4],
	});
}

/** A state as a revision that shares the parcels of another where they are the same. */
function asDelta(from: State, to: State): CoverageSnapshot {
	const changed = new Set([...to.coverage.patch.keys(), ...from.coverage.patch.keys()]);
	for (const no of [...from.reclassified, ...to.reclassified]) changed.add(no);
	const has = new Set(listParcelNos(from.coverage));
	return deltaSnapshot(
		planPlace('to', 2),
		planSnapshot(tableOf(from)),
		[...changed].filter((no) => has.has(no)),
		tableOf(to, (no) => changed.has(no)),
	);
}

/** Names a value to the last bit; comparing what tiles hold element by element would take a minute. */
function fingerprint(value: unknown): string {
	const text = JSON.stringify(value, (_, part: unknown) =>
		ArrayBuffer.isView(part)
			? Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('base64')
			: part,
	);
	return createHash('sha256').update(text).digest('hex');
}

/** All that a tile's place answers, of a snapshot. */
function answersAt(snapshot: CoverageSnapshot, tile: TileAddress): Record<string, string> {
	const tiles = {
		public: landUseTile(snapshot, 'public', tile),
		office: landUseTile(snapshot, 'office', tile),
		stock: stockTile(snapshot, tile),
		labels: labelTile(snapshot, 'office', tile),
		publicLabels: labelTile(snapshot, 'public', tile),
	};
	return Object.fromEntries(Object.entries(tiles).map(([name, bytes]) => [name, fingerprint(bytes)]));
}

/** Everything else that is asked of a snapshot. */
function answersOf(snapshot: CoverageSnapshot, nos: readonly number[]): Record<string, string> {
	const row = ({ table, row: at }: NonNullable<ReturnType<typeof findRow>>) => ({
		no: table.parcelNo[at],
		code: table.code[at],
		box: table.boxes.slice(4 * at, 4 * at + 4),
		shape: sliceFeature(table.polygons, at),
	});
	const whole = wholeTable(snapshot);
	const box = wholeBox(snapshot.base.boxes) ?? [0, 0, 0, 0];
	const { parcelNo, version, areaDm2, park, landUse, code, stockStatus, block, polygons } = whole;
	const answers = {
		found: nos.map((no) => findRow(snapshot, no)).map((found) => (found === null ? null : row(found))),
		near: eachRow(rowsIn(snapshot, [box[0], box[1], (box[0] + box[2]) / 2, box[3]])).map(row),
		whole: { parcelNo, version, areaDm2, park, landUse, code, stockStatus, block, polygons },
		columns: [wholeColumns(snapshot)].map((columns) => ({
			...{ parcelNo: columns.parcelNo, areaDm2: columns.areaDm2, park: columns.park },
			landUse: columns.landUse,
		})),
		single: singleParcelZoom(snapshot),
		overviews: (['public', 'office', 'stock', 'blocks'] as const).map((subject) =>
			overviewTask(snapshot, subject),
		),
	};
	return Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, fingerprint(value)]));
}

describe('a revision held as base and delta', () => {
	const { set, outline } = streetCoverage(300, { riverVertices: 60 });
	const built = buildCoverage(set, outline);
	if (!built.ok) throw new Error('the streets are a coverage');
	const start: State = { coverage: built.coverage, reclassified: new Set() };
	const [west, south, east, north] = wholeBox(tableOf(start).boxes) ?? [0, 0, 0, 0];
	const tileAt = (z: number, [x, y]: readonly [number, number]): TileAddress => ({
		z,
		x: Math.floor(lonToWorldX(west + x * (east - west)) * 2 ** z),
		y: Math.floor(latToWorldY(south + y * (north - south)) * 2 ** z),
	});

	it('answers as one held whole, every tile byte for byte, whichever of two is the base', () => {
		const unit = fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1000);
		let edited = 0;
		fc.assert(
			fc.property(
				fc.array(chanceEdit, { minLength: 1, maxLength: 5 }),
				fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 3 }),
				fc.array(fc.tuple(unit, unit), { minLength: 2, maxLength: 4 }),
				(edits, reclassified, places) => {
					let { coverage } = start;
					const side = Math.max(east - west, north - south);
					for (const edit of edits) {
						const result = tryChanceEdit(coverage, edit, [west, south], side);
						if (result.ok) ({ coverage } = result);
					}
					edited += coverage.patch.size;
					const end: State = { coverage, reclassified: new Set(reclassified) };
					const nos = [...new Set([...listParcelNos(coverage), ...set.parcelNos, 1000])];
					for (const [from, to] of [
						[start, end],
						[end, start],
					]) {
						const whole = planSnapshot(tableOf(to), 'to', 2);
						const delta = asDelta(from, to);
						for (const place of places) {
							for (const zoom of ZOOMS) {
								const tile = tileAt(zoom, place);
								expect(answersAt(delta, tile)).toEqual(answersAt(whole, tile));
							}
						}
						expect(answersOf(delta, nos)).toEqual(answersOf(whole, nos));
					}
				},
			),
			{ numRuns: 12 },
		);
		expect(edited).toBeGreaterThan(60);
	});

	it('takes memory by what it has otherwise, beside its base', () => {
		const end = { ...start, reclassified: new Set([5, 6]) };
		const delta = asDelta(start, end);
		expect(delta.delta?.table.parcelNo).toEqual(Int32Array.of(5, 6));
		expect(delta.delta?.bytes).toBeLessThan(delta.base.bytes / 50);
	});
});
