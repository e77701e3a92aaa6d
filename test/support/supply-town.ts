import { ROLES, type Role } from '../../src/lib/domain/access/permission.ts';
import type { SupplyEventKind } from '../../src/lib/domain/supply/life-cycle.ts';
import type { SupplyMode } from '../../src/lib/domain/supply/mode.ts';
import type { SupplyEvent } from '../../src/lib/domain/supply/record.ts';
import { asOwner, inScope, type Database, type Scope, type Sql } from '../../src/lib/server/db/connect.ts';
import { insertSupplyEvent } from '../../src/lib/server/db/supply-event.ts';
import { insertSupply } from '../../src/lib/server/db/supply.ts';
import { actingAs } from './changeset-rows.ts';
import type { DatabaseKind } from './database.ts';
import { databaseWithZone, PANJIN_ID } from './database-rows.ts';
import { addPerson } from './people.ts';
import { everySupplyRow, NATIONAL_ROWS, PLOT_PARK, plotRow, supplyRow } from './supply-rows.ts';

export const OTHER_PARK = 'xinglongtai';
/** A zone of the same parks, with an officer and approver of its own, the stranger. */
export const ELSEWHERE = 'elsewhere';

const grant = (role: Role, parkId: string | null = null, zoneId = PANJIN_ID) => ({
	zoneId,
	role,
	parkId,
	officeId: null,
});

/** Who is there beside the people of the small zone: one of each role, named by it, and these. */
const PEOPLE = {
	...Object.fromEntries(ROLES.map((role) => [role, [grant(role)]])),
	'second-approver': [grant('approver')],
	'own-park-officer': [grant('supply_officer', PLOT_PARK)],
	'other-park-officer': [grant('supply_officer', OTHER_PARK)],
	'own-park-approver': [grant('approver', PLOT_PARK)],
	'other-park-approver': [grant('approver', OTHER_PARK)],
	both: [grant('supply_officer'), grant('approver')],
	stranger: [grant('supply_officer', null, ELSEWHERE), grant('approver', null, ELSEWHERE)],
};

/** Everybody whose rights are asked; null is nobody signed in. */
export const HOLDERS: readonly (string | null)[] = [...Object.keys(PEOPLE), null];

/** What somebody sees and does in the small zone, at office grade. */
export const as = (userId: string | null, role: Scope['role'] = 'app', zoneId = PANJIN_ID): Scope => ({
	role,
	zoneId,
	grade: 'office',
	userId,
});

/**
 * Opens the small zone with a supply that is offered (1, of plot 1) and one in the programme (2, of plot 2), and plots 3 to 9 without any;
 * 9 is in the other park. All came with a load. The caller closes it.
 */
export async function openSupplyTown(kind: DatabaseKind): Promise<Database> {
	const database = await databaseWithZone(kind);
	await asOwner(database, async (sql) => {
		await sql`
			insert into zone (zone_id, name_zh, name_en, time_zone, project_srid, land_use_system, land_use_version, is_synthetic, source)
			select ${ELSEWHERE}, name_zh, name_en, time_zone, project_srid, land_use_system, land_use_version, is_synthetic, source
			from zone`;
		for (const [userId, grants] of Object.entries(PEOPLE)) await addPerson(sql, userId, grants);
		for (const statement of [...Object.values(NATIONAL_ROWS), ...everySupplyRow(PANJIN_ID)])
			await sql.unsafe(statement);
		for (const plotNo of [2, 3, 4, 5, 6, 7, 8]) await sql.unsafe(plotRow(PANJIN_ID, plotNo));
		await sql.unsafe(plotRow(PANJIN_ID, 9, OTHER_PARK));
		await sql.unsafe(supplyRow(PANJIN_ID, { plotNo: 2, clientId: 'second-supply' }));
	});
	return database;
}

/** Enters a supply of a plot as whoever acts, and returns its number. */
export function enter(sql: Sql, plotNo: number, mode: SupplyMode = 'grant'): Promise<number> {
	const clientId = `of-plot-${plotNo}-${Math.random().toString(36).slice(2)}`;
	return insertSupply(sql, PANJIN_ID, { clientId, plotNo, mode, year: 2026, quarter: 1 });
}

/** Records an event, with no facts, as whoever acts. */
export function act(sql: Sql, supplyNo: number, event: SupplyEventKind): Promise<void> {
	const facts = {} as SupplyEvent['facts'];
	return insertSupplyEvent(sql, PANJIN_ID, supplyNo, { event, facts, unknowns: [], occurredAt: new Date(0) });
}

/** Lets somebody else act for the rest of a transaction. */
export async function actAs(sql: Sql, userId: string): Promise<void> {
	await sql.unsafe(actingAs(userId));
}

/** Records events one after another, each `<event> <who>` and by a transaction of its own. */
export async function actInTurn(
	database: Database,
	supplyNo: number,
	steps: readonly (readonly [SupplyEventKind, string])[],
): Promise<void> {
	for (const [event, userId] of steps)
		await inScope(database, as(userId), (sql) => act(sql, supplyNo, event));
}
