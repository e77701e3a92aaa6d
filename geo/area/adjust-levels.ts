import {
	adjustToControl,
	type AdjustmentRefusal,
	type AdjustmentRule,
	type AreaAdjustment,
} from './adjust.ts';

/** Measured areas of one level, and for each the index of its whole in the level above (0 for all in the first level). */
export interface AreaLevel {
	readonly areasM2: Float64Array;
	readonly wholeOf: Uint32Array;
}

/** One level after adjustment: like an AreaAdjustment, with a misfit and a residual for each whole above. */
export interface LevelAdjustment {
	readonly parts: Float64Array;
	readonly corrections: Float64Array;
	readonly misfitsM2: Float64Array;
	readonly residualsUnits: Float64Array;
}

/** Where adjustment stopped: the level, and the whole above it whose parts do not fit (null: the level's own lists do not match). */
export interface LevelRefusal {
	readonly level: number;
	readonly whole: number | null;
	readonly refusal: AdjustmentRefusal | { readonly code: 'level.ragged' };
}

/**
 * Adjusts levels one after the other, each to the adjusted areas of the one above (自上而下逐级平差): zone → park → block → parcel.
 *
 * `controlUnits` is the area of the one whole above the first level. Then every whole is exactly the sum of its parts, on every level. A
 * whole without parts is refused unless its area is zero. All refusals of the level that stopped it are listed. O(n log n).
 */
export function adjustLevels(
	levels: readonly AreaLevel[],
	controlUnits: number,
	rule: AdjustmentRule,
):
	| { readonly ok: true; readonly levels: LevelAdjustment[] }
	| { readonly ok: false; readonly refusals: LevelRefusal[] } {
	const adjusted: LevelAdjustment[] = [];
	let wholes: Float64Array = Float64Array.of(controlUnits);
	for (const [level, { areasM2, wholeOf }] of levels.entries()) {
		if (wholeOf.length !== areasM2.length || wholeOf.some((whole) => whole >= wholes.length)) {
			return { ok: false, refusals: [{ level, whole: null, refusal: { code: 'level.ragged' } }] };
		}
		const result = adjustLevel(areasM2, wholeOf, wholes, rule);
		if (result.refusals.length > 0) {
			const refusals = result.refusals.map((refusal) => ({ level, ...refusal }));
			return { ok: false, refusals };
		}
		adjusted.push(result.adjusted);
		wholes = result.adjusted.parts;
	}
	return { ok: true, levels: adjusted };
}

function adjustLevel(
	areasM2: Float64Array,
	wholeOf: Uint32Array,
	wholes: Float64Array,
	rule: AdjustmentRule,
): { adjusted: LevelAdjustment; refusals: Omit<LevelRefusal, 'level'>[] } {
	const members = membersByWhole(wholeOf, wholes.length);
	const adjusted = {
		parts: new Float64Array(areasM2.length),
		corrections: new Float64Array(areasM2.length),
		misfitsM2: new Float64Array(wholes.length),
		residualsUnits: new Float64Array(wholes.length),
	};
	const refusals: Omit<LevelRefusal, 'level'>[] = [];
	for (const [whole, controlUnits] of wholes.entries()) {
		const parts = members.order.subarray(members.offsets[whole], members.offsets[whole + 1]);
		const result = adjustToControl(
			Float64Array.from(parts, (part) => areasM2[part]),
			controlUnits,
			rule,
		);
		if (result.ok) place(result, whole, parts, adjusted);
		else refusals.push({ whole, refusal: inLevel(result.refusal, parts) });
	}
	return { adjusted, refusals };
}

function place(from: AreaAdjustment, whole: number, parts: Uint32Array, to: LevelAdjustment): void {
	for (const [i, part] of parts.entries()) {
		to.parts[part] = from.parts[i];
		to.corrections[part] = from.corrections[i];
	}
	to.misfitsM2[whole] = from.misfitM2;
	to.residualsUnits[whole] = from.residualUnits;
}

function inLevel(refusal: AdjustmentRefusal, parts: Uint32Array): AdjustmentRefusal {
	return refusal.code === 'part.invalid' ? { ...refusal, part: parts[refusal.part] } : refusal;
}

/** Indices of the parts of every whole, ascending: counting sort. */
function membersByWhole(wholeOf: Uint32Array, wholes: number): { order: Uint32Array; offsets: Uint32Array } {
	const offsets = new Uint32Array(wholes + 1);
	for (const whole of wholeOf) offsets[whole + 1]++;
	for (let whole = 0; whole < wholes; whole++) offsets[whole + 1] += offsets[whole];
	const next = offsets.slice();
	const order = new Uint32Array(wholeOf.length);
	for (const [part, whole] of wholeOf.entries()) order[next[whole]++] = part;
	return { order, offsets };
}
