import { error, redirect } from '@sveltejs/kit';
import { PERMISSIONS } from '$lib/domain/access/permission.ts';
import { can } from '$lib/server/access/actor.ts';
import type { LayoutServerLoad } from './$types';

/** Who reads plots and supplies of a zone, and what he may do there. */
export const load: LayoutServerLoad = ({ locals, params, url }) => {
	const { actor } = locals;
	if (actor.kind !== 'user') redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
	if (!can(actor, 'supply.read', params.zone)) error(404);
	return {
		userId: actor.userId,
		permissions: PERMISSIONS.filter((permission) => can(actor, permission, params.zone)),
	};
};
