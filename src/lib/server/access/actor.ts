import { isGranted, type Grant, type Permission } from '$lib/domain/access/permission.ts';

/** Publication grades in rising order: what a higher grade may read includes what a lower one may. */
export type Grade = 'public' | 'registered' | 'office';

/** Who asks: the public, the office on localhost by a setting, or somebody who is signed in. */
export type Actor = { readonly kind: 'public' } | { readonly kind: 'office_on_localhost' } | UserActor;

export interface UserActor {
	readonly kind: 'user';
	readonly userId: string;
	readonly name: string;
	readonly email: string;
	/** None where the password has to be changed first. */
	readonly grants: readonly Grant[];
}

export const PUBLIC_ACTOR: Actor = { kind: 'public' };
export const OFFICE_ON_LOCALHOST: Actor = { kind: 'office_on_localhost' };

const ORDER: Readonly<Record<Grade, number>> = { public: 0, registered: 1, office: 2 };

/** Says whether a reader of `reader` grade may read what is published at `wanted` grade. */
export function mayRead(reader: Grade, wanted: Grade): boolean {
	return ORDER[reader] >= ORDER[wanted];
}

/**
 * Says whether an actor may do something in a zone; the database asks its own stored grants once more (`may` in the schema).
 *
 * `parkIds` are the parks that an act touches, null for land in none: see `isGranted`. The office on localhost reads and does nothing else.
 */
export function can(
	actor: Actor,
	permission: Permission,
	zoneId: string,
	parkIds?: readonly (string | null)[],
): boolean {
	switch (actor.kind) {
		case 'public':
			return false;
		case 'office_on_localhost':
			return permission === 'office.read';
		case 'user':
			return isGranted(actor.grants, permission, zoneId, parkIds);
	}
}

/** The grade that an actor reads in a zone. */
export function gradeIn(actor: Actor, zoneId: string): Grade {
	return can(actor, 'office.read', zoneId) ? 'office' : 'public';
}

/** Zones in which an account may do something, in any park. */
export function zonesOf({ grants }: UserActor, permission: Permission): string[] {
	return [...new Set(grants.map(({ zoneId }) => zoneId))].filter((zoneId) =>
		isGranted(grants, permission, zoneId),
	);
}

/** The account that acts, or null. */
export function userIdOf(actor: Actor): string | null {
	return actor.kind === 'user' ? actor.userId : null;
}

/** How the audit names an actor. */
export function auditName(actor: Actor): string {
	return actor.kind === 'user' ? `user/${actor.userId}` : actor.kind;
}
