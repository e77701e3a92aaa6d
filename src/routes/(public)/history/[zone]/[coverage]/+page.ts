import { error } from '@sveltejs/kit';
import type { WireComparison, WireTimeline } from '$lib/api/history.ts';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { readJson, ReadProblem } from '$lib/state/read-json.ts';
import type { PageLoad } from './$types';

const LEVELS = [1, 2, 3] as const;

/** A page of a layer's revisions, newest first, and two of them compared where the address names them. */
export const load: PageLoad = async ({ fetch, params, url }) => {
	const zonePath = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	const coveragePath = `${zonePath}/coverages/${encodeURIComponent(params.coverage)}`;
	const numberIn = (name: string) => {
		const text = url.searchParams.get(name) ?? '';
		return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
	};
	const before = numberIn('before');
	const [from, to] = [numberIn('from'), numberIn('to')];
	const level = LEVELS.find((one) => one === numberIn('level')) ?? 1;
	const onMap = url.searchParams.get('view') === 'map';
	const asked = from === null || to === null ? null : { from, to, level, onMap };
	try {
		const zoneIn = (revision: number) =>
			readJson<WireZone>(
				fetch,
				`${zonePath}?revision=${revision}&coverage=${encodeURIComponent(params.coverage)}`,
			);
		const [zone, { classes }, timeline, comparison] = await Promise.all([
			readJson<WireZone>(fetch, zonePath),
			readJson<{ classes: WireLandUseClass[] }>(fetch, `${zonePath}/land-use-classes`),
			readJson<WireTimeline>(fetch, `${coveragePath}/revisions${before === null ? '' : `?before=${before}`}`),
			asked === null || asked.from === asked.to
				? null
				: readComparison(fetch, `${coveragePath}/compare?from=${from}&to=${to}&level=${level}`),
		]);
		const isFound = comparison !== null && typeof comparison !== 'string';
		const sides =
			asked?.onMap && isFound
				? ([await zoneIn(comparison.from), await zoneIn(comparison.to)] as const)
				: null;
		return { zone, classes, timeline, coveragePath, isFirstPage: before === null, asked, comparison, sides };
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
};

/** A comparison that fails is said in its place; the timeline stands without it. */
async function readComparison(
	fetchFrom: typeof fetch,
	address: string,
): Promise<WireComparison | 'missing' | 'too-large' | 'failed'> {
	try {
		return await readJson<WireComparison>(fetchFrom, address);
	} catch (reason) {
		if (!(reason instanceof ReadProblem)) return 'failed';
		if (reason.message === 'comparison.too-large') return 'too-large';
		return reason.status === 404 ? 'missing' : 'failed';
	}
}
