import type { Sql } from './connect.ts';
import type { FactStatus, PublicationGrade } from './land-use-class.ts';

/** A number of law, policy or house setting with its source; a null value answers "no rule set". */
export interface RuleValueRow {
	readonly key: string;
	/** Null: the whole zone. */
	readonly parkId: string | null;
	/** Decimal text, exact. */
	readonly value: string | null;
	readonly unit: string | null;
	readonly areaKind: 'ellipsoidal' | 'planar' | 'document' | 'nominal' | null;
	readonly comparison: '<' | '<=' | '=' | '>=' | '>' | null;
	readonly publicationGrade: PublicationGrade;
	readonly note: string | null;
	readonly source: string;
	readonly status: FactStatus;
	/** In force in [validFrom, validTo), 'YYYY-MM-DD'; null is open. */
	readonly validFrom: string | null;
	readonly validTo: string | null;
}

/** Lists the rule values that the scope may see, all keys or those that begin with `prefix`. */
export async function listRuleValues(sql: Sql, zoneId: string, prefix = ''): Promise<RuleValueRow[]> {
	return sql<RuleValueRow[]>`
		select rule_key as key, park_id as "parkId", value, unit, area_kind as "areaKind", comparison,
			publication_grade as "publicationGrade", note, source, status, valid_from as "validFrom", valid_to as "validTo"
		from rule_value
		where zone_id = ${zoneId} and starts_with(rule_key, ${prefix})
		order by rule_key, park_id nulls first, valid_from nulls first, rule_value_no`;
}

export async function insertRuleValues(
	sql: Sql,
	zoneId: string,
	rules: readonly RuleValueRow[],
): Promise<void> {
	for (const [index, rule] of rules.entries())
		await sql`
			insert into rule_value (zone_id, rule_value_no, rule_key, park_id, value, unit, area_kind, comparison,
				publication_grade, note, source, status, valid_from, valid_to)
			values (${zoneId}, ${index + 1}, ${rule.key}, ${rule.parkId}, ${rule.value}, ${rule.unit}, ${rule.areaKind},
				${rule.comparison}, ${rule.publicationGrade}, ${rule.note}, ${rule.source}, ${rule.status},
				${rule.validFrom}, ${rule.validTo})`;
}
