import { error } from '@sveltejs/kit';
import type { WirePlotTimeline } from '$lib/api/plot-timeline.ts';
import type { WirePlotShape } from '$lib/api/plot-register.ts';
import type { WireBatchList, WireBuilding, WireOpenPlot } from '$lib/api/supply-wire.ts';
import { readJson } from '$lib/state/read-json.ts';
import { readPage } from '../../read-page.ts';
import type { PageLoad } from './$types';

/** One plot with its shape and the days of its supplies; what is not there, or not for this reader, is a 404. */
export const load: PageLoad = async ({ fetch, params }) => {
	if (!/^[1-9]\d{0,8}$/.test(params.plot)) error(404, 'plot.not-found');
	const zonePath = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	const plotPath = `${zonePath}/plots/${params.plot}`;
	// What fails is told in its place or left out, and the page stands without it.
	const drawn = readJson<WirePlotShape>(fetch, `${plotPath}/shape`).catch(() => null);
	const timed = readJson<WirePlotTimeline>(fetch, `${plotPath}/timeline`).then(
		({ supplies }) => supplies,
		() => null,
	);
	const built = readJson<{ buildings: WireBuilding[] }>(fetch, `${plotPath}/buildings`).then(
		({ buildings }) => buildings,
		() => null,
	);
	return readPage(async () => {
		const open = await readJson<WireOpenPlot>(fetch, plotPath);
		const isAsked = open.mayManage || open.plot.batchNo !== null;
		const { batches } = isAsked
			? await readJson<WireBatchList>(fetch, `${zonePath}/batches`)
			: { batches: [] };
		return { open, batches, buildings: await built, plotPath, supplies: await timed, shape: await drawn };
	});
};
