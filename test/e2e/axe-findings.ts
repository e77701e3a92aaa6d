import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const IMPACTS = ['moderate', 'serious', 'critical'] as const;

/**
 * Findings of a page as it is, serious and critical ones or from another impact on, each with the places where they are.
 *
 * Only what is found twice counts: while a page is drawn anew, what is asked of it in several turns may be of two states of it.
 */
export async function axeFindings(page: Page, from?: (typeof IMPACTS)[number]): Promise<string[]> {
	const first = await findOnce(page, from);
	if (first.length === 0) return first;
	const again = await findOnce(page, from);
	return first.filter((finding) => again.includes(finding));
}

async function findOnce(page: Page, from: (typeof IMPACTS)[number] = 'serious'): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	const counted: readonly unknown[] = IMPACTS.slice(IMPACTS.indexOf(from));
	return violations
		.filter(({ impact }) => counted.includes(impact))
		.flatMap(({ id, nodes }) =>
			nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
		);
}
