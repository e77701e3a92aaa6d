import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorkCalendar, type AnnouncedDay, type WorkCalendar } from '$lib/domain/calendar/working-day.ts';
import type { RuleValue } from '$lib/domain/rule/rule-value.ts';
import type { ClassUse, LandUse } from '$lib/domain/tenure/term.ts';
import { readCsvFile } from '$seeds/load/csv-file.ts';

const SEEDS = join(import.meta.dirname, '../../seeds');

/** The rules of land supply as they are loaded. */
export const SUPPLY_RULES: readonly RuleValue[] = (
	JSON.parse(readFileSync(join(SEEDS, 'supply/rules.json'), 'utf8')) as (Partial<RuleValue> &
		Pick<RuleValue, 'key' | 'value' | 'source' | 'status'>)[]
).map((rule) => ({
	key: rule.key,
	value: rule.value,
	unit: rule.unit ?? null,
	areaKind: rule.areaKind ?? null,
	comparison: rule.comparison ?? null,
	source: rule.source,
	status: rule.status,
	parkId: null,
	validFrom: rule.validFrom ?? null,
	validTo: rule.validTo ?? null,
}));

/** The rules with one of them changed, or left out where the change is null. */
export function rulesWith(key: string, change: Partial<RuleValue> | null): RuleValue[] {
	return SUPPLY_RULES.flatMap((rule) =>
		rule.key !== key ? [rule] : change === null ? [] : [{ ...rule, ...change }],
	);
}

/** The calendar of working days of the seeds, and its rows. */
export async function readWorkCalendar(): Promise<{
	readonly calendar: WorkCalendar;
	readonly rows: readonly (AnnouncedDay & { readonly source: string; readonly status: string })[];
}> {
	const columns = ['day', 'kind', 'name_zh', 'source', 'status'];
	const rows = (await readCsvFile(join(SEEDS, 'calendar/cn-working-days.csv'), columns)).map((row) => ({
		day: row.day,
		kind: row.kind as AnnouncedDay['kind'],
		source: row.source,
		status: row.status,
	}));
	return { calendar: makeWorkCalendar(rows), rows };
}

/** The table of uses of land-use classes of the seeds. */
export async function readTermUses(): Promise<ReadonlyMap<string, ClassUse>> {
	const columns = ['code', 'use', 'source', 'status', 'note'];
	const rows = await readCsvFile(join(SEEDS, 'supply/term-use.csv'), columns);
	return new Map(
		rows.map(({ code, use, source, status }) => [
			code,
			{ use: use === '' ? null : (use as LandUse), source, status: status as RuleValue['status'] },
		]),
	);
}
