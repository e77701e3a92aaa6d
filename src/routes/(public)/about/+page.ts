import { error } from '@sveltejs/kit';
import type { WireBalance } from '$lib/api/balance.ts';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** What the installation says of one zone's data; the facts on the page come from here. */
export const load: PageLoad = async ({ fetch, url, parent }) => {
	const { zones } = await parent();
	const zoneId = url.searchParams.get('zone') ?? zones[0]?.zoneId;
	if (zoneId === undefined) return { zone: null, classes: [], totals: [], zonePath: '' };
	const zonePath = `/api/v1/zones/${encodeURIComponent(zoneId)}`;
	try {
		const [zone, { classes }, { totals }] = await Promise.all([
			readJson<WireZone>(fetch, zonePath),
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${zonePath}/land-use-classes`),
			readJson<WireBalance>(fetch, `${zonePath}/balance`),
		]);
		return { zone, classes, totals, zonePath };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
