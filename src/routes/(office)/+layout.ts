import type { WireZoneSummary } from '$lib/api/zone.ts';
import { readJson } from '$lib/state/read-json.ts';
import type { LayoutLoad } from './$types';

/** The zones of this installation; the shell names the one on screen. */
export const load: LayoutLoad = async ({ fetch }) => {
	const { zones } = await readJson<{ zones: WireZoneSummary[] }>(fetch, '/api/v1/zones');
	return { zones };
};
