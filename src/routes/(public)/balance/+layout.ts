import { error } from '@sveltejs/kit';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { LayoutLoad } from './$types';

/** The zone and its classes; asked again only when the address names another zone, not for each level or unit. */
export const load: LayoutLoad = async ({ fetch, url, parent }) => {
	const zoneInAddress = url.searchParams.get('zone');
	const zoneId = zoneInAddress ?? (await parent()).zones[0]?.zoneId;
	if (zoneId === undefined) return { zone: null, classes: [] };
	const zonePath = `/api/v1/zones/${encodeURIComponent(zoneId)}`;
	try {
		const [zone, { classes }] = await Promise.all([
			readJson<WireZone>(fetch, zonePath),
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${zonePath}/land-use-classes`),
		]);
		return { zone, classes };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
