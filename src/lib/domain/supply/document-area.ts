import { fraction } from '../rule/measure.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { checkValue } from './check-value.ts';
import type { Finding } from './finding.ts';

/** How far the area of a plot's document lies from the one drawn. */
export const DOCUMENT_AREA_KEY = 'supply.document-area-difference-max';

/**
 * Checks the area of a plot's document against the ellipsoidal one of its outline, both in 0.01 m², exactly.
 *
 * Their difference is a share of the drawn area, in percent, against `supply.document-area-difference-max`; null where no rule is set: nothing is asked then. Source: none, a
 * setting of the house against slips of typing.
 */
export function checkDocumentArea(
	{ documentDm2, drawnDm2 }: { readonly documentDm2: number; readonly drawnDm2: number },
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Finding | null {
	const rule = findRuleInForce(rules, DOCUMENT_AREA_KEY, parkId, onDate);
	if (!isSet(rule) || drawnDm2 <= 0) return null;
	const share = fraction(BigInt(Math.abs(documentDm2 - drawnDm2)) * 100n, drawnDm2);
	const codes = { pass: 'plot.document-area-near', fail: 'plot.document-area-far' };
	return checkValue(rule.unit === 'pct' ? share : null, DOCUMENT_AREA_KEY, rule, codes, {
		...{ documentM2: documentDm2 / 100, drawnM2: drawnDm2 / 100 },
	});
}
