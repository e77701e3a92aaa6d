import type { WireBatchList, WireProgramme } from '$lib/api/supply-wire.ts';
import { readJson } from '$lib/state/read-json.ts';
import { readPage } from '../read-page.ts';
import type { PageLoad } from './$types';

/** The batches of a zone and its yearly programmes. */
export const load: PageLoad = async ({ fetch, parent }) => {
	const { zonePath } = await parent();
	return readPage(async () => {
		const [{ batches, mayEnter, corrections }, { programmes }] = await Promise.all([
			readJson<WireBatchList>(fetch, `${zonePath}/batches`),
			readJson<{ programmes: WireProgramme[] }>(fetch, `${zonePath}/programmes`),
		]);
		return { batches, programmes, mayEnter, corrections };
	});
};
