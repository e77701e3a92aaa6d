import { listGivenCodes } from '$lib/domain/changeset/check-facts.ts';
import type { DraftDifference } from '$lib/domain/changeset/draft-state.ts';
import type { ChangesetRow } from '../../db/changeset.ts';
import type { Sql } from '../../db/connect.ts';
import { findLatestRevision, type RevisionRow } from '../../db/coverage.ts';
import { listParcelVersions } from '../../db/parcel-version.ts';
import { nextParcelNo } from '../../db/parcel-write.ts';
import { nextRevisionChecksum } from '../../db/revision-checksum.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asWhole } from '../scope.ts';
import { checkDraft } from './check.ts';
import type { OpenDraft } from './draft-store.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { makePublication, type Publication } from './publication.ts';
import { rebaseOnNewest } from './rebase-on-newest.ts';

/** A revision that is ready to be written, as long as nothing else is published meanwhile. */
export interface PreparedRevision {
	readonly head: RevisionRow;
	/** The first number that was free in the zone. */
	readonly firstNo: number;
	readonly publication: Publication;
	readonly revision: Pick<
		RevisionRow,
		'revision' | 'baseRevision' | 'checksum' | 'parcelCount' | 'areaTotalDm2'
	>;
}

/**
 * Makes all that publishing a draft writes, outside every transaction.
 *
 * The draft is rebased on the newest revision (`rebaseOnNewest`) and checked there; refuses what the checks find. O(edges near its changes)
 * once that revision is open; 'again' where others have published meanwhile.
 */
export async function prepareRevision(
	context: ServiceContext,
	zoneId: string,
	row: ChangesetRow,
	draft: OpenDraft,
): Promise<Outcome<PreparedRevision> | 'again'> {
	const { coverageId } = row;
	const zone = await asWhole(context.database, zoneId, (sql) => findZone(sql, zoneId));
	if (zone === null) throw new Error(`there is no zone ${zoneId}`);
	const rebased = await rebaseOnNewest(context, zoneId, row, draft);
	if (!rebased.ok) return rebased;
	const { newest: head, draft: onHead } = rebased.value;
	const { working, difference } = onHead;
	const { issues, shared } = await checkDraft(context, zoneId, row, onHead, 'publish');
	const errors = issues.filter(({ severity }) => severity === 'error');
	if (errors.length > 0 || !shared.ok) return failed('refused', errors);

	const read = await asWhole(context.database, zoneId, (sql) =>
		readParcels(sql, zoneId, coverageId, difference),
	);
	if (read.newest?.checksum !== head.checksum) return 'again';
	const codes = new Set(working.snapshot.base.code);
	for (const code of working.snapshot.delta?.table.code ?? []) codes.add(code);
	for (const { code } of listGivenCodes(difference)) codes.add(code);
	const publication = makePublication({
		difference,
		coverage: working.coverage,
		coverageKind: working.facts.coverageKind,
		versions: read.versions,
		ground: shared.ground,
		nextNo: read.firstNo,
		projectSrid: zone.projectSrid,
		isCodeTaken: (code) => codes.has(code),
	});
	const revision = head.revision + 1;
	return done({
		head,
		firstNo: read.firstNo,
		publication,
		revision: {
			revision,
			baseRevision: head.revision,
			checksum: nextRevisionChecksum(zoneId, coverageId, revision, head.checksum, publication),
			parcelCount: head.parcelCount + publication.parcels.parcelNo.length - publication.closedNos.length,
			areaTotalDm2: head.areaTotalDm2,
		},
	});
}

async function readParcels(sql: Sql, zoneId: string, coverageId: string, difference: DraftDifference) {
	const touched = new Set([
		...difference.shapes.map(({ parcelNo }) => parcelNo),
		...difference.facts.map(({ parcelNo }) => parcelNo),
		...difference.lineage.map(({ from }) => from),
	]);
	const parcelNos = [...touched].filter((no) => no > 0);
	const rows = await listParcelVersions(sql, zoneId, coverageId, parcelNos);
	return {
		versions: new Map(rows.map((version) => [version.parcelNo, version])),
		firstNo: await nextParcelNo(sql, zoneId),
		// Read last: as long as it is the same, so were the parcels.
		newest: await findLatestRevision(sql, zoneId, coverageId),
	};
}
