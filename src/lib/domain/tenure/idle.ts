import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { fraction, keepsRule, readMonths, type Fraction } from '../rule/measure.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { countTime, dayReached, type CountedTime, type Pause } from './idle-clock.ts';

/** What is known of the works on a plot; days 'YYYY-MM-DD', areas in 0.01 m², money in fen; null: not known. */
export interface IdleFacts {
	/** Day by which works were to begin, by the contract or decision. */
	readonly agreedStartOn: string | null;
	/** Whether works began in the sense of Order 53: the foundation test (基础施工), seen by somebody. */
	readonly works: 'unknown' | 'not_started' | 'started';
	readonly completedOn: string | null;
	/** Of works that began: whether they stand still, and since when. */
	readonly stop: 'unknown' | 'working' | { readonly stoppedOn: string };
	readonly developedDm2: number | null;
	/** Area that was to be developed. */
	readonly toDevelopDm2: number | null;
	/** Without land price and taxes. */
	readonly investedFen: number | null;
	readonly totalInvestmentFen: number | null;
	readonly pauses: readonly Pause[];
}

/**
 * What the figures say of a plot: `suspected` is 疑似闲置, never a finding, which an official makes after an investigation.
 *
 * No value: what is missing is named.
 */
export interface IdleAnswer extends Explained<'not_idle' | 'suspected'> {
	/** Limb of the definition that was asked: not started, or stopped; null: none. */
	readonly limb: 'not_started' | 'stopped' | null;
	/** First day on which it is suspected; null: not within the time known. */
	readonly sinceOn: string | null;
	/** The holder's time since the limb's clock began; null: no clock. */
	readonly time: CountedTime | null;
	/** Facts that are missing. */
	readonly missing: readonly string[];
}

const NO_CLOCK = { limb: null, sinceOn: null, time: null, missing: [] } as const;

/**
 * Asks whether land is suspected to lie idle (疑似闲置) on a day.
 *
 * Either works have not begun `idle.not-started` after the agreed start, or they began, have stood still for `idle.stopped`, and less than
 * `idle.developed-share` of the area was developed or less than `idle.invested-share` of the total invested. Exactly a year is enough, exactly a third or
 * 25 per cent is not too little, as the rules compare. The clock runs without pauses that are not the holder's. O(rules + pauses²).
 * Source: 闲置土地处置办法 (国土资源部令第53号); 城市房地产管理法 第26条.
 */
export function assessIdle(
	facts: IdleFacts,
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): IdleAnswer {
	const find = (key: string) => findRuleInForce(rules, key, parkId, onDate);
	if (facts.completedOn !== null && facts.completedOn <= onDate)
		return { ...explain('not_idle', 'idle.completed', { completedOn: facts.completedOn }), ...NO_CLOCK };
	if (facts.works === 'unknown') return missing('works');
	if (facts.works === 'started') return assessStop(facts, find, onDate);
	if (facts.agreedStartOn === null) return missing('agreed-start');
	return runClock('not_started', facts.agreedStartOn, facts, find('idle.not-started'), onDate);
}

const KEYS = { not_started: 'idle.not-started', stopped: 'idle.stopped' } as const;
const LONG = { not_started: 'idle.not-started-long', stopped: 'idle.stopped-long' } as const;
const SHORT = { not_started: 'idle.not-started-yet', stopped: 'idle.stopped-shortly' } as const;

type Find = (key: string) => RuleValue | null;

/** The limb of works that began: they stand still long enough, and too little was done. */
function assessStop(facts: IdleFacts, find: Find, onDate: string): IdleAnswer {
	const { stop } = facts;
	if (stop === 'working') return { ...explain('not_idle', 'idle.working'), ...NO_CLOCK };
	const { developedDm2, toDevelopDm2, investedFen, totalInvestmentFen } = facts;
	const shares = [
		askShare(find, 'idle.developed-share', 'idle.little-developed', developedDm2, toDevelopDm2),
		askShare(find, 'idle.invested-share', 'idle.little-invested', investedFen, totalInvestmentFen),
	];
	const isEnough = shares.every(({ value }) => value === false);
	if (stop === 'unknown')
		return isEnough ? { ...explain('not_idle', 'idle.enough-done'), ...NO_CLOCK } : missing('stop');

	const clock = runClock('stopped', stop.stoppedOn, facts, find('idle.stopped'), onDate);
	if (clock.value !== 'suspected') return clock;
	const { limb, time } = clock;
	if (isEnough)
		return {
			...explain('not_idle', 'idle.enough-done', clock.params),
			limb,
			time,
			sinceOn: null,
			missing: [],
		};
	const little = shares.find(({ value }) => value === true);
	if (little !== undefined) {
		const { reason, params, rule } = little;
		return { ...clock, reason, params: { ...clock.params, ...params }, rule };
	}
	const open = shares.filter(({ value }) => value === null);
	const { reason, params, rule } = open[0];
	return {
		value: null,
		reason,
		params,
		rule,
		limb,
		time,
		sinceOn: null,
		missing: open.map(({ fact }) => fact),
	};
}

/** Runs the clock of a limb: suspected from the day on which the holder's time is as long as its rule says. */
function runClock(
	limb: 'not_started' | 'stopped',
	fromOn: string,
	{ pauses }: IdleFacts,
	rule: RuleValue | null,
	onDate: string,
): IdleAnswer {
	const months = readMonths(rule);
	const time = countTime(fromOn, onDate, pauses);
	const key = KEYS[limb];
	if (months === null || rule?.comparison !== '>=')
		return { ...explainNoRule<'suspected'>(key, rule), limb, time, sinceOn: null, missing: [key] };
	const reached = dayReached(fromOn, months, pauses);
	const isReached = reached !== null && reached <= onDate;
	const params = { fromOn, days: time.countedDays };
	return isReached
		? { ...explain('suspected', LONG[limb], params, rule), limb, time, sinceOn: reached, missing: [] }
		: { ...explain('not_idle', SHORT[limb], params, rule), limb, time, sinceOn: null, missing: [] };
}

/** Says whether too little was done by a rule of shares; no value where a figure or the rule is missing. */
function askShare(
	find: Find,
	key: string,
	little: string,
	done: number | null,
	whole: number | null,
): Explained<boolean> & { readonly fact: string } {
	const rule = find(key);
	const fact = key.slice('idle.'.length);
	if (done === null || whole === null || whole <= 0)
		return { ...explain<boolean>(null, 'idle.figure-missing', { key }, rule), fact };
	const parts = PARTS[rule?.unit ?? ''];
	const measured: Fraction | null = parts === undefined ? null : fraction(BigInt(done) * parts, whole);
	const isLittle = rule === null || measured === null ? null : keepsRule(measured, rule);
	if (!isSet(rule) || isLittle === null) return { ...explainNoRule<boolean>(key, rule), fact };
	return { ...explain(isLittle, little, { done, whole, limit: rule.value }, rule), fact };
}

/** Into how many parts a unit cuts a whole. */
const PARTS: Readonly<Record<string, bigint | undefined>> = { third: 3n, pct: 100n };

function missing(fact: string): IdleAnswer {
	return { ...explain<'suspected'>(null, 'idle.fact-missing', { fact }), ...NO_CLOCK, missing: [fact] };
}
