import { fraction, readFraction, compareFractions, type Fraction } from '../rule/measure.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import type { FeeBase } from '../tenure/idle-consequence.ts';
import { checkValue, noRule } from './check-value.ts';
import { finding, type Finding } from './finding.ts';
import { lastDayOf } from './guard.ts';
import { pathOf } from './mode.ts';
import type { SupplyRecord } from './record.ts';
import {
	doneBy,
	standingFacts,
	type FactOf,
	type TransferKind,
	type TransferStep,
	type Works,
} from './supply-fact.ts';
import {
	feeBaseOf,
	isSupplied,
	superviseSupply,
	type Account,
	type PaymentKind,
	type Supervision,
	type SupervisionContext,
} from './supervision.ts';

/** What is asked for: a kind of transfer, to whom, and of shares how much of them, decimal text; null: not said. */
export interface AskedTransfer {
	readonly what: TransferKind;
	readonly toWhom: string | null;
	readonly sharePct: string | null;
}

interface Subject {
	readonly asked: AskedTransfer;
	readonly context: SupervisionContext;
	readonly supervision: Supervision;
}

type Question = (subject: Subject, rule: RuleValue) => Finding;

const ON_EVERY_LAND = ['transfer.idle-closed', 'transfer.agreement-kept'];
const OF_OTHERS = {
	lease: ['transfer.rent-paid.lease', 'transfer.completed.lease', 'transfer.consent.lease'],
	short_lease: [
		'transfer.rent-paid.short-lease',
		'transfer.completed.short-lease',
		'transfer.consent.short-lease',
	],
	lease_and_grant: [
		'transfer.rent-paid.lease-and-grant',
		'transfer.completed.lease-and-grant',
		'transfer.consent.lease-and-grant',
	],
	lease_then_grant: [
		'transfer.rent-paid.lease-then-grant',
		'transfer.completed.lease-then-grant',
		'transfer.consent.lease-then-grant',
	],
	allocation: ['transfer.approval.allocation'],
	contribution: ['transfer.approval.contribution'],
} as const;

/** A right of which rules are asked; leases other than the long one (自然资发〔2022〕201号) are each one of its own. */
type StandingRight = FeeBase | 'short_lease' | 'lease_and_grant' | 'lease_then_grant';

/** Rules that are asked of a kind of transfer, by a right that stands; each is 1 (asked) or 0 (not), or a number. */
const RULES_OF: Readonly<Record<TransferKind, Readonly<Record<StandingRight, readonly string[]>>>> = {
	transfer: {
		...OF_OTHERS,
		grant: ['transfer.price-paid.grant', 'transfer.certificate.grant', 'transfer.invested-share.grant'],
	},
	sublet: { ...OF_OTHERS, grant: ['transfer.sublet-developed.grant'] },
	mortgage: { ...OF_OTHERS, grant: [] },
	shares: {
		...{ grant: [], lease: [], short_lease: [], lease_and_grant: [], lease_then_grant: [] },
		...{ allocation: [], contribution: [] },
	},
};

/** What each rule asks of; a rule that is 0 asks nothing. */
const QUESTIONS: Readonly<Record<string, Question>> = {
	'transfer.price-paid.grant': askPrice,
	'transfer.certificate.grant': askCertificate,
	'transfer.invested-share.grant': askInvestment,
	'transfer.rent-paid.lease': askRent,
	'transfer.rent-paid.short-lease': askRent,
	'transfer.rent-paid.lease-and-grant': askRent,
	'transfer.rent-paid.lease-then-grant': askRent,
	'transfer.completed.lease': askCompletion,
	'transfer.completed.short-lease': askCompletion,
	'transfer.completed.lease-and-grant': askCompletion,
	'transfer.completed.lease-then-grant': askCompletion,
	'transfer.sublet-developed.grant': askCompletion,
	'transfer.consent.lease': askConsent,
	'transfer.consent.short-lease': askConsent,
	'transfer.consent.lease-and-grant': askConsent,
	'transfer.consent.lease-then-grant': askConsent,
	'transfer.approval.allocation': askConsent,
	'transfer.approval.contribution': askConsent,
	'transfer.idle-closed': askIdle,
	'transfer.agreement-kept': askIndicators,
};

/**
 * Answers the checklist of the secondary market (二级市场): may a right be transferred, let on or mortgaged, may shares in its holder change hands.
 *
 * Each question is pass, fail or unknown, with its rule; one that no rule sets is `rule.none`. What the agreement says of a transfer is asked where it was recorded, and
 * unknown where it was not. Land that is leased in part and granted in part is asked the rules of both. A consent answers what was asked for: it counts for whom it names, and of shares for as much
 * as it names, and until it is used: what was done by it is recorded, the next asks anew. Past the last day of the right only that is told. Nothing is decided by it. O(rules + payments + facts²).
 * Source: 城市房地产管理法 第39条; 暂行条例 第25–28、32–37、44–47条; 自然资发〔2022〕201号.
 */
export function checkTransfer(asked: AskedTransfer, context: SupervisionContext): Finding[] {
	const subject = { asked, context, supervision: superviseSupply(context) };
	const { record, rules, onDate, parkId } = context;
	const isHeld = isSupplied(record) && record.handedOverOn !== null;
	if (!isHeld) return [finding('fail', 'transfer.not-held')];
	const lastOn = lastDayOf(record);
	if (lastOn !== null && onDate > lastOn) return [finding('fail', 'transfer.term-over', { lastOn })];
	const keys = [...rightsOf(record).flatMap((right) => RULES_OF[asked.what][right]), ...ON_EVERY_LAND];
	const byRule = keys.map((key) => {
		const rule = findRuleInForce(rules, key, parkId, onDate);
		if (!isSet(rule)) return noRule(key, rule);
		if (rule.value === '0') return finding('pass', 'transfer.not-required', { key }, rule);
		return rule.value === '1' || rule.unit === 'pct' ? QUESTIONS[key](subject, rule) : noRule(key, rule);
	});
	const isConsentAsked = keys.some((key) => QUESTIONS[key] === askConsent);
	return [finding('pass', 'transfer.held'), ...byRule, ...askTerms(subject, isConsentAsked)];
}

function rightsOf(record: SupplyRecord): readonly StandingRight[] {
	const path = pathOf(record.mode);
	if (path === 'lease_and_grant') return ['grant', path];
	if (record.mode === 'lease') return ['short_lease'];
	return path === 'lease_then_grant' && record.contract === null ? [path] : [feeBaseOf(record)];
}

/** The transfers of a kind that were asked for and stand recorded, in order. */
export function transfersOf(facts: SupervisionContext['facts'], what: TransferKind): FactOf<'transfer'>[] {
	return standingFacts(facts, 'transfer').filter((one) => one.facts.what === what);
}

const accountOf = ({ supervision }: Subject, kind: PaymentKind): Account | undefined =>
	supervision.accounts.find((one) => one.kind === kind);

function askPrice(subject: Subject, rule: RuleValue): Finding {
	const price = accountOf(subject, 'price')?.state ?? null;
	const more = accountOf(subject, 'top_up');
	if (price === null || price.charges.length === 0 || (more !== undefined && more.state === null))
		return finding('unknown', 'transfer.price-unknown', {}, rule);
	const charges = [...price.charges, ...(more?.state?.charges ?? [])];
	const openFen = charges.reduce((sum, one) => sum + one.openFen, 0);
	return openFen === 0
		? finding('pass', 'transfer.price-whole', { paidFen: price.paidFen }, rule)
		: finding('fail', 'transfer.price-open', { openFen }, rule);
}

function askRent(subject: Subject, rule: RuleValue): Finding {
	const rent = accountOf(subject, 'rent')?.state ?? null;
	if (rent === null) return finding('unknown', 'transfer.rent-unknown', {}, rule);
	return rent.overdueFen === 0
		? finding('pass', 'transfer.rent-even', {}, rule)
		: finding('fail', 'transfer.rent-behind', { overdueFen: rent.overdueFen }, rule);
}

function askCertificate({ context }: Subject, rule: RuleValue): Finding {
	const signedOn = context.record.contract?.signedOn ?? null;
	// One of the lease before it is none of the grant.
	const certificate = standingFacts(context.facts, 'certificate').findLast(
		({ facts }) => signedOn !== null && facts.registeredOn >= signedOn,
	)?.facts;
	return certificate === undefined
		? finding('unknown', 'transfer.uncertified', {}, rule)
		: finding('pass', 'transfer.certified', { number: certificate.number }, rule);
}

function askInvestment({ context }: Subject, rule: RuleValue): Finding {
	const figures = standingFacts(context.facts, 'figures').at(-1)?.facts;
	const invested = figures?.investedFen ?? null;
	const total = figures?.totalInvestmentFen ?? null;
	if (invested === null || total === null || total <= 0)
		return finding('unknown', 'transfer.investment-unknown', {}, rule);
	const codes = { pass: 'transfer.invested-enough', fail: 'transfer.invested-little' };
	const params = { investedFen: invested, totalFen: total };
	const found = checkValue(fraction(BigInt(invested) * 100n, total), rule.key, rule, codes, params);
	// The share is asked of buildings; land that is developed as a whole is to be fit for building, and which of them it is, is not recorded.
	return found.outcome === 'fail' ? { ...found, outcome: 'unknown' } : found;
}

function askCompletion({ supervision: { works } }: Subject, rule: RuleValue): Finding {
	const { completedOn } = works;
	return completedOn === null
		? finding('fail', 'transfer.works-open', {}, rule)
		: finding('pass', 'transfer.works-completed', { completedOn }, rule);
}

function askConsent({ asked, context }: Subject, rule: RuleValue | null): Finding {
	const rows = transfersOf(context.facts, asked.what);
	const isNamed = asked.toWhom !== null && (asked.what !== 'shares' || asked.sharePct !== null);
	if (rows.length > 0 && !isNamed) return finding('unknown', 'transfer.consent-unnamed', {}, rule);
	const last = rows.findLast((one) => answers(one.facts, asked));
	if (last === undefined || last.facts.outcome === 'asked')
		return finding('unknown', 'transfer.consent-open', {}, rule);
	const { askedOn, toWhom, outcome } = last.facts;
	const params = { askedOn, toWhom };
	if (outcome === 'refused') return finding('fail', 'transfer.consent-refused', params, rule);
	const done = doneBy(last, context.facts)?.facts;
	return done === undefined
		? finding('pass', 'transfer.consented', params, rule)
		: finding('unknown', 'transfer.consent-used', { ...params, doneOn: done.doneOn }, rule);
}

/** Whether an application is the one that is asked about. */
function answers({ toWhom, sharePct }: FactOf<'transfer'>['facts'], asked: AskedTransfer): boolean {
	if (toWhom.trim() !== asked.toWhom?.trim()) return false;
	if (asked.what !== 'shares') return true;
	const [share, most] = [asked.sharePct, sharePct].map((text) => (text === null ? null : readFraction(text)));
	return share !== null && most !== null && compareFractions(share, most) <= 0;
}

function askIdle({ supervision: { idle } }: Subject, rule: RuleValue): Finding {
	if (idle === null || idle.status === 'not_idle' || idle.status === 'unknown')
		return finding('pass', 'transfer.no-proceedings', {}, rule);
	return idle.status === 'suspected'
		? finding('unknown', 'transfer.idle-suspected', {}, rule)
		: finding('fail', 'transfer.idle-open', { idleState: idle.proceedings }, rule);
}

function askIndicators({ supervision: { indicators } }: Subject, rule: RuleValue): Finding {
	const count = (verdict: string) => indicators.filter((one) => one.verdict === verdict).length;
	if (indicators.length === 0) return finding('unknown', 'transfer.indicators-none', {}, rule);
	if (count('missed') > 0)
		return finding('fail', 'transfer.indicators-missed', { count: count('missed') }, rule);
	if (count('not_assessed') > 0)
		return finding('unknown', 'transfer.indicators-open', { count: count('not_assessed') }, rule);
	const within = count('within_tolerance');
	return within > 0
		? finding('pass', 'transfer.indicators-tolerated', { count: indicators.length, within }, rule)
		: finding('pass', 'transfer.indicators-kept', { count: indicators.length }, rule);
}

/** What the agreement says: whether it is admitted, after which step of works, with whose consent, and how much of the shares. */
function askTerms(subject: Subject, isConsentAsked: boolean): Finding[] {
	const { asked, context, supervision } = subject;
	const terms = standingFacts(context.facts, 'transfer_terms').find(({ facts }) => facts.what === asked.what);
	if (terms === undefined) return [finding('unknown', 'transfer.terms-unstated')];
	const { admission, afterStep, sharePctMax } = terms.facts;
	const params = { document: terms.document };
	if (admission === 'forbidden') return [finding('fail', 'transfer.terms-forbid', params)];
	const found = [finding('pass', 'transfer.terms-admit', params)];
	if (afterStep !== null) {
		const isReached = reachedOn(supervision.works, afterStep) !== null;
		const code = isReached ? 'transfer.step-reached' : 'transfer.step-open';
		found.push(finding(isReached ? 'pass' : 'fail', code, { ...params, checkPoint: afterStep }));
	}
	if (admission === 'with_consent' && !isConsentAsked) found.push(askConsent(subject, null));
	if (sharePctMax !== null && asked.what === 'shares') found.push(askShare(asked, sharePctMax));
	return found;
}

function askShare({ sharePct }: AskedTransfer, sharePctMax: string): Finding {
	const [share, most] = [sharePct, sharePctMax].map((text): Fraction | null =>
		text === null ? null : readFraction(text),
	);
	if (share === null || most === null) return finding('unknown', 'transfer.share-unstated', { sharePctMax });
	const isWithin = compareFractions(share, most) <= 0;
	const code = isWithin ? 'transfer.share-within' : 'transfer.share-over';
	return finding(isWithin ? 'pass' : 'fail', code, { sharePct: sharePct ?? '', sharePctMax });
}

function reachedOn(works: Works, step: TransferStep): string | null {
	return {
		started: works.startedOn,
		completed: works.completedOn,
		in_production: works.inProductionOn,
		full_production: works.fullProductionOn,
	}[step];
}
