import { error } from '@sveltejs/kit';
import type { WireDueList } from '$lib/api/supply-wire.ts';
import { dueUntil, queryOf, readDueView } from '$lib/state/land-view.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** What is due in a zone, as far on as the address asks. */
export const load: PageLoad = async ({ fetch, url, parent }) => {
	const { zone, zonePath } = await parent();
	const view = readDueView(url.searchParams);
	const { park, kind, after } = view;
	const query = { until: dueUntil(view.range, zone.today), park, kind };
	try {
		const due = await readJson<WireDueList>(fetch, `${zonePath}/supplies/due${queryOf({ ...query, after })}`);
		return { view, due, until: query.until, csvHref: `${zonePath}/supplies/due.csv${queryOf(query)}` };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
