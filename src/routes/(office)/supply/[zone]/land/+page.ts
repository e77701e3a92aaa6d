import { error } from '@sveltejs/kit';
import type { WireScan, WireScanTotals } from '$lib/api/supply-wire.ts';
import { LAND_PAGE, queryOf, readLandView } from '$lib/state/land-view.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** A list of land that waits, and how much each of the lists holds. */
export const load: PageLoad = async ({ fetch, url, parent }) => {
	const { zonePath } = await parent();
	const view = readLandView(url.searchParams);
	const { list, park, offset } = view;
	const address = `${zonePath}/supplies/scan`;
	try {
		const [scan, { totals }] = await Promise.all([
			readJson<WireScan>(fetch, address + queryOf({ list, park, offset, limit: LAND_PAGE })),
			readJson<WireScanTotals>(fetch, `${address}/totals${queryOf({ park })}`),
		]);
		return {
			view,
			scan,
			totals,
			address,
			csvHref: `${zonePath}/supplies/scan.csv${queryOf({ list, park })}`,
		};
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
