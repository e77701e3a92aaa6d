import { z } from 'zod';
import { newNoteSchema, scanFilterSchema, scanSchema } from '$lib/api/supervision.ts';
import { answer, readBody } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { scanToWire } from '$lib/server/http/supervision-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { recordNote, scanLand } from '$lib/server/service/supply/scan.ts';
import type { RequestHandler } from './$types';

const querySchema = scanFilterSchema.safeExtend({
	offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const { park, ...rest } = query.value;
	const scan = await scanLand(contextFor(locals.actor), params.zone, { ...rest, parkId: park });
	return answer(scan, scanSchema, scanToWire);
};

/** Records why land of a list waits, and what is proposed; answers what was recorded. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newNoteSchema, request);
	if (!body.ok) return body.response;
	const noted = await recordNote(contextFor(locals.actor), params.zone, body.value);
	return answer(noted, newNoteSchema, () => body.value);
};
