import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparisonSchema, parcelHistorySchema } from '$lib/api/history.ts';
import { parcelSchema } from '$lib/api/parcel.ts';
import * as compareRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/compare/+server.ts';
import * as parcelRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/parcels/[no]/+server.ts';
import * as historyRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/parcels/[no]/history/+server.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { changePublicView } from '$lib/server/service/history/public-view.ts';
import { corner, numberOf, openWorkshop, valueOf, type Workshop } from '../../support/changeset-service.ts';
import { PANJIN_ID } from '../../support/database-rows.ts';
import { published } from '../../support/published-history.ts';
import { openRoutes, type Asker } from '../../support/route-call.ts';

const GREEN = 'cn-land-use/2023/1401';
const NO_LIMIT = {
	farMin: null,
	farMax: null,
	buildingCoverageMaxPct: null,
	heightMaxM: null,
	greenRatioMinPct: null,
	supportShareMaxPct: null,
	source: '示例控规',
	status: 'example',
} as const;
const MILITARY = 'cn-land-use/2023/1501';

describe('the history of a parcel', () => {
	let shop: Workshop;
	let routes: Awaited<ReturnType<typeof openRoutes>>;
	let [cut, neighbour, west, east] = [0, 0, 0, 0];
	beforeAll(async () => {
		shop = await openWorkshop('server');
		routes = await openRoutes(shop);
		[cut, neighbour] = [await numberOf(shop.database, 'PJ-00'), await numberOf(shop.database, 'PJ-10')];
		await published(shop, new Date('2026-11-20T01:00:00Z'), {
			verb: 'split_by_line',
			params: { line: [corner(0.4, -0.1), corner(0.4, 1.1)], parcelNos: [cut] },
		});
		const parts = await shop.database.sql<{ no: number }[]>`
			select to_no as no from yuantu.parcel_lineage where from_no = ${cut} order by 1`;
		[west, east] = parts.map(({ no }) => no);
		await published(shop, undefined, {
			verb: 'reclassify',
			params: { parcelNos: [west, neighbour], landUse: GREEN },
		});
		await published(shop, undefined, { verb: 'merge', params: { parcelNos: [west, east], intoNo: west } });
	});
	afterAll(async () => {
		await routes.close();
		await shop.database.close();
	});

	const ask = (who: Asker, no: number) =>
		routes.get(historyRoute.GET, who, parcelHistorySchema, { params: { coverage: 'plan', no: String(no) } });

	it('tells what was done in which revision by whom, newest first, and how it ended', async () => {
		const { versions, retiredIn } = await ask('ann', west);
		expect(versions.map((one) => [one.revisionFrom, one.revisionTo, one.kinds])).toEqual([
			[4, null, ['reshaped']],
			[3, 4, ['reclassified']],
			[2, 3, ['created']],
		]);
		expect(versions[1]).toMatchObject({ classKey: GREEN, changeset: { authorName: 'Person ann' } });
		expect(retiredIn).toBeNull();
		expect(await ask('ann', cut)).toMatchObject({
			retiredIn: 2,
			versions: [{ revisionFrom: 1, revisionTo: 2, kinds: [], changeset: null }],
		});
	});

	it('leaves nodes on its edges out', async () => {
		const { versions } = await ask('ann', neighbour);
		expect(versions.map((one) => [one.version, one.revisionFrom, one.revisionTo, one.kinds])).toEqual([
			[3, 3, null, ['reclassified']],
			[1, 1, 3, []],
		]);
	});

	it('follows the ground to the parcels before and after, from wherever one looks', async () => {
		const edges = [
			{ from: cut, to: west, revision: 2 },
			{ from: cut, to: east, revision: 2 },
			{ from: east, to: west, revision: 4 },
		];
		for (const no of [cut, west, east]) {
			const { lineage } = await ask('ann', no);
			expect(lineage.isCut).toBe(false);
			expect(lineage.edges).toEqual(edges);
			expect(lineage.parcels.map(({ parcelNo, isCurrent }) => [parcelNo, isCurrent])).toEqual([
				[cut, false],
				[west, true],
				[east, false],
			]);
		}
	});

	it('tells the public the same of the parcel, and nothing of people', async () => {
		const { versions, lineage } = await ask('public', west);
		expect(versions.map(({ revisionFrom, changeset }) => [revisionFrom, changeset])).toEqual([
			[4, null],
			[3, null],
			[2, null],
		]);
		expect(lineage.edges).toHaveLength(3);
	});

	it('keeps the versions from the public whose class is not published, and land that always was such', async () => {
		await published(shop, undefined, {
			verb: 'reclassify',
			params: { parcelNos: [west], landUse: MILITARY },
		});
		const { versions, lineage, retiredIn } = await ask('public', west);
		expect(versions.map(({ revisionFrom }) => revisionFrom)).toEqual([4, 3, 2]);
		expect(retiredIn).toBeNull();
		expect(lineage.parcels.find(({ parcelNo }) => parcelNo === west)?.classKey).toBe(GREEN);
		const [{ no }] = await shop.database.sql<{ no: number }[]>`
			select parcel_no as no from yuantu.parcel where coverage_id = 'plan' and class_code like '15%' and rev_from = 1`;
		const asking = { params: { coverage: 'plan', no: String(no) } };
		expect((await routes.call(historyRoute.GET, 'public', asking)).status).toBe(404);
		expect((await routes.call(historyRoute.GET, 'guest', asking)).status).toBe(200);
	});

	it('tells how a parcel ended that only had got nodes before', async () => {
		const south = await numberOf(shop.database, 'PJ-02');
		const north = await numberOf(shop.database, 'PJ-12');
		const cutAcross = (at: number, from: number, to: number, no: number) =>
			published(shop, undefined, {
				verb: 'split_by_line',
				params: { line: [corner(at, from), corner(at, to)], parcelNos: [no] },
			});
		await cutAcross(2.4, -0.1, 1.1, south);
		const revision = await cutAcross(2.7, 0.9, 2.1, north);
		expect(await ask('ann', north)).toMatchObject({
			retiredIn: revision,
			versions: [{ version: 1, revisionFrom: 1, revisionTo: revision }],
		});
	});

	it('shows the public what the revisions in its view show, and nothing of those that are withdrawn', async () => {
		const whole = await numberOf(shop.database, 'PJ-20');
		const first = await published(shop, undefined, {
			verb: 'split_by_line',
			params: { line: [corner(0.4, 1.9), corner(0.4, 3.1)], parcelNos: [whole] },
		});
		const [kept, lost] = (await ask('ann', whole)).lineage.edges.map(({ to }) => to);
		await published(shop, undefined, { verb: 'merge', params: { parcelNos: [kept, lost], intoNo: kept } });
		const view = async (revision: number, event: 'withdraw' | 'give_back') =>
			valueOf(
				await changePublicView(shop.as('paul'), PANJIN_ID, 'plan', revision, { event, reason: '涉密' }),
			);
		const lineageOf = async (no: number) => {
			const { retiredIn, lineage } = await ask('public', no);
			return {
				retiredIn,
				edges: lineage.edges.map(({ from, to, revision }) => [from, to, revision]),
				current: lineage.parcels.filter(({ isCurrent }) => isCurrent).map(({ parcelNo }) => parcelNo),
			};
		};
		const ofTheCut = [
			[whole, kept, first],
			[whole, lost, first],
		];
		await view(first + 1, 'withdraw');
		expect(await lineageOf(whole)).toEqual({ retiredIn: first, edges: ofTheCut, current: [kept, lost] });
		for (const no of [kept, lost])
			expect(await lineageOf(no)).toEqual({
				retiredIn: null,
				edges: [[whole, no, first]],
				current: [no],
			});
		await published(shop, undefined, { verb: 'reclassify', params: { parcelNos: [kept], landUse: GREEN } });
		expect(await lineageOf(lost)).toEqual({
			retiredIn: first + 2,
			edges: [...ofTheCut, [lost, kept, first + 2]],
			current: [kept],
		});
		const versions = (await ask('public', kept)).versions.map((one) => [one.revisionFrom, one.kinds]);
		expect(versions).toEqual([
			[first + 2, []],
			[first, ['created']],
		]);
		await view(first, 'withdraw');
		expect(await lineageOf(whole)).toEqual({
			retiredIn: first + 2,
			edges: [[whole, kept, first + 2]],
			current: [kept],
		});
		const unseen = { params: { coverage: 'plan', no: String(lost) } };
		expect((await routes.call(historyRoute.GET, 'public', unseen)).status).toBe(404);
		expect((await ask('guest', lost)).retiredIn).toBe(first + 1);
	});

	it('tells the public nothing where only conditions changed that are not published, as comparing does', async () => {
		const no = await numberOf(shop.database, 'PJ-21');
		const card = async (who: Asker) => {
			const asking = { params: { coverage: 'plan', no: String(no) } };
			const { version, revisionFrom } = await routes.get(parcelRoute.GET, who, parcelSchema, asking);
			return { version, revisionFrom };
		};
		const compare = async (who: Asker, to: number) => {
			const asking = { params: { coverage: 'plan' }, query: `from=${to - 1}&to=${to}&level=3` };
			return (await routes.get(compareRoute.GET, who, comparisonSchema, asking)).counts;
		};
		const before = [await ask('public', no), await card('public')];
		const revision = await published(shop, undefined, {
			verb: 'set_conditions',
			params: { parcelNos: [no], condition: { ...NO_LIMIT, farMax: 3.3, publicationGrade: 'office' } },
		});
		expect([await ask('public', no), await card('public'), await compare('public', revision)]).toEqual([
			...before,
			{},
		]);
		expect(await compare('guest', revision)).toEqual({ conditions: 1 });
		expect((await ask('guest', no)).versions[0]).toMatchObject({ kinds: ['conditions'] });
		expect(await card('guest')).toMatchObject({ revisionFrom: revision });
	});

	it('cuts a lineage that goes on and on, and says so', async () => {
		const [first, last] = [5000, 5120];
		await asOwner(shop.database, async (sql) => {
			await sql`alter table parcel_lineage disable trigger parcel_lineage_before_seal`;
			await sql`
				insert into parcel_identity (zone_id, coverage_id, parcel_no)
				select ${PANJIN_ID}, 'plan', no from generate_series(${first}::integer, ${last}::integer) as no`;
			await sql`
				insert into parcel_lineage (zone_id, coverage_id, revision, from_no, to_no)
				select ${PANJIN_ID}, 'plan', 2, ${cut}, ${first}::integer
				union all
				select ${PANJIN_ID}, 'plan', 2, no, no + 1 from generate_series(${first}::integer, ${last - 1}::integer) as no`;
			await sql`set constraints all immediate`;
			await sql`alter table parcel_lineage enable trigger parcel_lineage_before_seal`;
		});
		expect((await ask('ann', cut)).lineage.isCut).toBe(true);
		expect((await ask('ann', neighbour)).lineage.isCut).toBe(false);
	});

	it.each(['0', '99999', 'x'])('finds nothing at the number %s', async (no) => {
		const asking = { params: { coverage: 'plan', no } };
		expect((await routes.call(historyRoute.GET, 'ann', asking)).status).toBe(404);
	});
});
