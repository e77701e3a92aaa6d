import type { Holding } from '../domain/supply/holder.ts';
import type { supplyTranslator } from './supply-text.ts';

/** Writes who holds a right, with who held it before a transfer and the day; null: nobody. */
export function holderText(
	s: ReturnType<typeof supplyTranslator>,
	{ holder, formerHolder, heldSince }: Holding,
): string | null {
	if (holder === null || formerHolder === null || heldSince === null) return holder;
	return s('holderSince', { holder, former: formerHolder, day: heldSince });
}
