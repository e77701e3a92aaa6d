import { problem } from '$lib/server/http/problem.ts';
import { tileResponse } from '$lib/server/http/tile-response.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findTile } from '$lib/server/service/tile.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, request }) => {
	const found = await findTile(contextFor(locals.actor), params);
	return found.ok ? tileResponse(request, found.value) : problem(found.status, found.code, found.detail);
};
