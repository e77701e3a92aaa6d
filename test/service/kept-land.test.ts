import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correctLand, type LandCorrection } from '$lib/server/service/supply/correct-land.ts';
import {
	enterBatch,
	enterProgramme,
	listBatches,
	readProgrammes,
} from '$lib/server/service/supply/land-chain.ts';
import { readPlot } from '$lib/server/service/supply/list.ts';
import { makePlot, type PlotOrder } from '$lib/server/service/supply/make-plot.ts';
import { readSupply } from '$lib/server/service/supply/read.ts';
import { recordSecret } from '$lib/server/service/supply/record-fact.ts';
import { registerCodes, type CodeList } from '$lib/server/service/supply/register-codes.ts';
import { scanLand } from '$lib/server/service/supply/scan.ts';
import {
	clientId,
	failureOf,
	numberOf,
	ownStrip,
	valueOf,
	type Colleague,
} from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';

const REASON = { reason: 'a reason', document: null };
const BATCH = {
	...{ number: '批次1', title: 'a batch', approvedOn: '2024-06-01', approvingOffice: 'an office' },
	...{ approvedAreaDm2: 50_000_00, source: 'a document' },
};
const TOO_LARGE = { approvedAreaDm2: 9e12 };
const code = (serial: number, county = '211103') => `${county}001001GB${String(serial).padStart(5, '0')}`;

describe.each(DATABASE_KINDS)('land kept right on the %s database', (kind) => {
	let desk: SupplyDesk;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
	});
	afterAll(() => desk.database.close());

	const make = async (order: Partial<PlotOrder> = {}) =>
		makePlot(desk.as('sue'), PANJIN_ID, {
			...{ clientId: clientId(), name: '示例宗地', within: ownStrip(), batchNo: null, cadastralCode: null },
			...{ parcelNos: [await numberOf(desk.database, 'PJ-00')], unitCode: null, codeStatus: 'none' },
			...{ documentAreaDm2: null, isAreaConfirmed: true, reason: 'a reason', ...order },
		});
	const codesOf = async (plotNo: number) => {
		const { plot, corrections } = valueOf(await readPlot(desk.as('guest'), PANJIN_ID, plotNo));
		return { code: plot.cadastralCode, number: plot.supervisionNumber, status: plot.codeStatus, corrections };
	};
	const given = (plotNo: number, cadastralCode: string, more: object = {}) => ({
		...{ plotNo, cadastralCode, unitCode: `${cadastralCode}W00000000`, codeStatus: 'registered' as const },
		...{ supervisionNumber: null, ...more },
	});
	const register = (plots: CodeList['plots'], more: Partial<CodeList> = {}, who: Colleague = 'sue') =>
		registerCodes(desk.as(who), PANJIN_ID, {
			...{ clientId: clientId(), ...REASON, plots, isCodeConfirmed: false, ...more },
		});
	const correct = (correction: object, who: Colleague = 'sue') =>
		correctLand(desk.as(who), PANJIN_ID, {
			clientId: clientId(),
			...REASON,
			...correction,
		} as LandCorrection);

	it('registers codes of many plots, all or none, and keeps those before', async () => {
		const one = valueOf(await make({ cadastralCode: code(1), codeStatus: 'provisional' })).plotNo;
		const two = valueOf(await make()).plotNo;
		const refused = await register([
			given(one, code(11)),
			given(two, code(12), { unitCode: code(13) }),
			given(987, code(14)),
			given(one, code(15)),
		]);
		expect(failureOf(refused)).toEqual([
			...['refused', 'plot.unit-code-form', 'plot.not-found', 'plot.repeated'],
		]);
		expect(refused).toMatchObject({ issues: [{ params: { plotNo: two } }, { params: { plotNo: 987 } }, {}] });
		expect(await codesOf(one)).toMatchObject({ code: code(1), corrections: [] });
		expect(failureOf(await register([given(two, code(1))]))).toEqual(['refused', 'plot.code-taken']);
		expect(failureOf(await register([given(one, code(11)), given(two, code(11))]))[0]).toBe('refused');
		expect(failureOf(await register([given(one, code(11))], {}, 'paul'))).toEqual([
			...['forbidden', 'supply.not-permitted'],
		]);
		const list = [given(one, code(11), { supervisionNumber: '监管1号' }), given(two, code(12))];
		const sent = { clientId: clientId() };
		valueOf(await register(list, sent));
		valueOf(await register(list, sent));
		expect(failureOf(await register([list[0]], { ...sent, reason: 'another' }))).toEqual([
			...['conflict', 'entry.sent-otherwise'],
		]);
		expect(await codesOf(one)).toMatchObject({
			...{ code: code(11), status: 'registered', number: '监管1号' },
			corrections: [{ kind: 'plot_codes', before: { cadastralCode: code(1), codeStatus: 'provisional' } }],
		});
		expect(await codesOf(two)).toMatchObject({ code: code(12), status: 'registered' });
		expect(failureOf(await register([list[0]]))).toEqual(['refused', 'plot.code-same']);
		const taken = given(two, code(12), { supervisionNumber: '监管1号' });
		expect(failureOf(await register([taken]))).toEqual(['refused', 'plot.supervision-number-taken']);
	});

	it('gives plots the codes and numbers of each other in one list', async () => {
		const [one, two] = [valueOf(await make()).plotNo, valueOf(await make()).plotNo];
		const numbered = (no: number, serial: number) =>
			given(no, code(serial), { supervisionNumber: `监管${serial}号` });
		valueOf(await register([numbered(one, 41), numbered(two, 42)]));
		// The first alone would leave a code with two plots.
		expect(failureOf(await register([numbered(one, 42)]))).toEqual([
			...['refused', 'plot.code-taken', 'plot.supervision-number-taken'],
		]);
		valueOf(await register([numbered(one, 42), numbered(two, 41)]));
		expect(await codesOf(one)).toMatchObject({ code: code(42), number: '监管42号' });
		const { corrections, ...second } = await codesOf(two);
		expect(second).toMatchObject({ code: code(41), number: '监管41号' });
		expect(corrections.at(-1)?.before).toMatchObject({ cadastralCode: code(42) });
		valueOf(await register([numbered(two, 42), numbered(one, 43)]));
		expect([(await codesOf(one)).code, (await codesOf(two)).code]).toEqual([code(43), code(42)]);
	});

	it('leaves of a plot what a list does not give, and takes away what it gives as nothing', async () => {
		const { plotNo } = valueOf(await make());
		valueOf(await register([given(plotNo, code(31), { supervisionNumber: '监管31号' })]));
		const listed = { plotNo, cadastralCode: code(31), codeStatus: 'registered' } as const;
		expect(failureOf(await register([listed]))).toEqual(['refused', 'plot.code-same']);
		const unitCode = `${code(32)}W00000000`;
		valueOf(await register([{ ...listed, cadastralCode: code(32), unitCode }]));
		expect(await codesOf(plotNo)).toMatchObject({ code: code(32), number: '监管31号' });
		valueOf(await register([{ plotNo, codeStatus: 'registered', supervisionNumber: null }]));
		const { plot } = valueOf(await readPlot(desk.as('guest'), PANJIN_ID, plotNo));
		expect(plot).toMatchObject({ cadastralCode: code(32), unitCode, supervisionNumber: null });
	});

	it('asks about a code of another county than the rest of its park', async () => {
		const { plotNo } = valueOf(await make());
		const beijing = given(plotNo, code(21, '110101'));
		expect(failureOf(await register([beijing]))).toEqual(['refused', 'plot.code-county']);
		const typed = { cadastralCode: code(22, '110101'), codeStatus: 'registered' } as const;
		expect(failureOf(await make(typed))).toEqual(['refused', 'plot.code-county']);
		valueOf(await register([beijing], { isCodeConfirmed: true }));
		expect(await codesOf(plotNo)).toMatchObject({ code: code(21, '110101') });
	});

	it('corrects a batch and withdraws one that has no plot; sums leave it out, its number is free', async () => {
		const enter = (more: object = {}) =>
			enterBatch(desk.as('sue'), PANJIN_ID, { clientId: clientId(), ...BATCH, ...more });
		expect(failureOf(await enter(TOO_LARGE))).toEqual(['refused', 'batch.area-implausible']);
		valueOf(await enter());
		valueOf(await enter({ number: '批次2' }));
		const change = (value: object, batchNo = 1) => ({
			...{ kind: 'batch_corrected', batchNo },
			value: { ...BATCH, ...value },
		});
		const refusals = [
			[change({}), 'refused', 'correction.same'],
			[change({ number: '批次2' }), 'conflict', 'batch.number-taken'],
			[change(TOO_LARGE), 'refused', 'batch.area-implausible'],
			[change({ approvedOn: '2199-01-01' }), 'refused', 'fact.ahead'],
			[change({ title: 'x' }, 99), 'not-found', 'batch.not-found'],
		] as const;
		for (const [sent, ...refusal] of refusals) expect(failureOf(await correct(sent))).toEqual(refusal);
		expect(failureOf(await correct(change({ title: 'x' }), 'paul'))[0]).toBe('forbidden');
		valueOf(await correct(change({ approvedAreaDm2: 40_000_00 })));
		const { plotNo } = valueOf(await make({ batchNo: 1 }));
		const withdrawal = { kind: 'batch_withdrawn', batchNo: 1 };
		expect(failureOf(await correct(withdrawal))).toEqual(['refused', 'batch.in-use']);
		valueOf(await correct({ kind: 'plot_withdrawn', plotNo }));
		valueOf(await correct(withdrawal));
		expect(failureOf(await make({ batchNo: 1 }))).toEqual(['refused', 'plot.batch-unknown']);
		valueOf(await enter());
		const list = valueOf(await listBatches(desk.as('guest'), PANJIN_ID));
		expect(
			list.batches.map(({ batch }) => [batch.batchNo, batch.approvedAreaDm2, batch.isWithdrawn]),
		).toEqual([
			[1, 40_000_00, true],
			[2, 50_000_00, false],
			[3, 50_000_00, false],
		]);
		expect(list.corrections).toMatchObject([
			{
				kind: 'batch_corrected',
				before: { approvedAreaDm2: 50_000_00 },
				value: { approvedAreaDm2: 40_000_00 },
			},
			{ kind: 'batch_withdrawn', reason: 'a reason' },
		]);
		const scan = { list: 'approved_not_supplied', offset: 0, limit: 10 } as const;
		expect(valueOf(await scanLand(desk.as('guest'), PANJIN_ID, scan))).toMatchObject({ areaDm2: 100_000_00 });
	});

	it('corrects a programme, and withdraws one that has nothing in it, which is entered again', async () => {
		const said = { number: 'a number', approvedOn: '2026-10-05', source: 'a decision' };
		const enter = () =>
			enterProgramme(desk.as('sue'), PANJIN_ID, { clientId: clientId(), year: 2027, ...said });
		valueOf(await enter());
		const change = { kind: 'programme_corrected', year: 2027, value: { ...said, number: 'another' } };
		valueOf(await correct(change));
		expect(failureOf(await correct(change))).toEqual(['refused', 'correction.same']);
		const withdrawal = { kind: 'programme_withdrawn', year: 2027 };
		valueOf(await correct(withdrawal));
		expect(failureOf(await correct(withdrawal))).toEqual(['not-found', 'programme.not-found']);
		const newest = async () => valueOf(await readProgrammes(desk.as('guest'), PANJIN_ID))[0];
		expect(await newest()).toMatchObject({ year: 2027, number: 'another', isWithdrawn: true });
		valueOf(await enter());
		expect(await newest()).toMatchObject({ number: 'a number', isWithdrawn: false });
		expect((await newest()).corrections.map((one) => one.kind)).toEqual([
			...['programme_corrected', 'programme_withdrawn', 'programme_corrected'],
		]);
		await desk.enter('grant');
		expect(failureOf(await correct({ ...withdrawal, year: 2026 }))).toEqual(['refused', 'programme.in-use']);
	});

	it('records a bid that is sent again once', async () => {
		const no = await desk.enter('grant');
		const bid = { kind: 'bid', amountFen: 100, bidder: 'a company', statedOn: '2026-08-01' } as const;
		const id = clientId();
		const send = (amountFen: number) =>
			recordSecret(desk.as('sue'), PANJIN_ID, no, { clientId: id, ...bid, amountFen });
		valueOf(await send(100));
		valueOf(await send(100));
		expect(failureOf(await send(200))).toEqual(['conflict', 'entry.sent-otherwise']);
		expect(valueOf(await readSupply(desk.as('sue'), PANJIN_ID, no)).secrets).toHaveLength(1);
	});
});
