import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCorrection } from '$lib/server/db/supply-event.ts';
import { asWriter } from '$lib/server/service/scope.ts';
import { correctSupply, type NewCorrection } from '$lib/server/service/supply/correct.ts';
import { readSupply } from '$lib/server/service/supply/read.ts';
import { failureOf, valueOf, type Colleague } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
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
	const correct = async (
		who: Colleague,
		of: Pick<NewCorrection, 'eventNo' | 'event' | 'field' | 'value'>,
	) => {
		const { supply } = await opened('guest');
		const said = { ...of, reason: 'a slip', expectedEdit: supply.editNo };
		return correctSupply(desk.as(who), PANJIN_ID, no, said);
	};

	it('are held to what the event itself was asked', async () => {
		const contract = { eventNo: 3, event: 'sign' } as const;
		const tooLong = failureOf(await correct('sue', { ...contract, field: 'grantYears', value: 90 }));
		expect(tooLong).toEqual(['refused', 'supply.term-differs', 'term.grant-over-maximum']);
		const principal = { ...contract, field: 'principalOfficeId', value: null };
		expect(failureOf(await correct('sue', principal))).toEqual(['refused', 'supply.principal-missing']);
		const price = failureOf(await correct('sue', { ...contract, field: 'priceFen', value: 1 }));
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
		const row = { eventNo, field, value, reason: 'a slip', occurredAt: new Date() };
		await expect(
			asWriter(desk.as('sue'), PANJIN_ID, (sql) => insertCorrection(sql, PANJIN_ID, no, row)),
		).rejects.toThrow(/row-level security/);
		expect((await opened('sue')).correctable).toEqual([2, 3, 4]);
		expect((await opened('paul')).correctable).toEqual([1]);
		expect((await opened('guest')).correctable).toEqual([]);
		valueOf(await correct('paul', offer));
		expect((await opened('guest')).corrections).toMatchObject([{ field: 'endsOn', value: '2026-10-08' }]);
	});

	it('that are right go through, one after the other', async () => {
		const handOver = { eventNo: 4, event: 'hand_over', field: 'handedOverOn' } as const;
		valueOf(await correct('sam', { ...handOver, value: '2026-11-05' }));
		valueOf(await correct('sue', { eventNo: 3, event: 'sign', field: 'signedOn', value: '2026-10-31' }));
	});
});
