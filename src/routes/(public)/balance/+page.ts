import { browser } from '$app/environment';
import type { WireBalance } from '$lib/api/balance.ts';
import { balanceApiPath, readBalanceView, unitInCookie } from '$lib/components/balance/balance-view.ts';
import { readJson } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/**
 * The balance at the level and in the unit of the address, else in the reader's own unit.
 *
 * A failure of the service is shown in place, with the way to try again.
 */
export const load: PageLoad = async ({ fetch, url, parent }) => {
	const { zone, unit } = await parent();
	const ownUnit = browser ? (unitInCookie(document.cookie) ?? unit) : unit;
	const view = readBalanceView(url.searchParams, ownUnit);
	if (zone === null) return { view, balance: null, failure: null };
	try {
		const balance = await readJson<WireBalance>(fetch, balanceApiPath(zone.zoneId, view, 'json'));
		return { view, balance, failure: null };
	} catch (reason) {
		return { view, balance: null, failure: reason instanceof Error ? reason.message : String(reason) };
	}
};
