import { z } from 'zod';
import { zoneSchema } from '$lib/api/zone.ts';
import { json, readQuery } from '$lib/server/http/json.ts';
import { notFoundInState, ZONE_STATE_QUERY } from '$lib/server/http/state-query.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object(ZONE_STATE_QUERY);

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const zone = await findZoneView(contextFor(locals.actor), params.zone, query.value);
	return zone === null ? notFoundInState('zone', params.zone, query.value) : json(zoneSchema, zone);
};
