import { OFFICE_KINDS, ROLES, type OfficeKind, type Role } from '$lib/domain/access/permission.ts';
import { auditName, can } from '../access/actor.ts';
import { hashPassword, newAccountId, randomPassword } from '../access/password.ts';
import { appendAuditEvent } from '../db/audit-event.ts';
import type { Sql } from '../db/connect.ts';
import {
	createAccount,
	findAccount,
	insertOffice,
	listOffices,
	listPeople,
	setAccountDisabled,
	setOneTimePassword,
} from '../db/person.ts';
import { endRoleGrant, insertRoleGrant } from '../db/role-grant.ts';
import { findZone, listParks } from '../db/zone.ts';
import type { ServiceContext } from './context.ts';
import { asActor, asWriter } from './scope.ts';

type PeopleContext = Pick<ServiceContext, 'database' | 'actor' | 'now'>;

/** A role to be granted. */
export interface RoleChoice {
	readonly role: string;
	/** Null: the whole zone. */
	readonly parkId: string | null;
	/** Null: not stated. */
	readonly officeId: string | null;
}

/** A one-time password is shown to whoever made it, once: only its hash is kept. */
export type PeopleAnswer =
	| { readonly ok: true; readonly oneTimePassword: string | null; readonly email?: string }
	| { readonly ok: false; readonly code: PeopleFault };

export type PeopleFault = 'people.forbidden' | (typeof FAULTS)[keyof typeof FAULTS];

/** What the database refuses, by constraint, and what is said of it. */
const FAULTS = {
	role_grant_held_once: 'role.held',
	role_grant_last_administrator: 'role.last-administrator',
	role_grant_role_fk: 'role.unknown',
	role_grant_park_fk: 'park.unknown',
	role_grant_office_fk: 'office.unknown',
	role_grant_user_fk: 'person.unknown',
	app_user_email_form: 'email.invalid',
	app_user_name_not_blank: 'name.blank',
	app_user_email_unique: 'email.taken',
	office_pk: 'office.taken',
	office_id_form: 'office.id-invalid',
	office_kind_known: 'office.unknown',
	office_name_not_blank: 'name.blank',
} as const;

/** Lists who may do what in a zone, with what there is to grant; null: no such zone, or not for this reader. */
export async function findPeople(context: PeopleContext, zoneId: string) {
	if (!can(context.actor, 'people.manage', zoneId)) return null;
	return asActor(context, zoneId, async (sql) => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) return null;
		const parks = await listParks(sql, zoneId);
		const people = await listPeople(sql, zoneId);
		return {
			zone: { zoneId, nameZh: zone.nameZh, nameEn: zone.nameEn },
			parks: parks.map(({ parkId, nameZh, nameEn }) => ({ parkId, nameZh, nameEn })),
			offices: (await listOffices(sql, zoneId)).map((office) => ({ ...office })),
			roles: ROLES,
			officeKinds: OFFICE_KINDS,
			people: people.map(({ disabledAt, ...person }) => ({ ...person, isDisabled: disabledAt !== null })),
		};
	});
}

/** Lists the roles of whoever asks, zone by zone, in words. */
export async function listOwnRoles(context: PeopleContext) {
	const { actor } = context;
	if (actor.kind !== 'user') return [];
	const zoneIds = [...new Set(actor.grants.map(({ zoneId }) => zoneId))];
	const perZone = zoneIds.map((zoneId) =>
		asActor(context, zoneId, async (sql) => {
			const zone = await findZone(sql, zoneId);
			const parks = await listParks(sql, zoneId);
			const offices = await listOffices(sql, zoneId);
			return actor.grants
				.filter((held) => held.zoneId === zoneId)
				.map(({ role, parkId, officeId }) => ({
					role,
					zone: named(zone),
					park: named(parks.find((park) => park.parkId === parkId)),
					office: named(offices.find((office) => office.officeId === officeId)),
				}));
		}),
	);
	return (await Promise.all(perZone)).flat();
}

function named(thing: { readonly nameZh: string; readonly nameEn: string } | null | undefined) {
	return thing ? { nameZh: thing.nameZh, nameEn: thing.nameEn } : null;
}

/** Gives somebody a role by e-mail: an account that is not there yet is made, with a one-time password. */
export async function invitePerson(
	context: PeopleContext,
	zoneId: string,
	person: { readonly name: string; readonly email: string },
	choice: RoleChoice,
): Promise<PeopleAnswer> {
	const email = person.email.trim().toLowerCase();
	const password = randomPassword();
	const hash = await hashPassword(password);
	return act(context, zoneId, choice.parkId, async (sql) => {
		const known = await findAccount(sql, email);
		const userId = known ?? newAccountId();
		if (known === null) {
			await createAccount(sql, { userId, name: person.name.trim(), email, hash });
			await note(context, sql, zoneId, 'person.invited', userId, { email });
		}
		await grant(context, sql, zoneId, userId, choice);
		return { ok: true, oneTimePassword: known === null ? password : null, email };
	});
}

/** Gives an account another role. */
export function grantRole(
	context: PeopleContext,
	zoneId: string,
	userId: string,
	choice: RoleChoice,
): Promise<PeopleAnswer> {
	return act(context, zoneId, choice.parkId, async (sql) => {
		await grant(context, sql, zoneId, userId, choice);
		return { ok: true, oneTimePassword: null };
	});
}

/** Takes a role away; a zone's last administrator stays. */
export function endRole(context: PeopleContext, zoneId: string, grantNo: number): Promise<PeopleAnswer> {
	return act(context, zoneId, undefined, async (sql) => {
		const ended = await endRoleGrant(sql, zoneId, grantNo);
		if (ended === null) return { ok: false, code: 'role.unknown' };
		const { userId, role, parkId } = ended;
		await note(context, sql, zoneId, 'role.ended', userId, { role, parkId });
		return { ok: true, oneTimePassword: null };
	});
}

/** Keeps somebody from signing in, or lets him in again. */
export function disablePerson(
	context: PeopleContext,
	zoneId: string,
	userId: string,
	isDisabled: boolean,
): Promise<PeopleAnswer> {
	return act(context, zoneId, undefined, async (sql) => {
		await setAccountDisabled(sql, userId, isDisabled);
		await note(context, sql, zoneId, isDisabled ? 'account.disabled' : 'account.enabled', userId, {});
		return { ok: true, oneTimePassword: null };
	});
}

/** Gives somebody who has lost his password a one-time one. */
export async function resetPassword(
	context: PeopleContext,
	zoneId: string,
	userId: string,
): Promise<PeopleAnswer> {
	const password = randomPassword();
	const hash = await hashPassword(password);
	return act(context, zoneId, undefined, async (sql) => {
		await setOneTimePassword(sql, userId, hash);
		await note(context, sql, zoneId, 'account.password-reset', userId, {});
		return { ok: true, oneTimePassword: password };
	});
}

/** Adds a body whose people work in the zone. */
export function addOffice(
	context: PeopleContext,
	zoneId: string,
	office: {
		readonly officeId: string;
		readonly kind: string;
		readonly nameZh: string;
		readonly nameEn: string;
	},
): Promise<PeopleAnswer> {
	return act(context, zoneId, null, async (sql) => {
		const { officeId, kind, nameZh, nameEn } = office;
		// What is no kind is refused by the database.
		await insertOffice(sql, zoneId, {
			...{ officeId, nameZh, nameEn },
			kind: kind as OfficeKind,
			isSample: false,
		});
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(context.actor),
			action: 'office.added',
			entity: `office/${officeId}`,
			details: { kind, nameZh, nameEn },
			occurredAt: context.now,
		});
		return { ok: true, oneTimePassword: null };
	});
}

/** One act in one transaction, of somebody who manages people in this park; undefined: anywhere in the zone, the database knows where. */
async function act(
	context: PeopleContext,
	zoneId: string,
	parkId: string | null | undefined,
	work: (sql: Sql) => Promise<PeopleAnswer>,
): Promise<PeopleAnswer> {
	const isAllowed = can(context.actor, 'people.manage', zoneId, parkId === undefined ? [] : [parkId]);
	if (!isAllowed) return { ok: false, code: 'people.forbidden' };
	try {
		return await asWriter(context, zoneId, work);
	} catch (error) {
		const code = faultOf(error);
		if (code === null) throw error;
		return { ok: false, code };
	}
}

async function grant(
	context: PeopleContext,
	sql: Sql,
	zoneId: string,
	userId: string,
	{ role, parkId, officeId }: RoleChoice,
): Promise<void> {
	// What is no role is refused by the database.
	await insertRoleGrant(sql, userId, { zoneId, role: role as Role, parkId, officeId });
	await note(context, sql, zoneId, 'role.granted', userId, { role, parkId, officeId });
}

function note(
	{ actor, now }: PeopleContext,
	sql: Sql,
	zoneId: string,
	action: string,
	userId: string,
	details: Readonly<Record<string, unknown>>,
): Promise<void> {
	const entry = { actor: auditName(actor), action, entity: `user/${userId}`, details, occurredAt: now };
	return appendAuditEvent(sql, zoneId, entry);
}

function faultOf(error: unknown): PeopleFault | null {
	if (!(error instanceof Error) || !('code' in error)) return null;
	if (error.code === '42501') return 'people.forbidden';
	const name = 'constraint_name' in error ? String(error.constraint_name) : '';
	return Object.hasOwn(FAULTS, name) ? FAULTS[name as keyof typeof FAULTS] : null;
}
