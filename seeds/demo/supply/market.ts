import { addDays, addMonths } from '$lib/domain/calendar/day.ts';
import type { SupplyMode } from '$lib/domain/supply/mode.ts';
import type { SupplyFact } from '$lib/domain/supply/supply-fact.ts';
import type { LandUse } from '$lib/domain/tenure/term.ts';
import { between, chance } from '../chance.ts';

/** Land that somebody holds, as the demo plays it; days 'YYYY-MM-DD', money in fen. */
export interface HeldGround {
	readonly mode: SupplyMode;
	readonly use: LandUse;
	readonly areaM2: number;
	readonly handedOverOn: string;
	/** Day of the grant that followed a lease; null: none did. */
	readonly grantedOn: string | null;
}

/** What is recorded, with the day of it. */
export type MarketFact = Pick<SupplyFact, 'kind' | 'facts'> & { readonly onDay: string };

const TERMS = [
	{ what: 'transfer', admission: 'with_consent', afterStep: 'completed', sharePctMax: null },
	{ what: 'mortgage', admission: 'free', afterStep: null, sharePctMax: null },
	{ what: 'shares', admission: 'with_consent', afterStep: null, sharePctMax: '30' },
] as const;

/**
 * Plays what is recorded of held land for the secondary market: certificates, what was agreed of transfers, figures, supplements with a price on top, applications with consents
 * and what was done by them; invented, the same for the same arguments. `firstNo` is the number that the first of them is recorded under, nothing of a day after
 * `lastOn` is.
 */
export function playMarket(
	ground: HeldGround,
	firstNo: number,
	lastOn: string,
	seed: number,
	k: number,
): MarketFact[] {
	const { mode, use, handedOverOn, grantedOn } = ground;
	const found: MarketFact[] = [];
	/** The number of what is recorded; null: its day is still to come. */
	const record = (fact: MarketFact) => (fact.onDay > lastOn ? null : found.push(fact) + firstNo - 1);
	const certify = (registeredOn: string, number: string) =>
		record({ kind: 'certificate', facts: { number, registeredOn }, onDay: registeredOn });
	if (chance(seed, 361, k) < 0.75) certify(addDays(handedOverOn, 40), `示例不动产权第${k + 1}号`);
	if (grantedOn !== null) certify(addDays(grantedOn, 30), `示例不动产权第${k + 1}-2号`);
	if (k % 3 === 1) for (const facts of TERMS) record({ kind: 'transfer_terms', facts, onDay: handedOverOn });
	if (use === 'industrial' && k % 2 === 0) {
		const totalInvestmentFen = Math.round(ground.areaM2 * between(3000, 6000, seed, 362, k)) * 100;
		const statedOn = addMonths(handedOverOn, 18);
		const facts = { statedOn, developedDm2: null, toDevelopDm2: null, totalInvestmentFen };
		const investedFen = Math.round((totalInvestmentFen * between(30, 90, seed, 363, k)) / 100);
		record({ kind: 'figures', facts: { ...facts, investedFen }, onDay: statedOn });
	}
	const topUp = topUpOf(ground, seed, k);
	if (topUp !== null) {
		const floorBeforeDm2 = Math.round(ground.areaM2 * 100);
		record({
			kind: 'supplement',
			facts: {
				...{ agreedOn: topUp.agreedOn, useBefore: use, useAfter: use, floorBeforeDm2 },
				...{ floorAfterDm2: Math.round(floorBeforeDm2 * 1.2), topUpFen: topUp.amountFen, payBy: topUp.payBy },
			},
			onDay: topUp.agreedOn,
		});
	}
	const what = mode === 'allocation' || k % 2 === 0 ? 'transfer' : 'mortgage';
	if (k % 7 !== 2) return found;
	const askedOn = addMonths(handedOverOn, 8);
	const outcome = (['consented', 'consented', 'refused', 'asked'] as const)[Math.floor(k / 7) % 4];
	const toWhom = `示例受让人${k + 1}（虚构）`;
	const application = { what, askedOn, toWhom, sharePct: null, outcome } as const;
	const consentNo = record({ kind: 'transfer', facts: application, onDay: addDays(askedOn, 20) });
	const doneOn = addDays(askedOn, 45);
	if (consentNo !== null && outcome === 'consented' && Math.floor(k / 7) % 4 === 0)
		record({ kind: 'transfer_done', facts: { consentNo, doneOn }, onDay: doneOn });
	return found;
}

/** What is agreed to be paid on top for more floor on some granted land; null: nothing. */
export function topUpOf(
	{ mode, areaM2, handedOverOn }: HeldGround,
	seed: number,
	k: number,
): { readonly agreedOn: string; readonly amountFen: number; readonly payBy: string } | null {
	if (mode !== 'grant' || k % 9 !== 4) return null;
	const agreedOn = addMonths(handedOverOn, 10);
	const amountFen = 1_000_000 * Math.max(1, Math.round((areaM2 * between(20, 60, seed, 364, k)) / 10_000));
	return { agreedOn, amountFen, payBy: addDays(agreedOn, 60) };
}
