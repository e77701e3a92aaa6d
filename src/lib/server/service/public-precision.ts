import { gradeIn, type Actor } from '../access/actor.ts';

/** Decimals of degrees in what the public reads: 5 are about a metre. */
const PUBLIC_DECIMALS = 5;

/** To how many decimals a zone's coordinates are rounded for an actor; null: exact vertices, for the office. */
export function publicDecimals(actor: Actor, zoneId: string): number | null {
	return gradeIn(actor, zoneId) === 'office' ? null : PUBLIC_DECIMALS;
}

/** Rounds a coordinate in degrees to so many decimals; null keeps it exact. */
export function roundCoordinate(value: number, decimals: number | null): number {
	return decimals === null ? value : Number(value.toFixed(decimals));
}

/** The box of feature `row` (west, south, east, north), rounded. */
export function roundedBox(
	boxes: Float64Array,
	row: number,
	decimals: number | null,
): [number, number, number, number] {
	const at = (side: number) => roundCoordinate(boxes[4 * row + side], decimals);
	return [at(0), at(1), at(2), at(3)];
}
