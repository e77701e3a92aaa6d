import { loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/check/check.ts';
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
import { timed } from './timing.ts';

const SIZES = [10_000, 100_000, 1_000_000];
/** The self-join is run on no more parcels than this; it is linear, so that more are more of the same. */
const MOST_JOINED = 100_000;
const GAP_WIDTH_DEG = 1e-6;

const LEGEND = [
	'check: checkParcelSet from flat polygons, nothing built before, against the outline · limits: the same with every limit on shapes ·',
	'build: buildCoverage, the check included · broken: check of the same set with one vertex of one parcel moved by 1 m, all issues found',
	'GEOS: GEOSCoverageIsValid (WebAssembly) of the collection, gaps up to 0.1 m: finds no outline, and does not check polygons by themselves ·',
	'PostGIS: self-join on boxes, ST_Relate for shared ground: overlaps only, up to 100,000 parcels · times in ms, median; × by our check;',
	'conversion apart',
].join('\n');

const print = (text: string) => console.log(`\n${text}`);

/** The same set with one vertex of the parcel in the middle moved to the east by about a metre. */
function broken({ parcelNos, polygons }: ParcelSet): ParcelSet {
	const coordinates = polygons.coordinates.slice();
	const { featureOffsets, polygonOffsets, ringOffsets } = polygons;
	const middle = ringOffsets[polygonOffsets[featureOffsets[parcelNos.length >> 1]]];
	coordinates[2 * middle] += 100_000 * GRID_STEP_DEG;
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
		const head = ['parcels', 'edges', 'runs', 'check', 'ns/edge', 'limits', 'build', 'broken'];
		print(`${tableText([...head, 'GEOS', '×', 'PostGIS', '×'], rows)}\n${LEGEND}`);
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
		const wrong = broken(set);
		const fallback = await timed(Math.min(runs, 3), () => checkParcelSet(wrong, outline));
		expect(fallback.value.length).toBeGreaterThan(0);

		const converted = await timed(1, () => toGeosCoverage(set.polygons));
		const geos = converted.value;
		const valid = geos === null ? null : await timed(Math.min(runs, 3), () => geos.isValid(GAP_WIDTH_DEG));
		geos?.free();
		if (valid !== null) expect(valid.value).toBe(true);

		const isJoined = size <= MOST_JOINED;
		const loaded = isJoined ? await timed(1, () => loadParcels(connection, set)) : null;
		const joined = isJoined ? await timed(1, () => countOverlaps(connection)) : null;
		if (joined !== null) expect(joined.value).toBe(0);

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
			ms(fallback.timing.p50Ms),
			cell(valid?.timing.p50Ms),
			times(valid?.timing.p50Ms),
			cell(joined?.timing.p50Ms),
			times(joined?.timing.p50Ms),
		]);
		conversions.push([String(size), cell(converted.timing.p50Ms), cell(loaded?.timing.p50Ms)]);
		if (size === 100_000) expect(ours).toBeLessThan(1000);
	});
});
