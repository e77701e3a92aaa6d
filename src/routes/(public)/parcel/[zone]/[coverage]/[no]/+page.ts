import { error } from '@sveltejs/kit';
import type { WireParcelHistory } from '$lib/api/history.ts';
import type { WireParcel } from '$lib/api/parcel.ts';
import type { WireParcelBoundary } from '$lib/api/survey.ts';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { pastParameters, readPastChoice } from '$lib/domain/coverage/past-choice.ts';
import { coverageAddress } from '$lib/state/coverage-address.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/**
 * One parcel by its permanent number, with its history; what is not there, or not for this reader, is a 404.
 *
 * A retired one is shown as it last was; an address that asks for a past state of the zone, as it was in that.
 */
export const load: PageLoad = async ({ fetch, params, url }) => {
	if (!/^\d{1,9}$/.test(params.no)) error(404, 'parcel.not-found');
	const zonePath = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	const parcelPath = `${zonePath}/coverages/${encodeURIComponent(params.coverage)}/parcels/${params.no}`;
	const past = readPastChoice(url.searchParams);
	// A history that fails is shown in its place, and the page stands without it.
	const told = readJson<WireParcelHistory>(fetch, `${parcelPath}/history`).catch(() => null);
	try {
		const zoneRead = readJson<WireZone>(fetch, `${zonePath}?${new URLSearchParams(pastParameters(past))}`);
		const [parcel, zone, { classes }] = await Promise.all([
			past === null
				? readJson<WireParcel>(fetch, parcelPath).catch(async (reason: unknown) => {
						const lastRevision = lastRevisionOf(await told);
						if (lastRevision === null) throw reason;
						return readJson<WireParcel>(fetch, `${parcelPath}?revision=${lastRevision}`);
					})
				: zoneRead.then((zone) =>
						readJson<WireParcel>(fetch, coverageAddress(zone, past, params.coverage, `parcels/${params.no}`)),
					),
			zoneRead,
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${zonePath}/land-use-classes`),
		]);
		// Exact vertices are for the office, and so is where they come from.
		const isExact = parcel.coordinateDecimals === null;
		const boundaryPath = `${parcelPath}/boundary?revision=${parcel.revision}`;
		const boundary = isExact
			? await readJson<WireParcelBoundary>(fetch, boundaryPath).catch(() => null)
			: null;
		return { parcel, zone, classes, parcelPath, past, boundary, history: await told };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};

/** A revision, in the reader's view, with the last version of a parcel that was retired. */
function lastRevisionOf(history: WireParcelHistory | null): number | null {
	if (history === null || history.retiredIn === null) return null;
	return history.versions.at(0)?.revisionFrom ?? null;
}
