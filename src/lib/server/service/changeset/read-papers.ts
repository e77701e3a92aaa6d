import type { ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { checkPapers, checkPapersFollow } from '$lib/domain/changeset/publishing-papers.ts';
import type { ChangesetRow } from '../../db/changeset.ts';
import { listPapers, type PaperRow } from '../../db/changeset-record.ts';
import type { Sql } from '../../db/connect.ts';
import { findRevision, listCoverages } from '../../db/coverage.ts';
import { listRuleValues } from '../../db/rule-value.ts';
import { findZone } from '../../db/zone.ts';
import { dayInZone } from '../zone-record.ts';

/** The outside papers of a changeset. */
export interface ReadPapers {
	readonly papers: PaperRow[];
	/** What publishing would miss of them today, and warnings. */
	readonly paperIssues: ChangesetIssue[];
	/** The first day that the coverage speaks of; null: not stated. */
	readonly firstOn: string | null;
}

/** Reads the outside papers of a changeset, and what publishing would miss of them today, in force from a day (null: from then on). */
export async function readPapers(
	sql: Sql,
	zoneId: string,
	{ changesetNo, coverageId, kind, contentChangedAt }: ChangesetRow,
	{ now, effectiveOn = null }: { readonly now: Date; readonly effectiveOn?: string | null },
): Promise<ReadPapers> {
	const zone = await findZone(sql, zoneId);
	if (zone === null) throw new Error(`there is no zone ${zoneId}`);
	const papers = await listPapers(sql, zoneId, changesetNo);
	const rules = await listRuleValues(sql, zoneId, 'changeset.');
	const firstOn = await findFirstDay(sql, zoneId, coverageId);
	const changedOn = dayInZone(zone, contentChangedAt);
	const paperIssues = [
		...checkPapers(kind, papers, rules, dayInZone(zone, now)),
		...checkPapersFollow(kind, papers, rules, { changedOn, firstOn, effectiveOn }),
	];
	return { papers, paperIssues, firstOn };
}

/** The first day that a coverage speaks of; null: not stated. */
async function findFirstDay(sql: Sql, zoneId: string, coverageId: string): Promise<string | null> {
	const first = await findRevision(sql, zoneId, coverageId, 1);
	const coverages = await listCoverages(sql, zoneId);
	const dataOn = coverages.find((coverage) => coverage.coverageId === coverageId)?.dataOn;
	return first?.effectiveOn ?? first?.approvedOn ?? dataOn ?? null;
}
