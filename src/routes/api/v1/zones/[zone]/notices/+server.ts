import { noticeListSchema } from '$lib/api/notice.ts';
import { json } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { listNotices } from '$lib/server/service/changeset/notice.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const notices = await listNotices(contextFor(locals.actor), params.zone);
	return json(noticeListSchema, { count: notices.length, notices });
};
