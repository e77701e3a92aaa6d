import { error } from '@sveltejs/kit';
import type { WireOpenChangeset } from '$lib/api/changeset.ts';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** A draft with the classes of its zone, and the zone as it was in the revision on which the draft is made. */
export const load: PageLoad = async ({ fetch, params }) => {
	const address = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	try {
		const open = await readJson<WireOpenChangeset>(
			fetch,
			`${address}/changesets/${encodeURIComponent(params.changeset)}`,
		);
		const { coverageId, baseRevision } = open.changeset;
		const [newest, { classes }] = await Promise.all([
			readJson<WireZone>(fetch, address),
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${address}/land-use-classes`),
		]);
		const coverage = newest.coverages.find((one) => one.coverageId === coverageId);
		const ofThen = `${address}?revision=${baseRevision}&coverage=${encodeURIComponent(coverageId)}`;
		const zone = coverage?.revision === baseRevision ? newest : await readJson<WireZone>(fetch, ofThen);
		return { zone, classes, open };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
