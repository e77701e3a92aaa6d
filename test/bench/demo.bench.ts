import { loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlledRounding } from '$geo/area/controlled-rounding.ts';
import { areaStep } from '$geo/area/unit.ts';
import { changeMatrix } from '$lib/domain/balance/change-matrix.ts';
import { classTable } from '$lib/domain/balance/class-table.ts';
import { OFFICE_ON_LOCALHOST } from '$lib/server/access/actor.ts';
import type { Database } from '$lib/server/db/connect.ts';
import { findBalance } from '$lib/server/service/balance.ts';
import { linesAtLevel } from '$lib/server/service/balance-table.ts';
import type { ServiceContext } from '$lib/server/service/context.ts';
import { findOpenCoverage } from '$lib/server/service/current-coverage.ts';
import { asActor } from '$lib/server/service/scope.ts';
import { findViewLegend } from '$lib/server/service/view-legend.ts';
import { findZoneRecord } from '$lib/server/service/zone-record.ts';
import { landUseTile } from '$lib/server/tile/coverage-layer.ts';
import { wholeBox } from '$lib/server/tile/feature-box.ts';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';
import { DEFAULT_DEMO, generateDemoZone } from '$seeds/demo/generate.ts';
import { databaseWithZones, serviceContexts, SHENYANG_FOLDER } from '../support/zone-service.ts';
import { drawLevels, layLevels, openOverview, overviewTask } from '$lib/server/tile/overview.ts';
import { prepareOverviews, prepareParcels, type Connection } from './postgis-tile.ts';
import { kb, machineOf, tableText, timeCells, writeFigures } from './report.ts';
import { measureZoom, tilesOf, warmUp, type ZoomFigures } from './tile-bench.ts';
import { timed, type Timing } from './timing.ts';

const ZONE = 'shenyang';
const ZOOMS = [8, 9, 10, 11, 12, 13, 14, 15, 16];
const GZIP_LIMIT_BYTES = 250_000;
/** Nothing is slower than PostGIS where a tile has so many features. */
const MANY_FEATURES = 100;
/** Both round to whole tile units in their own way: a parcel narrower than one may vanish in one of them only. */
const ROUNDING_UNITS = 1;
/** Of an overview both round the same polygons: the area of no class differs by more, in percent of what is drawn. */
const CLASS_AREA_PCT = 1;

const LEGEND = [
	'tiles: distinct, with anything in them; a zoom of few tiles is measured in rounds · features: median of a tile · runs: samples',
	'AsMVT 4490: shapes brought to Web Mercator in the query; 3857: a column of them made beforehand · ×: p50 by our p50, without gzip',
	'ours only, AsMVT only: features of which rounding left nothing in the other, summed over the tiles, all narrower than a tile unit',
	'border moved: how far a feature differs between both at most, in tile units; of an overview, the same polygons for both, by how much of',
	'what is drawn the area of a class differs',
].join('\n');

const print = (text: string) => console.log(`\n${text}`);

describe('the demo of Shenyang on a real PostgreSQL with PostGIS', () => {
	let database: Database;
	let connection: Connection;
	let context: ServiceContext;
	let plan: CoverageSnapshot;
	let machine: Awaited<ReturnType<typeof machineOf>>;
	const zooms: ZoomFigures[] = [];
	const steps: [string, Timing][] = [];

	async function step<T>(name: string, runs: number, work: () => T | Promise<T>): Promise<T> {
		const { value, timing } = await timed(runs, work);
		steps.push([name, timing]);
		return value;
	}

	async function openPlan(fresh: ServiceContext): Promise<CoverageSnapshot> {
		const open = await findOpenCoverage(fresh, ZONE, 'plan');
		if (open === null) throw new Error('the zone has no plan');
		return open.snapshot;
	}

	beforeAll(async () => {
		await step('generator: outlines, plan and current coverage', 1, () => generateDemoZone(DEFAULT_DEMO));
		database = await step('zone loaded into PostgreSQL, generator and checks included', 1, () =>
			databaseWithZones('server', [SHENYANG_FOLDER]),
		);
		connection = await database.sql.reserve();
		machine = await machineOf(connection);
		plan = await step('plan snapshot: read from PostgreSQL and built', 5, () =>
			openPlan(serviceContexts(database)(OFFICE_ON_LOCALHOST)),
		);
		context = serviceContexts(database)(OFFICE_ON_LOCALHOST);
	});

	afterAll(async () => {
		connection.release();
		await database.close();
		const measuredOn = { ...machine, loadAtEnd: Number(loadavg()[0].toFixed(2)) };
		print(
			tableText(
				['ms', 'runs', 'p50', 'p95'],
				steps.map(([name, timing]) => [name, String(timing.samples), ...timeCells(timing)]),
			),
		);
		print(
			Object.entries(measuredOn)
				.map(([name, value]) => `${name} ${String(value)}`)
				.join(' · '),
		);
		const figures = { measuredOn, tiles: zooms, steps: Object.fromEntries(steps) };
		print(`figures written to ${writeFigures(figures)}`);
	});

	it('encodes what ST_AsMVT encodes', async () => {
		await prepareParcels(connection, [plan]);
		const whole = tilesOf(await openPlan(serviceContexts(database)(OFFICE_ON_LOCALHOST)), 8)[0];
		const untouched = await openPlan(serviceContexts(database)(OFFICE_ON_LOCALHOST));
		await step('first tile of a snapshot (z8): parcels projected and encoded', 1, () =>
			landUseTile(untouched, 'office', whole),
		);
		await warmUp(plan, connection);
		await step('PostgreSQL round trip of "select 1"', 200, () => connection`select 1`);
		const task = overviewTask(plan, 'office');
		if (task === null) throw new Error('no tile of the plan is cut from an overview');
		const levels = await step('overview of the plan, drawn', 3, () => drawLevels(task));
		if (levels === null) throw new Error('the plan has no overview');
		const laid = await step('overview of the plan, rounded to units of tiles', 3, () =>
			layLevels(task, levels),
		);
		const overview = openOverview(plan, 'office', laid);
		await prepareOverviews(connection, [{ plan, levels }]);
		for (const zoom of ZOOMS) zooms.push(await measureZoom(plan, overview, connection, zoom));
		print(
			`tile encode of ${plan.base.parcelNo.length} plan parcels, ms; ST_AsMVT by round trip on one warm connection`,
		);
		print(timesText(zooms));
		print(sizesText(zooms));
		print(LEGEND);
		const distinct = zooms.reduce((sum, { tiles }) => sum + tiles, 0);
		const overLimit = zooms.filter(({ gzipMax }) => gzipMax > GZIP_LIMIT_BYTES).map(({ zoom }) => `z${zoom}`);
		print(
			`${distinct} distinct tiles; over ${kb(GZIP_LIMIT_BYTES)} kB gzip: ${overLimit.length === 0 ? 'none' : overLimit.join(', ')}`,
		);

		expect(distinct).toBeGreaterThanOrEqual(200);
		expect(overLimit).toEqual([]);
		for (const { difference, classAreaPct, featuresP50, encode, postgis } of zooms) {
			const slower = Math.min(...Object.values(postgis).map(({ p50Ms }) => p50Ms)) < encode.p50Ms;
			expect(featuresP50 >= MANY_FEATURES && slower).toBe(false);
			if (classAreaPct !== null) expect(classAreaPct).toBeLessThan(CLASS_AREA_PCT);
			for (const { attributes, loneWidthUnits, borderUnits } of Object.values(difference ?? {})) {
				expect(attributes).toBe(0);
				expect(loneWidthUnits).toBeLessThan(ROUNDING_UNITS);
				expect(borderUnits).toBeLessThan(ROUNDING_UNITS);
			}
		}
	});

	it('balances the zone to 357 km²', async () => {
		const choice = { level: 1, unit: 'ha' } as const;
		await step('balance, nothing in memory: both snapshots and the overlay', 1, () =>
			findBalance(serviceContexts(database)(OFFICE_ON_LOCALHOST), ZONE, choice),
		);
		const current = (await findOpenCoverage(context, ZONE, 'current'))?.snapshot;
		await openPlan(context);
		if (current === undefined) throw new Error('the zone has no current coverage');
		const first = await step('balance, first: overlay of plan and current', 1, () =>
			findBalance(context, ZONE, choice),
		);
		const again = await step('balance, overlay kept: level 1, ha', 10, () =>
			findBalance(context, ZONE, choice),
		);
		await step('balance, overlay kept: level 3, mu', 10, () =>
			findBalance(context, ZONE, { level: 3, unit: 'mu' }),
		);
		expect(again).toEqual(first);
		expect(first?.totals.map((total) => [total.parkId, total.planM2, total.currentM2])).toEqual([
			['hunnan', '243000000.00', '243000000.00'],
			['heping', '7000000.00', '7000000.00'],
			['huanggu', '33000000.00', '33000000.00'],
			['dadong', '74000000.00', '74000000.00'],
			[null, '357000000.00', '357000000.00'],
		]);
		expect(first?.change?.total).toBe('35700.00');

		const record = await asActor(context, ZONE, (sql) => findZoneRecord(sql, ZONE, context.now));
		if (record === null) throw new Error('no zone');
		const lines = linesAtLevel(record, 3);
		const none = record.classes.map(() => false);
		const cells = classTable(plan.base, record.parks.length, lines, none).map((line) => line.cellsDm2);
		const pieces = await context.overlays.piecesOf(plan, current);
		const matrix = await step('change matrix, level 3: pieces summed and fitted', 10, () =>
			changeMatrix(pieces, plan.base, current.base, lines, null),
		);
		const mu = areaStep('mu', 2);
		const size = (table: readonly (readonly number[])[]) => `${table.length} × ${table[0].length}`;
		const rounded = await step(`class table rounded, level 3, 0.01 mu (${size(cells)})`, 10, () =>
			controlledRounding(cells, mu),
		);
		await step(`change matrix rounded, level 3, 0.01 mu (${size(matrix.cellsDm2)})`, 10, () =>
			controlledRounding(matrix.cellsDm2, mu),
		);
		if (!rounded.ok) throw new Error(rounded.code);
		expect(rounded.table.rowTotals.reduce((sum, total) => sum + total, 0)).toBe(rounded.table.total);
		expect(rounded.table.total).toBe(53_550_000);
	});

	it('sums the legend of a view', async () => {
		const [west, south, east, north] = wholeBox(plan.base.boxes) ?? [0, 0, 0, 0];
		const all = [west, south, east, north] as const;
		const [lon, lat] = [plan.base.boxes[0], plan.base.boxes[1]];
		const near = [lon, lat, lon + 0.04, lat + 0.02] as const;
		const whole = await step('legend of the whole zone in view', 20, () =>
			findViewLegend(context, ZONE, 'plan', all),
		);
		const part = await step('legend of a view of 3.3 × 2.2 km', 20, () =>
			findViewLegend(context, ZONE, 'plan', near),
		);
		expect(whole?.totalM2).toBeCloseTo(357e6, 2);
		expect(part?.totalM2).toBeGreaterThan(0);
	});
});

function timesText(zooms: readonly ZoomFigures[]): string {
	const times = (slow: Timing, fast: Timing) => `${(slow.p50Ms / fast.p50Ms).toFixed(0)}×`;
	return tableText(
		['zoom', 'tiles', 'features', 'runs', 'ours p50', 'p95', 'gzip p50', 'p95'].concat([
			'runs',
			'AsMVT 4490 p50',
			'p95',
			'×',
			'AsMVT 3857 p50',
			'p95',
			'×',
		]),
		zooms.map((z) => [
			`z${z.zoom}`,
			String(z.tiles),
			String(z.featuresP50),
			String(z.encode.samples),
			...timeCells(z.encode),
			...timeCells(z.gzip),
			String(z.postgis.stored.samples),
			...timeCells(z.postgis.stored),
			times(z.postgis.stored, z.encode),
			...timeCells(z.postgis.mercator),
			times(z.postgis.mercator, z.encode),
		]),
	);
}

function sizesText(zooms: readonly ZoomFigures[]): string {
	return tableText(
		['zoom', 'features max', 'raw p50 kB', 'max', 'gzip p50 kB', 'max', 'AsMVT gzip max'].concat([
			'ours only',
			'AsMVT only',
			'border moved',
		]),
		zooms.map((z) => [
			`z${z.zoom}`,
			String(z.featuresMax),
			kb(z.rawP50),
			kb(z.rawMax),
			kb(z.gzipP50),
			kb(z.gzipMax),
			kb(z.postgisGzipMax),
			...(z.difference === null
				? ['overview', 'overview', `${(z.classAreaPct ?? 0).toFixed(2)} %`]
				: [
						String(z.difference.stored.oursOnly),
						String(z.difference.stored.theirsOnly),
						z.difference.stored.borderUnits.toFixed(2),
					]),
		]),
	);
}
