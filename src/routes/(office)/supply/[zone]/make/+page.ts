import { error } from '@sveltejs/kit';
import type { WireBatchList } from '$lib/api/supply-wire.ts';
import type { WireParcelCards } from '$lib/api/parcel.ts';
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
	const zonePath = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	const cards = `${zonePath}/coverages/${encodeURIComponent(plan.coverageId)}/parcels/cards`;
	const [batches, parcels] = await Promise.all([
		// A plot can be made without a batch.
		readJson<WireBatchList>(fetch, `${zonePath}/batches`).then(
			(read) => read.batches,
			() => [] as WireBatchList['batches'],
		),
		parcelNos.length === 0
			? []
			: readJson<WireParcelCards>(fetch, `${cards}?nos=${parcelNos.join(',')}`).then((read) => read.parcels),
	]).catch((reason: unknown) => {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	});
	return {
		coverageId: plan.coverageId,
		batches,
		cut: wanted.slice(MOST_PARCELS),
		parcels,
		unknown: parcelNos.filter((parcelNo) => !parcels.some((parcel) => parcel.parcelNo === parcelNo)),
	};
};
