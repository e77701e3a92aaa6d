import type { PlanningCondition } from './parcel-facts.ts';

/** The largest value of each limit and how many decimals are kept of it; the schema's columns hold the same. */
const LIMITS = {
	farMin: { most: 999.999, decimals: 3 },
	farMax: { most: 999.999, decimals: 3 },
	buildingCoverageMaxPct: { most: 100, decimals: 2 },
	heightMaxM: { most: 99_999.99, decimals: 2 },
	greenRatioMinPct: { most: 100, decimals: 2 },
	supportShareMaxPct: { most: 100, decimals: 2 },
} as const;

type Limit = keyof typeof LIMITS;
const LIMIT_NAMES = Object.keys(LIMITS) as Limit[];
/** Nothing may be built under such a limit of zero: it is a mistake. */
const ABOVE_ZERO: readonly Limit[] = ['farMax', 'heightMaxM'];

/** What is wrong with a condition: which limit (`none`: there is none; `source`: where it comes from), and why. */
export interface ConditionFault {
	readonly field: Limit | 'none' | 'source';
	/** Null: nothing more can be said. */
	readonly reason: 'condition-range' | 'condition-decimals' | 'condition-order' | 'condition-blank' | null;
	/** The largest value that is kept. */
	readonly most?: number;
}

/**
 * Finds the first limit of a planning condition that cannot be stored, `farMin` also where it exceeds `farMax`, `none` where there is no
 * limit, `source` where that is blank; null when all is well.
 */
export function findConditionFault(condition: PlanningCondition): ConditionFault | null {
	for (const field of LIMIT_NAMES) {
		const value = condition[field];
		if (value === null) continue;
		const { most, decimals } = LIMITS[field];
		const isInRange = value >= 0 && value <= most && (value > 0 || !ABOVE_ZERO.includes(field));
		if (!isInRange) return { field, reason: 'condition-range', most };
		const scale = 10 ** decimals;
		if (Math.round(value * scale) / scale !== value) return { field, reason: 'condition-decimals' };
	}
	if (LIMIT_NAMES.every((name) => condition[name] === null)) return { field: 'none', reason: null };
	if (condition.farMin !== null && condition.farMax !== null && condition.farMin > condition.farMax)
		return { field: 'farMin', reason: 'condition-order' };
	return condition.source.trim() === '' ? { field: 'source', reason: 'condition-blank' } : null;
}
