import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changesetSchema, stepListSchema } from '$lib/api/changeset.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import * as stepRoute from '../../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/steps/+server.ts';
import * as restoreRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/revisions/[revision]/restore/+server.ts';
import { appendSteps } from '$lib/server/service/changeset/append-steps.ts';
import { beginChangeset } from '$lib/server/service/changeset/begin.ts';
import { checkChangeset } from '$lib/server/service/changeset/check.ts';
import { openChangeset } from '$lib/server/service/changeset/read.ts';
import {
	added,
	begun,
	clientId,
	corner,
	numberOf,
	openedDraft,
	openWorkshop,
	valueOf,
	type Workshop,
} from '../../support/changeset-service.ts';
import { chanceStep } from '../../support/chance-step.ts';
import { PANJIN_ID } from '../../support/database-rows.ts';
import { chanceEdit, type ChanceEdit } from '../../support/edit-sequence.ts';
import { publishDraft, published } from '../../support/published-history.ts';
import { openRoutes, type Asker } from '../../support/route-call.ts';
import { expectSoundRevision } from '../../support/sound-revision.ts';

const CLASSES = ['0802', '0902', '1401'].map((code) => `cn-land-use/2023/${code}`);

describe('restoring a revision', () => {
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

	const newDraft = () => ({
		clientId: clientId(),
		kind: 'technical_correction' as const,
		title: '恢复',
		reason: '误改',
	});
	const restore = (who: Asker, revision: number, draft: object = newDraft()) =>
		routes.call(restoreRoute.POST, who, {
			params: { coverage: 'plan', revision: String(revision) },
			body: draft,
		});

	/** What a revision is, numbers aside: every shape to the bit with its class, code and condition. */
	const contentOf = async (revision: number) => {
		const rows = await shop.database.sql<Record<string, string | null>[]>`
			select p.geom::text as shape, p.class_code, p.code, p.code_status, p.park_id, c.far_max, c.publication_grade
			from yuantu.parcel p left join yuantu.planning_condition c using (zone_id, coverage_id, parcel_no, version)
			where p.zone_id = ${PANJIN_ID} and p.coverage_id = 'plan' and p.rev_from <= ${revision}
				and (p.rev_to is null or p.rev_to > ${revision})
			order by p.geom::text`;
		return [...rows];
	};

	it('begins a draft that takes back what was published since; ended parcels come back with lineage, numbers are new', async () => {
		const [a, b, c] = await Promise.all(
			['PJ-00', 'PJ-02', 'PJ-12'].map((code) => numberOf(shop.database, code)),
		);
		await published(
			shop,
			undefined,
			{ verb: 'split_by_line', params: { line: [corner(0.4, -0.1), corner(0.4, 1.1)], parcelNos: [a] } },
			{ verb: 'reclassify', params: { parcelNos: [-1], landUse: CLASSES[2] } },
		);
		await published(
			shop,
			undefined,
			{ verb: 'merge', params: { parcelNos: [b, c], intoNo: c } },
			{ verb: 'set_code', params: { codes: [{ parcelNo: c, code: { text: 'NEW-1', status: 'official' } }] } },
		);
		const draft = newDraft();
		const answered = await restore('ann', 1, draft);
		const { changesetNo, head, baseRevision } = changesetSchema.parse(answered.body);
		expect([answered.status, head, baseRevision]).toEqual([200, 1, 3]);
		expect(changesetSchema.parse((await restore('ann', 1, draft)).body).changesetNo).toBe(changesetNo);
		const { steps } = await routes.get(stepRoute.GET, 'rita', stepListSchema, {
			params: { changeset: String(changesetNo) },
		});
		expect(steps.map(({ verb, params }) => [verb, params])).toEqual([['restore', { revision: 1 }]]);
		const lineage = await shop.database.sql<{ to: number }[]>`
			select to_no as to from yuantu.parcel_lineage where from_no = ${a} order by 1`;
		const [west, east] = lineage.map(({ to }) => to);
		expect(steps[0].difference.lineage).toEqual([
			[c, -2],
			[west, -1],
			[east, -1],
		]);
		// What was merged had another class; the restored parcel has its own again, and the conditions that were its own.
		const found = valueOf(await checkChangeset(shop.as('ann'), PANJIN_ID, changesetNo));
		expect(found).toEqual([]);

		const revision = await publishDraft(shop, 'ann', changesetNo);
		expect(await contentOf(revision)).toEqual(await contentOf(1));
		await expectSoundRevision(shop, revision);
		expect(await numberOf(shop.database, 'PJ-00')).toBeGreaterThan(east);
		expect(await numberOf(shop.database, 'PJ-12')).toBe(c);

		// The answer was lost, and somebody asks again.
		const again = changesetSchema.parse((await restore('ann', 1, draft)).body);
		expect(again).toMatchObject({ changesetNo, state: 'published', head: 1, publishedRevision: revision });
	});

	it('goes on as any draft: what others publish on other ground meanwhile stays', async () => {
		const no = await numberOf(shop.database, 'PJ-05');
		const before = await published(shop, undefined, {
			verb: 'reclassify',
			params: { parcelNos: [no], landUse: CLASSES[0] },
		});
		const { changesetNo } = changesetSchema.parse((await restore('bob', before - 1)).body);
		const elsewhere = await numberOf(shop.database, 'PJ-20');
		await published(shop, undefined, {
			verb: 'reclassify',
			params: { parcelNos: [elsewhere], landUse: CLASSES[1] },
		});
		const revision = await publishDraft(shop, 'bob', changesetNo);
		const classes = Object.fromEntries((await contentOf(revision)).map((row) => [row.code, row.class_code]));
		expect([classes['PJ-05'], classes['PJ-20']]).toEqual(['0902', '0902']);
		await expectSoundRevision(shop, revision);
	});

	it('is for those who draft where it changes something, of a revision that is there and another', async () => {
		// In the park where parker drafts nothing.
		const parcelNos = [await numberOf(shop.database, 'PJ-25')];
		await published(shop, undefined, { verb: 'reclassify', params: { parcelNos, landUse: CLASSES[1] } });
		for (const who of ['public', 'localhost', 'guest', 'rita', 'paul', 'parker'] as const)
			expect((await restore(who, 1)).status, who).toBe(403);
		expect(await restore('ann', 99)).toMatchObject({ status: 404, body: { title: 'revision.not-found' } });
		const [{ newest }] = await shop.database.sql<{ newest: number }[]>`
			select max(revision) as newest from yuantu.revision where zone_id = ${PANJIN_ID} and coverage_id = 'plan'`;
		expect(await restore('ann', newest)).toMatchObject({
			status: 422,
			body: { title: 'step.changes-nothing' },
		});
		expect(await restore('ann', 1, { ...newDraft(), kind: 'current_use_update' })).toMatchObject({
			status: 422,
			body: { title: 'kind.not-for-coverage' },
		});
		const drafts = await shop.database.sql`
			select 1 from yuantu.changeset where title = '恢复' and state = 'draft'`;
		expect(drafts).toHaveLength(0);
	});

	it('is judged by what it changes on its own base, and the same whenever it is asked', async () => {
		const [own, foreign] = await Promise.all(['PJ-01', 'PJ-25'].map((code) => numberOf(shop.database, code)));
		const reclassified = (parcelNo: number, landUse: string): Step => ({
			verb: 'reclassify',
			params: { parcelNos: [parcelNo], landUse },
		});
		const changed = await published(shop, undefined, reclassified(foreign, CLASSES[2]));
		// Begun, and then the program was lost.
		const draft = newDraft();
		valueOf(await beginChangeset(shop.as('parker'), PANJIN_ID, { ...draft, coverageId: 'plan' }));
		await published(shop, undefined, reclassified(foreign, CLASSES[1]), reclassified(own, CLASSES[1]));
		expect(await restore('parker', changed - 1, draft)).toMatchObject({
			status: 403,
			body: { title: 'park.not-permitted' },
		});
	});

	/** Publishes a draft by chance; null where nothing of it could be. */
	async function publishByChance(edits: readonly ChanceEdit[]): Promise<number | null> {
		const context = shop.as('ann');
		const changesetNo = await begun(context);
		const read = async () => valueOf(await openChangeset(context, PANJIN_ID, changesetNo)).changeset;
		for (const edit of edits) {
			const row = await read();
			const { state } = await openedDraft(context, row, 'ann');
			const step = chanceStep(state, edit, corner(0, 0), 3 / 512, CLASSES);
			const batch = { expectedEdit: row.editNo, steps: [{ clientId: clientId(), step }] };
			valueOf(await appendSteps(context, PANJIN_ID, changesetNo, batch));
		}
		const row = await read();
		if (row.head === 0) return null;
		const issues = valueOf(await checkChangeset(context, PANJIN_ID, changesetNo));
		const parcelNos = issues.find(({ code }) => code === 'parcel.class-missing')?.parcelNos;
		if (parcelNos !== undefined)
			await added(context, changesetNo, row.editNo, {
				verb: 'reclassify',
				params: { parcelNos, landUse: CLASSES[0] },
			});
		const left = valueOf(await checkChangeset(context, PANJIN_ID, changesetNo));
		return left.some(({ severity }) => severity === 'error') ? null : publishDraft(shop, 'ann', changesetNo);
	}

	it('gives any state back, whatever was published since', async () => {
		const bare = await numberOf(shop.database, 'PJ-11');
		const start = await published(shop, undefined, {
			verb: 'reclassify',
			params: { parcelNos: [bare], landUse: CLASSES[0] },
		});
		const rounds = fc.sample(fc.array(chanceEdit, { minLength: 2, maxLength: 4 }), 6);
		let publishedRounds = 0;
		for (const edits of rounds) if ((await publishByChance(edits)) !== null) publishedRounds++;
		expect(publishedRounds).toBeGreaterThan(1);
		const { changesetNo } = changesetSchema.parse((await restore('ann', start)).body);
		const revision = await publishDraft(shop, 'ann', changesetNo);
		expect(await contentOf(revision)).toEqual(await contentOf(start));
		await expectSoundRevision(shop, revision);
	});
});
