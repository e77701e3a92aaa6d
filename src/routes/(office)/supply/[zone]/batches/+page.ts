import { error } from '@sveltejs/kit';
import type { WireBatch, WireProgramme } from '$lib/api/supply-wire.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** The batches of a zone and its yearly programmes. */
export const load: PageLoad = async ({ fetch, parent }) => {
	const { zonePath } = await parent();
	try {
		const [{ batches }, { programmes }] = await Promise.all([
			readJson<{ batches: WireBatch[] }>(fetch, `${zonePath}/batches`),
			readJson<{ programmes: WireProgramme[] }>(fetch, `${zonePath}/programmes`),
		]);
		return { batches, programmes };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
