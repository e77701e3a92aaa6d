import { error } from '@sveltejs/kit';
import type { WireOpenChangeset } from '$lib/api/changeset.ts';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** A draft with its zone and the classes of that. */
export const load: PageLoad = async ({ fetch, params }) => {
	const address = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	try {
		const [zone, { classes }, open] = await Promise.all([
			readJson<WireZone>(fetch, address),
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${address}/land-use-classes`),
			readJson<WireOpenChangeset>(fetch, `${address}/changesets/${encodeURIComponent(params.changeset)}`),
		]);
		return { zone, classes, open };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
