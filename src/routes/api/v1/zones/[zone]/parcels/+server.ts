import { z } from 'zod';
import { parcelSearchSchema } from '$lib/api/parcel.ts';
import { json, readQuery } from '$lib/server/http/json.ts';
import { notFound } from '$lib/server/http/problem.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { searchParcels } from '$lib/server/service/parcel.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object({
	q: z.string().max(60).default(''),
	coverage: z.string().max(40).default('plan'),
	limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const { q, coverage, limit } = query.value;
	const found = await searchParcels(contextFor(locals.actor), params.zone, coverage, q, limit);
	return found === null ? notFound('coverage', coverage) : json(parcelSearchSchema, found);
};
