import { findRuleInForce, isSet } from '../rule/rule-value.ts';
import { sumFen } from '../tenure/money.ts';
import { noRule } from './check-value.ts';
import { finding, type Finding } from './finding.ts';
import { isOver } from './life-cycle.ts';
import { standingFacts } from './supply-fact.ts';
import { contractOf, idleStandingOf, superviseSupply, type SupervisionContext } from './supervision.ts';
import { transfersOf } from './transfer.ts';

/**
 * Answers the checklist of an exit (退出): what is owed, proceedings, mortgages, what becomes of the buildings, and whether the land goes back to the reserve.
 *
 * Each question is pass, fail or unknown. No text that was read says what has to be settled first: rules `exit.accounts-settled` and `exit.buildings` (1 or 0), otherwise
 * `rule.none` beside what the record shows. Empty where nobody holds or held the land. O(rules + payments + facts²).
 */
export function checkExit(context: SupervisionContext): Finding[] {
	const { record, facts } = context;
	if (contractOf(record) === null) return [];
	return [
		...askAccounts(context),
		...askProceedings(context),
		...(transfersOf(facts, 'mortgage').some((one) => one.facts.outcome === 'consented')
			? [finding('unknown', 'exit.mortgaged')]
			: []),
		...askBuildings(context),
		...askHandBack(context),
	];
}

function askAccounts(context: SupervisionContext): Finding[] {
	const { rules, onDate, parkId } = context;
	const { accounts } = superviseSupply(context);
	const key = 'exit.accounts-settled';
	const rule = findRuleInForce(rules, key, parkId, onDate);
	if (rule?.value === '0') return [finding('pass', 'exit.not-required', { key }, rule)];
	const asked = rule?.value === '1' ? [] : [noRule(key, rule)];
	if (accounts.some(({ state }) => state === null))
		return [...asked, finding('unknown', 'exit.accounts-unknown', {}, rule)];
	// Rents of years to come are not owed by who gives the land back.
	const openFen = accounts.reduce(
		(sum, { kind, state }) =>
			sum +
			((kind === 'rent' ? state?.overdueFen : state && sumFen(state.charges.map((one) => one.openFen))) ?? 0),
		0,
	);
	if (openFen === 0) return [...asked, finding('pass', 'exit.accounts-even', {}, rule)];
	return [
		...asked,
		finding(asked.length === 0 ? 'fail' : 'unknown', 'exit.accounts-open', { openFen }, rule),
	];
}

function askProceedings(context: SupervisionContext): Finding[] {
	const proceedings = idleStandingOf(context)?.proceedings ?? 'none';
	return proceedings === 'none'
		? []
		: [finding('unknown', 'exit.proceedings-open', { idleState: proceedings })];
}

/** What becomes of the buildings: as recorded with the exit, before it as the contract says. */
function askBuildings({ record, facts, rules, onDate, parkId }: SupervisionContext): Finding[] {
	const key = 'exit.buildings';
	const rule = findRuleInForce(rules, key, parkId, onDate);
	const exit = standingFacts(facts, 'exit').at(-1)?.facts;
	if (exit !== undefined) {
		const { buildings, paidFen } = exit;
		if (buildings === 'compensated' && paidFen === null)
			return [finding('fail', 'exit.compensation-unstated', { buildings }, rule)];
		return paidFen === null
			? [finding('pass', 'exit.buildings-handled', { buildings }, rule)]
			: [finding('pass', 'exit.buildings-paid', { buildings, paidFen }, rule)];
	}
	const agreed =
		[record.contract, record.lease].map((one) => (one?.onFailure ?? '').trim()).find((text) => text !== '') ??
		'';
	const asked = isSet(rule) ? [] : [noRule(key, rule)];
	return agreed === ''
		? [...asked, finding('unknown', 'exit.buildings-open', {}, rule)]
		: [finding('pass', 'exit.buildings-agreed', { text: agreed }, rule)];
}

function askHandBack({ record, facts }: SupervisionContext): Finding[] {
	if (!isOver(record.state)) return [finding('unknown', 'exit.right-stands')];
	const exit = standingFacts(facts, 'exit').at(-1)?.facts;
	if (exit === undefined) return [finding('unknown', 'exit.hand-back-open')];
	const { handedBackOn, toReserve } = exit;
	const code = toReserve ? 'exit.to-reserve' : 'exit.handed-back';
	return [finding('pass', code, { handedBackOn })];
}
