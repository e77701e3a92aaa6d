import { daysBetween } from '../calendar/day.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { changesetError, type ChangesetIssue } from './issue.ts';
import type { ChangesetKind } from './kind.ts';

export const PAPER_KINDS = [
	'public_notice',
	'opinions_summary',
	'approval',
	'error_report',
	'survey_update',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** What a paper may state; days are 'YYYY-MM-DD'. */
export interface PaperContent {
	/** First and last day of a notice, both included. */
	readonly startsOn: string | null;
	readonly endsOn: string | null;
	/** Number of an approval, of an error report, reference of a survey update. */
	readonly number: string | null;
	/** Office that approved. */
	readonly office: string | null;
	/** Day of the approval, of the report, of the survey. */
	readonly issuedOn: string | null;
	/** What was said, by whom, and what became of it. */
	readonly summary: string | null;
}

/** An outside paper that was recorded on a changeset. */
export interface Paper extends PaperContent {
	readonly kind: PaperKind;
}

/** A paper that publishing needs, and where that is written. */
export interface PaperRequirement {
	readonly paper: PaperKind;
	readonly states: readonly (keyof PaperContent)[];
	readonly source: string;
	readonly status: 'verified' | 'unverified' | 'example';
}

/**
 * The papers that a kind needs; yuantu records them and makes no law.
 *
 * Clauses are named from expert reading, their text was not at hand: `unverified`. Corrections and survey updates have a house rule (`example`).
 */
export const REQUIRED_PAPERS: Readonly<Record<ChangesetKind, readonly PaperRequirement[]>> = {
	plan_amendment: [
		{
			paper: 'public_notice',
			states: ['startsOn', 'endsOn'],
			source: '城乡规划法 第26条',
			status: 'unverified',
		},
		{
			paper: 'opinions_summary',
			states: ['summary'],
			source: '城乡规划法 第48条',
			status: 'unverified',
		},
		{
			paper: 'approval',
			states: ['number', 'office', 'issuedOn'],
			source: '城乡规划法 第48条（原审批机关）',
			status: 'unverified',
		},
	],
	technical_correction: [
		{ paper: 'error_report', states: ['number', 'summary'], source: '系统设定', status: 'example' },
	],
	current_use_update: [
		{ paper: 'survey_update', states: ['number', 'issuedOn'], source: '系统设定', status: 'example' },
	],
};

/** A paper as it is kept: nothing stands in the place of blanks. */
export function withoutBlanks<Content extends PaperContent>(paper: Content): Content {
	const isBlank = (value: unknown) => typeof value === 'string' && value.trim() === '';
	const kept = Object.entries(paper).map(([field, value]) => [field, isBlank(value) ? null : value]);
	return { ...paper, ...Object.fromEntries(kept) } as Content;
}

/** Lists what a paper cannot state on a day ('YYYY-MM-DD' by the zone's clock): `notice.dates-reversed`, `paper.day-ahead` of a document that is to come. */
export function checkPaper(
	{ kind: paper, startsOn, endsOn, issuedOn }: Paper,
	onDate: string,
): ChangesetIssue[] {
	return [
		...(startsOn !== null && endsOn !== null && endsOn < startsOn
			? [changesetError('notice.dates-reversed', { startsOn, endsOn })]
			: []),
		...(issuedOn !== null && issuedOn > onDate
			? [changesetError('paper.day-ahead', { paper, issuedOn })]
			: []),
	];
}

/**
 * Lists why a revision cannot be in force from a day ('YYYY-MM-DD'; null: not stated): `effective.before-paper` where a paper that its kind needs is dated
 * later, `effective.before-first` before the day `firstOn` of the coverage's first revision. A day ahead is fine.
 */
export function checkEffectiveOn(
	kind: ChangesetKind,
	papers: readonly Paper[],
	effectiveOn: string | null,
	firstOn: string | null,
): ChangesetIssue[] {
	if (effectiveOn === null) return [];
	const later = REQUIRED_PAPERS[kind].flatMap(({ paper }) => {
		const issuedOn = papers.find((one) => one.kind === paper)?.issuedOn ?? null;
		// An error is put right from when it was made, whenever its report was written.
		return issuedOn !== null && paper !== 'error_report' && effectiveOn < issuedOn
			? [changesetError('effective.before-paper', { effectiveOn, paper, issuedOn })]
			: [];
	});
	if (later.length > 0 || firstOn === null || effectiveOn >= firstOn) return later;
	return [changesetError('effective.before-first', { effectiveOn, firstOn })];
}

/** The rule of how many days a public notice lasts at least. */
export const NOTICE_DAYS_RULE = 'changeset.notice.days';

/**
 * Lists what a changeset's papers lack on a day ('YYYY-MM-DD' by the zone's clock); empty where publishing may go on.
 *
 * `paper.missing`, `paper.incomplete` (with the field), and of a notice `notice.dates-reversed`, `notice.running` (its last day is not
 * over), `notice.rule-unset` (no rule says how long: never a pass) and `notice.too-short`. Days are counted with the first and the last.
 */
export function checkPapers(
	kind: ChangesetKind,
	papers: readonly Paper[],
	rules: readonly RuleValue[],
	onDate: string,
): ChangesetIssue[] {
	return REQUIRED_PAPERS[kind].flatMap(({ paper, states, source }) => {
		const found = papers.find((one) => one.kind === paper);
		if (found === undefined) return [changesetError('paper.missing', { paper }, source)];
		const lacking = states.filter((field) => (found[field] ?? '').trim() === '');
		if (lacking.length > 0)
			return lacking.map((field) => changesetError('paper.incomplete', { paper, field }, source));
		return paper === 'public_notice' ? checkNotice(found, rules, onDate) : [];
	});
}

function checkNotice(
	{ startsOn, endsOn }: PaperContent,
	rules: readonly RuleValue[],
	onDate: string,
): ChangesetIssue[] {
	if (startsOn === null || endsOn === null) return [];
	if (endsOn < startsOn) return [changesetError('notice.dates-reversed', { startsOn, endsOn })];
	const rule = findRuleInForce(rules, NOTICE_DAYS_RULE, null, endsOn);
	const least = rule?.value ?? null;
	if (rule === null || least === null) return [changesetError('notice.rule-unset')];
	const days = daysThrough(startsOn, endsOn);
	const isLongEnough = rule.comparison === '>' ? days > Number(least) : days >= Number(least);
	if (!isLongEnough)
		return [changesetError('notice.too-short', { days, leastDays: Number(least) }, rule.source)];
	return endsOn >= onDate ? [changesetError('notice.running', { endsOn }, rule.source)] : [];
}

const DAY_MS = 86_400_000;

/** Calendar days from one day to another, both counted. */
export function daysThrough(startsOn: string, endsOn: string): number {
	return Math.round((Date.parse(endsOn) - Date.parse(startsOn)) / DAY_MS) + 1;
}

/** Lists papers that are not as they were seen (`paper.moved`), those that came or went among them. O(papers). */
export function checkPapersSeen(seen: readonly Paper[], papers: readonly Paper[]): ChangesetIssue[] {
	const textOf = (from: readonly Paper[], kind: PaperKind) => {
		const paper = from.find((one) => one.kind === kind);
		return JSON.stringify(paper && Object.entries(paper).sort(([a], [b]) => (a < b ? -1 : 1)));
	};
	return PAPER_KINDS.filter((kind) => textOf(seen, kind) !== textOf(papers, kind)).map((paper) =>
		changesetError('paper.moved', { paper }),
	);
}

/** The rule of how many days after the last change of a draft's content its notice may begin and its approval be given; the same day are 0. */
export const AFTER_CHANGE_RULE = 'changeset.papers.days-after-change';

/** Days ('YYYY-MM-DD' by the zone's clock) that papers of a draft are held to. */
export interface ContentDays {
	/** The day on which what the draft does last changed. */
	readonly changedOn: string;
	/** The first day that the coverage speaks of; null: not stated. */
	readonly firstOn: string | null;
	/** The day from which the revision is to be in force; null: it is published first. */
	readonly effectiveOn: string | null;
}

/** Warnings that publishing goes on with only where whoever publishes acknowledges them, by their codes. */
export const ASKED_WARNINGS: readonly string[] = ['paper.before-first'];

/**
 * Lists papers that cannot have seen the plan that is to be published: a notice shows it, an approval is given to it, as it was then.
 *
 * `paper.before-first` of a notice that ended, or an approval given, before the coverage's first day: an error where it is in force from before that day too, else a
 * warning that is acknowledged (`ASKED_WARNINGS`), as what was loaded may lack what was approved already. `paper.before-change` where a notice begins, or
 * an approval is given, earlier than the rule lets them after the last change; where no rule is set, `paper.order-unset` as a warning of one that is older than
 * the change: never a silent pass. Papers that the kind does not need say nothing. Days are calendar days. O(papers).
 */
export function checkPapersFollow(
	kind: ChangesetKind,
	papers: readonly Paper[],
	rules: readonly RuleValue[],
	{ changedOn, firstOn, effectiveOn }: ContentDays,
): ChangesetIssue[] {
	return REQUIRED_PAPERS[kind].flatMap(({ paper }) => {
		const found = papers.find((one) => one.kind === paper);
		if (found === undefined || (paper !== 'public_notice' && paper !== 'approval')) return [];
		const statedOn = paper === 'public_notice' ? found.startsOn : found.issuedOn;
		const lastOn = paper === 'public_notice' ? found.endsOn : found.issuedOn;
		if (statedOn === null || lastOn === null) return [];
		const early: ChangesetIssue[] = [];
		if (firstOn !== null && lastOn < firstOn) {
			const issue = changesetError('paper.before-first', { paper, statedOn: lastOn, firstOn });
			if (effectiveOn !== null && effectiveOn < firstOn) return [issue];
			early.push({ ...issue, severity: 'warning' });
		}
		const rule = findRuleInForce(rules, AFTER_CHANGE_RULE, null, statedOn);
		const said = { paper, statedOn, changedOn };
		if (!isSet(rule)) {
			const unset = changesetError('paper.order-unset', said);
			return early.length === 0 && statedOn < changedOn
				? [{ ...unset, severity: 'warning' as const }]
				: early;
		}
		const days = daysBetween(changedOn, statedOn);
		const isAfter = rule.comparison === '>' ? days > Number(rule.value) : days >= Number(rule.value);
		return isAfter ? early : [...early, changesetError('paper.before-change', said, rule.source)];
	});
}
