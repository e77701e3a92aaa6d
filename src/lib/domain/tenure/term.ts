import { addDays, addMonths } from '../calendar/day.ts';
import { fraction, type Fraction } from '../rule/measure.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { checkValue, type CheckCodes } from '../supply/check-value.ts';
import { finding, type Finding } from '../supply/finding.ts';
import { pathOf, type SupplyMode, type SupplyPath } from '../supply/mode.ts';

/**
 * Uses by which the law sets the longest term: 居住; 工业; 教育、科技、文化、卫生、体育; 商业、旅游、娱乐; 综合或者其他.
 *
 * Source: 城镇国有土地使用权出让和转让暂行条例 第12条.
 */
export const LAND_USES = ['residential', 'industrial', 'civic', 'commercial', 'other'] as const;
export type LandUse = (typeof LAND_USES)[number];

/** To which use a land-use class counts, by its code; null: it is not supplied for a term, or no use is known. */
export interface ClassUse {
	readonly use: LandUse | null;
	readonly source: string;
	readonly status: RuleValue['status'];
}

/** The use of a class: its own row's, otherwise its nearest ancestor's; null where neither is there. Codes grow by two digits a level. */
export function useOfClass(code: string, table: ReadonlyMap<string, ClassUse>): LandUse | null {
	for (let length = code.length; length >= 2; length -= 2) {
		const row = table.get(code.slice(0, length));
		if (row !== undefined) return row.use;
	}
	return null;
}

/** A mode, path or code in the key of a rule: with hyphens. */
export function inRuleKey(name: string): string {
	return name.replaceAll('_', '-');
}

/** The terms that are asked about: null where none is stated. */
export interface AskedTerm {
	readonly mode: SupplyMode;
	readonly use: LandUse;
	readonly leaseMonths: number | null;
	readonly grantYears: number | null;
}

const HAS_LEASE: readonly SupplyPath[] = ['lease', 'lease_and_grant', 'lease_then_grant'];
const HAS_GRANT: readonly SupplyPath[] = ['grant', 'contribution', 'lease_and_grant', 'lease_then_grant'];

/**
 * Checks the terms of a supply against its mode and the law, exactly; one finding for each question, passes too.
 *
 * Lease in whole months, grant in whole years. Of a lease: the mode's limits (`mode.<mode>.lease-max`, and `.lease-min` of a long lease, which is
 * one by its length) and the law's (`term.lease-max`). Where the texts put a mode's limit as usual (一般) it is `mode.<mode>.lease-usual`: beyond it is `unknown`,
 * to be acknowledged; a zone that sets `.lease-max` sets a limit in its place, beyond which is a fail. Of a grant of flexible term, that it is shorter than the maximum
 * (`mode.flexible-term-grant.grant-max.<use>`). Of lease and grant together, the legal maximum of the use (`term.max.<use>`). At the limit counts
 * as the rule's comparison says. No rule answers `rule.none`, a term that is not stated `unknown`; an allocation has no term. O(rules).
 * Source: 暂行条例 第12条; 民法典 第705条; 国土资发〔1999〕222号; 自然资发〔2022〕201号.
 */
export function checkTerm(
	{ mode, use, leaseMonths, grantYears }: AskedTerm,
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Finding[] {
	const path = pathOf(mode);
	if (path === 'allocation') return [];
	const invalid = [leaseMonths, grantYears].find((term) => term !== null && !isWholeTerm(term)) ?? null;
	if (invalid !== null) return [finding('fail', 'term.invalid', { term: invalid })];

	const check = (key: string, months: number, codes: CheckCodes, params: Finding['params'] = {}) => {
		const rule = findRuleInForce(rules, key, parkId, onDate);
		return checkValue(monthsInUnitOf(rule, months), key, rule, codes, { mode, ...params });
	};
	const modeKey = `mode.${inRuleKey(mode)}`;
	const found: Finding[] = [...checkParts(path, mode, leaseMonths, grantYears)];
	if (leaseMonths !== null) {
		const isLimited = isSet(findRuleInForce(rules, `${modeKey}.lease-max`, parkId, onDate));
		if (isLimited || !USUALLY.includes(mode))
			found.push(check(`${modeKey}.lease-max`, leaseMonths, LEASE_OF_MODE, { leaseMonths }));
		else {
			const usual = check(`${modeKey}.lease-usual`, leaseMonths, LEASE_IS_USUAL, { leaseMonths });
			found.push(usual.outcome === 'fail' ? { ...usual, outcome: 'unknown' } : usual);
		}
		if (mode === 'long_lease')
			found.push(check(`${modeKey}.lease-min`, leaseMonths, LEASE_IS_LONG, { leaseMonths }));
		found.push(check('term.lease-max', leaseMonths, LEASE_OF_LAW, { leaseMonths }));
	}
	if (grantYears !== null && mode === 'flexible_term_grant')
		found.push(check(`${modeKey}.grant-max.${use}`, grantYears * 12, FLEXIBLE, { grantYears }));
	if (leaseMonths !== null && grantYears !== null) {
		const months = leaseMonths + grantYears * 12;
		found.push(check(`term.max.${use}`, months, SUM_OF_LAW, { use, leaseMonths, grantYears }));
	} else if (grantYears !== null) {
		found.push(check(`term.max.${use}`, grantYears * 12, GRANT_OF_LAW, { use, grantYears }));
	} else if (leaseMonths !== null) {
		found.push(check(`term.max.${use}`, leaseMonths, LEASE_OF_USE, { use, leaseMonths }));
	}
	return found;
}

/** Modes of whose longest lease the texts say what is usual (一般): beyond it is not forbidden, who acts must say that he knows. */
const USUALLY: readonly SupplyMode[] = ['lease', 'lease_then_grant'];
const LEASE_IS_USUAL = { pass: 'term.lease-within-mode', fail: 'term.lease-over-usual' };
const LEASE_OF_MODE = { pass: 'term.lease-within-mode', fail: 'term.lease-over-mode' };
const LEASE_IS_LONG = { pass: 'term.lease-long-enough', fail: 'term.lease-too-short' };
const LEASE_OF_LAW = { pass: 'term.lease-within-law', fail: 'term.lease-over-law' };
const LEASE_OF_USE = { pass: 'term.lease-within-maximum', fail: 'term.lease-over-maximum' };
const FLEXIBLE = { pass: 'term.grant-flexible', fail: 'term.grant-not-flexible' };
const GRANT_OF_LAW = { pass: 'term.grant-within-maximum', fail: 'term.grant-over-maximum' };
const SUM_OF_LAW = { pass: 'term.sum-within-maximum', fail: 'term.sum-over-maximum' };

/** Which terms are missing, and which the mode does not have. */
function checkParts(
	path: SupplyPath,
	mode: SupplyMode,
	leaseMonths: number | null,
	grantYears: number | null,
): Finding[] {
	const found: Finding[] = [];
	const hasLease = HAS_LEASE.includes(path);
	const hasGrant = HAS_GRANT.includes(path);
	if (hasLease && leaseMonths === null) found.push(finding('unknown', 'term.lease-open', { mode }));
	if (hasGrant && grantYears === null) found.push(finding('unknown', 'term.grant-open', { mode }));
	if (!hasLease && leaseMonths !== null) found.push(finding('fail', 'term.lease-unfit', { mode }));
	if (!hasGrant && grantYears !== null) found.push(finding('fail', 'term.grant-unfit', { mode }));
	return found;
}

function isWholeTerm(term: number): boolean {
	return Number.isSafeInteger(term) && term > 0 && term <= 1200;
}

/** Months in the unit of a rule; null where the rule counts something else. */
export function monthsInUnitOf(rule: RuleValue | null, months: number): Fraction | null {
	if (rule?.unit === 'year') return fraction(months, 12);
	return rule?.unit === 'month' ? fraction(months) : null;
}

/** From when to when a right runs. */
export interface TermDates {
	readonly startsOn: string;
	readonly lastOn: string;
	/** The day on which it is no more. */
	readonly endedOn: string;
}

/**
 * The days of a lease of whole months; the first day is one of them.
 *
 * The last is the day before the same day of the month in which the term ends; where that month has no such day, its last. So a year from 29
 * February ends on 28 February, a year from 1 March 2023 on 29 February 2024. O(1). Source: 民法典 第202条, with the first day counted as a
 * contract states it (自…起至…止; 第204条).
 */
export function leaseDates(startsOn: string, months: number): TermDates {
	if (!Number.isSafeInteger(months) || months <= 0) throw new RangeError(`no term: ${months} months`);
	const same = addMonths(startsOn, months);
	const lastOn = same.slice(8) === startsOn.slice(8) ? addDays(same, -1) : same;
	return { startsOn, lastOn, endedOn: addDays(lastOn, 1) };
}

/** The days of a grant of whole years; the first day is one of them. See `leaseDates`. */
export function grantDates(startsOn: string, years: number): TermDates {
	return leaseDates(startsOn, years * 12);
}
