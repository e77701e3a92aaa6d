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
const ask = (what: TransferKind, supply: HeldSupply, sharePct: string | null = null, rules = SUPPLY_RULES) =>
	checkTransfer({ what, sharePct }, heldSupply(supply, rules, ON)).map(
		({ outcome, code }) => `${outcome} ${code}`,
	);
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
		const found = checkTransfer({ what: 'transfer', sharePct: null }, heldSupply(supply, SUPPLY_RULES, ON));
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

	it('asks of leased land rent, completion and consent', () => {
		const asked = ask('sublet', { mode: 'lease' });
		expect(asked).toContain('fail transfer.rent-behind');
		expect(asked).toContain('fail transfer.works-open');
		expect(asked).toContain('unknown transfer.consent-open');
		const both = ask('sublet', { mode: 'lease', facts: [terms('sublet', { admission: 'with_consent' })] });
		expect(both.filter((one) => one.includes('consent'))).toHaveLength(1);
	});

	it('asks what was agreed: forbidden, after a step, with consent, and unknown where nothing is recorded', () => {
		const of = (...facts: Partial<SupplyFact>[]) => ask('mortgage', { mode: 'grant', facts });
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
		expect(ask('shares', supply, '33.3')).toContain('pass transfer.share-within');
		expect(ask('shares', supply, '33.300001')).toContain('fail transfer.share-over');
	});

	it('asks the indicators of the agreement where a rule asks for them', () => {
		const rules = rulesWith('transfer.agreement-kept', { value: '1' });
		const indicator = fact('indicator', {
			...{ name: 'tax', unit: 'yuan', comparison: '>=', target: '10', tolerance: null, owner: 'an office' },
			...{ checkPoint: 'date', checkOn: '2026-06-01', monthsAfter: null },
		});
		const assessed = (value: string) =>
			fact('assessment', { indicatorNo: 1, assessedOn: '2026-06-01', value });
		const of = (...facts: Partial<SupplyFact>[]) => ask('shares', { mode: 'grant', facts }, null, rules);
		expect(of()).toContain('unknown transfer.indicators-none');
		expect(of(indicator)).toContain('unknown transfer.indicators-open');
		expect(of(indicator, assessed('9'))).toContain('fail transfer.indicators-missed');
		expect(of(indicator, assessed('10'))).toContain('pass transfer.indicators-kept');
		expect(
			ask('shares', { mode: 'grant' }, null, rulesWith('transfer.agreement-kept', { value: '0' })),
		).toContain('pass transfer.not-required');
		const odd = rulesWith('transfer.agreement-kept', { value: 'perhaps' });
		expect(ask('shares', { mode: 'grant' }, null, odd)).toContain('unknown rule.unreadable');
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
		const agreed = { mode: 'lease', contract: { onFailure: 'torn down by the holder' } } as const;
		expect(exit(agreed)).toContain('pass exit.buildings-agreed');
		const asked = { what: 'mortgage', askedOn: ON, toWhom: 'a bank', sharePct: null, outcome: 'consented' };
		expect(exit({ mode: 'grant', facts: [fact('transfer', asked)] })).toContain('unknown exit.mortgaged');
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
