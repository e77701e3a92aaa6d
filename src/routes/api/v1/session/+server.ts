import { sessionSchema } from '$lib/api/session.ts';
import { json } from '$lib/server/http/json.ts';
import { userIdOf } from '$lib/server/access/actor.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) => json(sessionSchema, { userId: userIdOf(locals.actor) });
