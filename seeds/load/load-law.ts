import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { LAND_USES } from '$lib/domain/tenure/term.ts';
import { putClassUses } from '$lib/server/db/class-use.ts';
import { asOwner, type Database } from '$lib/server/db/connect.ts';
import { putNationalRules, type NationalRuleRow } from '$lib/server/db/rule-value.ts';
import { findSeedChecksum, lockSeed, putSeedChecksum } from '$lib/server/db/seed-log.ts';
import { putWorkCalendar } from '$lib/server/db/work-calendar.ts';
import { readCsvFile } from './csv-file.ts';
import { folderChecksum } from './folder-checksum.ts';
import { readText } from './read-text.ts';
import { ZoneFolderError } from './zone-folder-error.ts';

const SEED_NAME = 'law';
const NATIONAL = { system: 'cn-land-use', version: '2023' };
const day = z.iso.date().nullable().default(null);
const status = z.enum(['verified', 'unverified', 'example']);

const rulesSchema = z.array(
	z.strictObject({
		key: z.string(),
		/** Decimal text; null: no rule set. */
		value: z.string().nullable(),
		unit: z.string().nullable().default(null),
		areaKind: z.enum(['ellipsoidal', 'planar', 'document', 'nominal']).nullable().default(null),
		comparison: z.enum(['<', '<=', '=', '>=', '>']).nullable().default(null),
		source: z.string(),
		status,
		note: z.string().nullable().default(null),
		validFrom: day,
		validTo: day,
		/** Day after the last on which its document holds, by its own text. */
		lapsesOn: day,
		/** Year by whose end its document lapses, where only that is known. */
		lapsesYear: z.int().nullable().default(null),
	}),
);
const useSchema = z.object({ code: z.string(), use: z.enum(LAND_USES).nullable(), status });
const calendarSchema = z.object({
	day: z.iso.date(),
	kind: z.enum(['off', 'work']),
	source: z.string(),
	status,
});

/**
 * Takes in what is the same for every zone: numbers of national law, uses of classes in it, working days; in one transaction.
 *
 * `seeds` is the folder that holds `supply/` and `calendar/`. Needs the class lists first. Returns whether anything was written.
 */
export async function loadLaw(database: Database, seeds: string): Promise<boolean> {
	const [supply, calendar] = [join(seeds, 'supply'), join(seeds, 'calendar')];
	const checksum = createHash('sha256')
		.update(`${await folderChecksum(supply)}\n${await folderChecksum(calendar)}`)
		.digest('hex');
	const rules = await readRules(join(supply, 'rules.json'));
	const uses = await readUses(join(supply, 'term-use.csv'));
	const days = await readDays(join(calendar, 'cn-working-days.csv'));
	return asOwner(database, async (sql) => {
		await lockSeed(sql, SEED_NAME);
		if ((await findSeedChecksum(sql, SEED_NAME)) === checksum) return false;
		await putNationalRules(sql, rules);
		await putClassUses(sql, NATIONAL.system, NATIONAL.version, uses);
		await putWorkCalendar(sql, 'cn', days);
		await putSeedChecksum(sql, SEED_NAME, checksum);
		return true;
	});
}

async function readRules(file: string): Promise<NationalRuleRow[]> {
	const parsed = rulesSchema.safeParse(JSON.parse(await readText(file)));
	if (!parsed.success) throw new ZoneFolderError(file, z.prettifyError(parsed.error));
	return parsed.data;
}

async function readUses(file: string) {
	const rows = await readCsvFile(file, ['code', 'use', 'source', 'status', 'note']);
	return rows.map(({ code, use, source, status: said, note }) => ({
		...parse(file, useSchema, { code, use: use === '' ? null : use, status: said }),
		source,
		note: note === '' ? null : note,
	}));
}

async function readDays(file: string) {
	const rows = await readCsvFile(file, ['day', 'kind', 'source', 'status']);
	return rows.map((row) => parse(file, calendarSchema, row));
}

function parse<T extends z.ZodType>(file: string, schema: T, row: unknown): z.output<T> {
	const parsed = schema.safeParse(row);
	if (!parsed.success) throw new ZoneFolderError(file, z.prettifyError(parsed.error));
	return parsed.data;
}
