import { gradeIn, mayRead, type Grade } from '../access/actor.ts';
import { findLatestRevision, listCoverages, type CoverageRow, type RevisionRow } from '../db/coverage.ts';
import type { TableRow } from '../tile/parcel-table.ts';
import type { CoverageSnapshot } from '../tile/snapshot.ts';
import type { ServiceContext } from './context.ts';
import { asActor } from './scope.ts';

/** The current revision of a coverage with its snapshot. */
export interface OpenCoverage {
	readonly coverage: CoverageRow;
	readonly revision: RevisionRow;
	readonly snapshot: CoverageSnapshot;
}

/** Opens the current revision of a coverage if the actor may read it; maybe none. */
export async function findOpenCoverage(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
): Promise<OpenCoverage | null> {
	const found = await asActor(context, zoneId, async (sql) => {
		const coverages = await listCoverages(sql, zoneId);
		const coverage = coverages.find((one) => one.coverageId === coverageId);
		if (coverage === undefined) return null;
		const revision = await findLatestRevision(sql, zoneId, coverageId);
		return revision === null ? null : { coverage, revision };
	});
	if (found === null || !mayRead(gradeIn(context.actor, zoneId), found.coverage.publicationGrade))
		return null;
	const snapshot = await context.snapshots.find(found.revision.checksum);
	return snapshot === null ? null : { ...found, snapshot };
}

/** Says whether a parcel's class is not for a reader of this grade: it is then shown without class, code and conditions. */
export function isWithheld({ table, row }: TableRow, reader: Grade): boolean {
	const landUse = table.landUse[row];
	return landUse >= 0 && !mayRead(reader, table.classes.grades[landUse]);
}
