import { z } from 'zod';
import { workingParcelsSchema } from '$lib/api/changeset.ts';
import { bboxSchema } from '$lib/server/http/bbox-query.ts';
import { answer, changesetNoOf, workingParcelsToWire } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readWorkingParcels } from '$lib/server/service/changeset/working-parcels.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object({ bbox: bboxSchema });

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const read = await readWorkingParcels(context, params.zone, changesetNoOf(params), query.value.bbox);
	return answer(read, workingParcelsSchema, workingParcelsToWire);
};
