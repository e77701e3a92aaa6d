import type { ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { checkPapers } from '$lib/domain/changeset/publishing-papers.ts';
import type { ChangesetRow } from '../../db/changeset.ts';
import { listPapers, type PaperRow } from '../../db/changeset-record.ts';
import type { Sql } from '../../db/connect.ts';
import { listRuleValues } from '../../db/rule-value.ts';
import { findZone } from '../../db/zone.ts';
import { dayInZone } from '../zone-record.ts';

/** Reads the outside papers of a changeset, and what publishing would miss of them today. */
export async function readPapers(
	sql: Sql,
	zoneId: string,
	{ changesetNo, kind }: ChangesetRow,
	now: Date,
): Promise<{ readonly papers: PaperRow[]; readonly paperIssues: ChangesetIssue[] }> {
	const zone = await findZone(sql, zoneId);
	if (zone === null) throw new Error(`there is no zone ${zoneId}`);
	const papers = await listPapers(sql, zoneId, changesetNo);
	const rules = await listRuleValues(sql, zoneId, 'changeset.');
	return { papers, paperIssues: checkPapers(kind, papers, rules, dayInZone(zone, now)) };
}
