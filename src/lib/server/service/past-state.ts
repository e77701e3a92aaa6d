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
import { findZone } from '../db/zone.ts';
import { dayInZone } from './zone-record.ts';

/** Which state is wanted: a revision by its number, or the last one published before a day ('YYYY-MM-DD') ends; neither: the newest. */
export interface StateChoice {
	readonly revision?: number | undefined;
	readonly asOf?: string | undefined;
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

/** Finds the revision of a coverage that is wanted, if the scope may see it. */
export function findChosenRevision(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	{ revision, asOf }: StateChoice,
): Promise<RevisionRow | null> {
	if (revision !== undefined) return findRevision(sql, zoneId, coverageId, revision);
	return asOf === undefined
		? findLatestRevision(sql, zoneId, coverageId)
		: findRevisionAsOf(sql, zoneId, coverageId, asOf);
}

/**
 * Finds the state of a zone that is wanted, as the scope may see it; maybe no such zone, revision of the plan, or day yet.
 *
 * A revision is one of the plan: with it go the others as they stood when it was published, and that day.
 */
export async function findZoneState(
	sql: Sql,
	zoneId: string,
	now: Date,
	{ revision, asOf }: StateChoice,
): Promise<ZoneState | null> {
	const zone = await findZone(sql, zoneId);
	if (zone === null) return null;
	const today = dayInZone(zone, now);
	if (asOf !== undefined && asOf > today) return null;
	const coverages = await listCoverages(sql, zoneId);
	const plan = coverages.find(({ kind }) => kind === 'plan');
	if (revision === undefined) {
		const find = ({ coverageId }: CoverageRow) => findChosenRevision(sql, zoneId, coverageId, { asOf });
		return { onDay: asOf ?? today, coverages: await statesOf(coverages, find) };
	}
	const chosen = plan === undefined ? null : await findRevision(sql, zoneId, plan.coverageId, revision);
	if (chosen === null) return null;
	return {
		onDay: dayInZone(zone, chosen.publishedAt),
		coverages: await statesOf(coverages, async (coverage) =>
			coverage === plan ? chosen : findRevisionAt(sql, zoneId, coverage.coverageId, chosen.publishedAt),
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
