import { notFound } from '$lib/server/http/problem.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findParkFeatures } from '$lib/server/service/park-feature.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const collection = await findParkFeatures(contextFor(locals.actor), params.zone);
	if (collection === null) return notFound('zone', params.zone);
	return new Response(JSON.stringify(collection), {
		headers: { 'content-type': 'application/geo+json', 'cache-control': 'private, no-cache' },
	});
};
