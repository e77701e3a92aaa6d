import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldRecord } from '$lib/domain/supply/fold-record.ts';
import { lifeCycleOf, SUPPLY_STATES } from '$lib/domain/supply/life-cycle.ts';
import { SUPPLY_MODES } from '$lib/domain/supply/mode.ts';
import { asOwner, inScope, type Database, type Scope } from '$lib/server/db/connect.ts';
import { listRevisionAreas } from '$lib/server/db/coverage.ts';
import { listParkOutlines } from '$lib/server/db/park-outline.ts';
import { listRuleValues } from '$lib/server/db/rule-value.ts';
import { listSupplyEvents } from '$lib/server/db/supply-event.ts';
import { listPayments } from '$lib/server/db/supply-payment.ts';
import { listSupplies } from '$lib/server/db/supply.ts';
import { listPlots } from '$lib/server/db/plot.ts';
import { listPlotsAstray } from '$lib/server/db/plot-standing.ts';
import {
	listLeadIndustries,
	listNamedProjects,
	listParkNominalAreas,
	listParks,
	listZoneAreas,
} from '$lib/server/db/zone.ts';
import { DEMO_DAY } from '$seeds/demo/supply/play-course.ts';
import { loadDemoSupply } from '$seeds/load/load-demo-supply.ts';
import { loadLandUse } from '$seeds/load/load-land-use.ts';
import { loadLaw } from '$seeds/load/load-law.ts';
import { loadZone } from '$seeds/load/load-zone.ts';
import { freshDatabase } from '../support/database.ts';
import { LAND_USE } from '../support/database-rows.ts';
import { SEEDS_FOLDER } from '../support/zone-service.ts';

const SHENYANG = fileURLToPath(new URL('../../seeds/shenyang', import.meta.url));
const OFFICE: Scope = { role: 'read', zoneId: 'shenyang', grade: 'office' };
const NOMINAL_KM2: Readonly<Record<string, number>> = { hunnan: 243, heping: 7, huanggu: 33, dadong: 74 };

describe('the demo of Shenyang in a real PostgreSQL', () => {
	let database: Database;
	beforeAll(async () => {
		database = await freshDatabase('server');
		await loadLandUse(database, LAND_USE);
		expect(await loadZone(database, SHENYANG)).toBe('loaded');
	});
	afterAll(() => database.close());

	it('adds up to 243 + 7 + 33 + 74 = 357 km² in both coverages, to the last 0.01 m²', async () => {
		await inScope(database, OFFICE, async (sql) => {
			const outlines = await listParkOutlines(sql, 'shenyang');
			for (const { parkId, areaDm2 } of outlines) expect(areaDm2).toBe(NOMINAL_KM2[parkId] * 1e8);
			for (const coverageId of ['plan', 'current']) {
				const sums = await listRevisionAreas(sql, 'shenyang', coverageId, 1);
				expect(Object.fromEntries(sums.map((sum) => [sum.parkId, sum.areaDm2 / 1e8]))).toEqual(NOMINAL_KM2);
			}
		});
	});

	it('says since when each figure holds, and what was not known before', async () => {
		await inScope(database, OFFICE, async (sql) => {
			const areas = await listZoneAreas(sql, 'shenyang');
			expect(areas.map(({ kind, areaKm2 }) => [kind, areaKm2])).toEqual([
				['approved', null],
				['managed', '357.0000'],
			]);
			const before = (await listParkNominalAreas(sql, 'shenyang')).filter((area) => area.validFrom === null);
			expect(before.map(({ parkId, areaKm2, validTo }) => [parkId, areaKm2, validTo])).toEqual([
				['hunnan', '170.0000', '2022-03-10'],
				['heping', null, '2022-03-10'],
				['huanggu', null, '2022-03-10'],
				['dadong', null, '2022-03-10'],
			]);
			expect((await listParks(sql, 'shenyang')).map(({ kind }) => kind)).toEqual([
				'area',
				'sub_park',
				'sub_park',
				'sub_park',
			]);
		});
	});

	it('has five industries of Hunnan and eleven that the sub-parks share', async () => {
		const industries = await inScope(database, OFFICE, (sql) => listLeadIndustries(sql, 'shenyang'));
		expect(industries.filter((one) => one.parkId === 'hunnan')).toHaveLength(5);
		expect(industries.filter((one) => one.parkKind === 'sub_park')).toHaveLength(11);
	});

	it('lists the projects that its document names, each once and with its item', async () => {
		const projects = await inScope(database, OFFICE, (sql) => listNamedProjects(sql, 'shenyang'));
		const ofItem = (item: number) => projects.filter(({ source }) => source.endsWith(`第${item}项`)).length;
		expect([1, 7, 8, 9].map(ofItem)).toEqual([9, 7, 7, 6]);
		expect(projects).toHaveLength(29);
		expect(projects.every(({ status }) => status === 'verified')).toBe(true);
	});

	it('sets no rule that its sources do not state', async () => {
		const rules = await inScope(database, OFFICE, (sql) => listRuleValues(sql, 'shenyang'));
		const set = rules.filter((rule) => rule.value !== null);
		expect(set.map(({ key, value, status }) => `${key} ${value} ${status}`)).toEqual([
			'balance.park.tolerance 0.5 example',
			'balance.zone.tolerance 0.5 example',
			'changeset.notice.days 30 unverified',
			'control.permanent-basic-farmland.changed-ground 0 unverified',
			'parcel.current.least-area.agricultural 400 unverified',
			'parcel.current.least-area.construction 200 unverified',
			'parcel.current.least-area.unused 600 unverified',
		]);
	});

	describe('plots and supplies', () => {
		beforeAll(async () => {
			await loadLaw(database, SEEDS_FOLDER);
			const lines: string[] = [];
			const report = (line: string) => lines.push(line);
			expect(await loadDemoSupply(database, SHENYANG, report)).toBe(true);
			expect(await loadDemoSupply(database, SHENYANG, report)).toBe(false);
			expect(lines).toEqual([]);
		});
		const supplies = () => asOwner(database, (sql) => listSupplies(sql, 'shenyang', { limit: 1000 }));

		it('has 300 synthetic plots that agree with the plan, of which some lie in the reserve, none with a registered code', async () => {
			const plots = await asOwner(database, (sql) => listPlots(sql, 'shenyang', { limit: 1000 }));
			expect(plots).toHaveLength(300);
			expect(plots.every(({ isSynthetic, codeStatus }) => isSynthetic && codeStatus !== 'registered')).toBe(
				true,
			);
			expect(await asOwner(database, (sql) => listPlotsAstray(sql, 'shenyang'))).toEqual([]);
			expect(new Set(plots.map(({ parkId }) => parkId)).size).toBe(4);
			const supplied = new Set((await supplies()).map(({ plotNo }) => plotNo));
			expect(plots.length - supplied.size).toBe(20);
		});

		it('shows every mode, and of lease-then-grant every state that it can be in', async () => {
			const all = await supplies();
			expect(new Set(all.map(({ mode }) => mode))).toEqual(new Set(SUPPLY_MODES));
			const reachable = new Set(lifeCycleOf('lease_then_grant').flatMap(({ from, to }) => [from, to]));
			const shown = new Set(all.filter(({ mode }) => mode === 'lease_then_grant').map(({ state }) => state));
			expect(shown).toEqual(reachable);
			expect(new Set(all.map(({ state }) => state))).toEqual(new Set(SUPPLY_STATES));
		});

		it('has only what could have happened by its day: what was recorded leads to the state, nothing is ahead', async () => {
			for (const { supplyNo, mode, state } of await supplies()) {
				const events = await asOwner(database, (sql) => listSupplyEvents(sql, 'shenyang', supplyNo));
				expect(foldRecord(mode, '', events).state).toBe(state);
				const days = events.map(({ occurredAt }) => occurredAt.toISOString().slice(0, 10));
				expect(days).toEqual(days.toSorted());
				expect(days.every((day) => day <= DEMO_DAY)).toBe(true);
			}
		});

		it('pays no rent beyond the years of the lease, and a price where a lease was turned into a grant', async () => {
			const turned = (await supplies()).filter(
				({ mode, state }) => mode === 'lease_then_grant' && state === 'granted',
			);
			expect(turned).toHaveLength(12);
			for (const { supplyNo } of turned) {
				const [events, payments] = await asOwner(database, async (sql) => [
					await listSupplyEvents(sql, 'shenyang', supplyNo),
					await listPayments(sql, 'shenyang', supplyNo),
				]);
				const { lease, contract, leaseMonths } = foldRecord('lease_then_grant', '', events);
				const paid = (kind: string) =>
					payments.reduce((sum, one) => sum + (one.kind === kind ? one.amountFen : 0), 0);
				expect(paid('rent')).toBeLessThanOrEqual(((leaseMonths ?? 0) / 12) * (lease?.yearlyRentFen ?? 0));
				expect(contract?.priceFen).toBeGreaterThan(0);
				expect(paid('price')).toBeLessThanOrEqual(contract?.priceFen ?? 0);
			}
		});

		it('pays no more than was agreed, whatever was taken back', async () => {
			const sold = (await supplies()).filter(({ mode, state }) => mode === 'grant' && state === 'granted');
			expect(sold.length).toBeGreaterThan(30);
			for (const { supplyNo } of sold) {
				const [events, payments] = await asOwner(database, async (sql) => [
					await listSupplyEvents(sql, 'shenyang', supplyNo),
					await listPayments(sql, 'shenyang', supplyNo),
				]);
				const prices = payments.filter((one) => one.kind === 'price');
				const paid = prices.reduce((sum, { amountFen }) => sum + amountFen, 0);
				const { contract } = foldRecord('grant', '', events);
				expect(paid).toBeGreaterThanOrEqual(0);
				expect(paid).toBeLessThanOrEqual(contract?.priceFen ?? 0);
			}
		});

		it('has records of every kind that held land can have, and checklists of clear land with every item', async () => {
			const kinds = await database.sql<{ kind: string }[]>`
				select kind from yuantu.supply_fact group by kind having count(*) > 2`;
			expect(kinds.map(({ kind }) => kind)).toEqual(
				expect.arrayContaining([
					'certificate',
					'figures',
					'supplement',
					'transfer',
					'transfer_done',
					'transfer_terms',
				]),
			);
			const [{ whole }] = await database.sql<{ whole: number }[]>`
				select count(*)::integer as whole from (
					select s.plot_no from yuantu.plot_statement s
					where s.outcome = 'pass' and not exists (
						select from yuantu.supply x where x.zone_id = s.zone_id and x.plot_no = s.plot_no)
					group by s.plot_no having count(distinct s.item) = 7) p`;
			expect(whole).toBeGreaterThan(0);
		});

		it('records works of most plots that were handed over, each in order, none of them ahead', async () => {
			const rows = await database.sql<{ supplyNo: number; steps: string[]; lastOn: string }[]>`
				select supply_no as "supplyNo", array_agg(facts ->> 'step' order by fact_no) as steps, max(facts ->> 'seenOn') as "lastOn"
				from yuantu.supply_fact where kind = 'progress' group by supply_no`;
			const held = (await supplies()).filter(({ state }) =>
				['allocated', 'contributed', 'held_in_parts', 'in_lease', 'granted'].includes(state),
			);
			expect(rows.length).toBeGreaterThan(held.length / 2);
			const ways = ['started', 'started stopped', 'started completed', 'started completed in_production'];
			expect(new Set(rows.map(({ steps }) => steps.join(' ')))).toEqual(new Set(ways));
			expect(rows.every(({ lastOn }) => lastOn <= DEMO_DAY)).toBe(true);
		});

		it('has batches of which something remains, and more was never supplied than approved', async () => {
			const rows = await database.sql<{ approved: number; supplied: number }[]>`
				select b.approved_area_dm2 as approved, coalesce(sum(v.area_dm2), 0)::bigint as supplied
				from yuantu.conversion_batch b
				left join yuantu.plot p on p.zone_id = b.zone_id and p.batch_no = b.batch_no
				left join yuantu.plot_version v on v.zone_id = p.zone_id and v.plot_no = p.plot_no
				group by b.batch_no, b.approved_area_dm2`;
			expect(rows).toHaveLength(12);
			expect(rows.every(({ approved, supplied }) => Number(supplied) < Number(approved))).toBe(true);
			expect(rows.filter(({ supplied }) => Number(supplied) === 0).length).toBe(4);
		});
	});
});
