import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner } from '$lib/server/db/connect.ts';
import { listAuditEvents, listAuditFaults } from '$lib/server/db/audit-event.ts';
import { appendSteps } from '$lib/server/service/changeset/append-steps.ts';
import { beginChangeset } from '$lib/server/service/changeset/begin.ts';
import { checkChangeset } from '$lib/server/service/changeset/check.ts';
import { moveHead } from '$lib/server/service/changeset/move-head.ts';
import { openChangeset, readDocument, readSteps } from '$lib/server/service/changeset/read.ts';
import {
	addDocument,
	commentChangeset,
	recordPaper,
	removeDocument,
} from '$lib/server/service/changeset/record.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import {
	act,
	added,
	begun,
	clientId,
	corner,
	failureOf,
	numberOf,
	openWorkshop,
	valueOf,
	type Colleague,
	type Workshop,
} from '../support/changeset-service.ts';
import { serviceContexts } from '../support/zone-service.ts';
import type { Step } from '$lib/domain/changeset/step.ts';

const CLASS = 'cn-land-use/2023/0902';
/** A line across the first cell of the zone, from its south to its north side. */
const CUT: Step = { verb: 'split_by_line', params: { line: [corner(0.5, -0.1), corner(0.5, 1)] } };

describe.each(DATABASE_KINDS)('drafts on the %s database', (kind) => {
	let shop: Workshop;
	let [first, second] = [0, 0];
	beforeAll(async () => {
		shop = await openWorkshop(kind);
		[first, second] = [await numberOf(shop.database, 'PJ-00'), await numberOf(shop.database, 'PJ-01')];
	});
	afterAll(() => shop.database.close());

	const reclassify = (...parcelNos: number[]): Step => ({
		verb: 'reclassify',
		params: { parcelNos, landUse: CLASS },
	});
	const openAs = async (name: Parameters<Workshop['as']>[0], no: number) =>
		valueOf(await openChangeset(shop.as(name), PANJIN_ID, no));

	it('begin once, however often they are sent', async () => {
		const draft = {
			clientId: clientId(),
			coverageId: 'plan',
			kind: 'plan_amendment',
			title: '题目',
			reason: '',
		} as const;
		const [one, other] = await Promise.all(
			[1, 2].map(() => beginChangeset(shop.as('ann'), PANJIN_ID, draft)),
		);
		const again = await beginChangeset(shop.as('ann'), PANJIN_ID, draft);
		const numbers = [one, other, again].map((outcome) => valueOf(outcome).changesetNo);
		expect(new Set(numbers).size).toBe(1);
		const wrong = { ...draft, clientId: clientId(), kind: 'current_use_update' } as const;
		expect(failureOf(await beginChangeset(shop.as('ann'), PANJIN_ID, wrong))).toEqual([
			'refused',
			'kind.not-for-coverage',
		]);
		expect(failureOf(await beginChangeset(shop.as('rita'), PANJIN_ID, draft))[0]).toBe('forbidden');
	});

	it('take steps that the server runs itself, and give back what they did', async () => {
		const no = await begun(shop.as('ann'));
		const appended = await added(shop.as('ann'), no, 0, CUT, reclassify(-1), reclassify(second));
		expect(appended).toMatchObject({ head: 3, editNo: 1, refused: null });
		const [cut, classes] = appended.stored;
		expect(cut.difference.shapes.map(({ kind: what, parcelNo }) => `${what} ${parcelNo}`)).toEqual(
			expect.arrayContaining([`created -2`, 'created -1', `retired ${first}`]),
		);
		expect(cut.difference.facts).toContainEqual({
			parcelNo: -1,
			field: 'landUse',
			before: null,
			after: 'cn-land-use/2023/100101',
		});
		expect(classes.difference.facts).toEqual([
			{ parcelNo: -1, field: 'landUse', before: 'cn-land-use/2023/100101', after: CLASS },
		]);
		const { changeset } = await openAs('ann', no);
		expect(changeset).toMatchObject({ head: 3, editNo: 1, stepCount: 3, parkIds: ['liaodongwan'] });
		const { steps } = valueOf(await readSteps(shop.as('rita'), PANJIN_ID, no, { after: 0, limit: 10 }));
		expect(steps.map(({ difference }) => difference)).toEqual(
			appended.stored.map(({ difference }) => difference),
		);
		// The part has the conditions of the class that it had.
		const found = valueOf(await checkChangeset(shop.as('ann'), PANJIN_ID, no));
		expect(found.map(({ code, parcelNos }) => [code, parcelNos])).toEqual([
			['condition.of-former-class', [-1]],
		]);
	});

	it('take a step once, however often it is sent, also among new ones', async () => {
		const no = await begun(shop.as('ann'));
		const steps = [CUT, reclassify(-1), reclassify(-2)].map((step) => ({ clientId: clientId(), step }));
		const send = (expectedEdit: number, to: number) =>
			appendSteps(shop.as('ann'), PANJIN_ID, no, { expectedEdit, steps: steps.slice(0, to) });
		const once = valueOf(await send(0, 2));
		const twice = valueOf(await send(0, 2));
		expect(twice).toEqual(once);
		const more = valueOf(await send(0, 3));
		expect(more).toMatchObject({ head: 3, editNo: 2 });
		expect(more.stored.map(({ clientId: id, stepNo }) => [id, stepNo])).toEqual(
			steps.map((step, i) => [step.clientId, i + 1]),
		);
		const both = await Promise.all([send(2, 3), send(0, 3)]);
		for (const outcome of both) expect(valueOf(outcome)).toEqual({ ...more, refused: null });
	});

	it('store what goes before a refused step, and say what is refused', async () => {
		const no = await begun(shop.as('ann'));
		const steps = [CUT, reclassify(999), reclassify(-1)].map((step) => ({ clientId: clientId(), step }));
		const outcome = valueOf(await appendSteps(shop.as('ann'), PANJIN_ID, no, { expectedEdit: 0, steps }));
		expect(outcome).toMatchObject({
			head: 1,
			refused: { clientId: steps[1].clientId, issue: { code: 'parcel.unknown', parcelNos: [999] } },
		});
	});

	it('undo and do again without limit, and replace what was undone', async () => {
		const no = await begun(shop.as('ann'));
		const { stored } = await added(shop.as('ann'), no, 0, CUT, reclassify(-1), reclassify(-2));
		const to = (expectedEdit: number, head: number) =>
			moveHead(shop.as('ann'), PANJIN_ID, no, { expectedEdit, head });
		expect(valueOf(await to(1, 0))).toEqual({ head: 0, editNo: 2 });
		expect((await openAs('ann', no)).changeset.parkIds).toEqual([]);
		expect(valueOf(await to(1, 0))).toEqual({ head: 0, editNo: 2 });
		expect(valueOf(await to(2, 3))).toEqual({ head: 3, editNo: 3 });
		expect(valueOf(await to(3, 1))).toEqual({ head: 1, editNo: 4 });
		expect(failureOf(await to(4, 9))).toEqual(['refused', 'head.unknown']);
		expect(failureOf(await to(3, 2))).toEqual(['stale', 'changeset.moved']);
		const merged = await added(shop.as('ann'), no, 4, { verb: 'merge', params: { parcelNos: [-1, -2] } });
		expect(merged).toMatchObject({ head: 2, editNo: 5 });
		const { steps } = valueOf(await readSteps(shop.as('ann'), PANJIN_ID, no, { after: 0, limit: 10 }));
		expect(steps.map(({ verb }) => verb)).toEqual(['split_by_line', 'merge']);
		const late = { expectedEdit: 1, steps: [{ clientId: stored[2].clientId, step: reclassify(-2) }] };
		expect(failureOf(await appendSteps(shop.as('ann'), PANJIN_ID, no, late))[0]).toBe('stale');
	});

	it('are the same from what is stored as from what is held', async () => {
		const no = await begun(shop.as('ann'));
		await added(shop.as('ann'), no, 0, CUT, reclassify(-1));
		const elsewhere = serviceContexts(shop.database)(shop.as('ann').actor);
		const there = await added(elsewhere, no, 1, { verb: 'merge', params: { parcelNos: [-2, second] } });
		await moveHead(shop.as('ann'), PANJIN_ID, no, { expectedEdit: 2, head: 2 });
		const here = await added(shop.as('ann'), no, 3, { verb: 'merge', params: { parcelNos: [-2, second] } });
		expect(here.stored[0].digest).toBe(there.stored[0].digest);
		expect(here.stored[0].difference).toEqual(there.stored[0].difference);
	});

	it('belong to their author', async () => {
		const no = await begun(shop.as('ann'));
		const sent = { expectedEdit: 0, steps: [{ clientId: clientId(), step: CUT }] };
		expect(failureOf(await appendSteps(shop.as('bob'), PANJIN_ID, no, sent))).toEqual([
			'forbidden',
			'changeset.not-yours',
		]);
		// Who may read it is told that it is not his, who may not that there is none; so with one that there is not.
		const head = { expectedEdit: 0, head: 0 };
		for (const [name, number, why] of [
			['rita', no, ['forbidden', 'changeset.not-yours']],
			['sam', no, ['forbidden', 'changeset.not-yours']],
			['guest', no, ['not-found', 'changeset.not-found']],
			['rita', no + 1000, ['not-found', 'changeset.not-found']],
		] as const) {
			expect(failureOf(await appendSteps(shop.as(name), PANJIN_ID, number, sent))).toEqual(why);
			expect(failureOf(await moveHead(shop.as(name), PANJIN_ID, number, head))).toEqual(why);
		}
		expect(failureOf(await openChangeset(shop.as('guest'), PANJIN_ID, no))).toEqual([
			'not-found',
			'changeset.not-found',
		]);
	});

	it('stay in the parks in which their author drafts', async () => {
		const no = await begun(shop.as('parker'));
		await added(shop.as('parker'), no, 0, reclassify(first));
		for (const code of ['PJ-04', 'PJ-ACROSS', 'pj-outside']) {
			const step = reclassify(await numberOf(shop.database, code));
			const sent = { expectedEdit: 1, steps: [{ clientId: clientId(), step }] };
			expect(failureOf(await appendSteps(shop.as('parker'), PANJIN_ID, no, sent))).toEqual([
				'forbidden',
				'park.not-permitted',
			]);
		}
	});

	it('go their way: submitted, returned with a reason, submitted again, approved by somebody else', async () => {
		const no = await begun(shop.as('both'));
		expect(failureOf(await act(shop.as('both'), no, 'submit'))).toEqual(['refused', 'changeset.empty']);
		await added(shop.as('both'), no, 0, CUT);
		expect(failureOf(await act(shop.as('ann'), no, 'submit'))).toEqual(['forbidden', 'event.author-only']);
		expect(valueOf(await act(shop.as('both'), no, 'submit')).state).toBe('submitted');
		const late = { expectedEdit: 1, steps: [{ clientId: clientId(), step: reclassify(second) }] };
		expect(failureOf(await appendSteps(shop.as('both'), PANJIN_ID, no, late))).toEqual([
			'refused',
			'changeset.not-draft',
		]);
		expect(failureOf(await act(shop.as('both'), no, 'approve'))).toEqual([
			'forbidden',
			'event.author-excluded',
		]);
		expect(failureOf(await act(shop.as('rita'), no, 'approve'))).toEqual([
			'forbidden',
			'event.not-permitted',
		]);
		expect(failureOf(await act(shop.as('rita'), no, 'return'))).toEqual(['refused', 'comment.missing']);
		expect(valueOf(await act(shop.as('rita'), no, 'return', '请补充')).state).toBe('draft');
		expect(valueOf(await act(shop.as('both'), no, 'submit')).state).toBe('submitted');
		for (const [who, code] of [
			['both', 'event.author-excluded'],
			['paul', 'event.not-permitted'],
		] as const)
			expect(failureOf(await act(shop.as(who), no, 'endorse'))).toEqual(['forbidden', code]);
		expect(valueOf(await act(shop.as('rita'), no, 'endorse', '无异议')).state).toBe('submitted');
		expect(failureOf(await act(shop.as('rita'), no, 'endorse'))).toEqual(['refused', 'endorse.said']);
		expect(valueOf(await act(shop.as('paul'), no, 'approve')).state).toBe('approved');
		const { events } = await openAs('rita', no);
		expect(events.map(({ event, userId, comment }) => [event, userId, comment])).toEqual([
			['submit', 'both', ''],
			['return', 'rita', '请补充'],
			['submit', 'both', ''],
			['endorse', 'rita', '无异议'],
			['approve', 'paul', ''],
		]);
		expect(failureOf(await act(shop.as('both'), no, 'withdraw'))).toEqual(['refused', 'event.impossible']);
	});

	it('are not submitted with parcels that lost their class, or with a code that is taken', async () => {
		const no = await begun(shop.as('ann'));
		await added(
			shop.as('ann'),
			no,
			0,
			{ verb: 'reclassify', params: { parcelNos: [first], landUse: null } },
			{
				verb: 'set_code',
				params: { codes: [{ parcelNo: second, code: { text: 'PJ-02', status: 'official' } }] },
			},
		);
		expect(failureOf(await act(shop.as('ann'), no, 'submit'))).toEqual([
			'refused',
			'parcel.class-missing',
			'code.taken',
		]);
	});

	it('carry comments, documents and papers until they are sealed', async () => {
		const no = await begun(shop.as('ann'));
		const comment = { body: '这里?', parcelNo: first, lon: 122.0626, lat: 41.1251 };
		expect(valueOf(await commentChangeset(shop.as('rita'), PANJIN_ID, no, comment))).toBe(1);
		expect(failureOf(await commentChangeset(shop.as('sam'), PANJIN_ID, no, comment))).toEqual([
			'forbidden',
			'event.not-permitted',
		]);
		for (const parcelNo of [99_999_999, -1])
			expect(
				failureOf(await commentChangeset(shop.as('rita'), PANJIN_ID, no, { ...comment, parcelNo })),
			).toEqual(['refused', 'parcel.unknown']);
		const content = new TextEncoder().encode('依据');
		const document = { name: '依据.txt', content };
		expect(valueOf(await addDocument(shop.as('ann'), PANJIN_ID, no, document, 1000))).toBe(1);
		expect(failureOf(await addDocument(shop.as('bob'), PANJIN_ID, no, document, 1000))[0]).toBe('forbidden');
		const paper = {
			kind: 'error_report',
			startsOn: null,
			endsOn: null,
			number: '1',
			office: null,
			issuedOn: '2026-01-02',
			summary: null,
			documentNo: 1,
		} as const;
		valueOf(await recordPaper(shop.as('ann'), PANJIN_ID, no, paper));
		valueOf(await recordPaper(shop.as('paul'), PANJIN_ID, no, { ...paper, summary: '写错', office: ' ' }));
		for (const [changes, code] of [
			[{ startsOn: '2026-03-02', endsOn: '2026-03-01' }, 'notice.dates-reversed'],
			[{ issuedOn: '2199-01-01' }, 'paper.day-ahead'],
			[{ documentNo: 99 }, 'document.not-found'],
		] as const)
			expect(failureOf(await recordPaper(shop.as('ann'), PANJIN_ID, no, { ...paper, ...changes }))).toEqual([
				'refused',
				code,
			]);
		const open = await openAs('bob', no);
		expect(open.comments).toMatchObject([{ ...comment, userId: 'rita' }]);
		expect(open.documents).toMatchObject([{ documentNo: 1, name: '依据.txt', byteCount: content.length }]);
		expect(open.papers).toEqual([{ ...paper, summary: '写错' }]);
		const read = valueOf(await readDocument(shop.as('bob'), PANJIN_ID, no, 1));
		expect(new Uint8Array(read.content)).toEqual(content);
		const remove = (who: Colleague, documentNo: number) =>
			removeDocument(shop.as(who), PANJIN_ID, no, documentNo);
		expect(failureOf(await remove('ann', 1))).toEqual(['refused', 'document.in-use']);
		valueOf(await addDocument(shop.as('paul'), PANJIN_ID, no, document, 1000));
		expect(failureOf(await remove('ann', 2))).toEqual(['not-found', 'document.not-found']);
		expect(failureOf(await remove('paul', 2))).toEqual(['forbidden', 'changeset.not-yours']);
		expect(valueOf(await addDocument(shop.as('ann'), PANJIN_ID, no, document, 1000))).toBe(1);
		const renamed = { name: '依据二.txt', content };
		expect(valueOf(await addDocument(shop.as('ann'), PANJIN_ID, no, renamed, 1000))).toBe(3);
		expect(valueOf(await remove('ann', 3))).toBe(3);
		expect((await openAs('bob', no)).documents.map(({ documentNo }) => documentNo)).toEqual([1, 2]);
		valueOf(await act(shop.as('ann'), no, 'withdraw'));
		expect(failureOf(await commentChangeset(shop.as('rita'), PANJIN_ID, no, comment))).toEqual([
			'refused',
			'changeset.sealed',
		]);
	});

	it('leave every act in the audit, whose chain holds', async () => {
		await asOwner(shop.database, async (sql) => {
			const events = await listAuditEvents(sql, PANJIN_ID, { limit: 1000 });
			const actions = new Set(events.map(({ action }) => action));
			for (const action of [
				'begun',
				'edited',
				'head-moved',
				'submitted',
				'returned',
				'approved',
				'withdrawn',
			])
				expect(actions).toContain(`changeset.${action}`);
			expect(events.find(({ action }) => action === 'changeset.returned')?.actor).toBe('user/rita');
			expect(await listAuditFaults(sql, PANJIN_ID)).toEqual([]);
		});
	});
});
