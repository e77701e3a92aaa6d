import { z } from 'zod';
import { parcelCardsSchema } from '$lib/api/parcel.ts';
import { json, readQuery } from '$lib/server/http/json.ts';
import { notFoundInState, STATE_QUERY } from '$lib/server/http/state-query.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findOpenCoverage } from '$lib/server/service/current-coverage.ts';
import { findParcelCard } from '$lib/server/service/parcel.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object({
	...STATE_QUERY,
	nos: z
		.string()
		.regex(/^[1-9]\d{0,8}(?:,[1-9]\d{0,8}){0,199}$/, 'give nos=1,2,… of 200 parcels at most')
		.transform((text) => [...new Set(text.split(',').map(Number))]),
});

/** The cards of some parcels; of those that the coverage does not have there is none. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const { nos, ...state } = query.value;
	const context = contextFor(locals.actor);
	if ((await findOpenCoverage(context, params.zone, params.coverage, state)) === null)
		return notFoundInState('coverage', params.coverage, state);
	const parcels = [];
	for (const parcelNo of nos) {
		const card = await findParcelCard(context, params.zone, params.coverage, parcelNo, state);
		if (card !== null) parcels.push(card);
	}
	return json(parcelCardsSchema, { parcels });
};
