import { compareDays } from '../calendar/day.ts';
import { topUp } from '../tenure/price.ts';
import type { LandUse } from '../tenure/term.ts';
import { finding, type Finding } from './finding.ts';
import { numbersOf, standingFacts, type FactShapes, type SupplyFact } from './supply-fact.ts';
import { contractOf, type SupervisionContext } from './supervision.ts';

/**
 * Asks whether what is to be recorded of a supply can be so beside its contract, its plot and the rules; of what is taken back, what stands on it.
 *
 * A `fail` keeps it from being recorded, of an `unknown` who records it says that he knows. `context` holds the rows that stand before it. O(rows + rules).
 */
export function askFact(
	{ kind, facts, replacesNo, isVoid }: Omit<SupplyFact, 'factNo' | 'document'>,
	context: SupervisionContext,
): Finding[] {
	if (isVoid) return kind === 'supplement' ? askChain(null, replacesNo, context) : [];
	switch (kind) {
		case 'progress':
			return askWorks(facts as FactShapes['progress'], context);
		case 'figures':
			return askFigures(facts as FactShapes['figures'], context);
		case 'certificate':
			return askDay((facts as FactShapes['certificate']).registeredOn, context);
		case 'transfer':
			return askDay((facts as FactShapes['transfer']).askedOn, context);
		case 'supplement':
			return askSupplement(facts as FactShapes['supplement'], replacesNo, context);
		default:
			return [];
	}
}

/** Whether a row that was recorded is what somebody decided: of a missed indicator, or of another use. The schema holds the same (`is_decided_fact`). */
export function isDecidedFact({ kind, facts }: SupplyFact): boolean {
	if (kind !== 'supplement') return kind === 'disposal';
	const { useBefore, useAfter } = facts as Partial<FactShapes['supplement']>;
	return useBefore !== useAfter;
}

/** A right is registered, changed or passed on only after it was agreed. */
function askDay(on: string, { record }: Pick<SupervisionContext, 'record'>): Finding[] {
	const signedOn = firstSigned(record);
	return signedOn !== null && on < signedOn
		? [finding('fail', 'fact.before-contract', { on, signedOn })]
		: [];
}

/** Works before the contract are against it, and yet may have been seen. */
function askWorks({ seenOn }: FactShapes['progress'], { record }: SupervisionContext): Finding[] {
	const signedOn = firstSigned(record);
	return signedOn !== null && seenOn < signedOn
		? [finding('unknown', 'fact.works-before-contract', { on: seenOn, signedOn })]
		: [];
}

const firstSigned = (record: SupervisionContext['record']) =>
	(record.lease ?? contractOf(record))?.signedOn ?? null;

function askFigures(
	{ developedDm2, toDevelopDm2, investedFen, totalInvestmentFen }: FactShapes['figures'],
	{ area }: SupervisionContext,
): Finding[] {
	const most = toDevelopDm2 ?? area.areaDm2;
	const found: Finding[] = [];
	if (developedDm2 !== null && developedDm2 > most)
		found.push(
			finding('fail', 'figures.developed-over', { developedM2: developedDm2 / 100, mostM2: most / 100 }),
		);
	if (toDevelopDm2 !== null && toDevelopDm2 > area.areaDm2)
		found.push(
			finding('unknown', 'figures.over-plot', {
				toDevelopM2: toDevelopDm2 / 100,
				plotM2: area.areaDm2 / 100,
			}),
		);
	if (investedFen !== null && totalInvestmentFen !== null && investedFen > totalInvestmentFen)
		found.push(finding('unknown', 'figures.invested-over', { investedFen, plannedFen: totalInvestmentFen }));
	return found;
}

function askSupplement(
	supplement: FactShapes['supplement'],
	replacesNo: number | null,
	context: SupervisionContext,
): Finding[] {
	const { agreedOn, useBefore, useAfter, topUpFen } = supplement;
	const { rules, parkId, area } = context;
	const found = [...askDay(agreedOn, context), ...askChain(supplement, replacesNo, context)];
	if (useAfter !== useBefore) found.push(finding('unknown', 'supplement.use-changes', { use: useAfter }));
	const ruled = topUp({ ...supplement, ...area }, rules, agreedOn, parkId);
	if (ruled.value === null) return [...found, finding('unknown', ruled.reason, ruled.params, ruled.rule)];
	if (ruled.value === (topUpFen ?? 0)) return found;
	const params = { agreedFen: topUpFen ?? 0, ruledFen: ruled.value };
	return [...found, finding('unknown', 'supplement.top-up-differs', params, ruled.rule)];
}

/** A supplement in its place: by the day that it was agreed on, then by the number under which its first row was recorded. */
interface Link {
	readonly supplement: FactShapes['supplement'];
	readonly firstNo: number;
}

/** Asks each supplement against the use that the one before left: the one that is recorded, and those that stand and would not any more. */
function askChain(
	supplement: FactShapes['supplement'] | null,
	replacesNo: number | null,
	{ facts, use }: SupervisionContext,
): Finding[] {
	const rows = standingFacts(facts, 'supplement');
	const firstOf = (row: SupplyFact) => Math.min(...numbersOf(row, facts));
	const links = rows.map((row) => ({ row, supplement: row.facts, firstNo: firstOf(row) }));
	const replaced = links.find(({ row }) => row.factNo === replacesNo);
	const kept = links.filter((link) => link !== replaced);
	const own: Link | null =
		supplement === null ? null : { supplement, firstNo: replaced?.firstNo ?? Number.MAX_SAFE_INTEGER };
	const brokenBefore = new Set(Array.from(brokenLinks(links, use).keys(), ({ firstNo }) => firstNo));
	return Array.from(brokenLinks(own === null ? kept : [...kept, own], use)).flatMap(([link, found]) => {
		if (link === own) return [finding('fail', 'supplement.use-differs', { use: found })];
		const params = { on: link.supplement.agreedOn, use: found };
		return brokenBefore.has(link.firstNo) ? [] : [finding('fail', 'supplement.link-broken', params)];
	});
}

/** The links whose use before is another than the one that they find, with that. */
function brokenLinks(links: readonly Link[], first: LandUse | null): Map<Link, LandUse> {
	const broken = new Map<Link, LandUse>();
	let use = first;
	const inOrder = [...links].sort(
		(a, b) => compareDays(a.supplement.agreedOn, b.supplement.agreedOn) || a.firstNo - b.firstNo,
	);
	for (const link of inOrder) {
		if (use !== null && link.supplement.useBefore !== use) broken.set(link, use);
		use = link.supplement.useAfter;
	}
	return broken;
}

/**
 * Asks what stands recorded of a supply once its contract is corrected: what was registered, changed or passed on after the contract as it stood and would come before it. O(rows).
 */
export function askFactsOfCorrection(
	rows: readonly SupplyFact[],
	before: SupervisionContext['record'],
	after: SupervisionContext['record'],
): Finding[] {
	const days = [
		...standingFacts(rows, 'certificate').map(({ facts }) => facts.registeredOn),
		...standingFacts(rows, 'transfer').map(({ facts }) => facts.askedOn),
		...standingFacts(rows, 'supplement').map(({ facts }) => facts.agreedOn),
	];
	return days.flatMap((on) =>
		askDay(on, { record: before }).length > 0 ? [] : askDay(on, { record: after }),
	);
}
