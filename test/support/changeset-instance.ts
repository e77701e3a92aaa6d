import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { listConflicts } from '$lib/domain/changeset/conflict.ts';
import { shareAreas } from '$lib/domain/changeset/share-areas.ts';
import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { CHANGESET_EVENTS, CHANGESET_STATES, checkAct } from '$lib/domain/changeset/life-cycle.ts';
import { readCodeList } from '$lib/domain/changeset/code-list.ts';
import { checkClasses, checkCodes, checkFormerConditions } from '$lib/domain/changeset/check-facts.ts';
import { withFacts, type PlanningCondition } from '$lib/domain/changeset/parcel-facts.ts';
import {
	checkEffectiveOn,
	checkPaper,
	checkPapers,
	checkPapersFollow,
	checkPapersSeen,
	PAPER_KINDS,
	type Paper,
	type PaperContent,
} from '$lib/domain/changeset/publishing-papers.ts';
import { CHANGESET_KINDS } from '$lib/domain/changeset/kind.ts';
import { draftOf } from '$lib/domain/changeset/draft-state.ts';
import { runStep } from '$lib/domain/changeset/run-step.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { checkDocument } from '$lib/domain/changeset/document-type.ts';
import {
	checkConversion,
	conversionGround,
	conversionSets,
	newConstruction,
	type LandKinds,
} from '$lib/domain/changeset/conversion-need.ts';
import { checkControls, controlRuleKey } from '$lib/domain/changeset/check-control.ts';
import { checkLeastAreas, leastAreaRuleKey } from '$lib/domain/changeset/check-least-area.ts';
import { checkTargets, TARGET_MEASURES, type DraftTarget } from '$lib/domain/changeset/draft-target.ts';
import { touchedGround } from '$lib/domain/changeset/touched-ground.ts';
import { CONTROL_KINDS } from '$lib/domain/control/control-kind.ts';
import type { RuleValue } from '$lib/domain/rule/rule-value.ts';
import { readTypedPlace } from '$lib/map/edit/typed-place.ts';
import { drawing } from '$test/geo/coverage/drawing.ts';
import { CLASSES, SOME_CONDITION, SOME_FACTS } from './chance-step.ts';
import { doSteps, FARMLAND, INDUSTRY, TOWN, townDraft } from './draft-town.ts';
import type { Instance } from './issue-instance.ts';
import { surveyInstances } from './survey-instance.ts';

/** Issues and refusals of changesets, each from what it is made of in earnest. */
export function changesetInstances(): Instance[] {
	return [
		...actIssues(),
		...paperIssues(),
		...stepRefusals(),
		...factIssues(),
		...publishIssues(),
		...draftIssues(),
		...documentIssues(),
		...listIssues(),
		...surveyInstances(),
		...typedPlaces(),
		changesetError('working-area.too-large', { parcels: 6001, most: 6000 }),
		changesetError('comparison.busy'),
		changesetError('endorse.said'),
		changesetError('comparison.too-large', { parcels: 20001, most: 20000 }),
	];
}

function typedPlaces(): Instance[] {
	const extent = { west: 123.2, south: 41.5, east: 123.7, north: 42 };
	const typed = [
		readTypedPlace('41.7, 123.45', 'geographic', 4529, extent),
		readTypedPlace('41537000 4619000', 'projected', 4529, extent),
	];
	return typed.flatMap((one) => (one.ok ? [] : [{ code: one.codes[0], params: one.params, parcelNos: [] }]));
}

function actIssues(): ChangesetIssue[] {
	const bare = { title: '', reason: '', comment: '', steps: 0, issues: [], paperIssues: [] };
	return CHANGESET_STATES.flatMap((state) =>
		CHANGESET_EVENTS.flatMap((event) =>
			[true, false].flatMap((isAuthor) => [
				...checkAct({ state, event, isAuthor, may: () => true, ...bare }),
				...checkAct({ state, event, isAuthor, may: () => false, ...bare }),
			]),
		),
	);
}

function paperIssues(): ChangesetIssue[] {
	const blank: PaperContent = {
		startsOn: null,
		endsOn: null,
		number: null,
		office: null,
		issuedOn: null,
		summary: null,
	};
	const rule = {
		key: 'changeset.notice.days',
		value: '30',
		unit: 'day',
		areaKind: null,
		comparison: '>=',
		source: '示例',
		status: 'example',
		parkId: null,
		validFrom: null,
		validTo: null,
	} as const;
	const notice = (startsOn: string, endsOn: string): Paper => ({
		kind: 'public_notice',
		...blank,
		startsOn,
		endsOn,
	});
	const papers: Paper[] = PAPER_KINDS.map((kind) => ({ kind, ...blank }));
	const approval: Paper = { kind: 'approval', ...blank, issuedOn: '2026-04-02' };
	return [
		...checkPaper(approval, '2026-04-01'),
		...checkPapersSeen([], [approval]),
		...checkEffectiveOn('plan_amendment', [approval], '2026-04-01', null),
		...checkEffectiveOn('plan_amendment', [], '1900-01-01', '2024-01-01'),
		...CHANGESET_KINDS.flatMap((kind) => [
			...checkPapers(kind, [], [rule], '2026-04-01'),
			...checkPapers(kind, papers, [rule], '2026-04-01'),
		]),
		...checkPapers('plan_amendment', [notice('2026-03-02', '2026-03-01')], [rule], '2026-04-01'),
		...checkPapers('plan_amendment', [notice('2026-02-01', '2026-03-01')], [rule], '2026-04-01'),
		...checkPapers('plan_amendment', [notice('2026-02-01', '2026-03-21')], [rule], '2026-03-01'),
		...checkPapers('plan_amendment', [notice('2026-02-01', '2026-03-21')], [], '2026-04-01'),
		...[[], [{ ...rule, key: 'changeset.papers.days-after-change', value: '0' }]].flatMap((rules) => [
			...checkPapersFollow('plan_amendment', [approval], rules, {
				changedOn: '2026-04-03',
				firstOn: null,
				effectiveOn: null,
			}),
			...checkPapersFollow('plan_amendment', [approval], rules, {
				changedOn: '2026-04-03',
				firstOn: '2026-04-03',
				effectiveOn: '2026-04-02',
			}),
		]),
	];
}

function publishIssues(): ChangesetIssue[] {
	const state = draftOf(twoCells(), SOME_FACTS);
	const merged = runStep(state, { verb: 'merge', params: { parcelNos: [1, 2] } });
	if (!merged.ok) throw new Error(merged.refusal.code);
	const stored = (parkId: string) => ({ areaDm2: 1, place: { parkId, relation: 'inside' as const } });
	const share = (one: string, other: string) => {
		const before = new Map([
			[1, stored(one)],
			[2, stored(other)],
		]);
		const shared = shareAreas(merged.difference, before, () => [stored(one).place]);
		return shared.ok ? [] : shared.issues;
	};
	const later = { parcelNo: 1, revision: 2, changesetNo: 3, authorName: '某人' };
	return [...share('a', 'a'), ...share('a', 'b'), ...listConflicts([[1, -1]], [later], null)];
}

function missedTargets(): ChangesetIssue[] {
	const targets = TARGET_MEASURES.flatMap((measure) =>
		(['<', '<=', '=', '>=', '>'] as const).map((comparison): DraftTarget => ({
			...{
				measure,
				comparison,
				parkId: comparison === '=' ? null : 'east',
				source: '示例',
				status: 'example',
			},
			...{ beforeDm2: 100, afterDm2: 200, targetDm2: 300, verdict: 'missed' },
		})),
	);
	return checkTargets(targets, () => '东园', 'draft');
}

function factIssues(): ChangesetIssue[] {
	const code = { text: 'X', status: 'official' } as const;
	const difference = {
		shapes: [],
		lineage: [],
		facts: [
			{ parcelNo: 1, field: 'code', before: null, after: code },
			{ parcelNo: 2, field: 'landUse', before: CLASSES[0], after: null },
		],
	} as const;
	const state = { facts: withFacts({ base: SOME_FACTS, patch: new Map() }, difference.facts) };
	const built: Step = { verb: 'reclassify', params: { parcelNos: [1], landUse: INDUSTRY } };
	const town = doSteps(townDraft('plan', SOME_CONDITION), [built]);
	return [
		...checkCodes(difference, [{ parcelNo: 3, code: 'X' }]),
		...checkClasses(state, difference),
		...checkFormerConditions(town.end, town.difference, 'draft'),
	];
}

function stepRefusals(): Instance[] {
	const coverage = twoCells();
	const code = { text: 'X', status: 'official' } as const;
	const faults: Partial<PlanningCondition>[] = [
		{ farMin: -1 },
		{ farMax: 0 },
		{ buildingCoverageMaxPct: 101 },
		{ heightMaxM: 0 },
		{ greenRatioMinPct: 101 },
		{ supportShareMaxPct: 101 },
		{ source: '' },
		{ farMin: 1.23456 },
		{ farMin: 3, farMax: 1 },
		{ farMin: null, farMax: null, buildingCoverageMaxPct: null },
	];
	const steps: Step[] = [
		{ verb: 'reclassify', params: { parcelNos: [1], landUse: 'nothing' } },
		{ verb: 'reclassify', params: { parcelNos: [2], landUse: CLASSES[0] } },
		{ verb: 'reclassify', params: { parcelNos: [9], landUse: null } },
		{ verb: 'set_code', params: { codes: [{ parcelNo: 1, code: { ...code, text: ' ' } }] } },
		{ verb: 'set_code', params: { codes: [1, 2].map((parcelNo) => ({ parcelNo, code })) } },
		...faults.map((fault): Step => ({
			verb: 'set_conditions',
			params: { parcelNos: [1], condition: { ...SOME_CONDITION, ...fault } },
		})),
	];
	const onPlan = draftOf(coverage, SOME_FACTS);
	const onCurrent = draftOf(coverage, { ...SOME_FACTS, coverageKind: 'current' });
	return [
		...steps.map((step) => runStep(onPlan, step)),
		runStep(onCurrent, { verb: 'set_conditions', params: { parcelNos: [1], condition: SOME_CONDITION } }),
	].flatMap((result) => (result.ok ? [] : [result.refusal]));
}

function twoCells(): Coverage {
	const plan = drawing(`
A    B    C

D    E    F
`);
	const build = buildCoverage(plan.parcels({ 1: 'DEBA', 2: 'EFCB' }));
	if (!build.ok) throw new Error(build.issues[0].code);
	return build.coverage;
}

function documentIssues(): ChangesetIssue[] {
	const [some, none] = [Uint8Array.of(1), new Uint8Array()];
	const MB = 1024 * 1024;
	const checks = [
		checkDocument('a/b.pdf', some, MB),
		checkDocument('a.html', some, MB),
		checkDocument('a.pdf', none, MB),
		checkDocument('a.pdf', new Uint8Array(MB + 1), MB),
		checkDocument('a.pdf', some, MB),
	];
	return [
		...checks.flatMap((check) => (check.ok ? [] : check.issues)),
		...PAPER_KINDS.map((paper) => changesetError('document.in-use', { name: 'a.pdf', paper })),
	];
}

function listIssues(): ChangesetIssue[] {
	const text = `7,a1\n9,a2\n7,a3\n8\n8,${'a'.repeat(101)}`;
	const parcels = [7, 8].map((parcelNo) => ({ parcelNo, code: null }));
	return readCodeList(text, parcels, 'official').flatMap(({ issue }) =>
		issue === null ? [] : [changesetError(issue.code, issue.params)],
	);
}

function draftIssues(): ChangesetIssue[] {
	const rule = (key: string, value: string): RuleValue => ({
		key,
		value,
		unit: 'm2',
		areaKind: 'ellipsoidal',
		comparison: '<=',
		source: '示例',
		status: 'example',
		parkId: null,
		validFrom: null,
		validTo: null,
	});
	const { start, end, difference } = doSteps(townDraft(), [
		{ verb: 'split_by_line', params: { line: [TOWN.at('D'), TOWN.at('B')], parcelNos: [1] } },
		{ verb: 'reclassify', params: { parcelNos: [-1], landUse: null } },
		{ verb: 'reclassify', params: { parcelNos: [2], landUse: INDUSTRY } },
	]);
	const layers = CONTROL_KINDS.map((kind) => ({
		controlLayerId: kind,
		kind,
		areas: TOWN.polygons('ADEB', 'DFGE'),
	}));
	const rules = [
		rule(controlRuleKey('permanent_basic_farmland'), '0'),
		rule(leastAreaRuleKey('plan', 'industry'), '100000'),
	];
	const day = '2026-11-22';
	const KINDS: LandKinds = {
		categoryOf: (landUse) => (landUse === INDUSTRY ? 'construction' : 'agricultural'),
		isFarmland: (landUse) => landUse === FARMLAND,
	};
	const planned = newConstruction(touchedGround(start, end, difference), KINDS);
	const fields = TOWN.parcels({ 1: 'ADEB', 2: 'DFGE', 3: 'BEGHC' });
	const pieces = overlayParcelSets(conversionSets(planned, fields, TOWN.polygons('DFGE')));
	const ground = conversionGround(planned, pieces, () => FARMLAND, KINDS);
	const at = TOWN.at('A');
	return [
		...checkControls(touchedGround(start, end, difference), layers, rules, day, 'publish'),
		...checkConversion(ground, at, KINDS, 'draft'),
		...checkConversion(
			ground.map((one) => ({ ...one, category: 'unused' as const })),
			at,
			KINDS,
			'draft',
		),
		...checkConversion(
			ground.map((one) => ({ ...one, category: null })),
			at,
			KINDS,
			'draft',
		),
		...checkLeastAreas(end, difference, () => 'industry', rules, day, 'publish'),
		...missedTargets(),
	];
}
