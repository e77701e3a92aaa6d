import type { LonLat } from '../flat-polygons.ts';
import type { EditResult, Refusal } from './difference.ts';

/** Makes a refused edit. */
export function refuse(
	code: string,
	parcelNos: readonly number[],
	at: LonLat | null = null,
	params: Refusal['params'] = {},
): { readonly ok: false; readonly refusal: Refusal } {
	return { ok: false, refusal: { code, parcelNos, at, params, issues: [] } };
}

/** Why an edit was refused, null when it was done: what every `can…` answers. */
export function refusalOf(result: EditResult): Refusal | null {
	return result.ok ? null : result.refusal;
}
