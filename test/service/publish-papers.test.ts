import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner } from '$lib/server/db/connect.ts';
import type { PaperRow } from '$lib/server/db/changeset-record.ts';
import { insertRuleValues } from '$lib/server/db/rule-value.ts';
import { publishChangeset, type Publishing } from '$lib/server/service/changeset/publish.ts';
import { openChangeset } from '$lib/server/service/changeset/read.ts';
import { recordPaper } from '$lib/server/service/changeset/record.ts';
import {
	act,
	added,
	begun,
	failureOf,
	numberOf,
	openWorkshop,
	valueOf,
	type Colleague,
	type Workshop,
} from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';

const BLANK = {
	startsOn: null,
	endsOn: null,
	number: null,
	office: null,
	issuedOn: null,
	summary: null,
	documentNo: null,
};
const APPROVAL = { ...BLANK, kind: 'approval', number: '1', office: '示例机关' } as const;

describe.each(DATABASE_KINDS)('papers at publishing on the %s database', (kind) => {
	let shop: Workshop;
	beforeAll(async () => {
		shop = await openWorkshop(kind);
		await asOwner(shop.database, async (sql) => {
			await sql`delete from rule_value where zone_id = ${PANJIN_ID}`;
			await insertRuleValues(sql, PANJIN_ID, [
				{
					...{ key: 'changeset.notice.days', value: '30', unit: 'day', comparison: '>=' },
					...{ parkId: null, areaKind: null, publicationGrade: 'office', note: null, source: 'test' },
					...{ status: 'example', validFrom: null, validTo: null },
				},
			]);
		});
	});
	afterAll(() => shop.database.close());

	const put = async (who: Colleague, changesetNo: number, paper: PaperRow) =>
		valueOf(await recordPaper(shop.as(who), PANJIN_ID, changesetNo, paper));
	const publish = (changesetNo: number, said: Partial<Publishing> = {}) =>
		publishChangeset(shop.as('paul'), PANJIN_ID, changesetNo, { comment: '', effectiveOn: null, ...said });
	/** An amendment of one parcel, approved, with its papers, the outside approval of a day. */
	async function approved(code: string, issuedOn: string): Promise<number> {
		const changesetNo = await begun(shop.as('ann'), 'plan_amendment');
		const parcelNos = [await numberOf(shop.database, code)];
		const landUse = 'cn-land-use/2023/0902';
		await added(shop.as('ann'), changesetNo, 0, { verb: 'reclassify', params: { parcelNos, landUse } });
		const notice = { ...BLANK, kind: 'public_notice', startsOn: '2026-02-01', endsOn: '2026-03-02' } as const;
		await put('ann', changesetNo, notice);
		await put('ann', changesetNo, { ...BLANK, kind: 'opinions_summary', summary: '没有意见' });
		await put('ann', changesetNo, { ...APPROVAL, issuedOn });
		valueOf(await act(shop.as('ann'), changesetNo, 'submit'));
		valueOf(await act(shop.as('paul'), changesetNo, 'approve'));
		return changesetNo;
	}

	it('may be from before the coverage where that is acknowledged, and what they approve is not in force before', async () => {
		const changesetNo = await approved('PJ-06', '1990-03-01');
		expect(failureOf(await publish(changesetNo))).toEqual(['refused', 'paper.before-first']);
		const acknowledged = ['paper.before-first'];
		expect(failureOf(await publish(changesetNo, { acknowledged, effectiveOn: '1990-03-02' }))).toEqual([
			'refused',
			'paper.before-first',
			'effective.before-first',
		]);
		const { revision } = valueOf(
			await publish(changesetNo, { acknowledged: [...acknowledged, 'paper.order-unset', 'x'] }),
		);
		const [row] = await shop.database.sql<{ approvedOn: string; acknowledged: string[] }[]>`
			select r.approved_on as "approvedOn", e.details -> 'acknowledged' as acknowledged
			from yuantu.revision r, yuantu.audit_event e
			where r.coverage_id = 'plan' and r.revision = ${revision} and e.details ->> 'revision' = ${String(revision)}`;
		// Of what was sent the audit keeps what was asked.
		expect(row).toEqual({ approvedOn: '1990-03-01', acknowledged });
	});

	it('are those that whoever publishes has seen: others are told', async () => {
		const changesetNo = await approved('PJ-20', '2026-03-20');
		const seen = async () => [
			...valueOf(await openChangeset(shop.as('paul'), PANJIN_ID, changesetNo)).papers,
		];
		const before = await seen();
		await put('both', changesetNo, { ...APPROVAL, number: '2', issuedOn: '2026-03-20' });
		const outcome = await publish(changesetNo, { papers: before });
		expect(failureOf(outcome)).toEqual(['stale', 'paper.moved']);
		expect(outcome).toMatchObject({ issues: [{ params: { paper: 'approval' } }] });
		valueOf(await publish(changesetNo, { papers: await seen() }));
	});
});
