import type { WireRuleList } from '$lib/api/rule.ts';
import { readJson } from '$lib/state/read-json.ts';
import { readPage } from '../read-page.ts';
import type { PageLoad } from './$types';

/** Which rules are shown. */
const SHOWN = ['all', 'unset', 'unverified', 'own', 'lapsing'] as const;

/** The rules of a zone and of national law, past ones and those to come too. */
export const load: PageLoad = async ({ fetch, params, url }) => {
	const address = `/api/v1/zones/${encodeURIComponent(params.zone)}/supply-rules`;
	const shown = SHOWN.find((one) => one === url.searchParams.get('show')) ?? 'all';
	const words = url.searchParams.get('words') ?? '';
	return readPage(async () => {
		const list = await readJson<WireRuleList>(fetch, address);
		return { ...list, address, shown, words, choices: SHOWN };
	});
};
