import { checkTargets } from '$lib/domain/changeset/draft-target.ts';
import type { ChangesetIssue, Moment } from '$lib/domain/changeset/issue.ts';
import type { StoredGround } from '$lib/domain/changeset/share-areas.ts';
import type { TouchedGround } from '$lib/domain/changeset/touched-ground.ts';
import { listRuleValues } from '../../db/rule-value.ts';
import type { ServiceContext } from '../context.ts';
import { asWhole } from '../scope.ts';
import { findZoneRecord } from '../zone-record.ts';
import { balanceOf } from './draft-balance.ts';
import { standingOf } from './draft-standing.ts';
import type { OpenDraft } from './draft-store.ts';

/** Lists the targets of land that a draft changes and leaves missed; where none is set nothing is counted. O(parcels). */
export async function checkDraftTargets(
	{ database, now }: ServiceContext,
	zoneId: string,
	draft: OpenDraft,
	ground: ReadonlyMap<number, StoredGround>,
	touched: readonly TouchedGround[],
	moment: Moment,
): Promise<ChangesetIssue[]> {
	const read = await asWhole(database, zoneId, async (sql) => {
		const rules = await listRuleValues(sql, zoneId, 'target.');
		return { rules, record: rules.length === 0 ? null : await findZoneRecord(sql, zoneId, now) };
	});
	const { rules, record } = read;
	if (record === null) return [];
	const { lines } = balanceOf(record, draft, ground, touched);
	const nameOf = (parkId: string) => record.parks.find((park) => park.parkId === parkId)?.nameZh ?? parkId;
	return checkTargets(standingOf(record, rules, lines).targets, nameOf, moment);
}
