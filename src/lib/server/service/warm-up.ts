import { overviewSubject } from '../tile/overview-subject.ts';
import { THEME_RULES } from '../tile/theme.ts';
import type { ServiceContext } from './context.ts';
import { findZoneView, listZoneSummaries } from './zone.ts';

/**
 * Opens the published revisions that an actor may see and draws their overviews, one after the other, so that after a start nobody
 * waits for them.
 *
 * It ends where `goesOn` says so. What fails is left to those who ask for it: they are told.
 */
export async function warmUp(context: ServiceContext, goesOn: () => boolean): Promise<void> {
	for (const { zoneId } of await listZoneSummaries(context)) {
		const view = await findZoneView(context, zoneId).catch(() => null);
		for (const { theme } of view?.tiles ?? []) {
			const coverage = view?.coverages.find(({ kind }) => kind === THEME_RULES[theme].coverage);
			const subject = view === null ? null : overviewSubject(theme, view.audience);
			if (coverage === undefined || subject === null) continue;
			if (!goesOn()) return;
			try {
				const snapshot = await context.snapshots.find(coverage.contentId);
				if (snapshot !== null) await context.overviews.overviewOf(snapshot, subject);
			} catch {
				continue;
			}
		}
	}
}
