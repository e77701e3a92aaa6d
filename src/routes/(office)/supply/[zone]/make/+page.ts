import { error } from '@sveltejs/kit';
import type { WireBatchList } from '$lib/api/supply-wire.ts';
import type { WireParcel } from '$lib/api/parcel.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** Parcels of one plot at most, as the API has it. */
const MOST_PARCELS = 200;

/** The plan parcels of which a plot is to be made, as the address names them; those that the plan does not have are told by number. */
export const load: PageLoad = async ({ fetch, params, url, parent }) => {
	const { zone, permissions } = await parent();
	if (!permissions.includes('supply.manage')) error(404, 'supply.not-permitted');
	const plan = zone.coverages.find(({ kind }) => kind === 'plan');
	if (plan === undefined) error(404, 'plan.none');
	const named = (url.searchParams.get('parcels') ?? '').split(',').filter((no) => /^[1-9]\d{0,8}$/.test(no));
	const wanted = [...new Set(named.map(Number))];
	const parcelNos = wanted.slice(0, MOST_PARCELS);
	const path = `/api/v1/zones/${encodeURIComponent(params.zone)}/coverages/${encodeURIComponent(plan.coverageId)}`;
	const { batches } = await readJson<WireBatchList>(
		fetch,
		`/api/v1/zones/${encodeURIComponent(params.zone)}/batches`,
	);
	const read = await Promise.all(
		parcelNos.map(async (parcelNo) => {
			try {
				return { parcelNo, parcel: await readJson<WireParcel>(fetch, `${path}/parcels/${parcelNo}`) };
			} catch (reason) {
				if (reason instanceof ReadProblem && reason.status === 404) return { parcelNo, parcel: null };
				throw reason;
			}
		}),
	);
	return {
		batches,
		cut: wanted.slice(MOST_PARCELS),
		parcels: read.flatMap(({ parcel }) => (parcel === null ? [] : [parcel])),
		unknown: read.flatMap(({ parcelNo, parcel }) => (parcel === null ? [parcelNo] : [])),
	};
};
