import type { WireScan, WireScanTotals } from '$lib/api/supply-wire.ts';
import { LAND_PAGE, queryOf, readLandView } from '$lib/state/land-view.ts';
import { readJson } from '$lib/state/read-json.ts';
import { readPage } from '../read-page.ts';
import type { PageLoad } from './$types';

/** A list of land that waits, and how much each of the lists holds. */
export const load: PageLoad = async ({ fetch, url, parent }) => {
	const { zonePath } = await parent();
	const view = readLandView(url.searchParams);
	const { list, park, offset } = view;
	const address = `${zonePath}/supplies/scan`;
	return readPage(async () => {
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
	});
};
