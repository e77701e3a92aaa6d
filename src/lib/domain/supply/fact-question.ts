import { topUp } from '../tenure/price.ts';
import type { LandUse } from '../tenure/term.ts';
import { finding, type Finding } from './finding.ts';
import { standing, standingFacts, type FactShapes, type SupplyFact } from './supply-fact.ts';
import { contractOf, type SupervisionContext } from './supervision.ts';

/**
 * Asks whether what is to be recorded of a supply can be so beside its contract, its plot and the rules; nothing of what is taken back.
 *
 * A `fail` keeps it from being recorded, of an `unknown` who records it says that he knows. `context` holds the rows that stand before it. O(rows + rules).
 */
export function askFact(
	{ kind, facts, replacesNo, isVoid }: Omit<SupplyFact, 'factNo' | 'document'>,
	context: SupervisionContext,
): Finding[] {
	if (isVoid) return [];
	const beside = standing(context.facts).filter(({ factNo }) => factNo !== replacesNo);
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
			return askSupplement(facts as FactShapes['supplement'], beside, context);
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
function askDay(on: string, { record }: SupervisionContext): Finding[] {
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
	beside: readonly SupplyFact[],
	context: SupervisionContext,
): Finding[] {
	const { agreedOn, useBefore, useAfter, topUpFen } = supplement;
	const { rules, parkId, area } = context;
	const use: LandUse | null = standingFacts(beside, 'supplement').at(-1)?.facts.useAfter ?? context.use;
	const found = askDay(agreedOn, context);
	if (use !== null && use !== useBefore) found.push(finding('fail', 'supplement.use-differs', { use }));
	if (useAfter !== useBefore) found.push(finding('unknown', 'supplement.use-changes', { use: useAfter }));
	const ruled = topUp({ ...supplement, ...area }, rules, agreedOn, parkId);
	if (ruled.value === null) return [...found, finding('unknown', ruled.reason, ruled.params, ruled.rule)];
	if (ruled.value === (topUpFen ?? 0)) return found;
	const params = { agreedFen: topUpFen ?? 0, ruledFen: ruled.value };
	return [...found, finding('unknown', 'supplement.top-up-differs', params, ruled.rule)];
}
