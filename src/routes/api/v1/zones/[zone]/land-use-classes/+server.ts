import { z } from 'zod';
import { landUseClassSchema } from '$lib/api/zone.ts';
import { json } from '$lib/server/http/json.ts';
import { notFound } from '$lib/server/http/problem.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findClassViews } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

const answer = z.object({ classes: z.array(landUseClassSchema) });

export const GET: RequestHandler = async ({ locals, params }) => {
	const classes = await findClassViews(contextFor(locals.actor), params.zone);
	return classes === null ? notFound('zone', params.zone) : json(answer, { classes });
};
