import type { WireDueMonths } from '$lib/api/supply-wire.ts';
import { DUE_PAGE, dueUntil, queryOf, readDueView } from '$lib/state/land-view.ts';
import { readJson } from '$lib/state/read-json.ts';
import { readPage } from '../read-page.ts';
import type { PageLoad } from './$types';

/** What is due in a zone, as far on as the address asks. */
export const load: PageLoad = async ({ fetch, url, parent }) => {
	const { zone, zonePath } = await parent();
	const view = readDueView(url.searchParams);
	const { park, kind, offset } = view;
	const query = { until: dueUntil(view.range, zone.today), park, kind };
	return readPage(async () => {
		const due = await readJson<WireDueMonths>(
			fetch,
			`${zonePath}/supplies/due/months${queryOf({ ...query, offset, limit: DUE_PAGE })}`,
		);
		return { view, due, until: query.until, csvHref: `${zonePath}/supplies/due.csv${queryOf(query)}` };
	});
};
