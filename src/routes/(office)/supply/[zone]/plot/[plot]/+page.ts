import { error } from '@sveltejs/kit';
import type { WirePlotShape } from '$lib/api/plot-register.ts';
import type {
	WireBatchList,
	WireBuilding,
	WireOpenPlot,
	WireOpenSupply,
	WireSupervision,
} from '$lib/api/supply-wire.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

/** Supplies whose days are on the time line. */
const SUPPLIES_READ = 5;

/** One plot with its shape and the days of its supplies; what is not there, or not for this reader, is a 404. */
export const load: PageLoad = async ({ fetch, params }) => {
	if (!/^[1-9]\d{0,8}$/.test(params.plot)) error(404, 'plot.not-found');
	const zonePath = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	const plotPath = `${zonePath}/plots/${params.plot}`;
	// A picture that fails is left out, and the page stands without it.
	const drawn = readJson<WirePlotShape>(fetch, `${plotPath}/shape`).catch(() => null);
	try {
		const open = await readJson<WireOpenPlot>(fetch, plotPath);
		const supplies = await Promise.all(
			open.supplies.slice(0, SUPPLIES_READ).map(async ({ supplyNo }) => {
				const address = `${zonePath}/supplies/${supplyNo}`;
				const [supply, supervision] = await Promise.all([
					readJson<WireOpenSupply>(fetch, address),
					readJson<WireSupervision>(fetch, `${address}/supervision`).catch(() => null),
				]);
				return { ...supply, supervision };
			}),
		);
		const built = readJson<{ buildings: WireBuilding[] }>(fetch, `${plotPath}/buildings`).then(
			({ buildings }) => buildings,
			() => null,
		);
		const isAsked = open.mayManage || open.plot.batchNo !== null;
		const { batches } = isAsked
			? await readJson<WireBatchList>(fetch, `${zonePath}/batches`)
			: { batches: [] };
		return { open, batches, buildings: await built, plotPath, supplies, shape: await drawn };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};
