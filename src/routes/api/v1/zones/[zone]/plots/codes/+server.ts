import { z } from 'zod';
import { newPlotCodesSchema } from '$lib/api/land-correction.ts';
import { answer, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { registerCodes } from '$lib/server/service/supply/register-codes.ts';
import type { RequestHandler } from './$types';

/** Gives plots their codes, all of them or none. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newPlotCodesSchema, request);
	if (!body.ok) return body.response;
	const { plots } = body.value;
	const given = await registerCodes(contextFor(locals.actor), params.zone, body.value);
	return answer(given, z.object({ plots: z.int() }), () => ({ plots: plots.length }));
};
