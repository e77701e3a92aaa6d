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

/**
 * Names the first limit of a planning condition that cannot be stored, `farMin` also where it exceeds `farMax`, `none` where there is no
 * limit, `source` where that is blank; null when all is well.
 */
export function findConditionFault(condition: PlanningCondition): Limit | 'none' | 'source' | null {
	const unfit = LIMIT_NAMES.find((name) => {
		const value = condition[name];
		if (value === null) return false;
		const scale = 10 ** LIMITS[name].decimals;
		const isInRange = value >= 0 && value <= LIMITS[name].most && (value > 0 || !ABOVE_ZERO.includes(name));
		return !isInRange || Math.round(value * scale) / scale !== value;
	});
	if (unfit !== undefined) return unfit;
	if (LIMIT_NAMES.every((name) => condition[name] === null)) return 'none';
	if (condition.farMin !== null && condition.farMax !== null && condition.farMin > condition.farMax)
		return 'farMin';
	return condition.source.trim() === '' ? 'source' : null;
}
