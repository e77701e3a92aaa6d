import type { Sql } from '../db/connect.ts';
import {
	findLatestRevision,
	findRevision,
	findRevisionAsOf,
	findRevisionAt,
	listCoverages,
	type CoverageRow,
	type RevisionRow,
} from '../db/coverage.ts';
import { findZone, type ZoneRow } from '../db/zone.ts';
import { dayInZone } from './zone-record.ts';

/** Which state is wanted: a revision by its number, or the last one published before a day ('YYYY-MM-DD') ends; neither: the newest. */
export interface StateChoice {
	readonly revision?: number | undefined;
	readonly asOf?: string | undefined;
}

/** Which state of a zone is wanted: a revision is one of the named coverage, or of the plan. */
export interface ZoneStateChoice extends StateChoice {
	/** Id of the coverage. */
	readonly coverage?: string | undefined;
}

/** A coverage with one of its revisions. */
export interface CoverageState {
	readonly coverage: CoverageRow;
	readonly revision: RevisionRow;
}

/** A zone as it was at some time. */
export interface ZoneState {
	/** Day in the zone, 'YYYY-MM-DD'. */
	readonly onDay: string;
	/** Those that had a revision. */
	readonly coverages: readonly CoverageState[];
}

/** Finds the revision of a coverage that is wanted, if the scope may see it and its day has come. */
export async function findChosenRevision(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	now: Date,
	choice: StateChoice,
): Promise<RevisionRow | null> {
	const { revision, asOf } = choice;
	if (revision !== undefined) return findRevision(sql, zoneId, coverageId, revision);
	if (asOf === undefined) return findLatestRevision(sql, zoneId, coverageId);
	const zone = await findZone(sql, zoneId);
	if (zone === null || isYetToCome(zone, now, choice)) return null;
	return findRevisionAsOf(sql, zoneId, coverageId, asOf);
}

/** Nobody knows what will be published until a day ends that has not come. */
function isYetToCome(zone: ZoneRow, now: Date, { asOf }: StateChoice): boolean {
	return asOf !== undefined && asOf > dayInZone(zone, now);
}

/**
 * Finds the state of a zone that is wanted, as the scope may see it; maybe no such zone, revision, or day yet.
 *
 * With a revision of one coverage go the others as they stood when it was published, and that day.
 */
export async function findZoneState(
	sql: Sql,
	zoneId: string,
	now: Date,
	choice: ZoneStateChoice,
): Promise<ZoneState | null> {
	const { revision, asOf, coverage: coverageId } = choice;
	const zone = await findZone(sql, zoneId);
	if (zone === null || isYetToCome(zone, now, choice)) return null;
	const coverages = await listCoverages(sql, zoneId);
	if (revision === undefined) {
		const find = ({ coverageId }: CoverageRow) =>
			asOf === undefined
				? findLatestRevision(sql, zoneId, coverageId)
				: findRevisionAsOf(sql, zoneId, coverageId, asOf);
		return { onDay: asOf ?? dayInZone(zone, now), coverages: await statesOf(coverages, find) };
	}
	const meant = coverages.find((one) =>
		coverageId === undefined ? one.kind === 'plan' : one.coverageId === coverageId,
	);
	const chosen = meant === undefined ? null : await findRevision(sql, zoneId, meant.coverageId, revision);
	if (chosen === null) return null;
	return {
		onDay: dayInZone(zone, chosen.publishedAt),
		coverages: await statesOf(coverages, async (coverage) =>
			coverage === meant ? chosen : findRevisionAt(sql, zoneId, coverage.coverageId, chosen.publishedAt),
		),
	};
}

async function statesOf(
	coverages: readonly CoverageRow[],
	find: (coverage: CoverageRow) => Promise<RevisionRow | null>,
): Promise<CoverageState[]> {
	const states: CoverageState[] = [];
	for (const coverage of coverages) {
		const revision = await find(coverage);
		if (revision !== null) states.push({ coverage, revision });
	}
	return states;
}
