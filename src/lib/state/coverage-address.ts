import type { WireZone } from '../api/zone.ts';
import type { PastChoice } from '../domain/coverage/past-choice.ts';

/**
 * The address of something of a coverage in the API, after the coverage's own; with a past state of the zone, as it was in that revision.
 *
 * `zone` is in that state.
 */
export function coverageAddress(
	zone: Pick<WireZone, 'zoneId' | 'coverages'>,
	past: PastChoice | null,
	coverageId: string,
	rest: string,
	query: Readonly<Record<string, string>> = {},
): string {
	const shown = zone.coverages.find((coverage) => coverage.coverageId === coverageId);
	const parameters = new URLSearchParams(query);
	if (past !== null && shown !== undefined) parameters.set('revision', String(shown.revision));
	const path = [zone.zoneId, 'coverages', coverageId].map(encodeURIComponent).join('/');
	return `/api/v1/zones/${path}/${rest}${parameters.size === 0 ? '' : `?${parameters}`}`;
}
