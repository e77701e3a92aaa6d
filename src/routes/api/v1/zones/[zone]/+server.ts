import { z } from 'zod';
import { zoneSchema } from '$lib/api/zone.ts';
import { json, readQuery } from '$lib/server/http/json.ts';
import { notFoundInState, STATE_QUERY } from '$lib/server/http/state-query.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

/** A revision is one of the coverage that is named, of the plan where none is. */
const querySchema = z.object({ ...STATE_QUERY, coverage: z.string().max(40).optional() });

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const { coverage: coverageId, ...state } = query.value;
	const zone = await findZoneView(contextFor(locals.actor), params.zone, { ...state, coverageId });
	return zone === null ? notFoundInState('zone', params.zone, query.value) : json(zoneSchema, zone);
};
