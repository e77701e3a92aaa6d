import { error } from '@sveltejs/kit';
import type { WireChangeset } from '$lib/api/changeset.ts';
import type { WireZone } from '$lib/api/zone.ts';
import { CHANGESET_STATES } from '$lib/domain/changeset/life-cycle.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** The drafts of a zone, newest first, those of a state where the link names one. */
export const load: PageLoad = async ({ fetch, params, url }) => {
	const address = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	const state = CHANGESET_STATES.find((one) => one === url.searchParams.get('state')) ?? null;
	try {
		const [zone, { changesets }] = await Promise.all([
			readJson<WireZone>(fetch, address),
			readJson<{ changesets: WireChangeset[] }>(
				fetch,
				`${address}/changesets${state === null ? '' : `?state=${state}`}`,
			),
		]);
		return { zone, changesets, state };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
