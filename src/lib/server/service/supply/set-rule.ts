import { changesetError } from '$lib/domain/changeset/issue.ts';
import { isDay } from '$lib/domain/calendar/day.ts';
import { faultOfRuleValue, isAskedOfParks } from '$lib/domain/rule/rule-definition.ts';
import { endAfterVoid, placeRule, type DatedRule } from '$lib/domain/rule/rule-history.ts';
import { SUPPLY_RULE_PREFIXES } from '$lib/domain/supply/rule-key.ts';
import { auditName, can, userIdOf } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import type { Sql } from '../../db/connect.ts';
import {
	endRule,
	insertRule,
	listRuleHistory,
	updateRuleEnd,
	voidRule,
	type RuleHistoryRow,
} from '../../db/rule-history.ts';
import type { FactStatus } from '../../db/land-use-class.ts';
import { findSentBefore } from '../../db/sent-before.ts';
import { lockSupplies } from '../../db/supply.ts';
import { listParks } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { done, failed, sentOtherwise, type Failure, type Outcome } from './outcome.ts';

/** A value that is to hold from a day on; `parkId` null: in the whole zone, `validTo` (the day after its last) null: until another is set. */
export interface RuleOrder {
	readonly clientId: string;
	readonly key: string;
	readonly parkId: string | null;
	/** Decimal text. */
	readonly value: string;
	readonly unit: string | null;
	readonly source: string;
	readonly status: FactStatus;
	readonly note: string | null;
	readonly validFrom: string;
	readonly validTo: string | null;
}

/** What is done with a value that was set: it ends on a day, or is declared a mistake. */
export type RuleAct =
	| { readonly act: 'end'; readonly validTo: string; readonly reason: string }
	| { readonly act: 'void'; readonly reason: string };

/**
 * Sets a zone's own value of a rule, from a day on; the value that was in force ends on that day. Sent twice it is set once.
 *
 * What is due in the zone is reckoned anew, beside the answer. Refuses `rule.not-permitted`, `rule.key-unknown`, `rule.park-unknown`, `rule.zone-only`, the codes of
 * `faultOfRuleValue` and `placeRule`, `rule.source-blank`, `rule.days-order` and `entry.sent-otherwise`.
 */
export async function setRule(
	context: ServiceContext,
	zoneId: string,
	order: RuleOrder,
): Promise<Outcome<null>> {
	return changeRules(context, zoneId, order.key, async (sql, rows) => {
		const { clientId, key, parkId, validFrom, validTo } = order;
		const { actor, now } = context;
		if (!can(actor, 'rule.set', zoneId, [parkId])) return refuse('forbidden', 'rule.not-permitted');
		const source = order.source.trim();
		const said = {
			value: order.value,
			unit: order.unit,
			source,
			status: order.status,
			note: order.note,
		};
		const days = { valid_from: validFrom, set_valid_to: validTo };
		const row = { rule_key: key, park_id: parkId, ...said, ...days, user_id: userIdOf(actor) };
		const sent = await findSentBefore(sql, 'rule_value', zoneId, clientId, row);
		if (sent !== null) return sent === 'same' ? 'done-before' : sentOtherwise();
		const definition = definitionOf(rows);
		if (definition === null) return refuse('refused', 'rule.key-unknown', { key });
		const refused = await faultOf(sql, zoneId, order, definition);
		if (refused !== null) return refused;
		const placing = placeRule(ofPlace(rows, parkId), validFrom, validTo);
		if (!placing.ok) return refuse('refused', placing.code, { from: placing.with.validFrom ?? '' });
		const { ends } = placing;
		if (ends !== null) await updateRuleEnd(sql, zoneId, ends.ruleNo, validFrom);
		const { areaKind, comparison, publicationGrade } = definition;
		const ruleNo = await insertRule(sql, zoneId, {
			...order,
			...{ source, areaKind, comparison, publicationGrade },
			...{ endsRuleNo: ends?.ruleNo ?? null, endsValidTo: ends?.validTo ?? null },
		});
		const details = {
			...order,
			source,
			ends: ends === null ? null : { ruleNo: ends.ruleNo, validTo: ends.validTo },
		};
		const entity = `rule/${ruleNo}`;
		const entry = { actor: auditName(actor), action: 'rule.set', entity, details, occurredAt: now };
		await appendAuditEvent(sql, zoneId, entry);
		return null;
	});
}

/**
 * Ends a value on a day, or declares it a mistake: then the value before it holds again. Both with a reason; the value stays to be read. Sent twice it is done once.
 *
 * Refuses `rule.not-permitted`, `rule.not-found`, `rule.voided-before` and `rule.end-outside` (an end that is no earlier than the one it has, or before its first day).
 */
export async function actOnRule(
	context: ServiceContext,
	zoneId: string,
	ruleNo: number,
	act: RuleAct,
): Promise<Outcome<null>> {
	return changeRules(context, zoneId, null, async (sql, every) => {
		const { actor, now } = context;
		const rule = every.find((one) => one.ruleNo === ruleNo);
		if (rule === undefined) return refuse('not-found', 'rule.not-found');
		if (!can(actor, 'rule.set', zoneId, [rule.parkId])) return refuse('forbidden', 'rule.not-permitted');
		const reason = act.reason.trim();
		if (rule.voidedAt !== null)
			return act.act === 'void' && rule.voidReason === reason
				? 'done-before'
				: refuse('refused', 'rule.voided-before');
		const write = (action: string, details: Readonly<Record<string, unknown>>) =>
			appendAuditEvent(sql, zoneId, {
				...{ actor: auditName(actor), action, entity: `rule/${ruleNo}`, occurredAt: now },
				details: { key: rule.key, parkId: rule.parkId, value: rule.value, reason, ...details },
			});
		if (act.act === 'end') {
			const { validFrom, validTo } = rule;
			if (rule.setValidTo === act.validTo) return 'done-before';
			if ((validFrom !== null && act.validTo <= validFrom) || (validTo !== null && act.validTo >= validTo))
				return refuse('refused', 'rule.end-outside');
			await endRule(sql, zoneId, ruleNo, act.validTo);
			await write('rule.ended', { validTo: act.validTo, before: validTo });
			return null;
		}
		const values = ofPlace(
			every.filter(({ key }) => key === rule.key),
			rule.parkId,
		);
		const voided = values.find((one) => one.ruleNo === ruleNo);
		const again = voided === undefined ? null : endAfterVoid(values, voided);
		await voidRule(sql, zoneId, ruleNo, { userId: userIdOf(actor) ?? '', reason, at: now });
		if (again !== null) await updateRuleEnd(sql, zoneId, again.ruleNo, again.validTo);
		await write('rule.voided', { holdsAgain: again });
		return null;
	});
}

async function changeRules(
	context: ServiceContext,
	zoneId: string,
	key: string | null,
	work: (sql: Sql, rows: readonly RuleHistoryRow[]) => Promise<Failure | 'done-before' | null>,
): Promise<Outcome<null>> {
	const { actor, dueDays, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'rule.set', zoneId))
		return refuse('forbidden', 'rule.not-permitted');
	let isOfSupply = false;
	const changed = await asWriter(context, zoneId, async (sql): Promise<Outcome<null>> => {
		await lockSupplies(sql, zoneId);
		const rows = await listRuleHistory(sql, zoneId, key);
		const refused = await work(sql, rows);
		isOfSupply = key === null || SUPPLY_RULE_PREFIXES.some((prefix) => key.startsWith(prefix));
		return refused === null || refused === 'done-before' ? done(null) : refused;
	});
	// By what is stored it is known whether days have to be reckoned: after a stop in between, the next read of a day or start does it.
	if (changed.ok && isOfSupply) dueDays.begin(zoneId, now);
	return changed;
}

/** What is loaded under a key: of national law where there is such, else of the zone; null: nothing. */
function definitionOf(rows: readonly RuleHistoryRow[]): RuleHistoryRow | null {
	return rows.find(({ ruleNo }) => ruleNo === null) ?? rows.find(({ setAt }) => setAt === null) ?? null;
}

async function faultOf(
	sql: Sql,
	zoneId: string,
	{ key, parkId, value, unit, source, validFrom, validTo }: RuleOrder,
	definition: RuleHistoryRow,
): Promise<Failure | null> {
	if (parkId !== null && !isAskedOfParks(key)) return refuse('refused', 'rule.zone-only');
	if (parkId !== null && !(await listParks(sql, zoneId)).some((park) => park.parkId === parkId))
		return refuse('refused', 'rule.park-unknown');
	const fault = faultOfRuleValue(definition, value, unit);
	if (fault !== null) return refuse('refused', fault);
	if (source.trim() === '') return refuse('refused', 'rule.source-blank');
	const isOrdered = isDay(validFrom) && (validTo === null || (isDay(validTo) && validFrom < validTo));
	return isOrdered ? null : refuse('refused', 'rule.days-order');
}

function ofPlace(rows: readonly RuleHistoryRow[], parkId: string | null): DatedRule[] {
	return rows.flatMap(({ ruleNo, voidedAt, ...row }) =>
		ruleNo === null || row.parkId !== parkId ? [] : [{ ...row, ruleNo, isVoid: voidedAt !== null }],
	);
}

function refuse(
	why: Failure['why'],
	code: string,
	params: Readonly<Record<string, string | number>> = {},
): Failure {
	return failed(why, [changesetError(code, params)]);
}
