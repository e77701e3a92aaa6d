import { OFFICE_ON_LOCALHOST, PUBLIC_ACTOR } from '../access/actor.ts';
import { overviewSubject } from '../tile/overview-subject.ts';
import { THEME_RULES, type Audience } from '../tile/theme.ts';
import type { ServiceContext } from './context.ts';
import type { ReaderView } from './reader-preparation.ts';
import { findZoneView, listZoneSummaries } from './zone.ts';

/** Who reads what everybody of an audience sees. */
export const READERS = { public: PUBLIC_ACTOR, office: OFFICE_ON_LOCALHOST } as const;

/** Lists what readers may ask for after a start: what the public sees of all zones, then what the office does. */
export async function listReaderViews(context: ServiceContext): Promise<ReaderView[]> {
	const zones = await listZoneSummaries(context);
	const audiences: readonly Audience[] = ['public', 'office'];
	return audiences.flatMap((audience) => zones.map(({ zoneId }) => ({ zoneId, audience })));
}

/**
 * Opens the published revisions of a zone that the context's actor may see and draws their overviews, one after the other, so that nobody
 * waits for them.
 *
 * It ends where `goesOn` says so. What fails is left out.
 */
export async function warmUp(context: ServiceContext, zoneId: string, goesOn: () => boolean): Promise<void> {
	const view = await findZoneView(context, zoneId);
	if (view === null) return;
	for (const { theme } of view.tiles) {
		const coverage = view.coverages.find(({ kind }) => kind === THEME_RULES[theme].coverage);
		const subject = overviewSubject(theme, view.audience);
		if (coverage === undefined || subject === null) continue;
		if (!goesOn()) return;
		try {
			const snapshot = await context.snapshots.find(coverage.contentId);
			if (snapshot !== null && goesOn()) await context.overviews.overviewOf(snapshot, subject, true);
		} catch {
			continue;
		}
	}
}
