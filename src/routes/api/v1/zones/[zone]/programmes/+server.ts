import { newProgrammeSchema, programmeListSchema } from '$lib/api/land-chain.ts';
import { answer, readBody } from '$lib/server/http/changeset-answer.ts';
import { correctionToWire } from '$lib/server/http/land-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import {
	enterProgramme,
	readProgrammes,
	type ListedProgramme,
} from '$lib/server/service/supply/land-chain.ts';
import type { RequestHandler } from './$types';

const toWire = (programmes: readonly ListedProgramme[]) => ({
	programmes: programmes.map(({ totals, corrections, ...one }) => ({
		...one,
		totals: [...totals],
		corrections: corrections.map(correctionToWire),
	})),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const refused = refuseQuery(url);
	if (refused !== null) return refused;
	return answer(await readProgrammes(contextFor(locals.actor), params.zone), programmeListSchema, toWire);
};

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newProgrammeSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	const entered = await enterProgramme(context, params.zone, body.value);
	return answer(
		entered.ok ? await readProgrammes(context, params.zone) : entered,
		programmeListSchema,
		toWire,
	);
};
