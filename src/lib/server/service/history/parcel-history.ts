import { formatArea } from '$geo/area/unit.ts';
import type { ChangeKind } from '$lib/domain/changeset/change-kind.ts';
import { groupChanges, type ChangeGroup } from '$lib/domain/changeset/parcel-change.ts';
import type { ParcelFacts } from '$lib/domain/changeset/parcel-facts.ts';
import type { Sql } from '../../db/connect.ts';
import {
	listLineage,
	listOrigins,
	listPastChanges,
	listPastVersions,
	listRelatedNos,
	listRelatedParcels,
	type LineageRow,
	type OriginRow,
	type PastChangeRow,
	type PastVersionRow,
} from '../../db/parcel-history.ts';
import { listRevisionOrigins, type RevisionOriginRow } from '../../db/revision-history.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';

/** A lineage of more parcels on one side is cut. */
const MOST_RELATED = 100;

/** A version with what made it. */
interface HistoryVersion extends PastVersionRow {
	readonly kinds: readonly ChangeKind[];
	/** What is otherwise than before with its facts; null: nothing, or nobody told what was. */
	readonly change: (ChangeGroup & { readonly count: number }) | null;
}

/**
 * Tells what a parcel was, newest first, and where its ground came from and went, as far as the actor may see it; maybe nothing.
 *
 * What a reader may see is what the revisions show that he may see: row-level security holds it, of versions, changes and lineage. A version that
 * only has nodes more, or conditions that are not for him, is told as the one before it. Who published what and why is for the office.
 */
export async function findParcelHistory(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
	parcelNo: number,
) {
	return asActor(context, zoneId, async (sql) => {
		const seen = await listPastVersions(sql, zoneId, coverageId, parcelNo);
		const last = seen.at(-1);
		if (last === undefined) return null;
		const past = await readPast(sql, zoneId, coverageId, parcelNo);
		const [first] = seen;
		const isMade = past.changes.some(({ kind, version }) => kind === 'created' && version === first.version);
		const origins = isMade ? await listOrigins(sql, zoneId, coverageId, parcelNo, first.openedIn) : null;
		const versions = withoutNodings(seen, past.changes, (i) => changeOf(parcelNo, seen, i, origins));
		const openedIn = versions.map((version) => version.openedIn);
		const published = await listRevisionOrigins(sql, zoneId, coverageId, openedIn);
		const related = await listRelatedParcels(sql, zoneId, coverageId, past.relatedNos);
		const isRetired = past.changes.some(
			({ kind, version }) => kind === 'retired' && version === last.version,
		);
		return {
			coverageId,
			parcelNo,
			versions: versions.map((version) => versionOf(version, published)).reverse(),
			retiredIn: isRetired ? last.revTo : null,
			lineage: {
				parcels: related.map(({ areaDm2, ...parcel }) => ({
					...parcel,
					areaM2: formatArea(areaDm2, 'm2', 2),
				})),
				edges: past.lineage,
				isCut: past.isCut,
			},
		};
	});
}

async function readPast(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	parcelNo: number,
): Promise<{ changes: PastChangeRow[]; relatedNos: number[]; lineage: LineageRow[]; isCut: boolean }> {
	const sides: number[][] = [];
	for (const side of ['from', 'to'] as const)
		sides.push(await listRelatedNos(sql, zoneId, coverageId, parcelNo, { side, limit: MOST_RELATED + 2 }));
	const relatedNos = [...new Set(sides.flatMap((nos) => nos.slice(0, MOST_RELATED + 1)))];
	return {
		changes: await listPastChanges(sql, zoneId, coverageId, parcelNo),
		relatedNos,
		lineage: await listLineage(sql, zoneId, coverageId, relatedNos),
		isCut: sides.some((nos) => nos.length > MOST_RELATED + 1),
	};
}

/** The versions in order, each with what made it, as far as the one before is seen; those that nobody needs to know of are put to the version before. */
function withoutNodings(
	versions: readonly PastVersionRow[],
	changes: readonly PastChangeRow[],
	changeOfVersion: (place: number) => HistoryVersion['change'],
): HistoryVersion[] {
	const told: HistoryVersion[] = [];
	for (const [i, version] of versions.entries()) {
		const isNext = version.version === (versions[i - 1]?.version ?? 0) + 1;
		const made = changes.filter((one) => isNext && one.version === version.version && one.kind !== 'retired');
		const kinds = made.map(({ kind }) => kind).filter((kind) => kind !== 'noded');
		const last = told.at(-1);
		// A revision says what it did to each parcel: where a reader hears nothing of it, nothing that he sees is otherwise.
		if (isNext && kinds.length === 0 && last !== undefined)
			told[told.length - 1] = { ...last, revTo: version.revTo };
		else told.push({ ...version, kinds, change: isNext ? changeOfVersion(i) : null });
	}
	return told;
}

/** What is otherwise with one of the versions: than the one before it, or than the parcels whose ground it got; those are null where it was loaded. */
function changeOf(
	parcelNo: number,
	versions: readonly PastVersionRow[],
	place: number,
	origins: readonly OriginRow[] | null,
): HistoryVersion['change'] {
	if (place === 0 && origins === null) return null;
	const [group] = groupChanges([
		{
			parcelNo,
			before: place === 0 ? null : factsOf(versions[place - 1]),
			after: factsOf(versions[place]),
			relatives:
				place === 0
					? (origins ?? []).map((origin) => ({ parcelNo: origin.parcelNo, facts: factsOf(origin) }))
					: [],
		},
	]);
	return group === undefined ? null : { ...group, count: 1 };
}

function factsOf({ classKey, code, codeStatus, condition }: Omit<OriginRow, 'parcelNo'>): ParcelFacts {
	return { landUse: classKey, code: { text: code, status: codeStatus }, condition };
}

function versionOf(
	{ openedIn, revFrom, revTo, areaDm2, publishedAt, kinds, ...version }: HistoryVersion,
	origins: readonly RevisionOriginRow[],
) {
	const origin = origins.find(({ revision }) => revision === openedIn);
	return {
		...version,
		revisionFrom: revFrom,
		revisionTo: revTo,
		areaM2: formatArea(areaDm2, 'm2', 2),
		publishedAt: publishedAt.toISOString(),
		kinds: [...kinds],
		changeset: origin === undefined ? null : { ...origin, papers: [...origin.papers] },
	};
}
