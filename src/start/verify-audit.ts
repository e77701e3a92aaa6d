import {
	listAuditFaults,
	recomputeAuditChain,
	type AuditFault,
	type RecomputedChain,
} from '../lib/server/db/audit-event.ts';
import { asOwner, inScope, ZONE_DIRECTORY, type Database } from '../lib/server/db/connect.ts';
import { listZones } from '../lib/server/db/zone.ts';
import { withDatabase } from './open-database.ts';

/** A zone's audit chain, by our own hashing and by the database. */
export interface ZoneChain extends RecomputedChain {
	readonly zoneId: string;
	readonly faults: readonly AuditFault[];
}

const FAULTS: Readonly<Record<AuditFault['fault'], string>> = {
	number: 'an event before it is missing',
	link: 'it does not follow from the event before it',
	hash: 'its hash is not that of what was recorded',
	content: 'it does not say what was recorded',
};

const MISSING = 'it is missing, or its hash is not that of what was recorded';

/** Checks the audit chains of a database, zone by zone, and says what it finds; true where all hold. */
export async function verifyAudit(database: Database, say: (line: string) => void): Promise<boolean> {
	const directory = { role: 'read', zoneId: ZONE_DIRECTORY, grade: 'public' } as const;
	let isWhole = true;
	for (const { zoneId } of await inScope(database, directory, listZones)) {
		// Nobody is signed in here who could hold the right to read the trail.
		const chain = await asOwner(database, async (sql) => {
			await sql`set transaction read only`;
			return {
				zoneId,
				...(await recomputeAuditChain(sql, zoneId)),
				faults: await listAuditFaults(sql, zoneId),
			};
		});
		const fault = firstFault(chain);
		if (fault !== null) isWhole = false;
		say(
			fault === null
				? `zone ${zoneId}: ${chain.events} events, the chain holds; last ${chain.head}`
				: `zone ${zoneId}: broken at event ${fault.eventNo}: ${fault.why}`,
		);
	}
	return isWhole;
}

/** The first event of a chain that does not hold, and why; null where all do. */
export function firstFault({
	brokenAt,
	faults,
}: Pick<ZoneChain, 'brokenAt' | 'faults'>): { readonly eventNo: number; readonly why: string } | null {
	const eventNo = Math.min(...faults.map((one) => one.eventNo), brokenAt ?? Infinity);
	if (eventNo === Infinity) return null;
	const found = faults.filter((one) => one.eventNo === eventNo).map(({ fault }) => FAULTS[fault]);
	return { eventNo, why: found.length > 0 ? found.join(', ') : MISSING };
}

/** Verifies the audit of the database that the settings name, also beside a running program; returns the code to end with. */
export function runAuditVerification(
	root: string,
	env: Readonly<Record<string, string | undefined>>,
	say: (line: string) => void,
): Promise<number> {
	return withDatabase(root, env, async (database) => ((await verifyAudit(database, say)) ? 0 : 1));
}
