import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import { balanceSchema } from '$lib/api/balance.ts';
import { revisionViewSchema, timelineSchema } from '$lib/api/history.ts';
import { parcelAtSchema, parcelSchema, parcelSearchSchema, viewLegendSchema } from '$lib/api/parcel.ts';
import { zoneSchema } from '$lib/api/zone.ts';
import * as zoneRoute from '../../../src/routes/api/v1/zones/[zone]/+server.ts';
import * as balanceRoute from '../../../src/routes/api/v1/zones/[zone]/balance/+server.ts';
import * as legendRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/legend/+server.ts';
import * as placeRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/parcels/+server.ts';
import * as parcelRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/parcels/[no]/+server.ts';
import * as timelineRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/revisions/+server.ts';
import * as viewRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/revisions/[revision]/view/+server.ts';
import * as searchRoute from '../../../src/routes/api/v1/zones/[zone]/parcels/+server.ts';
import * as tileRoute from '../../../src/routes/tiles/[audience]/[contentId]/[encoder]/[theme]/[z]/[x]/[y]/+server.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { listAuditEvents, listAuditFaults } from '$lib/server/db/audit-event.ts';
import {
	added,
	begun,
	corner,
	numberOf,
	openWorkshop,
	type Workshop,
} from '../../support/changeset-service.ts';
import { PANJIN_ID } from '../../support/database-rows.ts';
import { publishDraft, published } from '../../support/published-history.ts';
import { openRoutes, type Asker } from '../../support/route-call.ts';

const [GREEN, HOSPITAL] = ['cn-land-use/2023/1401', 'cn-land-use/2023/0802'];

describe('what was', () => {
	let shop: Workshop;
	let routes: Awaited<ReturnType<typeof openRoutes>>;
	let no = 0;
	beforeAll(async () => {
		shop = await openWorkshop('server');
		routes = await openRoutes(shop);
		no = await numberOf(shop.database, 'PJ-00');
		// Late in the evening in Shanghai on the 20th, and right after midnight.
		await published(shop, new Date('2020-11-20T15:59:00Z'), reclassify(GREEN));
		await published(shop, new Date('2020-11-20T16:01:00Z'), reclassify(HOSPITAL), {
			verb: 'set_code',
			params: { codes: [{ parcelNo: no, code: { text: 'NEW-1', status: 'official' } }] },
		});
	});
	afterAll(async () => {
		await routes.close();
		await shop.database.close();
	});

	const reclassify = (landUse: string) =>
		({ verb: 'reclassify', params: { parcelNos: [no], landUse } }) as const;
	const card = (who: Asker, query?: string) =>
		routes.get(parcelRoute.GET, who, parcelSchema, { params: { coverage: 'plan', no: String(no) }, query });
	const zone = (who: Asker, query?: string) => routes.get(zoneRoute.GET, who, zoneSchema, { query });
	const planOf = ({ coverages }: Awaited<ReturnType<typeof zone>>) => {
		const plan = coverages.find(({ kind }) => kind === 'plan');
		if (plan === undefined) throw new Error('the zone has a plan');
		return plan;
	};
	/** Green land by the balance, in m². */
	async function green(who: Asker, query = '') {
		const asking = { query: `unit=m2&level=1&${query}` };
		const { tables, asOf } = await routes.get(balanceRoute.GET, who, balanceSchema, asking);
		const plan = tables.find(({ coverageId }) => coverageId === 'plan');
		return { asOf, revision: plan?.revision, m2: plan?.lines.find(({ code }) => code === '14')?.total };
	}

	it('is chosen by revision or by the day that ended with it, in the zone’s time', async () => {
		for (const [query, revision, classKey] of [
			['', 3, HOSPITAL],
			['revision=2', 2, GREEN],
			['asOf=2020-11-20', 2, GREEN],
			['asOf=2020-11-21', 3, HOSPITAL],
			['revision=1', 1, 'cn-land-use/2023/100101'],
		] as const)
			expect(await card('public', query)).toMatchObject({ revision, classKey });
	});

	it('is chosen by a revision of the coverage that is named', async () => {
		const [{ parcelNo }] = await shop.database.sql<{ parcelNo: number }[]>`
			select min(parcel_no) as "parcelNo" from yuantu.parcel
			where zone_id = ${PANJIN_ID} and coverage_id = 'current' and class_code <> '1401'`;
		const draft = await begun(shop.as('ann'), 'technical_correction', 'current');
		await added(shop.as('ann'), draft, 0, {
			verb: 'reclassify',
			params: { parcelNos: [parcelNo], landUse: GREEN },
		});
		expect(await publishDraft(shop, 'ann', draft)).toBe(2);
		const currentOf = ({ coverages }: Awaited<ReturnType<typeof zone>>) =>
			coverages.find(({ kind }) => kind === 'current');
		const [now, then] = [await zone('ann'), await zone('ann', 'revision=1&coverage=current')];
		expect([currentOf(now)?.revision, currentOf(then)?.revision]).toEqual([2, 1]);
		const tilesOf = ({ tiles }: typeof now) => tiles.map(({ theme, url }) => `${theme} ${url}`);
		expect(tilesOf(then)).not.toEqual(tilesOf(now));
		expect((await routes.call(zoneRoute.GET, 'ann', { query: 'revision=1&coverage=other' })).status).toBe(
			404,
		);
		// Nothing of the current use is the public's, its past neither.
		expect(
			(await routes.call(zoneRoute.GET, 'public', { query: 'revision=1&coverage=current' })).status,
		).toBe(404);
	});

	it('is balanced as it was, and the same wherever it is asked', async () => {
		const [now, then] = [await green('ann'), await green('ann', 'revision=2')];
		expect([now.revision, then.revision, then.asOf]).toEqual([3, 2, '2020-11-20']);
		const { ellipsoidalAreaM2 } = await card('ann');
		expect(Number(then.m2) - Number(now.m2)).toBeCloseTo(Number(ellipsoidalAreaM2), 2);
		expect(await green('ann', 'asOf=2020-11-20')).toEqual(then);
		const [west, south, east, north] = [...corner(0.2, 0.2), ...corner(0.8, 0.8)];
		const params = { coverage: 'plan' };
		const box = `bbox=${[west, south, east, north].join(',')}`;
		const at = `at=${corner(0.5, 0.5).join(',')}`;
		for (const [query, classKey] of [
			['revision=2', GREEN],
			['asOf=2020-11-21', HOSPITAL],
		] as const) {
			const legend = { params, query: `${box}&${query}` };
			expect(await routes.get(legendRoute.GET, 'public', viewLegendSchema, legend)).toMatchObject({
				rows: [{ classKey }],
			});
			const place = { params, query: `${at}&${query}` };
			expect(await routes.get(placeRoute.GET, 'public', parcelAtSchema, place)).toMatchObject({
				parcel: { classKey },
			});
		}
	});

	it('has the addresses of its tiles in the zone’s record', async () => {
		const [now, then] = [await zone('public'), await zone('public', 'revision=2')];
		expect([planOf(now).revision, planOf(then).revision]).toEqual([3, 2]);
		const { contentId } = planOf(then);
		expect(then.tiles.filter(({ url }) => url.includes(contentId)).length).toBeGreaterThan(0);
		expect(then.today).toBe('2020-11-20');
	});

	it('is not there where nothing was', async () => {
		const params = { coverage: 'plan', no: String(no) };
		for (const query of ['revision=4', 'asOf=2000-01-01', 'asOf=2999-01-01']) {
			const at = `at=${corner(0.5, 0.5).join(',')}&${query}`;
			const box = `bbox=${[...corner(0, 0), ...corner(1, 1)].join(',')}&${query}`;
			expect((await routes.call(parcelRoute.GET, 'ann', { params, query })).status).toBe(404);
			for (const answered of [
				await routes.call(placeRoute.GET, 'ann', { params, query: at }),
				await routes.call(legendRoute.GET, 'public', { params, query: box }),
			])
				expect(answered).toMatchObject({ status: 404, body: { title: 'revision.not-found' } });
		}
		for (const query of ['revision=4', 'asOf=2999-01-01'])
			for (const handler of [zoneRoute.GET, balanceRoute.GET])
				expect(await routes.call(handler, 'ann', { query })).toMatchObject({
					status: 404,
					body: { title: 'revision.not-found' },
				});
	});

	it.each(['revision=0', 'revision=x', 'asOf=yesterday', 'asOf=2026-02-30'])(
		'is refused: %s',
		async (query) => {
			expect((await routes.call(balanceRoute.GET, 'ann', { query })).status).toBe(422);
		},
	);

	describe('withdrawn from public view', () => {
		const view = (who: Asker, event: string, reason = '涉密', revision = '3') =>
			routes.call(viewRoute.POST, who, { params: { coverage: 'plan', revision }, body: { event, reason } });
		const tile = async (who: Asker, contentId: string, audience = 'public') => {
			const [lon, lat] = corner(0.5, 0.5);
			const { tiles } = await zone('public', 'revision=2');
			const parts = tiles.find(({ theme }) => theme === 'plan')?.url.split('/') ?? [];
			const [x, y] = [lonToWorldX(lon), latToWorldY(lat)].map((at) => String(Math.floor(at * 2 ** 14)));
			const params = { audience, contentId, encoder: parts[4], theme: 'plan', z: '14', x, y };
			return (await routes.call(tileRoute.GET, who, { params })).status;
		};

		it('is for those who publish in the whole zone, with a reason', async () => {
			for (const who of ['public', 'localhost', 'guest', 'ann', 'rita', 'parker'] as const)
				expect((await view(who, 'withdraw')).status).toBe(403);
			expect(await view('paul', 'withdraw', ' ')).toMatchObject({
				status: 422,
				body: { title: 'reason.missing' },
			});
			expect(await view('paul', 'withdraw', 'x', '99')).toMatchObject({ status: 404 });
			expect(await view('paul', 'give_back')).toMatchObject({
				status: 422,
				body: { title: 'revision.view-unchanged' },
			});
		});

		it('is not there for the public, who see the newest in view; the office sees all of it, and why', async () => {
			const newest = planOf(await zone('public')).contentId;
			expect(await tile('public', newest)).toBe(200);
			const withdrawn = await view('paul', 'withdraw');
			expect(revisionViewSchema.parse(withdrawn.body)).toEqual({ revision: 3, isWithdrawn: true });

			expect(planOf(await zone('public')).revision).toBe(2);
			expect(await card('public')).toMatchObject({ revision: 2, classKey: GREEN, code: 'PJ-00' });
			expect(await green('public')).toMatchObject({ revision: 2 });
			const params = { coverage: 'plan', no: String(no) };
			expect((await routes.call(parcelRoute.GET, 'public', { params, query: 'revision=3' })).status).toBe(
				404,
			);
			expect(await card('public', 'asOf=2020-11-21')).toMatchObject({ revision: 2 });
			const search = async (who: Asker, q: string) =>
				(await routes.get(searchRoute.GET, who, parcelSearchSchema, { query: `q=${q}` })).hits.length;
			expect([await search('public', 'NEW-1'), await search('public', 'PJ-00')]).toEqual([0, 1]);
			expect([await search('ann', 'NEW-1'), await search('ann', 'PJ-00')]).toEqual([1, 0]);
			expect([await tile('public', newest), await tile('ann', newest)]).toEqual([404, 404]);
			expect(await tile('ann', newest, 'office')).toBe(200);
			const timeline = (who: Asker) => routes.get(timelineRoute.GET, who, timelineSchema, { params });
			expect((await timeline('public')).revisions.map(({ revision }) => revision)).toEqual([2, 1]);
			expect((await timeline('ann')).revisions[0]).toMatchObject({
				revision: 3,
				withdrawal: { reason: '涉密', userName: 'Person paul' },
			});
			expect(planOf(await zone('ann')).revision).toBe(3);
			expect((await view('paul', 'withdraw')).status).toBe(422);
		});

		it('is given back, and all of it is in the audit', async () => {
			expect((await view('paul', 'give_back', '已处理')).status).toBe(200);
			expect(planOf(await zone('public')).revision).toBe(3);
			expect(await tile('public', planOf(await zone('public')).contentId)).toBe(200);
			const { events, faults } = await asOwner(shop.database, async (sql) => ({
				events: await listAuditEvents(sql, PANJIN_ID, { limit: 2 }),
				faults: await listAuditFaults(sql, PANJIN_ID),
			}));
			expect(events.map(({ action, entity, details }) => [action, entity, details['reason']])).toEqual([
				['revision.given-back', 'revision/plan/3', '已处理'],
				['revision.withdrawn', 'revision/plan/3', '涉密'],
			]);
			expect(faults).toEqual([]);
		});
	});
});
