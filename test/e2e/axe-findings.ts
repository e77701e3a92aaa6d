import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const IMPACTS = ['moderate', 'serious', 'critical'] as const;

/** Findings of a page as it is, serious and critical ones or from another impact on, each with the places where they are. */
export async function axeFindings(page: Page, from: (typeof IMPACTS)[number] = 'serious'): Promise<string[]> {
	await drawnOnce(page);
	const { violations } = await new AxeBuilder({ page }).analyze();
	const counted: readonly unknown[] = IMPACTS.slice(IMPACTS.indexOf(from));
	return violations
		.filter(({ impact }) => counted.includes(impact))
		.flatMap(({ id, nodes }) =>
			nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
		);
}

/** Waits for a frame to end: what watches sizes, as a box that takes the focus once it scrolls, has seen them then. */
function drawnOnce(page: Page): Promise<void> {
	return page.evaluate(
		() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
	);
}
