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
		where zone_id = ${zoneId} and starts_with(rule_key, ${prefix}) and voided_at is null
		order by rule_key, park_id nulls first, valid_from nulls first, rule_value_no`;
}

/** Lists the rules in whose words a zone is asked: its own and national ones, which count on the days on which it has none of the key. */
export async function listLawAndRules(
	sql: Sql,
	zoneId: string,
	prefixes: readonly string[],
): Promise<(RuleValueRow & { readonly isNational: boolean })[]> {
	return sql<(RuleValueRow & { readonly isNational: boolean })[]>`
		with every as (
			select rule_key, park_id, value, unit, area_kind, comparison, publication_grade, note, source, status, valid_from,
				valid_to, rule_value_no, false as is_national
			from rule_value where zone_id = ${zoneId} and voided_at is null
			union all
			select n.rule_key, null, n.value, n.unit, n.area_kind, n.comparison, 'public', n.note, n.source, n.status, n.valid_from,
				n.valid_to, n.rule_value_no, true
			from national_rule_value n
		)
		select e.rule_key as key, e.park_id as "parkId", e.value, e.unit, e.area_kind as "areaKind", e.comparison,
			e.publication_grade as "publicationGrade", e.note, e.source, e.status, e.valid_from as "validFrom",
			e.valid_to as "validTo", e.is_national as "isNational"
		from every e
		where exists (select from unnest(${[...prefixes]}::text[]) as wanted (prefix) where starts_with(e.rule_key, wanted.prefix))
		order by e.rule_key, e.park_id nulls first, e.valid_from nulls first, e.rule_value_no`;
}

/** A checksum of the rules that a zone has of its own, and of what has come into force or ended by a day, of national ones too. */
export async function hashOwnRules(sql: Sql, zoneId: string, onDate: string): Promise<string> {
	const [{ hash }] = await sql<{ hash: string }[]>`
		with own as (select * from rule_value where zone_id = ${zoneId})
		select md5(concat_ws('\n',
			(select string_agg(r::text, '\n' order by r.rule_value_no) from own r),
			(select count(*) from (select valid_from, valid_to from own union all select valid_from, valid_to from national_rule_value) d,
				unnest(array[d.valid_from, d.valid_to]) as passed (on_day)
				where passed.on_day <= ${onDate}::date))) as hash`;
	return hash;
}

/** A number of national law. */
export type NationalRuleRow = Omit<RuleValueRow, 'parkId' | 'publicationGrade'> & {
	/** Day after the last on which its document holds, by its own text; not given: not stated, or not read. */
	readonly lapsesOn?: string | null;
	/** Year by whose end its document lapses, where only that is known. */
	readonly lapsesYear?: number | null;
};

/** Brings national rules to what is given; others are taken out. */
export async function putNationalRules(sql: Sql, rules: readonly NationalRuleRow[]): Promise<void> {
	await sql`delete from national_rule_value`;
	for (const [index, rule] of rules.entries())
		await sql`
			insert into national_rule_value (rule_key, rule_value_no, value, unit, area_kind, comparison, note, source, status,
				valid_from, valid_to, lapses_on, lapses_year)
			values (${rule.key}, ${index + 1}, ${rule.value}, ${rule.unit}, ${rule.areaKind}, ${rule.comparison}, ${rule.note},
				${rule.source}, ${rule.status}, ${rule.validFrom}, ${rule.validTo}, ${rule.lapsesOn ?? null},
				${rule.lapsesYear ?? null})`;
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
