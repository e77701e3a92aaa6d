import type { WireRule } from '$lib/api/plot-register.ts';
import { readJson } from '$lib/state/read-json.ts';
import { readPage } from '../read-page.ts';
import type { PageLoad } from './$types';

/** Which rules are shown. */
const SHOWN = ['all', 'set', 'unset', 'unverified'] as const;

/** The rules of land supply of a zone, past and future ones too. */
export const load: PageLoad = async ({ fetch, params, url }) => {
	const address = `/api/v1/zones/${encodeURIComponent(params.zone)}/supply-rules`;
	const shown = SHOWN.find((one) => one === url.searchParams.get('show')) ?? 'all';
	return readPage(async () => {
		const { rules, today } = await readJson<{ rules: WireRule[]; today: string }>(fetch, address);
		return { rules, today, shown, choices: SHOWN };
	});
};
