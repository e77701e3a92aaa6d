import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topUpQuerySchema } from '$lib/api/transfer.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { insertRuleValues } from '$lib/server/db/rule-value.ts';
import { recordPayment } from '$lib/server/service/supply/record-fact.ts';
import { listDue } from '$lib/server/service/supply/supervise.ts';
import { readTransferQuestions, reckonTopUp } from '$lib/server/service/supply/transfer-questions.ts';
import { clientId, failureOf, valueOf } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';

const UNSAID = { toWhom: null, sharePct: null };
const CHANGE = { useBefore: null, useAfter: 'commercial', floorBeforeDm2: 0, floorAfterDm2: 0 } as const;
const SUPPLEMENT = {
	agreedOn: '2026-11-18',
	useBefore: 'industrial',
	useAfter: 'commercial',
	floorBeforeDm2: 0,
	floorAfterDm2: 0,
	topUpFen: 30_000_00,
	payBy: '2026-12-31',
} as const;

describe.each(DATABASE_KINDS)('transfers and prices on top on the %s database', (kind) => {
	let desk: SupplyDesk;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
	});
	afterAll(() => desk.database.close());
	const ask = async (no: number, share: string | null = null) =>
		valueOf(await readTransferQuestions(desk.as('guest'), PANJIN_ID, no, { toWhom: null, sharePct: share }));
	const codes = async (no: number, what: string, share: string | null = null) =>
		(await ask(no, share)).transfers
			.find((one) => one.what === what)
			?.findings.map(({ outcome, code }) => `${outcome} ${code}`);

	it('answer from what is paid, certified, invested and agreed of it', async () => {
		const no = await desk.grant();
		expect(await codes(no, 'transfer')).toEqual(
			expect.arrayContaining([
				'fail transfer.price-open',
				'unknown transfer.uncertified',
				'unknown transfer.investment-unknown',
				'unknown transfer.terms-unstated',
			]),
		);
		const paid = { kind: 'price', amountFen: 100_000_00, paidOn: '2026-11-05', reference: 'a slip' } as const;
		valueOf(
			await recordPayment(desk.as('sue'), PANJIN_ID, no, { ...paid, correctsNo: null, clientId: clientId() }),
		);
		const figures = { statedOn: '2026-11-10', developedDm2: null, toDevelopDm2: null };
		valueOf(await desk.record(no, 'certificate', { number: 'No. 1', registeredOn: '2026-11-10' }));
		valueOf(await desk.record(no, 'figures', { ...figures, investedFen: 25, totalInvestmentFen: 100 }));
		const terms = { what: 'shares', admission: 'free', afterStep: null, sharePctMax: '30' } as const;
		valueOf(await desk.record(no, 'transfer_terms', terms));
		expect(await codes(no, 'transfer')).toEqual(
			expect.arrayContaining([
				'pass transfer.price-whole',
				'pass transfer.certified',
				'pass transfer.invested-enough',
			]),
		);
		expect(await codes(no, 'shares', '30.1')).toContain('fail transfer.share-over');
		expect(failureOf(await desk.record(no, 'transfer_terms', terms))).toEqual([
			'refused',
			'fact.already-recorded',
		]);
		expect((await ask(no)).exit.map(({ code }) => code)).toContain('exit.right-stands');
	});

	it('take a consent for one act, which is recorded once and only of a consent', async () => {
		const no = await desk.grant();
		const record = (kind: 'transfer' | 'transfer_terms' | 'transfer_done', facts: object) =>
			desk.record(no, kind, facts as never);
		const terms = { what: 'mortgage', afterStep: null, sharePctMax: null };
		valueOf(await record('transfer_terms', { ...terms, admission: 'with_consent' }));
		const asked = { what: 'mortgage', askedOn: '2026-11-10', toWhom: '一家银行', sharePct: null };
		const consent = async () => {
			const to = { toWhom: '一家银行', sharePct: null };
			const { transfers } = valueOf(await readTransferQuestions(desk.as('guest'), PANJIN_ID, no, to));
			const { findings } = transfers.find(({ what }) => what === 'mortgage') ?? expect.fail('no checklist');
			return findings.find(({ code }) => code.includes('consent'));
		};
		const done = (consentNo: number) => record('transfer_done', { consentNo, doneOn: '2026-11-12' });
		expect(failureOf(await done(1))).toEqual(['refused', 'fact.consent-unknown']);
		valueOf(await record('transfer', { ...asked, outcome: 'consented' }));
		expect(await consent()).toMatchObject({ outcome: 'pass', code: 'transfer.consented' });
		valueOf(await done(2));
		expect(await consent()).toMatchObject({
			...{ outcome: 'unknown', code: 'transfer.consent-used' },
			params: { doneOn: '2026-11-12' },
		});
		expect(failureOf(await done(2))).toEqual(['refused', 'fact.already-recorded']);
		valueOf(await record('transfer', { ...asked, askedOn: '2026-11-15', outcome: 'asked' }));
		expect(await consent()).toMatchObject({ code: 'transfer.consent-open' });
	});

	it('reckon what is paid on top by the zone rule, and say that there is none', async () => {
		const no = await desk.grant({}, { documentAreaDm2: 2_000_00 });
		const reckon = async (change: object = {}) =>
			valueOf(await reckonTopUp(desk.as('guest'), PANJIN_ID, no, { ...CHANGE, ...change }));
		expect(await reckon()).toMatchObject({
			...{ useBefore: 'industrial', areaDm2: 2_000_00, areaKind: 'document' },
			topUp: { value: null, reason: 'rule.none', params: { key: 'price.top-up.use.industrial.commercial' } },
		});
		expect(await reckon({ useAfter: null, floorAfterDm2: 1_000_00 })).toMatchObject({
			topUp: { value: 0, reason: 'price.no-top-up', rule: { status: 'unverified' } },
		});
		const rule = {
			key: 'price.top-up.use.industrial.commercial',
			value: '150',
			unit: 'yuan-per-m2',
			parkId: null,
			comparison: '=',
			publicationGrade: 'office',
			note: null,
			source: 'a decision',
			status: 'example',
			validFrom: null,
			validTo: null,
		} as const;
		const set = (areaKind: 'document' | 'planar') =>
			asOwner(desk.database, async (sql) => {
				await sql`delete from rule_value where zone_id = ${PANJIN_ID}`;
				await insertRuleValues(sql, PANJIN_ID, [{ ...rule, areaKind }]);
			});
		await set('planar');
		expect(await reckon()).toMatchObject({ topUp: { value: null, reason: 'price.area-kind-differs' } });
		await set('document');
		expect(await reckon()).toMatchObject({ topUp: { value: 300_000_00, reason: 'price.top-up-due' } });
	});

	it('are asked of floors that are said, up to a bound', () => {
		const read = (floorBeforeDm2: string, floorAfterDm2: string) =>
			topUpQuerySchema.safeParse({ floorBeforeDm2, floorAfterDm2 }).data;
		expect(read('0', '10000000000')).toEqual({ floorBeforeDm2: 0, floorAfterDm2: 1e10 });
		for (const floor of ['', ' ', '10000000001', '10000000000000', '-1', '1e3', '0.5'])
			expect(read('0', floor)).toBeUndefined();
	});

	it('owe what a supplement agrees, until it is paid or taken back', async () => {
		const no = await desk.grant();
		expect(
			failureOf(await desk.record(no, 'supplement', { ...SUPPLEMENT, payBy: null }, { who: 'paul' })),
		).toEqual(['refused', 'fact.top-up-day']);
		const asked = await desk.record(no, 'supplement', SUPPLEMENT, { who: 'paul' });
		const acknowledged = asked.ok ? [] : asked.issues.map(({ params }) => String(params?.acknowledge));
		valueOf(await desk.record(no, 'supplement', SUPPLEMENT, { who: 'paul', acknowledged }));
		const account = async () =>
			(await desk.supervision(no)).supervision.accounts.find((one) => one.kind === 'top_up')?.state;
		expect(await account()).toMatchObject({ charges: [{ dueOn: '2026-12-31', openFen: 30_000_00 }] });
		const due = async () =>
			valueOf(await listDue(desk.as('guest'), PANJIN_ID, { until: '2026-12-31', limit: 500 })).items.filter(
				(one) => one.supply.supplyNo === no && one.kind === 'top_up',
			);
		expect(await due()).toMatchObject([{ on: '2026-12-31', openFen: 30_000_00 }]);
		const paid = { kind: 'top_up', amountFen: 30_000_00, paidOn: '2026-11-19', reference: 'a slip' } as const;
		valueOf(
			await recordPayment(desk.as('sue'), PANJIN_ID, no, { ...paid, correctsNo: null, clientId: clientId() }),
		);
		expect(await account()).toMatchObject({ charges: [{ openFen: 0 }], creditFen: 0 });
		expect(await due()).toEqual([]);
	});

	it('are for who may read supplies', async () => {
		const guest = desk.as('guest');
		const stranger = { ...guest, actor: { ...guest.actor, grants: [] } };
		expect(failureOf(await readTransferQuestions(stranger, PANJIN_ID, 1, UNSAID))[0]).toBe('not-found');
		expect(failureOf(await reckonTopUp(stranger, PANJIN_ID, 1, CHANGE))[0]).toBe('not-found');
		expect(failureOf(await readTransferQuestions(guest, PANJIN_ID, 999, UNSAID))[0]).toBe('not-found');
	});
});
