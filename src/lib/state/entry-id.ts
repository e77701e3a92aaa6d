import { newClientId } from './client-id.ts';
import { ReadProblem } from './read-json.ts';

/** What the server itself refuses with; others (408, 425, 429) are also said on the way to it, when it may have booked already. */
const REFUSALS: readonly number[] = [400, 401, 403, 404, 409, 412, 422];

/** Whether the server said what came of it: a fault or silence leaves it open. */
export function isAnswered(failure: unknown): boolean {
	return failure instanceof ReadProblem && REFUSALS.includes(failure.status);
}

/** Entries of this page of which it is not known what came of them, with their ids: what is typed again bears the same. */
const unanswered = new Map<string, string>();

/** The id that what is entered in a form bears until the server has said what came of it, so that after a lost answer nothing is entered twice. */
export class EntryId {
	#own = newClientId();

	/** The id of an entry to an address; one that was sent before, also by a form that was closed since, keeps its own. */
	idOf(address: string, entry: object): string {
		const sent = keyOf(address, entry);
		const clientId = unanswered.get(sent) ?? this.#own;
		unanswered.set(sent, clientId);
		return clientId;
	}

	/** Notes that it is known what came of an entry. */
	answered(address: string, entry: object): void {
		unanswered.delete(keyOf(address, entry));
		this.#own = newClientId();
	}
}

function keyOf(address: string, entry: object): string {
	return `${address} ${JSON.stringify(entry)}`;
}
