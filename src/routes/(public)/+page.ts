import { error } from '@sveltejs/kit';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** The zone of the link, or the first one, with its land-use classes. */
export const load: PageLoad = async ({ fetch, parent, url }) => {
	const asked = url.searchParams.get('zone');
	const zoneId = asked ?? (await parent()).zones[0]?.zoneId;
	if (zoneId === undefined) return { map: null };
	const address = `/api/v1/zones/${encodeURIComponent(zoneId)}`;
	try {
		const [zone, { classes }] = await Promise.all([
			readJson<WireZone>(fetch, address),
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${address}/land-use-classes`),
		]);
		return { map: { zone, classes } };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
