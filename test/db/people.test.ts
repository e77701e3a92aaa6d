import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	isGranted,
	PERMISSIONS,
	ROLE_PERMISSIONS,
	ROLES,
	type Grant,
	type Permission,
	type Role,
} from '$lib/domain/access/permission.ts';
import { can, PUBLIC_ACTOR, OFFICE_ON_LOCALHOST, type Actor } from '$lib/server/access/actor.ts';
import { asOwner, asSignIn, inScope, type Database, type Scope } from '$lib/server/db/connect.ts';
import { setOneTimePassword } from '$lib/server/db/person.ts';
import { endRoleGrant, insertRoleGrant, listGrantsOf } from '$lib/server/db/role-grant.ts';
import { endGivenPassword, listWaysIn } from '$lib/server/db/sign-in.ts';
import { DATABASE_KINDS, untilSomeoneWaits } from '../support/database.ts';
import {
	brokenConstraint,
	databaseWithZone,
	PANJIN_ADMINISTRATOR,
	PANJIN_ID,
} from '../support/database-rows.ts';
import { addPerson } from '../support/people.ts';

const [OWN_PARK, OTHER_PARK] = ['liaodongwan', 'xinglongtai'];
const ELSEWHERE = 'elsewhere';

/** Where something may be asked for: without a park, as reading is, or in one; null is land in no park. */
const PLACES = [
	{ name: 'the zone', zoneId: PANJIN_ID, parks: [] },
	{ name: 'the own park', zoneId: PANJIN_ID, parks: [OWN_PARK] },
	{ name: 'another park', zoneId: PANJIN_ID, parks: [OTHER_PARK] },
	{ name: 'land in no park', zoneId: PANJIN_ID, parks: [null] },
	{ name: 'another zone', zoneId: ELSEWHERE, parks: [] },
	{ name: 'a park of another zone', zoneId: ELSEWHERE, parks: [OWN_PARK] },
] as const;
/** Places in which a role held in the whole zone, or in one park, does what it may. */
const WITHIN: Readonly<Record<'zone' | 'park', readonly string[]>> = {
	zone: ['the zone', 'the own park', 'another park', 'land in no park'],
	park: ['the zone', 'the own park'],
};

const grantOf = (role: Role, parkId: string | null = null): Grant => ({
	zoneId: PANJIN_ID,
	role,
	parkId,
	officeId: null,
});
const userActor = (userId: string, grants: readonly Grant[]): Actor => ({
	kind: 'user',
	userId,
	name: userId,
	email: '',
	grants,
});
const within = (userId: string | null, role: Scope['role'] = 'read'): Scope => ({
	role,
	zoneId: PANJIN_ID,
	grade: 'office',
	userId,
});
const HELD = ROLES.flatMap((role) =>
	([null, OWN_PARK] as const).map((parkId) => ({
		userId: `${role}-${parkId ?? 'all'}`,
		grant: grantOf(role, parkId),
		reach: parkId === null ? ('zone' as const) : ('park' as const),
	})),
);

describe.each(DATABASE_KINDS)('people of the %s database', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await databaseWithZone(kind);
		await asOwner(database, async (sql) => {
			await sql`
				insert into zone (zone_id, name_zh, name_en, time_zone, project_srid, land_use_system, land_use_version, is_synthetic, source)
				select ${ELSEWHERE}, name_zh, name_en, time_zone, project_srid, land_use_system, land_use_version, is_synthetic, source
				from zone`;
			await sql`
				insert into park (zone_id, park_id, kind, sort, name_zh, name_en, source)
				select ${ELSEWHERE}, park_id, kind, sort, name_zh, name_en, source from park`;
			for (const { userId, grant } of HELD) await addPerson(sql, userId, [grant]);
			await addPerson(sql, 'nobody', []);
		});
	});
	afterAll(() => database.close());

	/** What the database says that an account may do, as `permission at place`. */
	async function allowedInSql(userId: string | null): Promise<string[]> {
		return inScope(database, within(userId), async (sql) => {
			const allowed: string[] = [];
			for (const { name, zoneId, parks } of PLACES) {
				const rows = await sql<{ permission: string }[]>`
					select permission from unnest(${[...PERMISSIONS]}::text[]) permission
					where ${parks.length === 0 ? sql`may(permission, ${zoneId})` : sql`may(permission, ${zoneId}, ${parks[0]})`}`;
				allowed.push(...rows.map(({ permission }) => `${permission} at ${name}`));
			}
			return allowed;
		});
	}

	function allowedInCode(actor: Actor): string[] {
		return PLACES.flatMap(({ name, zoneId, parks }) =>
			PERMISSIONS.filter((permission) => can(actor, permission, zoneId, parks)).map(
				(permission) => `${permission} at ${name}`,
			),
		);
	}

	it('have the permissions of the program, role by role', async () => {
		const rows = await inScope(
			database,
			within(null),
			(sql) => sql<{ role: Role; permissions: Permission[] }[]>`
				select role, array(select permission from role_permission p where p.role = role.role) as permissions
				from role order by sort`,
		);
		expect(rows.map(({ role }) => role)).toEqual(ROLES);
		for (const { role, permissions } of rows)
			expect(permissions.toSorted(), role).toEqual(ROLE_PERMISSIONS[role].toSorted());
	});

	it.each(HELD)('$userId may do the same by `can` and by `may`', async ({ userId, grant, reach }) => {
		const expected = PLACES.flatMap(({ name }) =>
			WITHIN[reach].includes(name)
				? PERMISSIONS.filter((permission) => ROLE_PERMISSIONS[grant.role].includes(permission)).map(
						(permission) => `${permission} at ${name}`,
					)
				: [],
		);
		expect(await allowedInSql(userId)).toEqual(expected);
		const grants = await inScope(database, { ...within(userId), zoneId: null }, (sql) =>
			listGrantsOf(sql, userId),
		);
		expect(allowedInCode(userActor(userId, grants))).toEqual(expected);
	});

	it('who are nobody, disabled, or have to change their password may nothing', async () => {
		expect(allowedInCode(PUBLIC_ACTOR)).toEqual([]);
		expect(allowedInCode(OFFICE_ON_LOCALHOST)).toEqual(PLACES.map(({ name }) => `office.read at ${name}`));
		for (const userId of [null, '', 'nobody', 'no-such-account'])
			expect(await allowedInSql(userId)).toEqual([]);
		await asOwner(database, async (sql) => {
			await addPerson(sql, 'disabled', [grantOf('planner')]);
			await addPerson(sql, 'fresh', [grantOf('planner')]);
			await addPerson(sql, 'former', [grantOf('planner')]);
			await sql`update app_user set disabled_at = now() where user_id = 'disabled'`;
			await sql`update app_user set must_change_password = true where user_id = 'fresh'`;
			await sql`update role_grant set ended_at = now() where user_id = 'former'`;
		});
		for (const userId of ['disabled', 'fresh', 'former']) expect(await allowedInSql(userId)).toEqual([]);
	});

	it('see each other’s names in their zone, and only those who manage people see roles', async () => {
		const seenBy = (scope: Scope) =>
			inScope(database, scope, async (sql) => {
				const users = await sql`select user_id from app_user`;
				const grants = await sql`select grant_no from role_grant`;
				return [users.length, grants.length];
			});
		const [people, grants] = await seenBy(within(PANJIN_ADMINISTRATOR));
		expect(people).toBeGreaterThan(2 * ROLES.length);
		expect(grants).toBe(people);
		expect(await seenBy(within('viewer-all'))).toEqual([people, 1]);
		expect(await seenBy(within('nobody'))).toEqual([1, 0]);
		expect(await seenBy(within(null))).toEqual([0, 0]);
		expect(await seenBy({ ...within('viewer-all'), zoneId: ELSEWHERE })).toEqual([1, 1]);
	});

	it('are granted roles by those who manage people there, and by nobody else', async () => {
		const grant = (userId: string | null, given: Grant, zoneId = PANJIN_ID) =>
			inScope(database, { ...within(userId, 'app'), zoneId }, (sql) => insertRoleGrant(sql, 'nobody', given));
		const forbidden = { code: '42501' };
		for (const { userId, grant: held } of HELD) {
			if (held.role !== 'administrator')
				await expect(grant(userId, grantOf('viewer')), userId).rejects.toMatchObject(forbidden);
		}
		const ofPark = `administrator-${OWN_PARK}`;
		await expect(grant(ofPark, grantOf('viewer'))).rejects.toMatchObject(forbidden);
		await expect(grant(ofPark, grantOf('viewer', OTHER_PARK))).rejects.toMatchObject(forbidden);
		expect(await grant(ofPark, grantOf('viewer', OWN_PARK))).toBeGreaterThan(0);
		const abroad = { ...grantOf('viewer'), zoneId: ELSEWHERE };
		await expect(grant(PANJIN_ADMINISTRATOR, abroad)).rejects.toMatchObject(forbidden);
		await expect(grant(PANJIN_ADMINISTRATOR, abroad, ELSEWHERE)).rejects.toMatchObject(forbidden);
		expect(await grant(PANJIN_ADMINISTRATOR, grantOf('viewer', OTHER_PARK))).toBeGreaterThan(0);
		expect(isGranted(await grantsOf('nobody'), 'office.read', PANJIN_ID, [OWN_PARK, OTHER_PARK])).toBe(true);
	});

	const grantsOf = (userId: string) => inScope(database, within(userId), (sql) => listGrantsOf(sql, userId));
	const endAll = (by: string, of: string) =>
		inScope(database, within(by, 'app'), async (sql) => {
			const rows = await sql<{ grantNo: number }[]>`
				select grant_no as "grantNo" from role_grant where user_id = ${of} and ended_at is null`;
			return Promise.all(rows.map(({ grantNo }) => endRoleGrant(sql, PANJIN_ID, grantNo)));
		});

	it('lose a role that is taken away, and can be given it again', async () => {
		const giveBack = grantOf('case_handler');
		expect(await endAll(PANJIN_ADMINISTRATOR, 'case_handler-all')).toMatchObject([{ role: 'case_handler' }]);
		expect(await allowedInSql('case_handler-all')).toEqual([]);
		await inScope(database, within(PANJIN_ADMINISTRATOR, 'app'), (sql) =>
			insertRoleGrant(sql, 'case_handler-all', giveBack),
		);
		expect(await grantsOf('case_handler-all')).toEqual([giveBack]);
	});

	it('keep their accounts from those who do not manage people wherever they hold a role', async () => {
		await asOwner(database, (sql) =>
			addPerson(sql, 'of-two-zones', [grantOf('viewer'), { ...grantOf('viewer'), zoneId: ELSEWHERE }]),
		);
		const disable = (by: string | null, of: string) =>
			inScope(database, within(by, 'app'), (sql) => sql`select set_account_disabled(${of}, true)`);
		const refused = { code: '42501' };
		for (const [by, of] of [
			[null, 'viewer-all'],
			['planner-all', 'viewer-all'],
			[`administrator-${OWN_PARK}`, 'viewer-all'],
			[PANJIN_ADMINISTRATOR, 'of-two-zones'],
			[PANJIN_ADMINISTRATOR, 'no-such-account'],
		] as const)
			await expect(disable(by, of)).rejects.toMatchObject(refused);
		for (const act of ['set_one_time_password(x, x)', 'create_account(x, x, x, x)'])
			await expect(
				inScope(database, within('planner-all', 'app'), (sql) =>
					sql.unsafe(`select ${act.replaceAll('x', "'x'")}`),
				),
				act,
			).rejects.toMatchObject(refused);
		await disable(`administrator-${OWN_PARK}`, `viewer-${OWN_PARK}`);
		expect(await allowedInSql(`viewer-${OWN_PARK}`)).toEqual([]);
	});

	it('are tied to another service by the sign-in alone, once each, and untied by a new one-time password', async () => {
		const OF = 'viewer-all';
		const ISSUER = 'https://id.example.cn';
		const tie = (provider: string, subject: string) =>
			asSignIn(
				database,
				(sql) => sql`
					insert into app_account (account_id, user_id, provider, provider_account_id, password_hash)
					values (${subject}, ${OF}, ${provider}, ${subject}, 'x')`,
			);
		const untie = (provider: string) =>
			asSignIn(
				database,
				(sql) => sql`delete from app_account where user_id = ${OF} and provider = ${provider}`,
			);
		const ways = () => asSignIn(database, (sql) => listWaysIn(sql, OF));
		const giveOneTime = () =>
			inScope(database, within(PANJIN_ADMINISTRATOR, 'app'), (sql) => setOneTimePassword(sql, OF, 'y'));
		await tie(ISSUER, 'ann');
		await expect(tie(ISSUER, 'bob')).rejects.toMatchObject({
			constraint_name: 'app_account_one_of_provider',
		});
		await expect(tie('credential', OF)).rejects.toMatchObject({ code: '42501' });
		expect((await untie(ISSUER)).count).toBe(0);
		expect(await ways()).toEqual([ISSUER]);
		for (let time = 0; time < 2; time++) {
			await giveOneTime();
			expect(await ways()).toEqual(['credential']);
		}
		expect(await allowedInSql(OF)).toEqual([]);
		await asSignIn(database, (sql) => endGivenPassword(sql, OF));
		expect(await ways()).toEqual([]);
		expect(await allowedInSql(OF)).not.toEqual([]);
	});

	it('show passwords, sessions and failures to the sign-in alone', async () => {
		for (const table of ['app_account', 'app_session', 'sign_in_failure']) {
			for (const role of ['app', 'read'] as const)
				await expect(
					inScope(database, within(PANJIN_ADMINISTRATOR, role), (sql) => sql`select from ${sql(table)}`),
				).rejects.toMatchObject({ code: '42501' });
			expect(await asSignIn(database, (sql) => sql`select from ${sql(table)}`)).toHaveLength(1);
		}
		await expect(asSignIn(database, (sql) => sql`select from role_grant`)).rejects.toMatchObject({
			code: '42501',
		});
	});

	it('never lose the last administrator of their zone, also not two at once', async () => {
		await endAll(PANJIN_ADMINISTRATOR, 'administrator-all');
		await expect(endAll(PANJIN_ADMINISTRATOR, PANJIN_ADMINISTRATOR)).rejects.toMatchObject({
			constraint_name: 'role_grant_last_administrator',
		});
		await inScope(database, within(PANJIN_ADMINISTRATOR, 'app'), (sql) =>
			insertRoleGrant(sql, 'nobody', grantOf('administrator')),
		);
		if (kind === 'embedded') return;
		let acted = () => {};
		const hasActed = new Promise<void>((resolve) => (acted = resolve));
		const first = inScope(database, within(PANJIN_ADMINISTRATOR, 'app'), async (sql) => {
			await sql`select set_account_disabled('nobody', true)`;
			acted();
			await untilSomeoneWaits(database);
		});
		await Promise.race([hasActed, first]);
		const [name] = await Promise.all([brokenConstraint(() => endAll('nobody', PANJIN_ADMINISTRATOR)), first]);
		expect(name).toBe('role_grant_last_administrator');
	});
});
