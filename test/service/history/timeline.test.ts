import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timelineSchema } from '$lib/api/history.ts';
import * as timelineRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/revisions/+server.ts';
import { corner, numberOf, openWorkshop, type Workshop } from '../../support/changeset-service.ts';
import { published } from '../../support/published-history.ts';
import { openRoutes } from '../../support/route-call.ts';

const PLAN = { params: { coverage: 'plan' } };

describe('the timeline of a coverage', () => {
	let shop: Workshop;
	let routes: Awaited<ReturnType<typeof openRoutes>>;
	beforeAll(async () => {
		shop = await openWorkshop('server');
		routes = await openRoutes(shop);
		const [cut, kept] = [await numberOf(shop.database, 'PJ-00'), await numberOf(shop.database, 'PJ-12')];
		await published(shop, new Date('2026-11-20T01:00:00Z'), {
			verb: 'split_by_line',
			params: { line: [corner(0.5, -0.1), corner(0.5, 1)], parcelNos: [cut] },
		});
		await published(shop, new Date('2026-11-21T01:00:00Z'), {
			verb: 'reclassify',
			params: { parcelNos: [kept], landUse: 'cn-land-use/2023/0902' },
		});
	});
	afterAll(async () => {
		await routes.close();
		await shop.database.close();
	});

	it('tells the office of every revision, newest first, what, when, by whom, why and on what papers', async () => {
		const { revisions, next } = await routes.get(timelineRoute.GET, 'guest', timelineSchema, PLAN);
		expect(next).toBeNull();
		expect(revisions.map((one) => [one.revision, one.changes])).toEqual([
			[3, { reclassified: 1 }],
			[2, { created: 2, retired: 1 }],
			[1, {}],
		]);
		expect(revisions[0]).toMatchObject({
			publishedAt: '2026-11-21T01:00:00.000Z',
			withdrawal: null,
			changeset: {
				kind: 'technical_correction',
				title: '示例方案',
				reason: '示例理由',
				authorName: 'Person ann',
				approverName: 'Person paul',
				publisherName: 'Person paul',
				papers: [{ kind: 'error_report', number: '更正〔2026〕1号' }],
			},
		});
		expect(revisions[2].changeset).toBeNull();
		expect(new Set(revisions.map(({ areaTotalM2 }) => areaTotalM2)).size).toBe(1);
	});

	it('tells the public numbers and dates, and names nobody', async () => {
		const { revisions } = await routes.get(timelineRoute.GET, 'public', timelineSchema, PLAN);
		expect(revisions.map(({ revision, publishedAt }) => [revision, publishedAt]).slice(0, 2)).toEqual([
			[3, '2026-11-21T01:00:00.000Z'],
			[2, '2026-11-20T01:00:00.000Z'],
		]);
		expect(revisions.map((one) => [one.changeset, one.changes, one.source])).toEqual(
			revisions.map(() => [null, null, null]),
		);
		expect(JSON.stringify(revisions)).not.toContain('Person');
	});

	it('shows the office on this machine what was done, and as it is nobody, no names', async () => {
		const { revisions } = await routes.get(timelineRoute.GET, 'localhost', timelineSchema, PLAN);
		expect([revisions[0].changes, revisions[0].changeset]).toEqual([{ reclassified: 1 }, null]);
	});

	it('comes in pages', async () => {
		const ask = (query: string) => routes.get(timelineRoute.GET, 'ann', timelineSchema, { ...PLAN, query });
		const first = await ask('limit=2');
		expect([first.revisions.map(({ revision }) => revision), first.next]).toEqual([[3, 2], 2]);
		const second = await ask(`limit=2&before=${first.next}`);
		expect([second.revisions.map(({ revision }) => revision), second.next]).toEqual([[1], null]);
	});

	it('is not there for a coverage that the reader may not know', async () => {
		const asking = { params: { coverage: 'current' } };
		expect((await routes.call(timelineRoute.GET, 'public', asking)).status).toBe(404);
		expect((await routes.call(timelineRoute.GET, 'guest', asking)).status).toBe(200);
		expect((await routes.call(timelineRoute.GET, 'ann', { params: { coverage: 'dream' } })).status).toBe(404);
	});
});
