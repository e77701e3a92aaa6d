import type { ClassKey, PlanningConditionSource, StockStatus } from '$seeds/load/coverage-source.ts';
import { chance } from './chance.ts';
import type { DraftParcel } from './draft-parcel.ts';

/** A list of land-use classes. */
export type ClassList = Pick<ClassKey, 'system' | 'version'>;

/** The whole key of a code of the 2023 list, or of the class MX of a local list. */
export function classKey(code: string, { system, version }: ClassList): ClassKey {
	return code === 'MX' ? { system, version, code } : { system: 'cn-land-use', version: '2023', code };
}

/** FAR range, greatest coverage %, height m, least green %; invented, of the usual size for the class. */
const CONDITIONS: Readonly<Record<string, readonly [number, number, number, number, number]>> = {
	'070101': [0.6, 1.2, 28, 18, 35],
	'070102': [1.4, 2.4, 24, 80, 35],
	'0802': [1.2, 2.2, 35, 60, 30],
	'0901': [1.5, 3, 45, 60, 20],
	'0902': [2, 4, 45, 120, 25],
	'100101': [1, 1.8, 55, 36, 15],
	'100102': [0.8, 1.4, 60, 30, 12],
	'110101': [0.8, 1.4, 60, 24, 12],
	MX: [2, 3.2, 45, 80, 20],
};

/** An invented planning condition for a class that is built on, else null. */
export function planningCondition(
	classCode: string,
	seed: number,
	k: number,
): PlanningConditionSource | null {
	const rule = CONDITIONS[classCode];
	if (!rule || chance(seed, 141, k) < 0.12) return null;
	const [farMin, farMax, coveragePct, heightM, greenPct] = rule;
	const tenths = Math.round((farMax - farMin) * 10);
	return {
		farMin: classCode.startsWith('10') || classCode === 'MX' ? farMin : null,
		farMax: Math.round(farMax * 10 - chance(seed, 142, k) * 0.6 * tenths) / 10,
		buildingCoverageMaxPct: coveragePct,
		heightMaxM: heightM - 6 * Math.floor(chance(seed, 143, k) * (heightM > 40 ? 5 : 2)),
		greenRatioMinPct: greenPct,
		supportShareMaxPct: classCode === 'MX' ? 30 : classCode.startsWith('1001') ? 15 : null,
	};
}

/** The stock status that a surveyed parcel's state stands for; land without buildings to come has none. */
export function stockStatus({ state, kind }: DraftParcel, seed: number, k: number): StockStatus | null {
	if (kind === 'street' || kind === 'band') return null;
	if (state === 'built') return 'built';
	if (state === 'worn') return 'inefficient';
	if (state === 'building') return 'under_construction';
	if (state === 'rural') return 'not_developed';
	if (state !== 'vacant') return null;
	const draw = chance(seed, 144, k);
	return draw < 0.4 ? 'approved_not_supplied' : draw < 0.78 ? 'supplied_not_started' : 'suspected_idle';
}
