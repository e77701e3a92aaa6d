import { plotRegisterSchema, registerQuerySchema } from '$lib/api/plot-register.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readRegister } from '$lib/server/service/supply/register.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(registerQuerySchema, url);
	if (!query.ok) return query.response;
	const read = await readRegister(contextFor(locals.actor), params.zone, query.value);
	return answer(read, plotRegisterSchema, (register) => ({ ...register, rows: [...register.rows] }));
};
