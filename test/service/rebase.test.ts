import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRebaseSchema, rebasedSchema, rebaseOutlookSchema } from '$lib/api/changeset.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import type { UserActor } from '$lib/server/access/actor.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { listAuditEvents } from '$lib/server/db/audit-event.ts';
import { rebaseOutlookToWire } from '$lib/server/http/changeset-answer.ts';
import { checkChangeset } from '$lib/server/service/changeset/check.ts';
import { moveHead } from '$lib/server/service/changeset/move-head.ts';
import { openChangeset, readSteps } from '$lib/server/service/changeset/read.ts';
import { readRebase, rebaseChangeset } from '$lib/server/service/changeset/rebase-changeset.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import {
	act,
	added,
	begun,
	corner,
	failureOf,
	numberOf,
	openedDraft,
	openWorkshop,
	valueOf,
	type Workshop,
} from '../support/changeset-service.ts';
import { drafted, publishDraft } from '../support/published-history.ts';
import { expectSoundRevision } from '../support/sound-revision.ts';
import { serviceContexts } from '../support/zone-service.ts';

const [GREEN, WATER] = ['cn-land-use/2023/1401', 'cn-land-use/2023/0803'];
describe('a draft whose base has moved', () => {
	let shop: Workshop;
	beforeAll(async () => {
		shop = await openWorkshop('server');
	});
	afterAll(() => shop.database.close());

	const no = (code: string) => numberOf(shop.database, code);
	const reclassify = async (landUse: string, ...codes: string[]): Promise<Step> => ({
		verb: 'reclassify',
		params: { parcelNos: await Promise.all(codes.map(no)), landUse },
	});
	const cut = async (code: string, from: [number, number], to: [number, number]): Promise<Step> => ({
		verb: 'split_by_line',
		params: { line: [corner(...from), corner(...to)], parcelNos: [await no(code)] },
	});
	const publish = async (author: 'ann' | 'bob', changesetNo: number) => {
		const revision = await publishDraft(shop, author, changesetNo);
		await expectSoundRevision(shop, revision);
		return revision;
	};
	const outlook = async (changesetNo: number) => {
		const found = valueOf(await readRebase(shop.as('rita'), PANJIN_ID, changesetNo));
		return rebaseOutlookSchema.parse(rebaseOutlookToWire(found));
	};
	const rebase = async (changesetNo: number, expectedEdit: number, ...drop: number[]) => {
		const body = newRebaseSchema.parse({ expectedEdit, drop });
		const outcome = await rebaseChangeset(shop.as('ann'), PANJIN_ID, changesetNo, body);
		if (outcome.ok) expect(rebasedSchema.parse(outcome.value)).toEqual(outcome.value);
		return outcome;
	};
	const open = async (changesetNo: number) =>
		valueOf(await openChangeset(shop.as('ann'), PANJIN_ID, changesetNo)).changeset;

	it('is told so, with who published what since, and goes on by itself where they were elsewhere', async () => {
		const mine = await drafted(shop, 'ann', await cut('PJ-00', [0.4, -0.1], [0.4, 1.1]), {
			verb: 'reclassify',
			params: { parcelNos: [-1], landUse: GREEN },
		});
		expect(await outlook(mine)).toMatchObject({ revisions: [], parcels: [], groups: [], issues: [] });
		const theirs = await drafted(shop, 'bob', await reclassify(WATER, 'PJ-22'));
		const revision = await publish('bob', theirs);
		expect(await outlook(mine)).toEqual({
			editNo: 1,
			baseRevision: revision - 1,
			latestRevision: revision,
			revisions: [{ revision, changesetNo: theirs, title: '示例方案', authorName: 'Person bob' }],
			parcels: [],
			groups: [],
			issues: [],
		});
		expect(failureOf(await rebase(mine, 0))).toEqual(['stale', 'changeset.moved']);
		expect(failureOf(await rebase(mine, 1, 1))).toEqual(['refused', 'rebase.group-unknown']);
		expect(valueOf(await rebase(mine, 1))).toEqual({
			baseRevision: revision,
			head: 2,
			editNo: 2,
			dropped: [],
		});
		expect(await open(mine)).toMatchObject({ baseRevision: revision, head: 2, stepCount: 2, editNo: 2 });
		expect(valueOf(await rebase(mine, 2))).toMatchObject({ baseRevision: revision, editNo: 2 });
		await publish('ann', mine);
	});

	it('has both sides of one boundary, steps in their order, the same from what is stored', async () => {
		const mine = await drafted(
			shop,
			'ann',
			await cut('PJ-15', [5.3, 1], [5.41, 2]),
			{ verb: 'reclassify', params: { parcelNos: [-1], landUse: GREEN } },
			{ verb: 'merge', params: { parcelNos: [-2, await no('PJ-16')] } },
		);
		await publish('bob', await drafted(shop, 'bob', await cut('PJ-25', [5.7, 2], [5.62, 3])));
		expect((await outlook(mine)).groups).toEqual([]);
		valueOf(await rebase(mine, 1));
		const { steps } = valueOf(await readSteps(shop.as('ann'), PANJIN_ID, mine, { after: 0, limit: 9 }));
		expect(steps.map(({ verb }) => verb)).toEqual(['split_by_line', 'reclassify', 'merge']);
		const row = await open(mine);
		const held = await openedDraft(shop.as('ann'), row, 'ann');
		const elsewhere = serviceContexts(shop.database)(shop.as('ann').actor);
		const made = await openedDraft(elsewhere, row, 'ann');
		expect(made.difference).toEqual(held.difference);
		await added(shop.as('ann'), mine, 2, { verb: 'reclassify', params: { parcelNos: [-1], landUse: WATER } });
		const found = valueOf(await checkChangeset(shop.as('ann'), PANJIN_ID, mine));
		const bare = found.flatMap(({ code, parcelNos }) => (code === 'parcel.class-missing' ? parcelNos : []));
		if (bare.length > 0)
			await added(shop.as('ann'), mine, 3, {
				verb: 'reclassify',
				params: { parcelNos: bare, landUse: GREEN },
			});
		await publish('ann', mine);
	});

	it('gives up what stands against it by whole groups, only those, and only if its author says so', async () => {
		const mine = await drafted(
			shop,
			'ann',
			await cut('PJ-05', [5.5, -0.1], [5.5, 1]),
			await reclassify(GREEN, 'PJ-20'),
			{ verb: 'reclassify', params: { parcelNos: [-2], landUse: WATER } },
			await reclassify(GREEN, 'PJ-21'),
		);
		valueOf(await moveHead(shop.as('ann'), PANJIN_ID, mine, { expectedEdit: 1, head: 3 }));
		const theirs = await drafted(shop, 'bob', await cut('PJ-05', [5, 0.5], [6, 0.5]));
		const revision = await publish('bob', theirs);
		const { groups, parcels, issues } = await outlook(mine);
		expect(groups).toMatchObject([
			{
				groupNo: 1,
				stepNos: [1, 3],
				issue: { code: 'changeset.outdated', params: { revision, changesetNo: theirs, who: 'Person bob' } },
			},
		]);
		expect(parcels).toMatchObject([{ revision, changesetNo: theirs, authorName: 'Person bob' }]);
		expect(issues).toEqual([]);
		expect(failureOf(await rebase(mine, 2))).toEqual(['conflict', 'changeset.outdated']);
		expect(failureOf(await rebase(mine, 2, 1, 2))).toEqual(['refused', 'rebase.group-unknown']);
		const bobs = await rebaseChangeset(shop.as('bob'), PANJIN_ID, mine, { expectedEdit: 2, drop: [1] });
		expect(failureOf(bobs)).toEqual(['forbidden', 'changeset.not-yours']);
		const rebased = valueOf(await rebase(mine, 2, 1));
		expect(rebased).toMatchObject({ baseRevision: revision, head: 1, editNo: 3 });
		expect(rebased.dropped.map(({ stepNo, step }) => [stepNo, step.verb])).toEqual([
			[1, 'split_by_line'],
			[3, 'reclassify'],
		]);
		const [event] = await asOwner(shop.database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 1 }));
		expect(event).toMatchObject({
			action: 'changeset.rebased',
			actor: 'user/ann',
			details: {
				from: revision - 1,
				to: revision,
				dropped: [{ stepNo: 1 }, { stepNo: 3 }],
				undone: [{ stepNo: 4, step: { params: { landUse: GREEN } } }],
			},
		});
		expect(await open(mine)).toMatchObject({ head: 1, stepCount: 1 });
		await publish('ann', mine);
	});

	it('is read as it was at one moment, or not at all, where it is rebased between two reads', async () => {
		const mine = await drafted(
			shop,
			'ann',
			await reclassify(GREEN, 'PJ-11'),
			await reclassify(GREEN, 'PJ-12'),
		);
		const before = await open(mine);
		const elsewhere = serviceContexts(shop.database)(shop.as('rita').actor);
		await publish('bob', await drafted(shop, 'bob', await reclassify(WATER, 'PJ-12')));
		valueOf(await rebase(mine, 1, 2));
		// As somebody has it who read what the draft is before, and reads its steps now.
		expect(await elsewhere.drafts.open(PANJIN_ID, before, 'rita')).toBeNull();
		expect((await openedDraft(elsewhere, await open(mine), 'rita')).difference.facts).toHaveLength(1);
	});

	it('is for who may still draft where it changes something, as undoing is', async () => {
		const parker = shop.as('parker');
		const mine = await begun(parker);
		await added(parker, mine, 0, await reclassify(GREEN, 'PJ-10'), await reclassify(WATER, 'PJ-10'));
		await publish('bob', await drafted(shop, 'bob', await reclassify(WATER, 'PJ-26')));
		const elsewhere = { zoneId: PANJIN_ID, role: 'planner', parkId: 'xinglongtai', officeId: null } as const;
		const moved = { ...parker, actor: { ...parker.actor, grants: [elsewhere] } as UserActor };
		const refused = ['forbidden', 'park.not-permitted'];
		const rebased = await rebaseChangeset(moved, PANJIN_ID, mine, { expectedEdit: 1, drop: [] });
		expect(failureOf(rebased)).toEqual(refused);
		const undone = (head: number, expectedEdit: number) =>
			moveHead(moved, PANJIN_ID, mine, { expectedEdit, head });
		expect(failureOf(await undone(1, 1))).toEqual(refused);
		expect(valueOf(await undone(0, 1))).toMatchObject({ head: 0 });
	});

	it('does not take back the class that ground got since, where it is cut', async () => {
		const mine = await drafted(shop, 'ann', await cut('PJ-06', [6.5, -0.1], [6.5, 1.1]));
		await publish('bob', await drafted(shop, 'bob', await reclassify(WATER, 'PJ-06')));
		expect((await outlook(mine)).groups).toMatchObject([{ groupNo: 1, stepNos: [1] }]);
		const found = valueOf(await checkChangeset(shop.as('ann'), PANJIN_ID, mine, 'publish'));
		expect(found.map(({ code }) => code)).toContain('changeset.outdated');
	});

	it('may become empty, and is not rebased once it is handed in, withdrawn or for no reader', async () => {
		const mine = await drafted(shop, 'ann', await reclassify(GREEN, 'PJ-23'));
		await publish('bob', await drafted(shop, 'bob', await reclassify(WATER, 'PJ-23')));
		valueOf(await act(shop.as('ann'), mine, 'submit'));
		expect(failureOf(await rebase(mine, 1, 1))).toEqual(['refused', 'changeset.not-draft']);
		expect(failureOf(await readRebase(shop.as('guest'), PANJIN_ID, mine))[0]).toBe('not-found');
		valueOf(await act(shop.as('rita'), mine, 'return', '有冲突'));
		expect(valueOf(await rebase(mine, 1, 1))).toMatchObject({ head: 0, editNo: 2 });
		expect(failureOf(await act(shop.as('ann'), mine, 'submit'))).toEqual(['refused', 'changeset.empty']);
		valueOf(await act(shop.as('ann'), mine, 'withdraw'));
		expect(failureOf(await readRebase(shop.as('ann'), PANJIN_ID, mine))).toEqual([
			'refused',
			'changeset.sealed',
		]);
	});
});
