import { changesetError } from '$lib/domain/changeset/issue.ts';
import type { Sql } from '../../db/connect.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { dayInZone } from '../zone-record.ts';
import { failed, type Failure } from './outcome.ts';

/** Refuses, as `fact.ahead`, the day of something that was done where it is to come by the zone's clock; null: it has come, or none is stated. */
export async function refuseAhead(
	sql: Sql,
	{ now }: Pick<ServiceContext, 'now'>,
	zoneId: string,
	day: string | null,
): Promise<Failure | null> {
	const zone = await findZone(sql, zoneId);
	const isAhead = zone !== null && day !== null && day > dayInZone(zone, now);
	return isAhead ? failed('refused', [changesetError('fact.ahead')]) : null;
}
