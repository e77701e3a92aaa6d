import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner } from '$lib/server/db/connect.ts';
import type { SupplyEvent } from '$lib/domain/supply/record.ts';
import { listPlotPage, listSupplyPage, readSupplyTotals } from '$lib/server/service/supply/list.ts';
import { scanLand } from '$lib/server/service/supply/scan.ts';
import { listDue } from '$lib/server/service/supply/supervise.ts';
import { valueOf } from '../support/changeset-service.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';
import { SOUND_CONTRACT, SOUND_OFFER } from '../support/supply-guard.ts';
import { ms, tableText } from './report.ts';
import { timed, type Timing } from './timing.ts';

const PLOTS = Number(process.env.BENCH_PLOTS ?? 100_000);
const SCAN_MS = 2_000;
const PAGE_MS = 100;
const SCANS = 3;
const PAGES = 20;

const EVENTS: readonly (Pick<SupplyEvent, 'event' | 'facts'> & {
	readonly from: string;
	readonly to: string;
})[] = [
	{ event: 'offer', facts: SOUND_OFFER, from: 'programmed', to: 'offered' },
	{
		event: 'award',
		facts: { awardedOn: '2026-04-08', holder: '示例', priceFen: 100_000_00, yearlyRentFen: null, bidders: 2 },
		from: 'offered',
		to: 'awarded',
	},
	{ event: 'sign', facts: SOUND_CONTRACT, from: 'awarded', to: 'signed' },
	{ event: 'hand_over', facts: { handedOverOn: '2026-05-01' }, from: 'signed', to: 'granted' },
];
const TABLES = ['plot', 'plot_version', 'supply', 'supply_event', 'supply_fact'] as const;

/** Granted plots, all with a contract: a third of them begun, a tenth of these standing still. */
async function fill(desk: SupplyDesk): Promise<void> {
	await asOwner(desk.database, async (sql) => {
		for (const table of TABLES) await sql`alter table ${sql(table)} disable trigger user`;
		await sql`
			insert into plot (zone_id, plot_no, client_id, name, park_id, class_system, class_version, class_code, code_status, is_synthetic)
			select ${PANJIN_ID}, n, 'bench-plot-' || n, '示例宗地 ' || n, 'liaodongwan', 'cn-land-use', '2023', '100101', 'none', true
			from generate_series(1, ${PLOTS}::integer) n`;
		await sql`
			insert into plot_version (zone_id, plot_no, version, geom, area_dm2, planar_area_dm2, planar_srid, document_area_dm2,
				coverage_id, revision, reason)
			select p.zone_id, n, 1, p.geom, p.area_dm2, p.planar_area_dm2, 4550, p.area_dm2, p.coverage_id, 1, ''
			from generate_series(1, ${PLOTS}::integer) n
			cross join (select * from parcel where coverage_id = 'plan' and code = 'PJ-00') p`;
		await sql`
			insert into supply (zone_id, supply_no, client_id, plot_no, mode, year, quarter, state, edit_no, due_on)
			select ${PANJIN_ID}, n, 'bench-supply-' || n, n, 'grant', 2026, 1, 'granted', 4, date '2022-01-01' + n % 3000
			from generate_series(1, ${PLOTS}::integer) n`;
		for (const [index, { event, facts, from, to }] of EVENTS.entries())
			await sql`
				insert into supply_event (zone_id, supply_no, event_no, event, from_state, to_state, facts, occurred_at)
				select ${PANJIN_ID}, n, ${index + 1}, ${event}, ${from}, ${to},
					case when ${event} = 'sign'
						then ${JSON.stringify(facts)}::text::jsonb || jsonb_build_object('startBy', (date '2022-01-01' + n % 3000)::text)
						else ${JSON.stringify(facts)}::text::jsonb end, now()
				from generate_series(1, ${PLOTS}::integer) n`;
		for (const [no, step, every] of [
			[1, 'started', 3],
			[2, 'stopped', 30],
		] as const)
			await sql`
				insert into supply_fact (zone_id, supply_no, fact_no, kind, facts, document, occurred_at)
				select ${PANJIN_ID}, n, ${no}, 'progress', jsonb_build_object('step', ${step}::text, 'seenOn', '2024-01-01'), 'x', now()
				from generate_series(1, ${PLOTS}::integer) n where n % ${every}::integer = 0`;
		for (const table of TABLES) await sql`alter table ${sql(table)} enable trigger user`;
	});
	await desk.database.sql`analyze`;
}

describe(`supervision of ${PLOTS} plots on a real server`, () => {
	let desk: SupplyDesk;
	const rows: [string, Timing][] = [];
	beforeAll(async () => {
		desk = await openSupplyDesk('server');
		await fill(desk);
	});
	afterAll(async () => {
		await desk.database.close();
		const lines = rows.map(([name, { p50Ms, p95Ms }]) => [name, ms(p50Ms), ms(p95Ms)]);
		console.log(tableText(['what', 'median', 'p95'], lines));
	});
	const measured = async (name: string, runs: number, work: () => Promise<unknown>) => {
		const { timing } = await timed(runs, work);
		rows.push([name, timing]);
		return timing;
	};

	it.each(['approved_not_supplied', 'supplied_not_used', 'used_insufficiently', 'low_efficiency'] as const)(
		'scans for %s within two seconds',
		async (list) => {
			const scan = async () =>
				valueOf(await scanLand(desk.as('guest'), PANJIN_ID, { list, offset: 0, limit: 50 }));
			const { p95Ms } = await measured(`scan ${list}`, SCANS, scan);
			expect(p95Ms).toBeLessThan(SCAN_MS);
			if (list === 'supplied_not_used') expect((await scan()).count).toBeGreaterThan(PLOTS / 4);
		},
	);

	it('answers a page of a list within a tenth of a second', async () => {
		const pages: Readonly<Record<string, () => Promise<unknown>>> = {
			'page of supplies': () => listSupplyPage(desk.as('guest'), PANJIN_ID, { limit: 50, before: PLOTS / 2 }),
			'page of a park': () =>
				listSupplyPage(desk.as('guest'), PANJIN_ID, { limit: 50, parkId: 'liaodongwan' }),
			'page of plots': () => listPlotPage(desk.as('guest'), PANJIN_ID, { limit: 50, before: PLOTS / 2 }),
			'page of what is due': () => listDue(desk.as('guest'), PANJIN_ID, { until: '2026-12-31', limit: 50 }),
		};
		for (const [name, work] of Object.entries(pages))
			expect((await measured(name, PAGES, work)).p95Ms, name).toBeLessThan(PAGE_MS);
	});

	it('sums modes, states and parks within two seconds', async () => {
		const { p95Ms } = await measured('totals', SCANS, () => readSupplyTotals(desk.as('guest'), PANJIN_ID));
		expect(p95Ms).toBeLessThan(SCAN_MS);
	});
});
