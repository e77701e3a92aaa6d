import { error } from '@sveltejs/kit';
import type { WireParcel } from '$lib/api/parcel.ts';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** One parcel by its permanent number; what is not there, or not for this reader, is a 404. */
export const load: PageLoad = async ({ fetch, params }) => {
	if (!/^\d{1,9}$/.test(params.no)) error(404, 'parcel.not-found');
	const zonePath = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	const parcelPath = `${zonePath}/coverages/${encodeURIComponent(params.coverage)}/parcels/${params.no}`;
	try {
		const [parcel, zone, { classes }] = await Promise.all([
			readJson<WireParcel>(fetch, parcelPath),
			readJson<WireZone>(fetch, zonePath),
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${zonePath}/land-use-classes`),
		]);
		return { parcel, zone, classes, parcelPath };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
