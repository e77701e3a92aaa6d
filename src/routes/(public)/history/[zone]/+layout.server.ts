import { can } from '$lib/server/access/actor.ts';
import type { LayoutServerLoad } from './$types';

/** What the reader may do with the revisions of a zone. */
export const load: LayoutServerLoad = ({ locals, params }) => ({
	mayRestore: can(locals.actor, 'changeset.draft', params.zone),
	mayChangeView: can(locals.actor, 'changeset.publish', params.zone, [null]),
});
