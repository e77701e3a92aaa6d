import { sumFen } from '../tenure/money.ts';
import { checkMxPrice, checkPriceFloor } from '../tenure/price.ts';
import { finding, type Finding } from './finding.ts';
import type { GuardContext } from './guard-context.ts';
import { pathOf } from './mode.ts';
import type { ContractFacts, OfferFacts } from './record.ts';

const TERMS = ['leaseMonths', 'grantYears'] as const;
const PRICES = ['priceFen', 'yearlyRentFen'] as const;

/**
 * Asks whether a contract has the terms that were tendered.
 *
 * Each part is held to the tender, and with them the sum; only what an extension decided lengthens it. A lease that a grant follows may leave the
 * years to the grant contract, which does not touch the lease again; where the lease was extended, the grant may be shorter by it, so that both keep to the legal
 * maximum. Differing is a fail, `unknown` is what the tender did not say. O(1).
 */
export function askAsTendered({ record, event }: GuardContext): Finding[] {
	if (pathOf(record.mode) === 'allocation') return [];
	const signed = event.facts as ContractFacts;
	const isTurned = event.event === 'sign_grant';
	const found = (isTurned ? (['grantYears'] as const) : TERMS).flatMap((figure): Finding[] => {
		const tendered = record.offer?.[figure] ?? null;
		const agreed = signed[figure] ?? (isTurned ? record.grantYears : null);
		if (tendered === agreed) return [];
		if (tendered === null)
			return [finding('unknown', 'supply.term-not-tendered', { figure, signed: agreed ?? 0 })];
		if (agreed !== null) {
			const terms = { figure, tendered, signed: agreed };
			return isTurned && isExtended(record) && agreed < tendered
				? [finding('unknown', 'supply.term-after-extension', terms)]
				: [finding('fail', 'supply.term-differs', terms)];
		}
		const isLeft = isTurning(record, event) && figure === 'grantYears';
		return isLeft ? [] : [finding('fail', 'supply.term-missing', { figure, tendered })];
	});
	const isTendered = TERMS.some((figure) => (record.offer?.[figure] ?? null) !== null);
	return found.length > 0 || !isTendered ? found : [finding('pass', 'supply.terms-as-tendered')];
}

/** Whether a lease is signed that a grant follows, which may tell the rest. */
function isTurning({ mode }: GuardContext['record'], { event }: GuardContext['event']): boolean {
	return event === 'sign_lease' && pathOf(mode) === 'lease_then_grant';
}

function isExtended({ lease, leaseMonths }: GuardContext['record']): boolean {
	return (leaseMonths ?? 0) > (lease?.leaseMonths ?? leaseMonths ?? 0);
}

/**
 * Asks whether a contract has a price or rent, and the one of the award; the grant that follows a lease the one of the lease contract or else of the award.
 *
 * A figure that differs or is missing is a fail, `unknown` is one that was agreed nowhere before. Nothing is asked where land is given for nothing. Instalments
 * are asked of every contract that has some: they are those of its price, to the fen. O(instalments).
 */
export function askContractPrice(context: GuardContext): Finding[] {
	return [...askAgreedPrice(context), ...askInstalments(context.event.facts as ContractFacts)];
}

function askInstalments({ priceFen, instalments = [] }: ContractFacts): Finding[] {
	const count = instalments.length;
	if (count === 0) return [];
	const total = sumFen(instalments.map(({ amountFen }) => amountFen));
	if (priceFen === null) return [finding('fail', 'supply.instalments-unpriced', { count, sumFen: total })];
	return total === priceFen
		? [finding('pass', 'supply.instalments-complete', { count, priceFen })]
		: [finding('fail', 'supply.instalments-differ', { count, priceFen, sumFen: total })];
}

function askAgreedPrice({ record, event }: GuardContext): Finding[] {
	const { award, lease, mode } = record;
	const path = pathOf(mode);
	if (path === 'allocation' || path === 'contribution') return [];
	const signed = event.facts as ContractFacts;
	const isTurned = event.event === 'sign_grant';
	const missing = (figure: (typeof PRICES)[number]) =>
		finding('fail', 'supply.contract-price-missing', { figure });
	if (path === 'grant' || isTurned) {
		if (signed.priceFen === null) return [missing('priceFen')];
	} else if (signed.priceFen === null && signed.yearlyRentFen === null) return [missing('yearlyRentFen')];
	return (isTurned ? (['priceFen'] as const) : PRICES).flatMap((figure): Finding[] => {
		const agreedFen = (isTurned ? lease?.[figure] : null) ?? award?.[figure] ?? null;
		const signedFen = signed[figure];
		if (agreedFen === signedFen) return [];
		if (agreedFen === null)
			return [finding('unknown', 'supply.price-not-tendered', { figure, signedFen: signedFen ?? 0 })];
		if (signedFen !== null)
			return [finding('fail', 'supply.contract-price-differs', { figure, agreedFen, signedFen })];
		// The price of the grant may be left to the contract that follows the lease.
		const isLeft = isTurning(record, event) && figure === 'priceFen';
		return isLeft ? [] : [missing(figure)];
	});
}

/**
 * Asks whether the start price of a grant, or the price of its contract, keeps the floor of industrial land, and of MX land its own.
 *
 * Of a lease, and of an offer whose bids are rents, nothing is asked: the floor is one of grants; nor of land leased and granted in parts, as the area of the
 * granted part is not recorded. O(rules). See `checkPriceFloor`.
 */
export function askPriceFloor({ record, event, plot, rules, onDate }: GuardContext): Finding[] {
	const path = pathOf(record.mode);
	const isGranted =
		event.event === 'offer'
			? path === 'grant'
			: event.event !== 'sign_lease' && path !== 'contribution' && path !== 'lease_and_grant';
	const facts = event.facts as OfferFacts & ContractFacts;
	const totalFen = event.event === 'offer' ? facts.startPriceFen : facts.priceFen;
	const { use, area, parkId, isLocalClass } = plot;
	if (!isGranted || path === 'allocation' || totalFen === null) return [];
	const floor = use === null ? [] : checkPriceFloor({ use, totalFen, ...area }, rules, onDate, parkId);
	return isLocalClass ? [...floor, checkMxPrice({ totalFen, ...area }, rules, onDate, parkId)] : floor;
}
