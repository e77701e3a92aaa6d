import { z } from 'zod';
import { zoneSummarySchema } from '$lib/api/zone.ts';
import { json } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { listZoneSummaries } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

const answer = z.object({ zones: z.array(zoneSummarySchema) });

export const GET: RequestHandler = async ({ locals }) =>
	json(answer, { zones: await listZoneSummaries(contextFor(locals.actor)) });
