import { error } from '@sveltejs/kit';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { pastParameters, readPastChoice } from '$lib/domain/coverage/past-choice.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** What the server says where the zone is there, but not in the state that is asked for. */
const NO_STATE = 'revision.not-found';

/** The zone of the link, or the first one, in the state of the link or the newest, with its land-use classes. */
export const load: PageLoad = async ({ fetch, parent, url }) => {
	const asked = url.searchParams.get('zone');
	const zoneId = asked ?? (await parent()).zones[0]?.zoneId;
	const past = readPastChoice(url.searchParams);
	if (zoneId === undefined) return { map: null, past };
	const address = `/api/v1/zones/${encodeURIComponent(zoneId)}`;
	try {
		const [zone, { classes }] = await Promise.all([
			readJson<WireZone>(fetch, `${address}?${new URLSearchParams(pastParameters(past))}`),
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${address}/land-use-classes`),
		]);
		return { map: { zone, classes }, past };
	} catch (reason) {
		if (past !== null && reason instanceof ReadProblem && reason.message === NO_STATE)
			return { map: null, past };
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
