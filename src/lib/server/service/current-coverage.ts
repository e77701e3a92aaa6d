import { gradeIn, mayRead, type Grade } from '../access/actor.ts';
import { listCoverages } from '../db/coverage.ts';
import type { TableRow } from '../tile/parcel-table.ts';
import type { CoverageSnapshot } from '../tile/snapshot.ts';
import type { ServiceContext } from './context.ts';
import { findChosenRevision, type CoverageState, type StateChoice } from './past-state.ts';
import { asActor } from './scope.ts';

/** A revision of a coverage with its snapshot. */
export interface OpenCoverage extends CoverageState {
	readonly snapshot: CoverageSnapshot;
}

/** Opens a revision of a coverage, the current one unless another is chosen, if the actor may read it; maybe none. */
export async function findOpenCoverage(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
	choice: StateChoice = {},
): Promise<OpenCoverage | null> {
	const found = await asActor(context, zoneId, async (sql) => {
		const coverages = await listCoverages(sql, zoneId);
		const coverage = coverages.find((one) => one.coverageId === coverageId);
		if (coverage === undefined) return null;
		const revision = await findChosenRevision(sql, zoneId, coverageId, context.now, choice);
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
