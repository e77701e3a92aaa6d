import { z } from 'zod';
import { parcelSchema } from '$lib/api/parcel.ts';
import { json, readQuery } from '$lib/server/http/json.ts';
import { notFound } from '$lib/server/http/problem.ts';
import { STATE_QUERY } from '$lib/server/http/state-query.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findParcelCard } from '$lib/server/service/parcel.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object(STATE_QUERY);

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	if (!/^[1-9]\d{0,8}$/.test(params.no)) return notFound('parcel', params.no);
	const context = contextFor(locals.actor);
	const parcel = await findParcelCard(context, params.zone, params.coverage, Number(params.no), query.value);
	return parcel === null ? notFound('parcel', params.no) : json(parcelSchema, parcel);
};
