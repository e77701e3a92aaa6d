import { zoneSchema } from '$lib/api/zone.ts';
import { json } from '$lib/server/http/json.ts';
import { notFound } from '$lib/server/http/problem.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const zone = await findZoneView(contextFor(locals.actor), params.zone);
	return zone === null ? notFound('zone', params.zone) : json(zoneSchema, zone);
};
