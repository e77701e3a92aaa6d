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
/** Supplies that are reckoned together. */
const PAGE = 500;

/**
 * Reckons the first due days of all supplies anew, once after the schema, the rules of law or of a zone, which of them are in force, or the reckoning have changed; they are stored with each act and would otherwise wait for the next.
 *
 * In one transaction, which says with the days by what they were reckoned. Returns how many days have changed; null: nothing had to be reckoned. O(supplies).
 */
export async function refreshDueDays(database: Database, now = new Date()): Promise<number | null> {
	return asOwner(database, async (sql) => {
		await lockSeed(sql, SEED_NAME);
		const law = (await findSeedChecksum(sql, 'law')) ?? '';
		const reckonedBy = createHash('sha256')
			.update(
				`${RECKONING}/${law}/${await findNewestMigration(sql)}/${await hashOwnRules(sql, now.toISOString().slice(0, 10))}`,
			)
			.digest('hex');
		if ((await findSeedChecksum(sql, SEED_NAME)) === reckonedBy) return null;
		let changed = 0;
		for (const { zoneId } of await listZones(sql)) changed += await refreshZone(sql, zoneId, now);
		await putSeedChecksum(sql, SEED_NAME, reckonedBy);
		return changed;
	});
}

async function refreshZone(sql: Sql, zoneId: string, now: Date): Promise<number> {
	const zone = await findZone(sql, zoneId);
	if (zone === null) return 0;
	// Another program may serve offices of the zone meanwhile.
	await lockSupplies(sql, zoneId);
	const law = await readZoneLaw(sql, zone, now);
	let changed = 0;
	for (let after = 0; ;) {
		const nos = await listSupplyNos(sql, zoneId, after, PAGE);
		const last = nos.at(-1);
		if (last === undefined) return changed;
		const supplies = await readSupervised(sql, zoneId, await listSuppliesOf(sql, zoneId, nos), law);
		const days = supplies
			.map(({ row, context }) => ({ row, dueOn: firstDueOn(context, row) }))
			.filter(({ row, dueOn }) => row.dueOn !== dueOn)
			.map(({ row, dueOn }) => ({ supplyNo: row.supplyNo, dueOn }));
		await updateDueDays(sql, zoneId, days);
		changed += days.length;
		after = last;
	}
}
