import { checkDifference } from '$geo/edit/check-ground.ts';
import { rebaseDifference } from '$geo/edit/rebase-difference.ts';
import { checkClasses, checkCodes, listGivenCodes } from '$lib/domain/changeset/check-facts.ts';
import { listConflicts } from '$lib/domain/changeset/conflict.ts';
import { withFactsAsClasses, type DraftDifference } from '$lib/domain/changeset/draft-state.ts';
import { withFacts } from '$lib/domain/changeset/parcel-facts.ts';
import type { ChangesetRow } from '../../db/changeset.ts';
import type { Sql } from '../../db/connect.ts';
import { findLatestRevision, type RevisionRow } from '../../db/coverage.ts';
import { listLaterChanges } from '../../db/parcel-change.ts';
import { listCodesTaken, listParcelVersions } from '../../db/parcel-version.ts';
import { nextParcelNo } from '../../db/parcel-write.ts';
import { nextRevisionChecksum } from '../../db/revision-checksum.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWhole } from '../scope.ts';
import type { OpenDraft } from './draft-store.ts';
import { done, failed, issueOf, type Outcome } from './outcome.ts';
import { makePublication, type Publication } from './publication.ts';
import { shareGround } from './share-ground.ts';
import type { WorkingCoverage } from './working-coverage.ts';

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
 * The draft is rebased on the newest revision and checked there; what others have published of the same parcels since is a conflict, told for
 * each group of parcels that hang together. Refuses what the checks find and what `shareAreas` refuses. O(edges near its changes) once the
 * newest revision is open.
 */
export async function prepareRevision(
	context: ServiceContext,
	zoneId: string,
	row: ChangesetRow,
	draft: OpenDraft,
): Promise<Outcome<PreparedRevision>> {
	const { coverageId } = row;
	const zone = await asWhole(context.database, zoneId, (sql) => findZone(sql, zoneId));
	const head = await asWhole(context.database, zoneId, (sql) => findLatestRevision(sql, zoneId, coverageId));
	if (zone === null || head === null) throw new Error(`zone ${zoneId} lost its coverage ${coverageId}`);
	const working = await context.drafts.workings.open({ zoneId, coverageId, revision: head.revision });
	const rebased = await rebaseOn(context, zoneId, row, draft.difference, working);
	if (!rebased.ok) return rebased;
	const difference = rebased.value;
	const read = await asWhole(context.database, zoneId, (sql) =>
		readParcels(sql, zoneId, coverageId, difference),
	);
	const issues = [
		...checkDifference(working.coverage, { ...difference, classes: [] }).map((issue) => ({
			...issue,
			params: { ...issue.params },
		})),
		...checkClasses(
			{ facts: withFacts({ base: working.facts, patch: new Map() }, difference.facts) },
			difference,
		),
		...checkCodes(difference, read.heldCodes),
	].filter(({ severity }) => severity === 'error');
	if (issues.length > 0) return failed('refused', issues);

	const shared = await shareGround(context, zoneId, working.snapshot, difference);
	if (!shared.ok) return failed('refused', shared.issues);
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

/** A difference as it applies to the newest revision, or what stands against it. */
async function rebaseOn(
	context: ServiceContext,
	zoneId: string,
	row: ChangesetRow,
	draft: DraftDifference,
	working: WorkingCoverage,
): Promise<Outcome<DraftDifference>> {
	const { difference, keyOf } = withFactsAsClasses(draft);
	const today = { base: working.facts, patch: new Map() };
	const rebased = rebaseDifference(working.coverage, difference, (parcelNo) => keyOf(today, parcelNo));
	if (rebased.ok) {
		const { shapes, lineage } = rebased.difference;
		return done({ shapes, lineage, facts: draft.facts });
	}
	const { refusal, conflicts } = rebased;
	if (refusal.code !== 'difference.conflict') return failed('conflict', [issueOf(refusal)]);
	const later = await asActor(context, zoneId, (sql) =>
		listLaterChanges(sql, zoneId, row.coverageId, row.baseRevision, conflicts.flat()),
	);
	return failed('conflict', listConflicts(conflicts, later, refusal.at));
}

async function readParcels(sql: Sql, zoneId: string, coverageId: string, difference: DraftDifference) {
	const touched = new Set([
		...difference.shapes.map(({ parcelNo }) => parcelNo),
		...difference.facts.map(({ parcelNo }) => parcelNo),
		...difference.lineage.map(({ from }) => from),
	]);
	const parcelNos = [...touched].filter((no) => no > 0);
	const codes = listGivenCodes(difference).map(({ code }) => code);
	const rows = await listParcelVersions(sql, zoneId, coverageId, parcelNos);
	return {
		versions: new Map(rows.map((version) => [version.parcelNo, version])),
		heldCodes: codes.length === 0 ? [] : await listCodesTaken(sql, zoneId, coverageId, codes),
		firstNo: await nextParcelNo(sql, zoneId),
	};
}
