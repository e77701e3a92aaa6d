import type { DraftDifference } from './draft-state.ts';
import { sha256Hex } from './sha-256.ts';
import { differenceToWire } from './wire-difference.ts';

/**
 * Names a difference: SHA-256, hex, over its JSON text in UTF-8.
 *
 * Browser and server compare it: equal, they did the same to the bit; else the browser takes the server's difference. O(vertices).
 */
export function digestOf(difference: DraftDifference): string {
	return sha256Hex(new TextEncoder().encode(JSON.stringify(differenceToWire(difference))));
}
