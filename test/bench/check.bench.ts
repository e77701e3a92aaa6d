import { loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { arrangeSet, checkArranged, checkParcelSet } from '$geo/check/check.ts';
import type { CoverageIssue } from '$geo/check/issue.ts';
import { DEFAULT_LIMITS } from '$geo/check/check-limits.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import type { Database } from '$lib/server/db/connect.ts';
import { openDatabase } from '../support/database.ts';
import { streetCoverage } from '../support/street-coverage.ts';
import { toGeosCoverage } from './geos-coverage.ts';
import { countOverlaps, loadParcels } from './postgis-coverage.ts';
import type { Connection } from './postgis-tile.ts';
import { machineOf, ms, tableText } from './report.ts';
import { timed, type Timing } from './timing.ts';

/** What a check found, and how long it took. */
interface Timed {
	readonly value: readonly CoverageIssue[];
	readonly timing: Timing;
}

const SIZES = [10_000, 100_000, 1_000_000];
const GAP_WIDTH_DEG = 1e-6;
/** Aims at 100,000 parcels. */
const AIM_MS = 1000;
const AIM_RATIO = 10;

const LEGEND = [
	'check: checkParcelSet from flat polygons, nothing built before, against the outline · limits: the same with every limit on shapes ·',
	'build: buildCoverage, the check included · 1 fault, 100 faults, 1 % faulty: check of the same set with one vertex of that many parcels,',
	'spread evenly, moved by 1 m on its own, all issues found · whole: the last with everything arranged, which must find the same ·',
	'GEOS: GEOSCoverageIsValid (WebAssembly) of the collection, gaps up to 0.1 m: finds no outline, and does not check polygons by themselves ·',
	'PostGIS: self-join on boxes, ST_Relate for shared ground: overlaps only · times in ms, median; × by our check;',
	'conversion apart',
].join('\n');

const print = (text: string) => console.log(`\n${text}`);

/** The same set with the first vertex of some parcels, spread evenly, moved to the east by about a metre. */
function broken({ parcelNos, polygons }: ParcelSet, faults: number): ParcelSet {
	const coordinates = polygons.coordinates.slice();
	const { featureOffsets, polygonOffsets, ringOffsets } = polygons;
	for (let i = 0; i < faults; i++) {
		const feature = Math.floor(((i + 0.5) * parcelNos.length) / faults);
		coordinates[2 * ringOffsets[polygonOffsets[featureOffsets[feature]]]] += 100_000 * GRID_STEP_DEG;
	}
	return { parcelNos, polygons: { ...polygons, coordinates } };
}

describe('the check of a whole coverage beside GEOS and PostGIS', () => {
	let database: Database;
	let connection: Connection;
	const rows: string[][] = [];
	const conversions: string[][] = [];

	beforeAll(async () => {
		database = openDatabase('server');
		connection = await database.sql.reserve();
		await connection`create extension if not exists postgis`;
	});

	afterAll(async () => {
		const machine = { ...(await machineOf(connection)), loadAtEnd: Number(loadavg()[0].toFixed(2)) };
		connection.release();
		await database.close();
		const head = ['parcels', 'edges', 'runs', 'check', 'ns/edge', 'limits', 'build'];
		const faults = ['1 fault', '100 faults', '1 % faulty', 'whole'];
		print(`${tableText([...head, ...faults, 'GEOS', '×', 'PostGIS', '×'], rows)}\n${LEGEND}`);
		print(tableText(['parcels', 'GEOS: WKB, read', 'PostGIS: EWKB, inserted, indexed'], conversions));
		print(
			Object.entries(machine)
				.map(([name, value]) => `${name} ${String(value)}`)
				.join(' · '),
		);
		const { maxRSS } = process.resourceUsage();
		print(
			`most memory in use at any time, GEOS and the made-up parcels included: ${Math.round(maxRSS / 1024)} MB`,
		);
	});

	it.each(SIZES)('%i parcels', async (size) => {
		const { set, outline } = streetCoverage(size);
		const runs = size > 100_000 ? 1 : 5;
		const edges = set.polygons.coordinates.length / 2;
		if (runs > 1) checkParcelSet(set, outline);
		const check = await timed(runs, () => checkParcelSet(set, outline));
		expect(check.value).toEqual([]);
		const limits = await timed(runs, () => checkParcelSet(set, outline, DEFAULT_LIMITS));
		expect(limits.value).toEqual([]);
		const build = await timed(runs, () => buildCoverage(set, outline).ok);
		expect(build.value).toBe(true);
		const faulty: Timed[] = [];
		for (const faults of [1, 100, size / 100]) {
			const wrong = broken(set, faults);
			faulty.push(await timed(Math.min(runs, 3), () => checkParcelSet(wrong, outline)));
			expect(faulty[faulty.length - 1].value.length).toBeGreaterThan(faults / 2);
		}
		const worst = broken(set, size / 100);
		const whole = await timed(1, () => checkArranged(arrangeSet(worst, outline), worst.parcelNos));
		expect(faulty[faulty.length - 1].value).toEqual(whole.value);

		const converted = await timed(1, () => toGeosCoverage(set.polygons));
		const geos = converted.value;
		const valid = geos === null ? null : await timed(Math.min(runs, 3), () => geos.isValid(GAP_WIDTH_DEG));
		geos?.free();
		if (valid !== null) expect(valid.value).toBe(true);

		const loaded = await timed(1, () => loadParcels(connection, set));
		const joined = await timed(1, () => countOverlaps(connection));
		expect(joined.value).toBe(0);

		const ours = check.timing.p50Ms;
		const times = (other: number | undefined) =>
			other === undefined ? '—' : `${(other / ours).toFixed(0)}×`;
		const cell = (other: number | undefined) => (other === undefined ? '—' : ms(other));
		rows.push([
			String(size),
			String(edges),
			String(runs),
			ms(ours),
			((ours / edges) * 1e6).toFixed(0),
			ms(limits.timing.p50Ms),
			ms(build.timing.p50Ms),
			...faulty.map(({ timing }) => ms(timing.p50Ms)),
			ms(whole.timing.p50Ms),
			cell(valid?.timing.p50Ms),
			times(valid?.timing.p50Ms),
			ms(joined.timing.p50Ms),
			times(joined.timing.p50Ms),
		]);
		conversions.push([String(size), ms(converted.timing.p50Ms), ms(loaded.timing.p50Ms)]);
		if (size !== 100_000) return;
		for (const { timing } of [check, ...faulty]) expect(timing.p50Ms).toBeLessThan(AIM_MS);
		for (const other of [valid, joined])
			if (other !== null) expect(other.timing.p50Ms / ours).toBeGreaterThan(AIM_RATIO);
	});
});
