import { error } from '@sveltejs/kit';
import type { WireIssue } from '$lib/api/issue.ts';
import type { WireSignatory } from '$lib/api/plot-register.ts';
import type { WireOpenSupply, WireSupervision } from '$lib/api/supply-wire.ts';
import type { WireTransferQuestions } from '$lib/api/transfer.ts';
import { issuesOf, readJson, ReadProblem } from '$lib/state/read-json.ts';
import { readPage } from '../read-page.ts';
import type { PageLoad } from './$types';

const NOTHING: readonly WireIssue[] = [];

/** One supply with all that hangs on it, as this reader may see it; what is not there, or not for him, is a 404. */
export const load: PageLoad = async ({ fetch, params, url }) => {
	if (!/^[1-9]\d{0,8}$/.test(params.supply)) error(404, 'supply.not-found');
	const zonePath = `/api/v1/zones/${encodeURIComponent(params.zone)}`;
	const supplyPath = `${zonePath}/supplies/${params.supply}`;
	// Supervision that fails is told in its place, and the page stands without it.
	const supervised = readJson<WireSupervision>(fetch, `${supplyPath}/supervision`).catch(() => null);
	const [toWhom, share] = ['toWhom', 'share'].map((name) => (url.searchParams.get(name) ?? '').trim());
	const query = new URLSearchParams({
		...(toWhom === '' ? {} : { toWhom }),
		...(share === '' ? {} : { share }),
	});
	const transfers = readJson<WireTransferQuestions>(
		fetch,
		`${supplyPath}/transfer-questions?${query.toString()}`,
	)
		.then((questions) => ({ transfers: questions, refused: NOTHING }))
		// What is asked in another way than it can be is told at its field.
		.catch((failure: unknown) => ({
			transfers: null,
			refused: failure instanceof ReadProblem && failure.status === 422 ? issuesOf(failure) : NOTHING,
		}));
	return readPage(async () => {
		const [open, { offices }] = await Promise.all([
			readJson<WireOpenSupply>(fetch, supplyPath),
			readJson<{ offices: WireSignatory[] }>(fetch, `${zonePath}/signatories`),
		]);
		const answered = await transfers;
		return {
			...{ open, offices, supplyPath, asked: { toWhom, share } },
			supervision: await supervised,
			transfers: answered.transfers,
			refused: answered.refused,
		};
	});
};
