import { describe, expect, it } from 'vitest';
import { findConditionFault } from '$lib/domain/changeset/check-condition.ts';
import { CHANGESET_KINDS } from '$lib/domain/changeset/kind.ts';
import {
	checkEffectiveOn,
	checkPaper,
	AFTER_CHANGE_RULE,
	checkPapers,
	checkPapersFollow,
	checkPapersSeen,
	daysThrough,
	NOTICE_DAYS_RULE,
	REQUIRED_PAPERS,
	withoutBlanks,
	type Paper,
	type PaperContent,
	type PaperKind,
} from '$lib/domain/changeset/publishing-papers.ts';
import type { RuleValue } from '$lib/domain/rule/rule-value.ts';
import { SOME_CONDITION } from '$test/support/chance-step.ts';

const RULE: RuleValue = {
	key: NOTICE_DAYS_RULE,
	value: '30',
	unit: 'day',
	areaKind: null,
	comparison: '>=',
	source: '城乡规划法 第26条',
	status: 'unverified',
	parkId: null,
	validFrom: null,
	validTo: null,
};
const BLANK: PaperContent = {
	startsOn: null,
	endsOn: null,
	number: null,
	office: null,
	issuedOn: null,
	summary: null,
};
const paper = (kind: PaperKind, content: Partial<PaperContent>): Paper => ({ kind, ...BLANK, ...content });
const notice = (startsOn: string, endsOn: string) => paper('public_notice', { startsOn, endsOn });
const OPINIONS = paper('opinions_summary', { summary: '无' });
const APPROVAL = paper('approval', { number: '示例〔2026〕1号', office: '示例机关', issuedOn: '2026-03-20' });

const codesOn = (papers: readonly Paper[], rules: readonly RuleValue[] = [RULE], onDate = '2026-04-01') =>
	checkPapers('plan_amendment', papers, rules, onDate).map(({ code }) => code);

describe('the papers of a plan amendment', () => {
	it('let it be published after thirty days of notice, not after twenty-nine', () => {
		expect(daysThrough('2026-02-01', '2026-03-01')).toBe(29);
		expect(codesOn([notice('2026-02-01', '2026-03-01'), OPINIONS, APPROVAL])).toEqual(['notice.too-short']);
		expect(codesOn([notice('2026-02-01', '2026-03-02'), OPINIONS, APPROVAL])).toEqual([]);
		const [issue] = checkPapers(
			'plan_amendment',
			[notice('2026-02-01', '2026-03-01'), OPINIONS, APPROVAL],
			[RULE],
			'2026-04-01',
		);
		expect(issue).toMatchObject({ params: { days: 29, leastDays: 30 }, source: RULE.source });
	});

	it('count days over a leap day and a change of year', () => {
		expect(daysThrough('2028-02-01', '2028-03-01')).toBe(30);
		expect(daysThrough('2025-12-31', '2026-01-01')).toBe(2);
		expect(daysThrough('2026-01-01', '2026-01-01')).toBe(1);
	});

	it('ask for a notice whose last day is over', () => {
		const papers = [notice('2026-03-01', '2026-03-31'), OPINIONS, APPROVAL];
		expect(codesOn(papers, [RULE], '2026-03-31')).toEqual(['notice.running']);
		expect(codesOn(papers, [RULE], '2026-04-01')).toEqual([]);
	});

	it('never pass for want of a rule', () => {
		const papers = [notice('2026-01-01', '2026-03-31'), OPINIONS, APPROVAL];
		expect(codesOn(papers, [])).toEqual(['notice.rule-unset']);
		expect(codesOn(papers, [{ ...RULE, value: null }])).toEqual(['notice.rule-unset']);
		expect(codesOn(papers, [{ ...RULE, validTo: '2026-03-01' }])).toEqual(['notice.rule-unset']);
	});

	it('are compared as the rule says', () => {
		const papers = [notice('2026-02-01', '2026-03-02'), OPINIONS, APPROVAL];
		expect(codesOn(papers, [{ ...RULE, comparison: '>' }])).toEqual(['notice.too-short']);
	});

	it('are refused with their dates reversed', () => {
		expect(codesOn([notice('2026-03-02', '2026-03-01'), OPINIONS, APPROVAL])).toEqual([
			'notice.dates-reversed',
		]);
	});
});

describe('a notice and an approval', () => {
	const follow = (value: string | null, over: Partial<RuleValue> = {}): RuleValue => ({
		...RULE,
		key: AFTER_CHANGE_RULE,
		value,
		...over,
	});
	const found = (
		papers: readonly Paper[],
		rules: readonly RuleValue[],
		firstOn: string | null = null,
		effectiveOn: string | null = null,
	) =>
		checkPapersFollow('plan_amendment', papers, rules, { changedOn: '2026-02-10', firstOn, effectiveOn }).map(
			({ code, severity, params }) => `${severity} ${code} ${params.paper}`,
		);
	const late = notice('2026-02-10', '2026-03-20');
	const early = notice('2026-02-09', '2026-03-20');
	const approvedOn = (issuedOn: string) => ({ ...APPROVAL, issuedOn });

	it('are of the content as it is to be published: from the day of its last change on, not the day before', () => {
		expect(found([late, approvedOn('2026-02-10')], [follow('0')])).toEqual([]);
		expect(found([early, approvedOn('2026-02-09')], [follow('0')])).toEqual([
			'error paper.before-change public_notice',
			'error paper.before-change approval',
		]);
		const [issue] = checkPapersFollow('plan_amendment', [early], [follow('0')], {
			changedOn: '2026-02-10',
			firstOn: null,
			effectiveOn: null,
		});
		expect(issue).toMatchObject({
			params: { statedOn: '2026-02-09', changedOn: '2026-02-10' },
			source: RULE.source,
		});
	});

	it('wait as many days as the rule says', () => {
		expect(found([late], [follow('0', { comparison: '>' })])).toHaveLength(1);
		expect(found([notice('2026-02-12', '2026-03-20')], [follow('3')])).toHaveLength(1);
		expect(found([notice('2026-02-13', '2026-03-20')], [follow('3')])).toEqual([]);
	});

	it('are warned of where no rule is set and they are older than the change', () => {
		for (const rules of [[], [follow(null)], [follow('0', { validFrom: '2026-02-10' })]]) {
			expect(found([early], rules)).toEqual(['warning paper.order-unset public_notice']);
			expect(found([late], rules)).toEqual([]);
		}
	});

	it('are never from before the coverage where what they approve is so too, rule or not', () => {
		const ancient = notice('1990-01-01', '1990-03-01');
		const answer = ['error paper.before-first public_notice', 'error paper.before-first approval'];
		for (const rules of [[], [follow('0')]])
			expect(found([ancient, approvedOn('2024-12-30')], rules, '2024-12-31', '2024-12-30')).toEqual(answer);
	});

	it('may be from before the coverage for what is in force from later on, which has to be acknowledged', () => {
		const before = approvedOn('2024-12-30');
		for (const effectiveOn of [null, '2024-12-31'])
			expect(found([before], [], '2024-12-31', effectiveOn)).toEqual(['warning paper.before-first approval']);
		expect(found([before], [follow('0')], '2024-12-31')).toEqual([
			'warning paper.before-first approval',
			'error paper.before-change approval',
		]);
		const reaching = notice('2024-12-01', '2024-12-31');
		expect(found([reaching, approvedOn('2024-12-31')], [], '2024-12-31')).toEqual([
			'warning paper.order-unset public_notice',
			'warning paper.order-unset approval',
		]);
	});

	it('are told one by one where they are not as they were seen', () => {
		const summary = paper('opinions_summary', { summary: '没有意见' });
		const moved = (seen: readonly Paper[], papers: readonly Paper[]) =>
			checkPapersSeen(seen, papers).map(({ code, params }) => `${code} ${params.paper}`);
		expect(moved([APPROVAL, summary], [{ ...summary }, { ...APPROVAL }])).toEqual([]);
		expect(moved([APPROVAL], [{ ...APPROVAL, number: '2' }, summary])).toEqual([
			'paper.moved opinions_summary',
			'paper.moved approval',
		]);
		expect(moved([APPROVAL], [])).toEqual(['paper.moved approval']);
	});

	it('are asked of amendments only', () => {
		const reported = paper('survey_update', { number: '1', issuedOn: '1990-01-01' });
		const days = { changedOn: '2026-02-10', firstOn: '2024-12-31', effectiveOn: null };
		expect(checkPapersFollow('current_use_update', [reported], [follow('0')], days)).toEqual([]);
	});
});

describe('what a paper states', () => {
	it('is in order, and not of a day that is to come', () => {
		const codes = (one: Paper) => checkPaper(one, '2026-04-01').map(({ code }) => code);
		expect(codes(notice('2026-03-02', '2026-03-01'))).toEqual(['notice.dates-reversed']);
		expect(codes(notice('2026-03-02', '2026-05-01'))).toEqual([]);
		expect(codes(paper('approval', { issuedOn: '2026-04-02' }))).toEqual(['paper.day-ahead']);
		expect(codes(paper('approval', { issuedOn: '2026-04-01' }))).toEqual([]);
	});

	it('is not later than the day from which the revision is in force', () => {
		const approved = [paper('approval', { issuedOn: '2026-04-01' })];
		const codes = (effectiveOn: string | null, firstOn: string | null = null) =>
			checkEffectiveOn('plan_amendment', approved, effectiveOn, firstOn).map(({ code }) => code);
		expect(codes('2026-03-31')).toEqual(['effective.before-paper']);
		expect(codes('1900-01-01', '2024-01-01')).toEqual(['effective.before-paper']);
		expect([...codes('2026-04-01'), ...codes('2199-01-01'), ...codes(null, '2199-01-01')]).toEqual([]);
		const corrected = (firstOn: string | null) =>
			checkEffectiveOn('technical_correction', [], '1900-01-01', firstOn).map(({ code }) => code);
		expect(corrected('2024-01-01')).toEqual(['effective.before-first']);
		expect(corrected(null)).toEqual([]);
		const reported = [paper('error_report', { issuedOn: '2026-04-01' })];
		expect(checkEffectiveOn('technical_correction', reported, '2024-05-01', '2024-01-01')).toEqual([]);
	});

	it('is nothing where it is blank', () => {
		const kept = withoutBlanks(paper('opinions_summary', { summary: ' \n ', number: ' 7 ' }));
		expect([kept.summary, kept.number, kept.kind]).toEqual([null, ' 7 ', 'opinions_summary']);
	});
});

describe.each(CHANGESET_KINDS)('the papers of a %s', (kind) => {
	it('are all asked for, and all that they must state', () => {
		const wanted = REQUIRED_PAPERS[kind];
		const lacking = checkPapers(kind, [], [RULE], '2026-04-01');
		expect(lacking.map(({ code, params }) => [code, params.paper])).toEqual(
			wanted.map((one) => ['paper.missing', one.paper]),
		);
		const blank = checkPapers(
			kind,
			wanted.map((one) => paper(one.paper, { number: ' ' })),
			[RULE],
			'2026-04-01',
		);
		expect(blank.map(({ code, params }) => [code, params.paper, params.field])).toEqual(
			wanted.flatMap((one) => one.states.map((field) => ['paper.incomplete', one.paper, field])),
		);
		for (const { source, status } of wanted) {
			expect(source).not.toBe('');
			expect(status).not.toBe('verified');
		}
	});
});

describe('a planning condition', () => {
	it.each([
		['farMax', { farMax: 0 }],
		['farMax', { farMax: 1.2345 }],
		['farMin', { farMin: 3, farMax: 2 }],
		['greenRatioMinPct', { greenRatioMinPct: 100.01 }],
		['buildingCoverageMaxPct', { buildingCoverageMaxPct: -1 }],
		['heightMaxM', { heightMaxM: 0 }],
		['supportShareMaxPct', { supportShareMaxPct: 1e6 }],
		['source', { source: ' ' }],
		['none', { farMin: null, farMax: null, buildingCoverageMaxPct: null }],
		[null, { greenRatioMinPct: 0, heightMaxM: 99_999.99 }],
	])('is faulty in %s: %o', (field, change) => {
		expect(findConditionFault({ ...SOME_CONDITION, ...change })?.field ?? null).toBe(field);
	});
});
