import { error } from '@sveltejs/kit';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { pastParameters, readPastChoice } from '$lib/domain/coverage/past-choice.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { LayoutLoad } from './$types';

/** The zone and its classes; asked again only when the address names another zone or state, not for each level or unit. */
export const load: LayoutLoad = async ({ fetch, url, parent }) => {
	const zoneInAddress = url.searchParams.get('zone');
	const zoneId = zoneInAddress ?? (await parent()).zones[0]?.zoneId;
	if (zoneId === undefined) return { zone: null, classes: [] };
	const past = readPastChoice(url.searchParams);
	const zonePath = `/api/v1/zones/${encodeURIComponent(zoneId)}`;
	try {
		const [zone, { classes }] = await Promise.all([
			readJson<WireZone>(fetch, `${zonePath}?${new URLSearchParams(pastParameters(past))}`),
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${zonePath}/land-use-classes`),
		]);
		return { zone, classes };
	} catch (reason) {
		if (past !== null && reason instanceof ReadProblem && reason.message === 'revision.not-found')
			return { zone: null, classes: [] };
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
