import { z } from 'zod';
import { parcelAtSchema } from '$lib/api/parcel.ts';
import { degrees } from '$lib/server/http/bbox-query.ts';
import { json, readQuery } from '$lib/server/http/json.ts';
import { notFoundInState, STATE_QUERY } from '$lib/server/http/state-query.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findParcelAt } from '$lib/server/service/parcel-at.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object({
	...STATE_QUERY,
	at: z
		.string({ error: 'give at=lon,lat in degrees' })
		.transform((text) => text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part))))
		.pipe(z.tuple([degrees(180), degrees(90)], { error: 'give at=lon,lat in degrees' })),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const found = await findParcelAt(context, params.zone, params.coverage, query.value.at, query.value);
	return found === null
		? notFoundInState('coverage', params.coverage, query.value)
		: json(parcelAtSchema, found);
};
