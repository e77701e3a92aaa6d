import { isAskedOfParks } from '$lib/domain/rule/rule-definition.ts';
import { lapseOf } from '$lib/domain/rule/rule-lapse.ts';
import { can } from '../../access/actor.ts';
import { listRuleHistory, type RuleHistoryRow } from '../../db/rule-history.ts';
import { findZone, listParks } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';
import { done, failed, type Outcome } from './outcome.ts';

/** A value of a rule with where it holds, whether it does today, and whether its days are over or run out. */
export interface ShownRule extends Omit<RuleHistoryRow, 'publicationGrade' | 'setValidTo'> {
	readonly scope: 'national' | 'zone' | 'park';
	readonly isInForce: boolean;
	readonly lapse: 'over' | 'soon' | 'open';
	/** Whether parks may have values of their own under its key. */
	readonly isAskedOfParks: boolean;
}

export interface RuleList {
	readonly rules: readonly ShownRule[];
	readonly today: string;
	/** Whether what is due is being reckoned anew by them. */
	readonly isReckoning: boolean;
	/** Parks for which the reader may set values; null is the whole zone, where he may set them for every park. */
	readonly maySetIn: readonly (string | null)[];
}

/** Lists all values of the rules of a zone and of national law, past ones, those to come and those that were mistakes; a zone's own count before national ones. */
export async function readRules(context: ServiceContext, zoneId: string): Promise<Outcome<RuleList>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	// Before the reading: what ends meanwhile may have ended after it was read.
	const isReckoning = context.dueDays.isRunning(zoneId);
	return asActor(context, zoneId, async (sql): Promise<Outcome<RuleList>> => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) return failed('not-found', []);
		const today = dayInZone(zone, now);
		const places = [null, ...(await listParks(sql, zoneId)).map(({ parkId }) => parkId)];
		const rows = await listRuleHistory(sql, zoneId);
		return done({
			rules: rows.map(({ publicationGrade: _, setValidTo: _to, ...row }) => ({
				...row,
				scope: row.parkId !== null ? 'park' : row.ruleNo !== null ? 'zone' : 'national',
				isInForce:
					row.voidedAt === null &&
					(row.validFrom === null || row.validFrom <= today) &&
					(row.validTo === null || row.validTo > today),
				lapse: row.voidedAt === null ? lapseOf(row, today) : 'open',
				isAskedOfParks: isAskedOfParks(row.key),
			})),
			today,
			isReckoning,
			maySetIn: places.filter((place) => can(actor, 'rule.set', zoneId, [place])),
		});
	});
}
