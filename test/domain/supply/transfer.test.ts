import { describe, expect, it } from 'vitest';
import { checkExit } from '$lib/domain/supply/exit.ts';
import { TRANSFER_KINDS, type SupplyFact, type TransferKind } from '$lib/domain/supply/supply-fact.ts';
import { superviseSupply } from '$lib/domain/supply/supervision.ts';
import { checkTransfer } from '$lib/domain/supply/transfer.ts';
import { heldSupply, type HeldSupply } from '../../support/held-supply.ts';
import { rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const ON = '2026-11-23';
const terms = (what: TransferKind, more: object): Partial<SupplyFact> =>
	({
		kind: 'transfer_terms',
		facts: { what, admission: 'free', afterStep: null, sharePctMax: null, ...more },
	}) as Partial<SupplyFact>;
const fact = (kind: string, facts: object) => ({ kind, facts }) as Partial<SupplyFact>;
interface Asked {
	readonly sharePct?: string;
	readonly toWhom?: string;
	readonly rules?: typeof SUPPLY_RULES;
	readonly onDate?: string;
}
const check = (what: TransferKind, supply: HeldSupply, asked: Asked = {}) => {
	const { sharePct = null, toWhom = null, rules = SUPPLY_RULES, onDate = ON } = asked;
	return checkTransfer({ what, toWhom, sharePct }, heldSupply(supply, rules, onDate));
};
const ask = (what: TransferKind, supply: HeldSupply, asked?: Asked) =>
	check(what, supply, asked).map(({ outcome, code }) => `${outcome} ${code}`);
const PAID = [{ kind: 'price', amountFen: 100_000_00 }] as const;
const exit = (supply: HeldSupply, rules = SUPPLY_RULES) =>
	checkExit(heldSupply(supply, rules, ON)).map(({ outcome, code }) => `${outcome} ${code}`);

describe('the checklist of a transfer', () => {
	it('asks of granted land the whole price, the certificate and the investment, each with its source', () => {
		const figures = {
			statedOn: ON,
			investedFen: 30,
			totalInvestmentFen: 100,
			developedDm2: null,
			toDevelopDm2: null,
		};
		const supply: HeldSupply = {
			mode: 'grant',
			payments: [{ kind: 'price', amountFen: 100_000_00 }],
			facts: [
				fact('certificate', { number: 'No. 1', registeredOn: ON }),
				fact('figures', figures),
				terms('transfer', {}),
			],
		};
		expect(ask('transfer', supply)).toEqual([
			'pass transfer.held',
			'pass transfer.price-whole',
			'pass transfer.certified',
			'pass transfer.invested-enough',
			'pass transfer.no-proceedings',
			'unknown rule.none',
			'pass transfer.terms-admit',
		]);
		const found = check('transfer', supply);
		expect(found.slice(1, 4).map(({ rule }) => [rule?.source, rule?.status])).toEqual(
			Array(3).fill(['城市房地产管理法 第39条', 'verified']),
		);
	});

	it('counts what a supplement asks on top as part of the price', () => {
		const supplement = fact('supplement', {
			...{
				agreedOn: ON,
				useBefore: 'industrial',
				useAfter: 'commercial',
				floorBeforeDm2: 0,
				floorAfterDm2: 0,
			},
			...{ topUpFen: 5_000_00, payBy: '2026-12-31' },
		});
		const payments = [{ kind: 'price', amountFen: 100_000_00 }] as const;
		const supply: HeldSupply = { mode: 'grant', payments, facts: [supplement] };
		expect(ask('transfer', supply)).toContain('fail transfer.price-open');
		const { accounts } = superviseSupply(heldSupply(supply, SUPPLY_RULES, ON));
		expect(accounts.find(({ kind }) => kind === 'top_up')).toMatchObject({
			plan: { reason: 'price.top-up-agreed' },
			state: { charges: [{ dueOn: '2026-12-31', amountFen: 5_000_00, openFen: 5_000_00 }] },
		});
		const paid = [...payments, { kind: 'top_up', amountFen: 5_000_00 } as const];
		expect(ask('transfer', { ...supply, payments: paid })).toContain('pass transfer.price-whole');
	});

	it('is for land that somebody holds', () => {
		for (const what of TRANSFER_KINDS)
			expect(ask(what, { mode: 'grant', isEnded: true })).toEqual(['fail transfer.not-held']);
	});

	it('is for a right that runs: past its last day only that is told, whatever else stands recorded', () => {
		for (const what of TRANSFER_KINDS) {
			const lease: HeldSupply = { mode: 'long_lease' };
			expect(ask(what, lease, { onDate: '2029-04-30' })).toContain('pass transfer.held');
			expect(ask(what, lease, { onDate: '2029-05-01' })).toEqual(['fail transfer.term-over']);
			expect(ask(what, { mode: 'grant' }, { onDate: '2056-05-01' })).toEqual(['fail transfer.term-over']);
		}
	});

	it('asks of land that is leased in part and granted in part the rules of both', () => {
		const asked = ask('transfer', { mode: 'lease_and_grant', facts: [] });
		expect(asked).toEqual(
			expect.arrayContaining([
				...[
					'fail transfer.price-open',
					'unknown transfer.uncertified',
					'unknown transfer.investment-unknown',
				],
			]),
		);
		expect(asked.filter((one) => one === 'unknown rule.none')).toHaveLength(4);
		const rules = rulesWith('transfer.rent-paid.lease-and-grant', { value: '1' });
		expect(ask('transfer', { mode: 'lease_and_grant' }, { rules })).toContain('fail transfer.rent-behind');
		expect(ask('transfer', { mode: 'lease_and_grant', payments: PAID })).toContain(
			'pass transfer.price-whole',
		);
	});

	it('asks of a lease that a grant is to follow by rules of its own, which nobody could check', () => {
		const found = check('transfer', { mode: 'lease_then_grant' }).filter(({ rule }) =>
			rule?.key.endsWith('.lease-then-grant'),
		);
		expect(found.map(({ code, rule }) => [code, rule?.status])).toEqual([
			['transfer.rent-behind', 'unverified'],
			['transfer.works-open', 'unverified'],
			['transfer.consent-open', 'unverified'],
		]);
	});

	it('takes no certificate of a lease for one of the grant that follows', () => {
		const certified = (registeredOn: string) =>
			ask(
				'transfer',
				{
					mode: 'lease_then_grant',
					isConverted: true,
					facts: [fact('certificate', { number: 'No. 1', registeredOn })],
				},
				{ onDate: '2028-08-01' },
			);
		expect(certified('2028-06-30')).toContain('unknown transfer.uncertified');
		expect(certified('2028-07-01')).toContain('pass transfer.certified');
	});

	it('takes a consent for the application that it answers only', () => {
		const application = (what: TransferKind, more: object) =>
			fact('transfer', { what, askedOn: ON, toWhom: 'A', sharePct: null, outcome: 'consented', ...more });
		const [first, next] = [
			application('transfer', { askedOn: '2026-06-01' }),
			application('transfer', { toWhom: 'B', outcome: 'asked' }),
		];
		const of = (toWhom: string | null, ...facts: Partial<SupplyFact>[]) =>
			ask('transfer', { mode: 'long_lease', facts }, toWhom === null ? {} : { toWhom }).find((one) =>
				one.includes('consent'),
			);
		expect(of(null, first)).toBe('unknown transfer.consent-unnamed');
		expect(of('A', first, next)).toBe('pass transfer.consented');
		expect(of('B', first, next)).toBe('unknown transfer.consent-open');
		expect(of('A', first, application('transfer', { outcome: 'asked' }))).toBe(
			'unknown transfer.consent-open',
		);
		const supply: HeldSupply = {
			mode: 'grant',
			facts: [terms('shares', { admission: 'with_consent' }), application('shares', { sharePct: '10' })],
		};
		const share = (sharePct: string) => ask('shares', supply, { toWhom: 'A', sharePct }).at(-1);
		expect([share('10'), share('90')]).toEqual(['pass transfer.consented', 'unknown transfer.consent-open']);
	});

	it('takes a consent for one act: what was done by it uses it up, corrected or not, until that is taken back', () => {
		const consent = {
			what: 'transfer',
			askedOn: '2026-06-01',
			toWhom: 'A',
			sharePct: null,
			outcome: 'consented',
		};
		const used = [
			{ factNo: 1, ...fact('transfer', consent) },
			{ factNo: 2, ...fact('transfer_done', { consentNo: 1, doneOn: '2026-07-01' }) },
		];
		const of = (...facts: Partial<SupplyFact>[]) =>
			check('transfer', { mode: 'long_lease', facts }, { toWhom: 'A' }).find(({ code }) =>
				code.includes('consent'),
			);
		expect(of(used[0])).toMatchObject({ outcome: 'pass', code: 'transfer.consented' });
		expect(of(...used)).toMatchObject({
			...{ outcome: 'unknown', code: 'transfer.consent-used' },
			params: { toWhom: 'A', doneOn: '2026-07-01' },
		});
		const corrected = {
			factNo: 3,
			...fact('transfer', { ...consent, askedOn: '2026-06-02' }),
			replacesNo: 1,
		};
		expect(of(...used, corrected)).toMatchObject({ code: 'transfer.consent-used' });
		const another = { factNo: 3, ...fact('transfer', { ...consent, askedOn: ON }) };
		expect(of(...used, another)).toMatchObject({ code: 'transfer.consented', params: { askedOn: ON } });
		const takenBack = { factNo: 3, ...fact('transfer_done', {}), replacesNo: 2, isVoid: true };
		expect(of(...used, takenBack)).toMatchObject({ code: 'transfer.consented' });
	});

	it('asks of a short lease rules of its own, of which none is set, and never those of the long one', () => {
		for (const what of ['transfer', 'sublet', 'mortgage'] as const) {
			const found = check(what, { mode: 'lease' });
			const asked = found.filter(({ params }) => String(params.key).endsWith('.short-lease'));
			expect(asked.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual(
				Array(3).fill('unknown rule.none'),
			);
			expect(found.filter(({ rule }) => rule?.status === 'verified')).toEqual([]);
		}
		const rules = rulesWith('transfer.consent.short-lease', { value: '1' });
		expect(ask('transfer', { mode: 'lease' }, { rules })).toContain('unknown transfer.consent-open');
	});

	it('asks of leased land rent, completion and consent', () => {
		const asked = ask('sublet', { mode: 'long_lease' });
		expect(asked).toContain('fail transfer.rent-behind');
		expect(asked).toContain('fail transfer.works-open');
		expect(asked).toContain('unknown transfer.consent-open');
		const both = ask('sublet', {
			mode: 'long_lease',
			facts: [terms('sublet', { admission: 'with_consent' })],
		});
		expect(both.filter((one) => one.includes('consent'))).toHaveLength(1);
	});

	it('asks what was agreed: forbidden, after a step, with consent, and unknown where nothing is recorded', () => {
		const of = (...facts: Partial<SupplyFact>[]) =>
			ask('mortgage', { mode: 'grant', facts }, { toWhom: 'a bank' });
		expect(of()).toContain('unknown transfer.terms-unstated');
		expect(of(terms('mortgage', { admission: 'forbidden' }))).toContain('fail transfer.terms-forbid');
		const after = terms('mortgage', { afterStep: 'in_production', admission: 'with_consent' });
		expect(of(after)).toEqual(
			expect.arrayContaining(['fail transfer.step-open', 'unknown transfer.consent-open']),
		);
		const produced = fact('progress', { step: 'in_production', seenOn: ON });
		const asked = { what: 'mortgage', askedOn: ON, toWhom: 'a bank', sharePct: null };
		expect(of(after, produced, fact('transfer', { ...asked, outcome: 'consented' }))).toEqual(
			expect.arrayContaining(['pass transfer.step-reached', 'pass transfer.consented']),
		);
	});

	it('holds shares to the limit of the agreement, exactly', () => {
		const supply: HeldSupply = { mode: 'grant', facts: [terms('shares', { sharePctMax: '33.3' })] };
		expect(ask('shares', supply)).toContain('unknown transfer.share-unstated');
		expect(ask('shares', supply, { sharePct: '33.3' })).toContain('pass transfer.share-within');
		expect(ask('shares', supply, { sharePct: '33.300001' })).toContain('fail transfer.share-over');
	});

	it('asks the indicators of the agreement where a rule asks for them', () => {
		const rules = rulesWith('transfer.agreement-kept', { value: '1' });
		const indicator = fact('indicator', {
			...{ name: 'tax', unit: 'yuan', comparison: '>=', target: '10', tolerance: '2', owner: 'an office' },
			...{ checkPoint: 'date', checkOn: '2026-06-01', monthsAfter: null },
		});
		const assessed = (value: string) =>
			fact('assessment', { indicatorNo: 1, assessedOn: '2026-06-01', value });
		const of = (...facts: Partial<SupplyFact>[]) => ask('shares', { mode: 'grant', facts }, { rules });
		expect(of()).toContain('unknown transfer.indicators-none');
		expect(of(indicator)).toContain('unknown transfer.indicators-open');
		expect(of(indicator, assessed('7'))).toContain('fail transfer.indicators-missed');
		expect(of(indicator, assessed('9'))).toContain('pass transfer.indicators-tolerated');
		expect(of(indicator, assessed('10'))).toContain('pass transfer.indicators-kept');
		expect(
			ask('shares', { mode: 'grant' }, { rules: rulesWith('transfer.agreement-kept', { value: '0' }) }),
		).toContain('pass transfer.not-required');
		const odd = rulesWith('transfer.agreement-kept', { value: 'perhaps' });
		expect(ask('shares', { mode: 'grant' }, { rules: odd })).toContain('unknown rule.unreadable');
	});

	it('names land that is only suspected to lie idle as unknown', () => {
		const supply: HeldSupply = { mode: 'grant', contract: { startBy: '2025-01-01' } };
		expect(ask('mortgage', supply)).toContain('unknown transfer.idle-suspected');
	});
});

describe('the checklist of an exit', () => {
	const handedBack = { handedBackOn: ON, toReserve: true, paidFen: null, note: '' };

	it('says what is open before the right ends', () => {
		expect(exit({ mode: 'grant' })).toEqual([
			'unknown rule.none',
			'unknown exit.accounts-open',
			'unknown rule.none',
			'unknown exit.buildings-open',
			'unknown exit.right-stands',
		]);
		const owed = rulesWith('exit.accounts-settled', { value: '1' });
		expect(exit({ mode: 'grant' }, owed)).toContain('fail exit.accounts-open');
		const asksNothing = rulesWith('exit.accounts-settled', { value: '0' });
		expect(exit({ mode: 'grant' }, asksNothing)[0]).toBe('pass exit.not-required');
		const agreed = { mode: 'lease', contract: { onFailure: 'torn down by the holder' } } as const;
		expect(exit(agreed)).toContain('pass exit.buildings-agreed');
		const asked = { what: 'mortgage', askedOn: ON, toWhom: 'a bank', sharePct: null, outcome: 'consented' };
		expect(exit({ mode: 'grant', facts: [fact('transfer', asked)] })).toContain('unknown exit.mortgaged');
	});

	it('counts a price whose days of payment are to come, and no rent of years to come', () => {
		const instalments = [{ dueOn: '2030-01-01', amountFen: 100_000_00 }];
		const sold: HeldSupply = { mode: 'grant', contract: { instalments } };
		expect(exit(sold)).toContain('unknown exit.accounts-open');
		expect(exit({ ...sold, payments: PAID })).toContain('pass exit.accounts-even');
		const rent = [{ kind: 'rent', amountFen: 100_000_00 }] as const;
		expect(exit({ mode: 'lease', payments: rent })).toContain('pass exit.accounts-even');
	});

	it('tells of buildings what the grant says before what the lease said, and passes over what is empty', () => {
		const told = (contract: object) => {
			const converted = heldSupply({ mode: 'lease_then_grant', isConverted: true }, SUPPLY_RULES, ON);
			const { record } = converted;
			const grant = record.contract === null ? null : { ...record.contract, ...contract };
			const found = checkExit({ ...converted, record: { ...record, contract: grant } });
			return found.find(({ code }) => code === 'exit.buildings-agreed')?.params.text;
		};
		expect(told({ onFailure: 'as the grant says' })).toBe('as the grant says');
		expect(told({ onFailure: ' ' })).toBe('the land is given back');
	});

	it('says how buildings were handled and where the land went, once it is recorded', () => {
		const ended = (facts: object): HeldSupply => ({
			...{ mode: 'grant', isEnded: true, payments: [{ kind: 'price', amountFen: 100_000_00 }] },
			facts: [fact('exit', { ...handedBack, ...facts })],
		});
		expect(exit({ mode: 'grant', isEnded: true })).toContain('unknown exit.hand-back-open');
		expect(exit(ended({ buildings: 'removed_by_holder' }))).toEqual([
			'unknown rule.none',
			'pass exit.accounts-even',
			'pass exit.buildings-handled',
			'pass exit.to-reserve',
		]);
		expect(exit(ended({ buildings: 'compensated' }))).toContain('fail exit.compensation-unstated');
		expect(exit(ended({ buildings: 'compensated', paidFen: 1, toReserve: false }))).toEqual(
			expect.arrayContaining(['pass exit.buildings-paid', 'pass exit.handed-back']),
		);
	});
});
