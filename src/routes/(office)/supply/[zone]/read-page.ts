import { error } from '@sveltejs/kit';
import { ReadProblem } from '$lib/state/read-json.ts';

/** Reads what a page stands on; a refusal of the server becomes the page's own, with its status. */
export async function readPage<Data>(read: () => Promise<Data>): Promise<Data> {
	try {
		return await read();
	} catch (reason) {
		if (reason instanceof ReadProblem) error(reason.status, reason.message);
		throw reason;
	}
}
