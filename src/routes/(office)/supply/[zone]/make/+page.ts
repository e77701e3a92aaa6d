import { error } from '@sveltejs/kit';
import type { WirePlotShape } from '$lib/api/plot-register.ts';
import type { WireBatchList, WireOpenPlot } from '$lib/api/supply-wire.ts';
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
	const plotNo = /^[1-9]\d{0,8}$/.exec(url.searchParams.get('plot') ?? '')?.[0];
	const zonePath = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	const cards = `${zonePath}/coverages/${encodeURIComponent(plan.coverageId)}/parcels/cards`;
	const plotPath = `${zonePath}/plots/${plotNo}`;
	const [redrawn, shape, batches, parcels] = await Promise.all([
		plotNo === undefined ? null : readJson<WireOpenPlot>(fetch, plotPath),
		plotNo === undefined ? null : readJson<WirePlotShape>(fetch, `${plotPath}/shape`).catch(() => null),
		// A plot can be made without a batch.
		readJson<WireBatchList>(fetch, `${zonePath}/batches`).then(
			(read) => read.batches.filter(({ isWithdrawn }) => !isWithdrawn),
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
		/** The plot that is brought up to date, with its shape; null: a new one is made. */
		redrawn,
		shape,
		plotPath,
		cut: wanted.slice(MOST_PARCELS),
		parcels,
		unknown: parcelNos.filter((parcelNo) => !parcels.some((parcel) => parcel.parcelNo === parcelNo)),
	};
};
