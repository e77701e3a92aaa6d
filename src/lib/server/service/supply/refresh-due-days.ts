import { createHash } from 'node:crypto';
import { firstDueOn } from '$lib/domain/supply/due.ts';
import { asOwner, type Database, type Sql } from '../../db/connect.ts';
import { findNewestMigration } from '../../db/migrate.ts';
import { hashOwnRules } from '../../db/rule-value.ts';
import { findSeedChecksum, lockSeed, putSeedChecksum } from '../../db/seed-log.ts';
import { listSuppliesOf, listSupplyNos, lockSupplies, updateDueDays } from '../../db/supply.ts';
import { findZone, listZones } from '../../db/zone.ts';
import { readSupervised, readZoneLaw } from './supervision-context.ts';

const SEED_NAME = 'supply-due-days';
/** Goes up with every change of what `firstDueOn` answers, so that days are reckoned anew after an upgrade without a migration. */
const RECKONING = 1;
/** Supplies that are reckoned in one transaction: who acts meanwhile waits for no more of them. */
const PAGE = 100;

/**
 * Reckons the first due days of all supplies anew, once after the schema, the rules of law or of a zone, which of them are in force, or the reckoning have changed; they are stored with each act and would otherwise wait for the next.
 *
 * A page of supplies at a time, so that acts get between; at the end it is said by what they were reckoned, unless that has changed meanwhile. Begun twice at once it is done twice, to the same days. Returns how many days have changed; null: nothing had to be reckoned. O(supplies).
 */
export async function refreshDueDays(database: Database, now = new Date()): Promise<number | null> {
	const { reckonedBy, isDone, zones } = await asOwner(database, async (sql) => {
		const hash = await hashReckoning(sql, now);
		return {
			reckonedBy: hash,
			isDone: (await findSeedChecksum(sql, SEED_NAME)) === hash,
			zones: await listZones(sql),
		};
	});
	if (isDone) return null;
	let changed = 0;
	for (const { zoneId } of zones) changed += await refreshZone(database, zoneId, now);
	await asOwner(database, async (sql) => {
		await lockSeed(sql, SEED_NAME);
		if ((await hashReckoning(sql, now)) === reckonedBy) await putSeedChecksum(sql, SEED_NAME, reckonedBy);
	});
	return changed;
}

/** A checksum of all by which due days are reckoned. */
async function hashReckoning(sql: Sql, now: Date): Promise<string> {
	const law = (await findSeedChecksum(sql, 'law')) ?? '';
	const rules = await hashOwnRules(sql, now.toISOString().slice(0, 10));
	return createHash('sha256')
		.update(`${RECKONING}/${law}/${await findNewestMigration(sql)}/${rules}`)
		.digest('hex');
}

async function refreshZone(database: Database, zoneId: string, now: Date): Promise<number> {
	let changed = 0;
	for (let after: number | null = 0; after !== null;) {
		const page: { days: number; last: number | null } = await asOwner(database, (sql) =>
			refreshPage(sql, zoneId, now, after ?? 0),
		);
		changed += page.days;
		after = page.last;
	}
	return changed;
}

/** Reckons a page of supplies; `last` null: there are no more. */
async function refreshPage(
	sql: Sql,
	zoneId: string,
	now: Date,
	after: number,
): Promise<{ days: number; last: number | null }> {
	const zone = await findZone(sql, zoneId);
	if (zone === null) return { days: 0, last: null };
	// Another program may serve offices of the zone meanwhile.
	await lockSupplies(sql, zoneId);
	const nos = await listSupplyNos(sql, zoneId, after, PAGE);
	const law = await readZoneLaw(sql, zone, now);
	const supplies = await readSupervised(sql, zoneId, await listSuppliesOf(sql, zoneId, nos), law);
	const days = supplies
		.map(({ row, context }) => ({ row, dueOn: firstDueOn(context, row) }))
		.filter(({ row, dueOn }) => row.dueOn !== dueOn)
		.map(({ row, dueOn }) => ({ supplyNo: row.supplyNo, dueOn }));
	await updateDueDays(sql, zoneId, days);
	return { days: days.length, last: nos.at(-1) ?? null };
}
