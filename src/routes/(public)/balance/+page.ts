import { error } from '@sveltejs/kit';
import type { WireBalance } from '$lib/api/balance.ts';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { balanceApiPath, readBalanceView } from '$lib/components/balance/balance-view.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** The balance at the level and in the unit of the address; a failure of the service is shown in place, with the controls kept. */
export const load: PageLoad = async ({ fetch, url, parent }) => {
	const { zones, unit } = await parent();
	const view = readBalanceView(url.searchParams, unit);
	const zoneId = view.zone ?? zones[0]?.zoneId;
	if (zoneId === undefined) return { view, zone: null, classes: [], balance: null, failure: null };
	const zonePath = `/api/v1/zones/${encodeURIComponent(zoneId)}`;
	try {
		const [zone, { classes }, balance] = await Promise.all([
			readJson<WireZone>(fetch, zonePath),
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${zonePath}/land-use-classes`),
			readJson<WireBalance>(fetch, balanceApiPath(zoneId, view, 'json')),
		]);
		return { view, zone, classes, balance, failure: null };
	} catch (reason) {
		if (reason instanceof ReadProblem && reason.status === 404) error(404, reason.message);
		const failure = reason instanceof Error ? reason.message : String(reason);
		return { view, zone: null, classes: [], balance: null, failure };
	}
};
