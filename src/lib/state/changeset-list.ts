import type { WireChangeset } from '../api/changeset.ts';
import type { ChangesetState } from '../domain/changeset/life-cycle.ts';
import type { Whose } from '../domain/changeset/notice.ts';
import { readJson } from './read-json.ts';

/** Which changesets are listed; null: all. */
export interface ChangesetFilter {
	readonly state: ChangesetState | null;
	readonly whose: Whose | null;
}

export interface ChangesetPage {
	readonly changesets: readonly WireChangeset[];
	/** Whether there are older ones. */
	readonly hasMore: boolean;
}

const PAGE = 50;

/** A filter as a query, empty or with its question mark. */
export function filterQuery(filter: ChangesetFilter): string {
	const given = Object.entries(filter).filter(([, value]) => value !== null) as [string, string][];
	return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** Reads changesets of a zone from the newest down, those older than `before` where it is given. Throws what `readJson` throws. */
export async function readChangesets(
	fetchFrom: typeof fetch,
	zoneId: string,
	filter: ChangesetFilter,
	before?: number,
): Promise<ChangesetPage> {
	const query = new URLSearchParams(filterQuery(filter));
	// One more than is shown tells whether there are more.
	query.set('limit', String(PAGE + 1));
	if (before !== undefined) query.set('before', String(before));
	const address = `/api/v1/zones/${encodeURIComponent(zoneId)}/changesets?${query.toString()}`;
	const { changesets } = await readJson<{ changesets: WireChangeset[] }>(fetchFrom, address);
	return { changesets: changesets.slice(0, PAGE), hasMore: changesets.length > PAGE };
}
