import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAuditEvents } from '$lib/server/db/audit-event.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { insertCorrection } from '$lib/server/db/supply-event.ts';
import { asWriter } from '$lib/server/service/scope.ts';
import { correctSupply, type Change } from '$lib/server/service/supply/correct.ts';
import { recordSecret } from '$lib/server/service/supply/record-fact.ts';
import { readSupply } from '$lib/server/service/supply/read.ts';
import { clientId, failureOf, valueOf, type Colleague } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { SOUND_OFFER } from '../support/supply-guard.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';

/** A grant has an offer (1), which another decides, an award (2), a contract (3) and a hand-over (4). */
describe.each(DATABASE_KINDS)('corrections of a supply on the %s database', (kind) => {
	let desk: SupplyDesk;
	let no: number;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
		no = await desk.grant();
	});
	afterAll(() => desk.database.close());

	const opened = async (who: Colleague) => valueOf(await readSupply(desk.as(who), PANJIN_ID, no));
	const fieldsOf = async (who: Colleague) =>
		Object.fromEntries((await opened(who)).correctable.map(({ eventNo, fields }) => [eventNo, fields]));
	const together = async (who: Colleague, changes: readonly Change[], of = no, id = clientId()) => {
		const { supply } = valueOf(await readSupply(desk.as('guest'), PANJIN_ID, of));
		const said = { clientId: id, changes, reason: 'a slip', expectedEdit: supply.editNo };
		return correctSupply(desk.as(who), PANJIN_ID, of, said);
	};
	const correct = (who: Colleague, change: Change) => together(who, [change]);
	const PRICES = (priceFen: number): Change[] => [
		{ eventNo: 2, event: 'award', field: 'priceFen', value: priceFen },
		{ eventNo: 3, event: 'sign', field: 'priceFen', value: priceFen },
	];

	it('are held to what the event itself was asked', async () => {
		const contract = { eventNo: 3, event: 'sign' } as const;
		const tooLong = failureOf(await correct('sue', { ...contract, field: 'grantYears', value: 90 }));
		expect(tooLong).toEqual(['refused', 'supply.term-differs', 'term.grant-over-maximum']);
		const principal = { ...contract, field: 'principalOfficeId', value: null };
		expect(failureOf(await correct('sue', principal))).toEqual(['refused', 'supply.principal-missing']);
		const price = failureOf(await correct('paul', { ...contract, field: 'priceFen', value: 1 }));
		expect(price).toEqual(['refused', 'supply.contract-price-differs']);
		expect((await opened('guest')).corrections).toEqual([]);
	});

	it('are held to what the events after it were asked', async () => {
		const late = { eventNo: 3, event: 'sign', field: 'signedOn', value: '2026-11-02' } as const;
		expect(failureOf(await correct('sue', late))).toContain('supply.day-early');
		const ahead = { eventNo: 4, event: 'hand_over', field: 'handedOverOn', value: '2099-01-01' } as const;
		expect(failureOf(await correct('sue', ahead))).toContain('supply.day-ahead');
	});

	it('of what was decided are for another who may decide, in the service and in the database', async () => {
		const offer = { eventNo: 1, event: 'offer', field: 'endsOn', value: '2026-10-08' } as const;
		expect(failureOf(await correct('sue', offer))).toEqual(['forbidden', 'supply.not-permitted']);
		const { eventNo, field, value } = offer;
		const row = { clientId: clientId(), eventNo, field, value, reason: 'a slip', occurredAt: new Date() };
		await expect(
			asWriter(desk.as('sue'), PANJIN_ID, (sql) => insertCorrection(sql, PANJIN_ID, no, row)),
		).rejects.toThrow(/row-level security/);
		expect(await fieldsOf('paul')).toMatchObject({ 1: expect.arrayContaining(['endsOn']) });
		expect(await fieldsOf('sue')).not.toHaveProperty('1');
		expect(await fieldsOf('guest')).toEqual({});
		valueOf(await correct('paul', offer));
		expect((await opened('guest')).corrections).toMatchObject([{ field: 'endsOn', value: '2026-10-08' }]);
	});

	it('are told field by field: the deal that a contract stands on is offered to nobody who would be refused', async () => {
		const [officer, approver] = [await fieldsOf('sue'), await fieldsOf('paul')];
		for (const eventNo of [2, 3]) {
			expect(officer[eventNo]).not.toContain('priceFen');
			expect(approver[eventNo]).toContain('priceFen');
		}
		expect(officer[2]).toContain('awardedOn');
		expect(officer[3]).toEqual(expect.arrayContaining(['signedOn', 'instalments']));
		expect(officer[4]).toEqual(['handedOverOn']);
		const deal = { eventNo: 3, event: 'sign', field: 'priceFen', value: 1 } as const;
		expect(failureOf(await correct('sue', deal))).toEqual(['forbidden', 'supply.decision-needed']);
	});

	it('that are right go through, one after the other', async () => {
		const handOver = { eventNo: 4, event: 'hand_over', field: 'handedOverOn' } as const;
		valueOf(await correct('sam', { ...handOver, value: '2026-11-05' }));
		valueOf(await correct('sue', { eventNo: 3, event: 'sign', field: 'signedOn', value: '2026-10-31' }));
	});

	it('of values that are wrong together go through together, asked as they would all stand', async () => {
		const [award, contract] = PRICES(120_000_00);
		expect(failureOf(await correct('paul', award))).toContain('supply.contract-price-differs');
		expect(failureOf(await correct('paul', contract))).toContain('supply.contract-price-differs');
		valueOf(await together('paul', [award, contract]));
		const days: Change[] = [
			{ eventNo: 2, event: 'award', field: 'awardedOn', value: '2026-11-06' },
			{ eventNo: 3, event: 'sign', field: 'signedOn', value: '2026-11-07' },
			{ eventNo: 3, event: 'sign', field: 'handOverBy', value: '2026-11-10' },
			{ eventNo: 4, event: 'hand_over', field: 'handedOverOn', value: '2026-11-08' },
		];
		for (const alone of days.slice(0, 2))
			expect(failureOf(await correct('sue', alone))).toContain('supply.day-early');
		valueOf(await together('sue', days));
		const { record, corrections } = await opened('guest');
		expect(record.handedOverOn).toBe('2026-11-08');
		expect(record.contract).toMatchObject({ priceFen: 120_000_00, signedOn: '2026-11-07' });
		const audit = await asOwner(desk.database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 9 }));
		expect(audit.find(({ action }) => action === 'supply.corrected')?.details).toMatchObject({
			reason: 'a slip',
			changes: [
				{ eventNo: 2, field: 'awardedOn', from: '2026-10-10', to: '2026-11-06' },
				{ eventNo: 3, field: 'signedOn', from: '2026-10-31', to: '2026-11-07' },
				{ eventNo: 3, field: 'handOverBy', from: '2026-11-01', to: '2026-11-10' },
				{ eventNo: 4, field: 'handedOverOn', from: '2026-11-05', to: '2026-11-08' },
			],
		});
		// One of them that is refused keeps all of them out.
		const [price] = PRICES(1);
		const half = [{ ...days[3], value: '2026-11-09' }, price];
		expect(failureOf(await together('paul', half))).toContain('supply.below-start-price');
		expect(failureOf(await together('paul', [price, price]))).toContain('correction.repeated');
		expect((await opened('guest')).corrections).toEqual(corrections);
	});

	it('that take in the tender are for who decides, not for who recorded the rest', async () => {
		const years = (grantYears: number): Change[] => [
			{ eventNo: 1, event: 'offer', field: 'grantYears', value: grantYears },
			{ eventNo: 3, event: 'sign', field: 'grantYears', value: grantYears },
		];
		expect(failureOf(await together('sue', years(20)))).toEqual(['forbidden', 'supply.not-permitted']);
		expect(failureOf(await together('paul', years(90)))).toContain('term.grant-over-maximum');
		valueOf(await together('paul', years(20)));
		expect((await opened('guest')).record).toMatchObject({ grantYears: 20, offer: { grantYears: 20 } });
		const other = await desk.enter('grant');
		const offer = { ...SOUND_OFFER, noticeOn: '2026-09-01', startsOn: '2026-09-22', endsOn: '2026-10-09' };
		await desk.act(other, 'paul', 'offer', offer);
		const won = { awardedOn: '2026-10-10', holder: 'a company', priceFen: 100_000_00, yearlyRentFen: null };
		await desk.act(other, 'head', 'award', { ...won, bidders: 2 });
		const own: Change[] = [
			{ eventNo: 1, event: 'offer', field: 'startPriceFen', value: 90_000_00 },
			{ eventNo: 2, event: 'award', field: 'priceFen', value: 95_000_00 },
		];
		expect(failureOf(await together('head', own, other))).toEqual(['forbidden', 'supply.another-needed']);
		valueOf(await together('paul', own, other));
	});

	it('are recorded once, however often they are sent', async () => {
		const [id, changes] = [clientId(), PRICES(130_000_00)];
		const first = valueOf(await together('paul', changes, no, id));
		expect(valueOf(await together('paul', changes, no, id)).editNo).toBe(first.editNo);
		const other = ['conflict', 'entry.sent-otherwise'];
		expect(failureOf(await together('paul', PRICES(130_000_01), no, id))).toEqual(other);
		expect(failureOf(await together('paul', changes.slice(1), no, id))).toEqual(other);
		expect(failureOf(await together('sam', changes, no, id))).toEqual(other);
	});

	it('of a contract keep it before what was registered after it', async () => {
		const no = await desk.grant();
		const registered = { number: '1', registeredOn: '2026-10-25' };
		valueOf(await desk.record(no, 'certificate', registered, { now: new Date('2026-11-20T04:00:00Z') }));
		const { supply, events } = valueOf(await readSupply(desk.as('guest'), PANJIN_ID, no));
		const { eventNo } = events.find(({ event }) => event === 'sign') ?? expect.fail('no contract');
		const signedOn = (value: string) =>
			correctSupply(desk.as('sue'), PANJIN_ID, no, {
				...{ clientId: clientId(), reason: 'a slip', expectedEdit: supply.editNo },
				changes: [{ eventNo, event: 'sign', field: 'signedOn', value }],
			});
		expect(failureOf(await signedOn('2026-10-26'))).toContain('fact.before-contract');
		valueOf(await signedOn('2026-10-25'));
	});

	it('of an award that was voided are held to the reserve price of its own time', async () => {
		const of = await desk.enter('grant');
		const offer = { ...SOUND_OFFER, noticeOn: '2026-09-01', startsOn: '2026-09-22', endsOn: '2026-10-09' };
		const reserve = async (amountFen: number) =>
			valueOf(
				await recordSecret(desk.as('sue'), PANJIN_ID, of, {
					...{ clientId: clientId(), kind: 'reserve_price', amountFen, bidder: null, statedOn: '2026-09-01' },
				}),
			);
		await reserve(110_000_00);
		await desk.act(of, 'paul', 'offer', offer);
		const won = { holder: 'a company', priceFen: 115_000_00, yearlyRentFen: null, bidders: 2 };
		await desk.act(of, 'sue', 'award', { awardedOn: '2026-10-10', ...won });
		await desk.act(of, 'paul', 'void_award', { reason: 'a reason' });
		await reserve(200_000_00);
		const [award] = PRICES(109_999_99);
		expect(failureOf(await together('sue', [award], of))).toEqual(['refused', 'supply.below-reserve-price']);
		valueOf(await together('sue', [{ ...award, value: 110_000_00 }], of));
	});
});
