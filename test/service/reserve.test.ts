import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actOnSupply } from '$lib/server/service/supply/act.ts';
import { readPlot } from '$lib/server/service/supply/list.ts';
import { recordStatement } from '$lib/server/service/supply/record-fact.ts';
import { clientId, failureOf, valueOf } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';
import { NO_RESERVE_RULE, SOUND_OFFER } from '../support/supply-guard.ts';

const OFFER = { ...SOUND_OFFER, noticeOn: '2026-09-01', startsOn: '2026-09-22', endsOn: '2026-10-09' };
/** What no rule answers before an offer. */
const UNRULED = [...NO_RESERVE_RULE, 'rule.none price.floor.industrial'];
const NO_RULES = Array<string>(2).fill('unknown rule.none');

describe.each(DATABASE_KINDS)('clear land on the %s database', (kind) => {
	let desk: SupplyDesk;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
	});
	afterAll(() => desk.database.close());
	const plotOf = async (supplyNo: number) => (await desk.supervision(supplyNo)).supply.plotNo;
	const reserve = async (plotNo: number) =>
		valueOf(await readPlot(desk.as('guest'), PANJIN_ID, plotNo)).reserve;
	const told = async (plotNo: number) =>
		(await reserve(plotNo)).map(({ outcome, code }) => `${outcome} ${code}`);
	const state = (plotNo: number, outcome: 'pass' | 'fail' | 'unknown', statedOn: string) =>
		recordStatement(desk.as('sue'), PANJIN_ID, plotNo, {
			clientId: clientId(),
			...{ item: 'no_dispute', outcome, statedOn, document: '查询结果' },
		});
	const clear = (count: number) => Array<string>(count).fill('pass supply.reserve-clear');

	it('is asked item by item, with the day and document of each statement, and before an offer', async () => {
		const supplyNo = await desk.enter('grant');
		const plotNo = await plotOf(supplyNo);
		expect(await told(plotNo)).toEqual([...clear(4), ...NO_RULES]);
		const offer = (acknowledged: readonly string[]) =>
			actOnSupply(desk.as('paul'), PANJIN_ID, supplyNo, {
				...{ event: 'offer', facts: OFFER, acknowledged, expectedEdit: 0 },
			});
		expect(failureOf(await state(plotNo, 'pass', '2027-12-31'))).toEqual(['refused', 'fact.ahead']);
		valueOf(await state(plotNo, 'fail', '2026-08-01'));
		expect(failureOf(await offer(UNRULED))).toEqual(['refused', 'supply.reserve-not-clear']);
		valueOf(await state(plotNo, 'unknown', '2026-08-02'));
		expect(await told(plotNo)).toEqual([
			...[...clear(2), 'unknown supply.reserve-open', ...clear(1), ...NO_RULES],
		]);
		expect(failureOf(await offer(UNRULED))).toEqual(['refused', 'supply.unacknowledged']);
		expect((await reserve(plotNo))[2]).toMatchObject({
			params: { item: 'no_dispute', statedOn: '2026-08-02', document: '查询结果' },
			rule: { key: 'reserve.no-dispute-required', status: 'unverified' },
		});
		valueOf(await state(plotNo, 'pass', '2026-08-03'));
		expect(failureOf(await offer([]))).toContain('supply.unacknowledged');
		valueOf(await offer(UNRULED));
	});

	it('is asked anew once a right on the land has ended', async () => {
		const supplyNo = await desk.grant();
		const plotNo = await plotOf(supplyNo);
		const ended = { endedOn: '2026-11-10', cause: 'surrendered', reason: 'given back' } as const;
		await desk.act(supplyNo, 'paul', 'end', ended);
		expect(await told(plotNo)).toEqual([
			...Array<string>(4).fill('unknown supply.reserve-outdated'),
			...NO_RULES,
		]);
		valueOf(await state(plotNo, 'pass', '2026-11-09'));
		expect((await told(plotNo))[2]).toBe('unknown supply.reserve-outdated');
		valueOf(await state(plotNo, 'pass', '2026-11-10'));
		expect((await told(plotNo))[2]).toBe('pass supply.reserve-clear');
	});
});
