import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changesetListSchema } from '$lib/api/changeset.ts';
import { noticeListSchema } from '$lib/api/notice.ts';
import * as listRoute from '../../src/routes/api/v1/zones/[zone]/changesets/+server.ts';
import * as noticeRoute from '../../src/routes/api/v1/zones/[zone]/notices/+server.ts';
import {
	act,
	added,
	begun,
	numberOf,
	openWorkshop,
	valueOf,
	type Workshop,
} from '../support/changeset-service.ts';
import { published } from '../support/published-history.ts';
import { openRoutes, type Asker } from '../support/route-call.ts';

describe('notices', () => {
	let shop: Workshop;
	let routes: Awaited<ReturnType<typeof openRoutes>>;
	beforeAll(async () => {
		shop = await openWorkshop('server');
		routes = await openRoutes(shop);
	});
	afterAll(async () => {
		await routes.close();
		await shop.database.close();
	});

	const kindsFor = async (who: Asker) => {
		const { count, notices } = await routes.get(noticeRoute.GET, who, noticeListSchema);
		expect(count).toBe(notices.length);
		return notices.map(({ kind, changesetNo }) => `${kind} ${changesetNo}`);
	};
	const reclassify = async (code: string) =>
		({
			verb: 'reclassify',
			params: { parcelNos: [await numberOf(shop.database, code)], landUse: 'cn-land-use/2023/1401' },
		}) as const;

	it('tell who must act, from hand to hand, and nobody else', async () => {
		const no = await begun(shop.as('ann'));
		await added(shop.as('ann'), no, 0, await reclassify('PJ-00'));
		const everybody = async () => {
			const found: Record<string, string[]> = {};
			for (const who of ['ann', 'bob', 'rita', 'paul', 'both', 'parker', 'guest', 'public'] as const) {
				const kinds = await kindsFor(who);
				if (kinds.length > 0) found[who] = kinds;
			}
			return found;
		};
		expect(await everybody()).toEqual({});
		valueOf(await act(shop.as('ann'), no, 'submit'));
		const review = [`review ${no}`];
		expect(await everybody()).toEqual({ rita: review, paul: review, both: review });
		valueOf(await act(shop.as('rita'), no, 'return', '界线不对'));
		expect(await everybody()).toEqual({ ann: [`returned ${no}`] });
		const { notices } = await routes.get(noticeRoute.GET, 'ann', noticeListSchema);
		expect(notices[0]).toMatchObject({ comment: '界线不对', by: 'Person rita', title: '示例方案' });
		valueOf(await act(shop.as('ann'), no, 'submit'));
		const listed = async (who: Asker, whose: 'mine' | 'waiting') => {
			const { changesets } = await routes.get(listRoute.GET, who, changesetListSchema, {
				query: `whose=${whose}`,
			});
			return changesets.map(({ changesetNo }) => changesetNo);
		};
		expect([await listed('ann', 'mine'), await listed('ann', 'waiting')]).toEqual([[no], []]);
		expect([await listed('rita', 'mine'), await listed('rita', 'waiting')]).toEqual([[], [no]]);
		valueOf(await act(shop.as('paul'), no, 'approve'));
		expect(await everybody()).toEqual({ paul: [`publish ${no}`], both: [`publish ${no}`] });
		valueOf(await act(shop.as('both'), no, 'return', '再看'));

		const other = await begun(shop.as('bob'));
		const revision = await published(shop, undefined, await reclassify('PJ-20'));
		expect(await everybody()).toEqual({
			ann: [`returned ${no}`, `base_moved ${no}`],
			bob: [`base_moved ${other}`],
		});
		const told = await routes.get(noticeRoute.GET, 'bob', noticeListSchema);
		expect(told.notices[0]).toMatchObject({ latestRevision: revision, by: null, publishedBy: 'Person paul' });
		valueOf(await act(shop.as('ann'), no, 'withdraw'));
		valueOf(await act(shop.as('bob'), other, 'withdraw'));
		expect(await everybody()).toEqual({});
	});
});
