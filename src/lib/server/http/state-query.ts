import { z } from 'zod';
import { notFound } from './problem.ts';

/** The parameters that choose a state: a revision by number, or the day ('YYYY-MM-DD') as of which; give one of them or none. */
export const STATE_QUERY = {
	revision: z.coerce.number().int().min(1).max(999_999_999).optional(),
	asOf: z.iso.date().optional(),
};

/** The parameters that choose a state of a whole zone: a revision is one of the named coverage, or of the plan. */
export const ZONE_STATE_QUERY = { ...STATE_QUERY, coverage: z.string().min(1).max(64).optional() };

/** Answers 404: for a state that was chosen where one was, else for the thing itself. */
export function notFoundInState(
	what: string,
	id: string,
	{ revision, asOf }: { readonly revision?: number | undefined; readonly asOf?: string | undefined },
): Response {
	const state = revision ?? asOf;
	return state === undefined ? notFound(what, id) : notFound('revision', String(state));
}
