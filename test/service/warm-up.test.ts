import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import { PUBLIC_ACTOR, type Actor } from '$lib/server/access/actor.ts';
import { publishChangeset } from '$lib/server/service/changeset/publish.ts';
import { recordPaper } from '$lib/server/service/changeset/record.ts';
import { changePublicView } from '$lib/server/service/history/public-view.ts';
import { OverviewStore } from '$lib/server/service/overview-store.ts';
import { ReaderPreparation } from '$lib/server/service/reader-preparation.ts';
import { SnapshotStore } from '$lib/server/service/snapshot-store.ts';
import { findTile } from '$lib/server/service/tile.ts';
import { listReaderViews, READERS, warmUp } from '$lib/server/service/warm-up.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import { ByteCache, type CachedTile } from '$lib/server/tile/byte-cache.ts';
import { MemoryBudget } from '$lib/server/tile/memory-budget.ts';
import { drawTask } from '$lib/server/tile/overview.ts';
import {
	act,
	added,
	begun,
	numberOf,
	openWorkshop,
	valueOf,
	type Colleague,
	type Workshop,
} from '../support/changeset-service.ts';
import { PANJIN_ID } from '../support/database-rows.ts';

const MB = 1024 * 1024;
const PAPER = { startsOn: null, endsOn: null, office: null, issuedOn: null, documentNo: null };
const REPORT = { ...PAPER, kind: 'error_report', number: '更正〔2026〕1号', summary: '用途写错' } as const;
const ZOOM = 9;
const OFFICE_ONLY = ['plan office', 'current office', 'current stock'];
const ALL = ['plan public', 'plan blocks', ...OFFICE_ONLY];

describe('what is prepared for readers', () => {
	let shop: Workshop;
	beforeAll(async () => {
		shop = await openWorkshop('embedded');
	});
	afterAll(() => shop.database.close());

	/** A server that has just started, and the overviews that it draws; those of `refused` fail once. */
	function start({ limitBytes = 64 * MB, refused = 'none', onDrawing = (_: string) => {} } = {}) {
		const drawn: string[] = [];
		const budget = new MemoryBudget(limitBytes);
		let asked = '';
		const overviews = new OverviewStore(budget, async (task) => {
			drawn.push(asked);
			onDrawing(asked);
			if (asked === refused) throw new Error('no memory');
			return drawTask(task);
		});
		const overviewOf = overviews.overviewOf.bind(overviews);
		overviews.overviewOf = (snapshot, subject, isAhead) => {
			asked = `${snapshot.coverageId} ${subject}`;
			return overviewOf(snapshot, subject, isAhead);
		};
		const snapshots = new SnapshotStore(shop.database, budget);
		const preparation: ReaderPreparation = new ReaderPreparation(
			() => budget.watchRoom(),
			({ zoneId, audience }, goesOn) => warmUp(as(READERS[audience]), zoneId, goesOn),
		);
		const as = (actor: Actor) => ({ ...shop.as('ann'), snapshots, overviews, preparation, actor });
		const begin = async () => preparation.begin(await listReaderViews(as(PUBLIC_ACTOR)));
		return { drawn, preparation, as, begin, person: (name: Colleague) => as(shop.as(name).actor) };
	}
	type Server = ReturnType<typeof start>;

	/** What somebody's first map of a small zoom makes the server draw. */
	async function drawnFor({ drawn, as }: Server, actor: Actor): Promise<string[]> {
		const context = { ...as(actor), tiles: new ByteCache<Promise<CachedTile>>(MB) };
		const before = drawn.length;
		const view = await findZoneView(context, PANJIN_ID);
		const [west, south, east, north] = view?.bbox ?? [0, 0, 0, 0];
		const x = Math.floor(lonToWorldX((west + east) / 2) * 2 ** ZOOM);
		const y = Math.floor(latToWorldY((south + north) / 2) * 2 ** ZOOM);
		for (const { url } of view?.tiles.filter(({ minZoom }) => minZoom <= ZOOM) ?? []) {
			const [audience, contentId, encoder, theme] = url.split('/').slice(2);
			const address = { z: String(ZOOM), x: String(x), y: String(y) };
			const answer = await findTile(context, { audience, contentId, encoder, theme, ...address });
			expect([url, answer.ok]).toEqual([url, true]);
		}
		return drawn.slice(before);
	}

	/** Publishes a correction of the plan. */
	async function publish({ person }: Server): Promise<number> {
		const changesetNo = await begun(person('ann'));
		const parcelNos = [await numberOf(shop.database, 'PJ-00')];
		const isOther = published++ % 2 === 0;
		const landUse = `cn-land-use/2023/${isOther ? '0902' : '0901'}`;
		await added(person('ann'), changesetNo, 0, { verb: 'reclassify', params: { parcelNos, landUse } });
		valueOf(await recordPaper(person('ann'), PANJIN_ID, changesetNo, REPORT));
		valueOf(await act(person('ann'), changesetNo, 'submit'));
		valueOf(await act(person('paul'), changesetNo, 'approve'));
		const said = { comment: '', effectiveOn: null };
		return valueOf(await publishChangeset(person('paul'), PANJIN_ID, changesetNo, said)).revision;
	}
	let published = 0;

	it('is, after a start, what the public sees, then what a planner who is signed in does', async () => {
		const server = start();
		await server.begin();
		await server.preparation.ended;
		expect(server.drawn).toEqual(ALL);
		expect(await drawnFor(server, PUBLIC_ACTOR)).toEqual([]);
		expect(await drawnFor(server, shop.as('ann').actor)).toEqual([]);
		expect(await drawnFor(start(), shop.as('ann').actor)).not.toEqual([]);
	});

	it('is, after a publication, what it changed, for both; after a withdrawal what is then seen', async () => {
		const server = start();
		await server.begin();
		await server.preparation.ended;
		server.drawn.length = 0;
		const revision = await publish(server);
		await server.preparation.ended;
		expect(server.drawn).toEqual(['plan public', 'plan blocks', 'plan office']);
		expect(await drawnFor(server, PUBLIC_ACTOR)).toEqual([]);
		expect(await drawnFor(server, shop.as('ann').actor)).toEqual([]);

		const cold = start();
		const withdrawal = { event: 'withdraw', reason: '涉密' } as const;
		valueOf(await changePublicView(cold.person('paul'), PANJIN_ID, 'plan', revision, withdrawal));
		await cold.preparation.ended;
		expect(await drawnFor(cold, PUBLIC_ACTOR)).toEqual([]);
		const back = { event: 'give_back', reason: '已处理' } as const;
		valueOf(await changePublicView(cold.person('paul'), PANJIN_ID, 'plan', revision, back));
		await cold.preparation.ended;
	});

	it('is first what was begun last, and nothing is drawn twice', async () => {
		const server = start({
			onDrawing: (name) => {
				if (name === 'plan public') server.preparation.begin([{ zoneId: PANJIN_ID, audience: 'office' }]);
			},
		});
		await server.begin();
		await server.preparation.ended;
		expect(server.drawn).toEqual([
			'plan public',
			'plan office',
			'current office',
			'current stock',
			'plan blocks',
		]);
	});

	it('ends where there is no room, and where the server stops', async () => {
		const small = start({ limitBytes: 1 });
		await small.begin();
		await small.preparation.ended;
		expect(small.drawn).toEqual([]);
		const stopping = start({ onDrawing: () => stopping.preparation.close() });
		await stopping.begin();
		await stopping.preparation.ended;
		expect(stopping.drawn).toEqual(['plan public']);
	});

	it('leaves out what fails', async () => {
		const server = start({ refused: 'plan public' });
		await server.begin();
		await server.preparation.ended;
		expect(server.drawn).toEqual(ALL);
	});
});

describe('preparing for readers', () => {
	it('begins anew after there was nothing to prepare, or no more room', async () => {
		const view = { zoneId: PANJIN_ID, audience: 'public' } as const;
		let hasRoom = false;
		const prepared: unknown[] = [];
		const preparation = new ReaderPreparation(
			() => () => hasRoom,
			(one) => Promise.resolve(void prepared.push(one)),
		);
		preparation.begin([]);
		await preparation.ended;
		preparation.begin([view]);
		await preparation.ended;
		expect(prepared).toEqual([]);
		hasRoom = true;
		preparation.begin([view]);
		await preparation.ended;
		expect(prepared).toEqual([view]);
	});
});
