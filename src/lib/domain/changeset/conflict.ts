import type { LonLat } from '$geo/flat-polygons.ts';
import type { ChangesetIssue } from './issue.ts';

/** What somebody published of a parcel since a draft was begun. */
export interface LaterChange {
	readonly parcelNo: number;
	readonly revision: number;
	readonly changesetNo: number;
	readonly authorName: string | null;
}

/**
 * Says of each group of a draft's parcels that stands against what was published since: which parcels, by whom and in which revision.
 *
 * One error `changeset.outdated` a group, with the newest revision that changed a parcel of it.
 */
export function listConflicts(
	groups: readonly (readonly number[])[],
	later: readonly LaterChange[],
	at: LonLat | null,
): ChangesetIssue[] {
	return groups.map((group) => {
		const here = later.filter(({ parcelNo }) => group.includes(parcelNo));
		const parcelNos = here.length > 0 ? here.map(({ parcelNo }) => parcelNo) : group;
		const [newest] = [...here].sort((a, b) => b.revision - a.revision);
		const who = newest?.authorName ?? null;
		const params =
			newest === undefined
				? {}
				: { revision: newest.revision, changesetNo: newest.changesetNo, ...(who === null ? {} : { who }) };
		return { code: 'changeset.outdated', severity: 'error', parcelNos, at, params };
	});
}
