import { compensatedSum } from './compensated-sum.ts';

/**
 * How far measured parts may miss their control area (闭合差): a share of the control area, square metres, or both; each that is given must
 * hold. There is no default: without a limit nothing is forced to fit. Infinity lets anything pass.
 */
export type MisfitLimit =
	{ readonly relative: number; readonly m2?: number } | { readonly relative?: number; readonly m2: number };

/** What the adjustment works with: the limit, and the unit of its whole numbers in square metres (0.01 when left out). */
export interface AdjustmentRule {
	readonly limit: MisfitLimit;
	readonly unitM2?: number;
}

/** The parts in whole units, and what was done to each. */
export interface AreaAdjustment {
	/** Whole units, summing to the control area. */
	readonly parts: Float64Array;
	/** Whole units added to (taken from) each part's own measured area, rounded; they sum to control area − Σ rounded parts. */
	readonly corrections: Float64Array;
	/** Control area − Σ measured parts, in m². */
	readonly misfitM2: number;
	/** Units that proportion and rounding left over, given (taken, where negative) one by one to the largest parts. */
	readonly residualUnits: number;
}

/** Why parts are not adjusted; a misfit is named in m² and as a share of the control area, the limit in m². */
export type AdjustmentRefusal =
	| { readonly code: 'limit.invalid' | 'unit.invalid' | 'control.invalid' | 'parts.none' | 'parts.too-large' }
	| { readonly code: 'part.invalid'; readonly part: number }
	| {
			readonly code: 'misfit.beyond-limit';
			readonly misfitM2: number;
			readonly misfitRelative: number;
			readonly limitM2: number;
	  };

export type AdjustmentResult =
	({ readonly ok: true } & AreaAdjustment) | { readonly ok: false; readonly refusal: AdjustmentRefusal };

const UNIT_M2 = 0.01;
/** A misfit at the limit passes even if its last bits were rounded. */
const ROUNDING = 2 ** -50;

/**
 * Adjusts measured parts to a control area (控制面积平差): in proportion, in whole units, the residual to the largest first.
 *
 * `partsM2` are measured areas, `controlUnits` the whole in units (safe integer ≥ 0). Every part becomes its share of the control
 * area rounded to the nearest unit (half up); the units that then are too few or too many go, one each, to the largest parts, ties to the
 * lower index. So a part is within 1.5 units of its share, and the order of parts matters in ties alone. Refuses, and never throws:
 * bad numbers, parts without any area for a control area above zero, and a misfit beyond the limit. O(n log n).
 * Source: practice of the land survey (面积汇总, 强制调平): whole → part, in proportion to area, residual to the largest.
 */
export function adjustToControl(
	partsM2: Float64Array,
	controlUnits: number,
	rule: AdjustmentRule,
): AdjustmentResult {
	const { limit, unitM2 = UNIT_M2 } = rule;
	const bad = checkRule(partsM2, controlUnits, limit, unitM2);
	if (bad !== null) return { ok: false, refusal: bad };
	const order = Uint32Array.from(partsM2, (_, i) => i);
	order.sort((a, b) => partsM2[b] - partsM2[a] || a - b);
	const sumM2 = compensatedSum(Float64Array.from(order, (i) => partsM2[i]));
	if (!(sumM2 / unitM2 <= Number.MAX_SAFE_INTEGER)) return refused({ code: 'parts.too-large' });

	const controlM2 = controlUnits * unitM2;
	const misfitM2 = controlM2 - sumM2;
	const misfitRelative = misfitM2 === 0 ? 0 : misfitM2 / controlM2;
	const { relative = Infinity, m2 = Infinity } = limit;
	const sizeM2 = Math.abs(misfitM2) - ROUNDING * (controlM2 + sumM2);
	const limitM2 = Math.min(m2, relative === Infinity ? Infinity : relative * controlM2);
	if (sizeM2 > limitM2) return refused({ code: 'misfit.beyond-limit', misfitM2, misfitRelative, limitM2 });
	if (sumM2 === 0 && controlUnits > 0) return refused({ code: 'parts.none' });

	const parts = partsM2.map((areaM2) => (sumM2 === 0 ? 0 : Math.round((areaM2 / sumM2) * controlUnits)));
	const residualUnits = exactResidual(controlUnits, parts);
	giveToLargest(parts, partsM2, order, residualUnits);
	const corrections = parts.map((part, i) => part - Math.round(partsM2[i] / unitM2));
	return { ok: true, parts, corrections, misfitM2, residualUnits };
}

function refused(refusal: AdjustmentRefusal): AdjustmentResult {
	return { ok: false, refusal };
}

function checkRule(
	partsM2: Float64Array,
	controlUnits: number,
	limit: MisfitLimit,
	unitM2: number,
): AdjustmentRefusal | null {
	const given = [limit.relative, limit.m2].filter((value) => value !== undefined);
	if (given.length === 0 || given.some((value) => !(value >= 0))) return { code: 'limit.invalid' };
	if (!(unitM2 > 0 && unitM2 < Infinity)) return { code: 'unit.invalid' };
	if (!Number.isSafeInteger(controlUnits) || controlUnits < 0 || !Number.isFinite(controlUnits * unitM2))
		return { code: 'control.invalid' };
	const part = partsM2.findIndex((areaM2) => !(areaM2 >= 0 && areaM2 < Infinity));
	return part >= 0 ? { code: 'part.invalid', part } : null;
}

/** Control units less all parts: in BigInt where their sum passes 2^53, which no double tells from its neighbours; others are exact as they are. */
function exactResidual(controlUnits: number, parts: Float64Array): number {
	let sum = 0;
	for (const part of parts) sum += part;
	if (sum < Number.MAX_SAFE_INTEGER) return controlUnits - sum;
	return Number(parts.reduce((left, part) => left - BigInt(part), BigInt(controlUnits)));
}

/** One unit to (from) one part after the other, the largest first; parts without area get none and none falls below zero. */
function giveToLargest(
	parts: Float64Array,
	partsM2: Float64Array,
	order: Uint32Array,
	residualUnits: number,
): void {
	const step = Math.sign(residualUnits);
	for (let left = Math.abs(residualUnits), i = 0; left > 0; i = (i + 1) % order.length) {
		const part = order[i];
		if (partsM2[part] === 0 || parts[part] + step < 0) continue;
		parts[part] += step;
		left--;
	}
}
