import { parcelHistorySchema } from '$lib/api/history.ts';
import { json } from '$lib/server/http/json.ts';
import { notFound } from '$lib/server/http/problem.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findParcelHistory } from '$lib/server/service/history/parcel-history.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	if (!/^[1-9]\d{0,8}$/.test(params.no)) return notFound('parcel', params.no);
	const context = contextFor(locals.actor);
	const history = await findParcelHistory(context, params.zone, params.coverage, Number(params.no));
	return history === null ? notFound('parcel', params.no) : json(parcelHistorySchema, history);
};
