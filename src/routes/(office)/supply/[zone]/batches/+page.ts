import { error } from '@sveltejs/kit';
import type { WireBatchList, WireProgramme } from '$lib/api/supply-wire.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** The batches of a zone and its yearly programmes. */
export const load: PageLoad = async ({ fetch, parent }) => {
	const { zonePath } = await parent();
	try {
		const [{ batches, mayEnter }, { programmes }] = await Promise.all([
			readJson<WireBatchList>(fetch, `${zonePath}/batches`),
			readJson<{ programmes: WireProgramme[] }>(fetch, `${zonePath}/programmes`),
		]);
		return { batches, programmes, mayEnter };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
