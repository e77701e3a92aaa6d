import type { Actor } from '../access/actor.ts';

/** Decimals of degrees in what the public reads: 5 are about a metre. */
const PUBLIC_DECIMALS = 5;

/** To how many decimals coordinates are rounded for an actor; null: exact vertices, for the office. */
export function publicDecimals(actor: Actor): number | null {
	return actor.grade === 'office' ? null : PUBLIC_DECIMALS;
}
