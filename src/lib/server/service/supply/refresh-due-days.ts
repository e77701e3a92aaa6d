import { createHash } from 'node:crypto';
import { firstDueOn } from '$lib/domain/supply/due.ts';
import { asOwner, type Database, type Sql } from '../../db/connect.ts';
import { findNewestMigration } from '../../db/migrate.ts';
import { hashOwnRules } from '../../db/rule-value.ts';
import { findSeedChecksum, lockSeed, putSeedChecksum } from '../../db/seed-log.ts';
import { listSuppliesOf, listSupplyNos, lockSupplies, updateDueDays } from '../../db/supply.ts';
import { findZone, listZones, type ZoneRow } from '../../db/zone.ts';
import { dayInZone } from '../zone-record.ts';
import { readSupervised, readZoneLaw } from './supervision-context.ts';

/** Goes up with every change of what `firstDueOn` answers, so that days are reckoned anew after an upgrade without a migration. */
const RECKONING = 1;
/** Supplies that are reckoned in one transaction: who acts meanwhile waits for no more of them. */
const PAGE = 100;

/**
 * Reckons the first due days of all zones anew, as `refreshZoneDueDays` does. Returns how many days have changed; null: nothing had to be reckoned. O(supplies).
 */
export async function refreshDueDays(database: Database, now = new Date()): Promise<number | null> {
	const zones = await asOwner(database, (sql) => listZones(sql));
	let changed: number | null = null;
	for (const { zoneId } of zones) {
		const days = await refreshZoneDueDays(database, zoneId, now);
		if (days !== null) changed = (changed ?? 0) + days;
	}
	return changed;
}

/**
 * Reckons the first due days of a zone's supplies anew, once after the schema, the rules of law or of the zone, which of them are in force on its day, or the reckoning have changed; they are stored with each act and would otherwise wait for the next.
 *
 * A page of supplies at a time, so that acts get between, as long as `goesOn` says so; at the end it is said by what they were reckoned, unless that has changed meanwhile. Begun twice at once it is done twice, to the same days. Returns how many days have changed; null: nothing had to be reckoned. O(supplies).
 */
export async function refreshZoneDueDays(
	database: Database,
	zoneId: string,
	now: Date,
	goesOn: () => boolean = () => true,
): Promise<number | null> {
	const seed = seedOf(zoneId);
	const reckonedBy = await asOwner(database, async (sql) => {
		const zone = await findZone(sql, zoneId);
		const hash = zone === null ? null : await hashReckoning(sql, zone, now);
		return hash === null || (await findSeedChecksum(sql, seed)) === hash ? null : hash;
	});
	if (reckonedBy === null) return null;
	let changed = 0;
	for (let after: number | null = 0; after !== null;) {
		if (!goesOn()) return changed;
		const page: { days: number; last: number | null } = await asOwner(database, (sql) =>
			refreshPage(sql, zoneId, now, after ?? 0),
		);
		changed += page.days;
		after = page.last;
	}
	await asOwner(database, async (sql) => {
		await lockSeed(sql, seed);
		const zone = await findZone(sql, zoneId);
		if (zone !== null && (await hashReckoning(sql, zone, now)) === reckonedBy)
			await putSeedChecksum(sql, seed, reckonedBy);
	});
	return changed;
}

/** Says whether the due days of a zone are reckoned by all that holds on its day. */
export async function isZoneReckoned(sql: Sql, zone: ZoneRow, now: Date): Promise<boolean> {
	return (await findSeedChecksum(sql, seedOf(zone.zoneId))) === (await hashReckoning(sql, zone, now));
}

const seedOf = (zoneId: string) => `supply-due-days/${zoneId}`;

/** A checksum of all by which due days of a zone are reckoned. */
async function hashReckoning(sql: Sql, zone: ZoneRow, now: Date): Promise<string> {
	const law = (await findSeedChecksum(sql, 'law')) ?? '';
	const rules = await hashOwnRules(sql, zone.zoneId, dayInZone(zone, now));
	return createHash('sha256')
		.update(`${RECKONING}/${law}/${await findNewestMigration(sql)}/${rules}`)
		.digest('hex');
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
