import type { Sql } from './connect.ts';
import type { RuleValueRow } from './rule-value.ts';

/** A value of a rule with who set it, when, and whether it was declared a mistake; of national law and of what was loaded nobody is named. */
export interface RuleHistoryRow extends RuleValueRow {
	/** Number in the zone; null: national law. */
	readonly ruleNo: number | null;
	readonly setBy: string | null;
	readonly setAt: Date | null;
	/** Its own end, as it was set or ended by an act; null: open. */
	readonly setValidTo: string | null;
	readonly voidedAt: Date | null;
	readonly voidedBy: string | null;
	readonly voidReason: string | null;
	readonly lapsesOn: string | null;
	readonly lapsesYear: number | null;
}

/** A value that somebody sets, with the value that ends as it begins. */
export interface NewRuleRow extends RuleValueRow {
	readonly clientId: string;
	readonly endsRuleNo: number | null;
	readonly endsValidTo: string | null;
}

/** Lists all values of the rules that the scope may see, of a zone and of national law, voided ones too; all keys, or one. */
export async function listRuleHistory(
	sql: Sql,
	zoneId: string,
	key: string | null = null,
): Promise<RuleHistoryRow[]> {
	return sql<RuleHistoryRow[]>`
		with every as (
			select rule_key, park_id, value, unit, area_kind, comparison, publication_grade, note, source, status, valid_from,
				valid_to, rule_value_no, rule_value_no as own_no, user_id, recorded_at, set_valid_to, voided_at,
				voided_by, void_reason, null::date as lapses_on, null::integer as lapses_year
			from rule_value where zone_id = ${zoneId}
			union all
			select rule_key, null, value, unit, area_kind, comparison, 'public', note, source, status, valid_from, valid_to,
				rule_value_no, null, null, null, valid_to, null, null, null, lapses_on, lapses_year
			from national_rule_value
		)
		select e.rule_key as key, e.park_id as "parkId", e.value, e.unit, e.area_kind as "areaKind", e.comparison,
			e.publication_grade as "publicationGrade", e.note, e.source, e.status, e.valid_from as "validFrom",
			e.valid_to as "validTo", e.own_no as "ruleNo", s.name as "setBy",
			case when e.user_id is not null then e.recorded_at end as "setAt", e.set_valid_to as "setValidTo", e.voided_at as "voidedAt", v.name as "voidedBy", e.void_reason as "voidReason",
			e.lapses_on as "lapsesOn", e.lapses_year as "lapsesYear"
		from every e
		left join app_user s on s.user_id = e.user_id
		left join app_user v on v.user_id = e.voided_by
		where ${key}::text is null or e.rule_key = ${key}
		order by e.rule_key, e.own_no is not null, e.park_id nulls first, e.valid_from nulls first, e.rule_value_no`;
}

/** Enters a value as the zone's next. Returns its number. */
export async function insertRule(sql: Sql, zoneId: string, rule: NewRuleRow): Promise<number> {
	const [{ ruleNo }] = await sql<{ ruleNo: number }[]>`
		insert into rule_value (zone_id, rule_value_no, rule_key, park_id, value, unit, area_kind, comparison, publication_grade,
			note, source, status, valid_from, valid_to, client_id, ends_rule_no, ends_valid_to)
		values (${zoneId}, (select coalesce(max(rule_value_no), 0) + 1 from rule_value where zone_id = ${zoneId}), ${rule.key},
			${rule.parkId}, ${rule.value}, ${rule.unit}, ${rule.areaKind}, ${rule.comparison}, ${rule.publicationGrade},
			${rule.note}, ${rule.source}, ${rule.status}, ${rule.validFrom}, ${rule.validTo}, ${rule.clientId},
			${rule.endsRuleNo}, ${rule.endsValidTo})
		returning rule_value_no as "ruleNo"`;
	return ruleNo;
}

/** Gives a value the end at which another takes its place, or its own again: the day after its last; null: open. */
export async function updateRuleEnd(
	sql: Sql,
	zoneId: string,
	ruleNo: number,
	validTo: string | null,
): Promise<void> {
	await sql`update rule_value set valid_to = ${validTo} where zone_id = ${zoneId} and rule_value_no = ${ruleNo}`;
}

/** Ends a value by an act, earlier than it did: that is its own end from then on. */
export async function endRule(sql: Sql, zoneId: string, ruleNo: number, validTo: string): Promise<void> {
	await sql`
		update rule_value set valid_to = ${validTo}, set_valid_to = ${validTo}
		where zone_id = ${zoneId} and rule_value_no = ${ruleNo}`;
}

/** Declares a value a mistake: it never was in force, and stays to be read. */
export async function voidRule(
	sql: Sql,
	zoneId: string,
	ruleNo: number,
	{ userId, reason, at }: { readonly userId: string; readonly reason: string; readonly at: Date },
): Promise<void> {
	await sql`
		update rule_value set voided_at = ${at}, voided_by = ${userId}, void_reason = ${reason}
		where zone_id = ${zoneId} and rule_value_no = ${ruleNo}`;
}
