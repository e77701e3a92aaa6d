import { error } from '@sveltejs/kit';
import type { WireScan } from '$lib/api/supply-wire.ts';
import { SCAN_LISTS } from '$lib/domain/supply/land-scan.ts';
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
		const scans = await Promise.all(
			SCAN_LISTS.map((one) =>
				readJson<WireScan>(
					fetch,
					address +
						queryOf(one === list ? { list, park, offset, limit: LAND_PAGE } : { list: one, limit: 1 }),
				),
			),
		);
		const totals = scans.map(({ list: of, count, areaDm2 }) => ({ list: of, count, areaDm2 }));
		const scan = scans[SCAN_LISTS.indexOf(list)];
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
