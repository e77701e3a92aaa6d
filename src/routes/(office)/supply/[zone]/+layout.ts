import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { readJson } from '$lib/state/read-json.ts';
import { readPage } from './read-page.ts';
import type { LayoutLoad } from './$types';

/** The zone whose plots and supplies are on screen, with its classes. */
export const load: LayoutLoad = async ({ fetch, params, data }) => {
	const path = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	return readPage(async () => {
		const [zone, { classes }] = await Promise.all([
			readJson<WireZone>(fetch, path),
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${path}/land-use-classes`),
		]);
		return { ...data, zone, classes, zonePath: path };
	});
};
