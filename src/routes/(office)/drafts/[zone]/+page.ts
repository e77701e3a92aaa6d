import { error } from '@sveltejs/kit';
import type { WireZone } from '$lib/api/zone.ts';
import { CHANGESET_STATES } from '$lib/domain/changeset/life-cycle.ts';
import { WHOSE } from '$lib/domain/changeset/notice.ts';
import { readChangesets } from '$lib/state/changeset-list.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** The drafts of a zone, newest first: those of a state, and whose they are, where the link names it. */
export const load: PageLoad = async ({ fetch, params, url }) => {
	const filter = {
		state: CHANGESET_STATES.find((one) => one === url.searchParams.get('state')) ?? null,
		whose: WHOSE.find((one) => one === url.searchParams.get('whose')) ?? null,
	};
	try {
		const [zone, listed] = await Promise.all([
			readJson<WireZone>(fetch, `/api/v1/zones/${encodeURIComponent(params.zone)}`),
			readChangesets(fetch, params.zone, filter),
		]);
		return { zone, listed, filter };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
