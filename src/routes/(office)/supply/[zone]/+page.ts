import type { WirePlotRegister } from '$lib/api/plot-register.ts';
import { readJson } from '$lib/state/read-json.ts';
import { readPage } from './read-page.ts';
import { readRegisterView, registerQuery, REGISTER_PAGE } from '$lib/state/plot-register.ts';
import type { PageLoad } from './$types';

/** A page of the plots that the address asks for. */
export const load: PageLoad = async ({ fetch, params, url }) => {
	const view = readRegisterView(url.searchParams);
	const query = registerQuery(view, { offset: String(view.offset), limit: String(REGISTER_PAGE) });
	const path = `/api/v1/zones/${encodeURIComponent(params.zone)}/plot-register`;
	return readPage(async () => {
		return { view, register: await readJson<WirePlotRegister>(fetch, `${path}${query}`) };
	});
};
