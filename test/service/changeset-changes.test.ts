import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparisonSchema, parcelHistorySchema } from '$lib/api/history.ts';
import { changesetChangesSchema, type WireChangeGroup } from '$lib/api/parcel-change.ts';
import type { PlanningCondition } from '$lib/domain/changeset/parcel-facts.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { PUBLIC_ACTOR } from '$lib/server/access/actor.ts';
import { findParcelCard } from '$lib/server/service/parcel.ts';
import type { ServiceContext } from '$lib/server/service/context.ts';
import { listChangesetChanges } from '$lib/server/service/changeset/changes.ts';
import { compareRevisions } from '$lib/server/service/history/compare.ts';
import { findParcelHistory } from '$lib/server/service/history/parcel-history.ts';
import {
	corner,
	failureOf,
	numberOf,
	openWorkshop,
	valueOf,
	type Workshop,
} from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { drafted, publishDraft, published } from '../support/published-history.ts';

const GREEN = 'cn-land-use/2023/1401';
const condition = (limits: Partial<PlanningCondition>): PlanningCondition => ({
	farMin: null,
	farMax: null,
	buildingCoverageMaxPct: null,
	heightMaxM: null,
	greenRatioMinPct: null,
	supportShareMaxPct: null,
	publicationGrade: 'public',
	source: '示例控规',
	status: 'example',
	...limits,
});
const setting = (parcelNos: number[], limits: Partial<PlanningCondition>): Step => ({
	verb: 'set_conditions',
	params: { parcelNos, condition: condition(limits) },
});
const told = (groups: readonly WireChangeGroup[]) =>
	groups.map(({ kind, values, parcels }) => [
		kind,
		parcels.map(({ codeBefore, code }) => [codeBefore?.text ?? null, code?.text ?? null]),
		Object.fromEntries(values.map(({ field, before, after }) => [field, [...before, '→', ...after]])),
	]);

describe.each(DATABASE_KINDS)('old and new values on the %s database', (kind) => {
	let shop: Workshop;
	let [recoded, cut, draftNo, revision] = [0, 0, 0, 0];
	beforeAll(async () => {
		shop = await openWorkshop(kind);
		[recoded, cut] = [await numberOf(shop.database, 'PJ-21'), await numberOf(shop.database, 'PJ-00')];
		await published(shop, undefined, setting([recoded, cut], { farMax: 1.5, heightMaxM: 24 }));
		draftNo = await drafted(
			shop,
			'ann',
			{ verb: 'reclassify', params: { parcelNos: [recoded], landUse: GREEN } },
			{
				verb: 'set_code',
				params: { codes: [{ parcelNo: recoded, code: { text: 'NEW-21', status: 'official' } }] },
			},
			setting([recoded], { farMax: 9.9, greenRatioMinPct: 30 }),
			{ verb: 'split_by_line', params: { line: [corner(0.4, -0.1), corner(0.4, 1.1)], parcelNos: [cut] } },
			setting([-2], { farMax: 2, heightMaxM: 24 }),
		);
	});
	afterAll(() => shop.database.close());

	const compare = async (from: number, to: number, who = shop.as('rita')) => {
		const found = valueOf(await compareRevisions(who, PANJIN_ID, 'plan', { from, to, level: 3 }));
		return comparisonSchema.parse(found);
	};
	const versionsOf = async (parcelNo: number, who = shop.as('rita')) =>
		parcelHistorySchema.parse(await findParcelHistory(who, PANJIN_ID, 'plan', parcelNo)).versions;
	const asPublic = () => ({ ...shop.as('rita'), actor: PUBLIC_ACTOR });
	let class21: string | null = null;
	const changed21 = () => ({
		landUse: [class21, '→', GREEN],
		farMax: [1.5, '→', 9.9],
		heightMaxM: [24, '→', null],
		greenRatioMinPct: [null, '→', 30],
	});

	it('are told to who approves a draft, before it is published', async () => {
		const found = valueOf(await listChangesetChanges(shop.as('paul'), PANJIN_ID, draftNo));
		const { groups } = changesetChangesSchema.parse(found);
		[class21] = groups[0].values[0].before as [string];
		expect(class21).toMatch(/^cn-land-use\/2023\//);
		expect(told(groups)).toEqual([
			['changed', [['PJ-21', 'NEW-21']], changed21()],
			['created', [[null, null]], {}],
			['created', [[null, null]], { farMax: [1.5, '→', 2] }],
		]);
		const [, west, east] = groups;
		expect(west.kept).toContainEqual({ field: 'farMax', value: 1.5 });
		expect(west.kept).toContainEqual({ field: 'heightMaxM', value: 24 });
		for (const { parcels } of [west, east])
			expect(parcels[0].relatives).toEqual([{ parcelNo: cut, code: 'PJ-00' }]);
	});

	it('are not told to who may not read drafts, and there are none in an empty one', async () => {
		expect(failureOf(await listChangesetChanges(asPublic(), PANJIN_ID, draftNo))[0]).toBe('not-found');
		expect(failureOf(await listChangesetChanges(shop.as('guest'), PANJIN_ID, draftNo))[0]).toBe('not-found');
		const empty = await drafted(shop, 'bob');
		expect(valueOf(await listChangesetChanges(shop.as('bob'), PANJIN_ID, empty)).groups).toEqual([]);
	});

	it('are told by comparing, once it is published, whichever revision comes first', async () => {
		revision = await publishDraft(shop, 'ann', draftNo);
		const { groups } = await compare(revision - 1, revision);
		const [west, east] = groups.filter((group) => group.kind === 'created');
		expect(told(groups)).toContainEqual(['changed', [['PJ-21', 'NEW-21']], changed21()]);
		expect(west.kept).toContainEqual({ field: 'farMax', value: 1.5 });
		expect(east.values).toEqual([{ field: 'farMax', before: [1.5], after: [2] }]);
		expect(east.parcels[0].relatives).toEqual([{ parcelNo: cut, code: 'PJ-00' }]);
		const back = await compare(revision, revision - 1);
		const again = back.groups.find((group) => group.kind === 'created');
		expect(again?.values).toEqual([{ field: 'farMax', before: [1.5, 2], after: [1.5] }]);
	});

	it('are told by the versions of a parcel, of a part those of where it comes from', async () => {
		const [newest, before, loaded] = await versionsOf(recoded);
		expect(told(newest.change === null ? [] : [newest.change])).toEqual([
			['changed', [['PJ-21', 'NEW-21']], changed21()],
		]);
		expect(before.change?.values).toContainEqual({ field: 'farMax', before: [null], after: [1.5] });
		expect(loaded.change).toBeNull();
		const parts = await shop.database.sql<{ no: number }[]>`
			select to_no as no from yuantu.parcel_lineage where from_no = ${cut} order by 1`;
		const [east] = await versionsOf(parts[1].no);
		expect(east).toMatchObject({
			kinds: ['created'],
			change: { kind: 'created', values: [{ field: 'farMax', before: [1.5], after: [2] }] },
		});
	});

	it('keep from the public what conditions are not published', async () => {
		const hidden = { farMax: 3.3, publicationGrade: 'office' } as const;
		const secret = await published(shop, undefined, setting([recoded], hidden));
		const office = await compare(secret - 1, secret);
		expect(office.groups[0].values).toContainEqual({ field: 'farMax', before: [9.9], after: [3.3] });
		const open = await compare(secret - 1, secret, asPublic());
		expect(open.groups[0].values).toContainEqual({ field: 'farMax', before: [9.9], after: [null] });
		expect(JSON.stringify([open, await versionsOf(recoded, asPublic())])).not.toContain('3.3');
	});

	it('keep from the public that there were such conditions, in every place that tells of a parcel', async () => {
		const placed = async (who: ServiceContext) => {
			const [newest] = await versionsOf(recoded, who);
			const card = await findParcelCard(who, PANJIN_ID, 'plan', recoded);
			return [card?.revisionFrom, newest.revisionFrom, card?.version, newest.version];
		};
		const before = await placed(asPublic());
		const seen = await versionsOf(recoded, asPublic());
		const other = { farMax: 3.4, publicationGrade: 'office' } as const;
		const secret = await published(shop, undefined, setting([recoded], other));
		const open = await compare(secret - 1, secret, asPublic());
		expect([open.groups, open.changes, open.counts]).toEqual([[], [], {}]);
		expect(await versionsOf(recoded, asPublic())).toEqual(seen);
		expect(await placed(asPublic())).toEqual(before);
		expect((await versionsOf(recoded))[0]).toMatchObject({ revisionFrom: secret, kinds: ['conditions'] });
		expect(await placed(shop.as('rita'))).toEqual([secret, secret, expect.any(Number), expect.any(Number)]);
		const shown = await published(shop, undefined, setting([recoded], { farMax: 3.5 }));
		const [newest] = await versionsOf(recoded, asPublic());
		expect(newest).toMatchObject({ revisionFrom: shown, kinds: ['conditions'] });
		expect(newest.change?.values).toContainEqual({ field: 'farMax', before: [null], after: [3.5] });
		expect(await placed(asPublic())).toEqual([shown, shown, newest.version, newest.version]);
	});
});
