import { z } from 'zod';
import { parcelBoundarySchema } from '$lib/api/survey.ts';
import { numberIn } from '$lib/server/http/changeset-answer.ts';
import { json, readQuery } from '$lib/server/http/json.ts';
import { notFound } from '$lib/server/http/problem.ts';
import { STATE_QUERY } from '$lib/server/http/state-query.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findParcelBoundary } from '$lib/server/service/survey/parcel-boundary.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object(STATE_QUERY);

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const { zone, coverage, no } = params;
	const context = contextFor(locals.actor);
	const boundary = await findParcelBoundary(context, zone, coverage, numberIn(no), query.value);
	return boundary === null ? notFound('parcel', no) : json(parcelBoundarySchema, boundary);
};
