import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSamplePeople } from '$seeds/demo/sample-people.ts';
import { hashPassword, newAccountId, randomPassword } from '../lib/server/access/password.ts';
import { appendAuditEvent } from '../lib/server/db/audit-event.ts';
import { asOwner, type Database, type Sql } from '../lib/server/db/connect.ts';
import {
	findUserByEmail,
	insertAccount,
	listZonesWithoutAdministrator,
	listZonesWithoutSamples,
} from '../lib/server/db/first-person.ts';
import { insertOffice } from '../lib/server/db/person.ts';
import { insertRoleGrant } from '../lib/server/db/role-grant.ts';
import { listParks } from '../lib/server/db/zone.ts';

/** Accounts that this start has made, with passwords that nobody can read again. */
export interface FirstPeople {
	readonly administrator: { readonly email: string; readonly password: string } | null;
	/** They share one password. */
	readonly samples: { readonly password: string; readonly people: readonly SamplePerson[] } | null;
}

export interface SamplePerson {
	readonly email: string;
	readonly name: string;
	readonly role: string;
}

export interface PeopleSettings {
	readonly adminEmail: string;
	readonly sampleAccounts: boolean;
}

const ACTOR = 'start';

/** Gives zones without an administrator one, and synthetic zones their sample people where these are wanted; else makes nothing. */
export async function makeFirstPeople(
	database: Database,
	root: string,
	{ adminEmail, sampleAccounts }: PeopleSettings,
): Promise<FirstPeople> {
	const administrator = await makeAdministrator(database, adminEmail);
	const samples = sampleAccounts ? await makeSamples(database, root) : null;
	return { administrator, samples };
}

async function makeAdministrator(database: Database, email: string): Promise<FirstPeople['administrator']> {
	if ((await asOwner(database, listZonesWithoutAdministrator)).length === 0) return null;
	const password = randomPassword();
	const hash = await hashPassword(password);
	return asOwner(database, async (sql) => {
		const zones = await listZonesWithoutAdministrator(sql);
		const known = await findUserByEmail(sql, email);
		const userId = known ?? newAccountId();
		if (known === null) {
			await insertAccount(sql, { userId, name: '管理员', email, hash, mustChangePassword: true });
		}
		for (const zoneId of zones) await grant(sql, zoneId, userId, 'administrator');
		return known === null ? { email, password } : null;
	});
}

async function makeSamples(database: Database, root: string): Promise<FirstPeople['samples']> {
	if ((await asOwner(database, listZonesWithoutSamples)).length === 0) return null;
	const sample = parseSamplePeople(await readFile(join(root, 'seeds', 'demo', 'sample-people.json'), 'utf8'));
	const password = randomPassword();
	const hash = await hashPassword(password);
	return asOwner(database, async (sql) => {
		const people: SamplePerson[] = [];
		for (const zoneId of await listZonesWithoutSamples(sql)) {
			const [park] = await listParks(sql, zoneId);
			for (const office of sample.offices) await insertOffice(sql, zoneId, { ...office, isSample: true });
			for (const { account, name, role, officeId, inFirstPark } of sample.people) {
				const email = `${account}@${zoneId}.invalid`;
				const userId = newAccountId();
				await insertAccount(sql, { userId, name, email, hash, mustChangePassword: false });
				await grant(sql, zoneId, userId, role, inFirstPark ? park.parkId : null, officeId);
				people.push({ email, name, role });
			}
		}
		return { password, people };
	});
}

async function grant(
	sql: Sql,
	zoneId: string,
	userId: string,
	role: Parameters<typeof insertRoleGrant>[2]['role'],
	parkId: string | null = null,
	officeId: string | null = null,
): Promise<void> {
	await insertRoleGrant(sql, userId, { zoneId, role, parkId, officeId });
	const details = { role, parkId, officeId };
	const entry = { actor: ACTOR, action: 'role.granted', entity: `user/${userId}`, details };
	await appendAuditEvent(sql, zoneId, { ...entry, occurredAt: new Date() });
}

/** What is printed of them, once. */
export function describeFirstPeople({ administrator, samples }: FirstPeople): string[] {
	const lines: string[] = [];
	if (administrator !== null) {
		const { email, password } = administrator;
		lines.push(
			`  administrator  ${email}  one-time password ${password}`,
			'                 (shown only now; sign-in asks for a password of your own)',
		);
	}
	if (samples !== null) {
		lines.push(`  sample people  password ${samples.password} for all (made up; shown only now)`);
		lines.push(
			...samples.people.map(({ email, name, role }) => `                 ${email}  ${name}  ${role}`),
		);
	}
	return lines;
}
