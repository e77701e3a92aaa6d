import { application } from '$lib/server/service/application.ts';
import { doesDatabaseAnswer } from '$lib/server/service/database-loss.ts';
import type { RequestHandler } from './$types';

/** Answers 200 while the database answers. */
export const GET: RequestHandler = async () => {
	if (!(await doesDatabaseAnswer(application().services.database))) {
		return new Response('database does not answer\n', {
			status: 503,
			headers: { 'cache-control': 'no-store' },
		});
	}
	return new Response('ok\n', { headers: { 'cache-control': 'no-store', 'content-type': 'text/plain' } });
};
