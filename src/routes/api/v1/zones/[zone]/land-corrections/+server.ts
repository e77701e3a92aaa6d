import { z } from 'zod';
import { newLandCorrectionSchema } from '$lib/api/land-correction.ts';
import { answer, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { correctLand } from '$lib/server/service/supply/correct-land.ts';
import type { RequestHandler } from './$types';

/** Corrects a batch or a programme, takes back a permit, or withdraws what was entered by mistake. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newLandCorrectionSchema, request);
	if (!body.ok) return body.response;
	const corrected = await correctLand(contextFor(locals.actor), params.zone, body.value);
	return answer(corrected, z.object({}), () => ({}));
};
