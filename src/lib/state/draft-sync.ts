import type { WireAppendedSteps, WireStepList } from '../api/changeset.ts';
import type { Problem, WireIssue } from '../api/issue.ts';
import { nextRequest, type SyncRequest } from '../domain/changeset/sync-plan.ts';
import type { DrawnDraft } from '../domain/changeset/resume-draft.ts';
import type { ShelvedDraft } from './draft-place.ts';
import { readJson, ReadProblem, sendJson } from './read-json.ts';

export type WireStep = WireStepList['steps'][number];

/** A draft as the server has it. */
export interface ServedDraft {
	readonly baseRevision: number;
	readonly steps: readonly WireStep[];
	readonly head: number;
}

/** What the page does with what the server says. */
export interface DraftSyncEvents {
	/** Null while nothing is drawn yet. */
	drawn(): DrawnDraft | null;
	onstored(stored: WireAppendedSteps['stored']): void;
	onrefused(refused: NonNullable<WireAppendedSteps['refused']>): void;
	/** Another window, or another program, wrote: what is drawn has to go on from there. */
	onmoved(served: ServedDraft): void;
	/** The server refuses what is drawn, and always will. */
	onrefusedforgood(issue: WireIssue): void;
}

/** How long edits are gathered before they are sent, and how long after a failure until it is tried again. */
const GATHER_MS = 300;
const RETRY_MS = [2_000, 5_000, 15_000, 30_000] as const;
const MOST_STEPS_A_BATCH = 100;
const MOST_STEPS_A_PAGE = 200;
/** Refusals that end: by signing in, by waiting, by reading again. */
const PASSING = [401, 408, 412, 429];

/** How the server's draft stands to the one that is drawn; the page makes it reactive. */
export interface SyncState {
	/** `offline`: the server cannot be reached, it is tried again; `stopped`: it refuses, and will again. */
	status: 'saved' | 'saving' | 'offline' | 'stopped';
	problem: Problem | null;
	/** The edit that the server's draft is at. */
	editNo: number;
}

/** Where what is not sent is kept. */
export interface DraftKeeping {
	put(draft: ShelvedDraft): Promise<void>;
	clear(): Promise<void>;
}

/** Keeps the server's draft like the one that is drawn, one request at a time; what is not there yet lies on the shelf. */
export class DraftSync {
	readonly #address: string;
	readonly #shelf: DraftKeeping;
	readonly #events: DraftSyncEvents;
	readonly #state: SyncState;
	#there: { readonly ids: readonly string[]; readonly head: number } = { ids: [], head: 0 };
	#timer: ReturnType<typeof setTimeout> | undefined;
	#running: Promise<void> | null = null;
	#failures = 0;
	#closed = false;

	/** `address`: of the changeset in the API; `state` is written as things go. */
	constructor(address: string, shelf: DraftKeeping, events: DraftSyncEvents, state: SyncState) {
		this.#address = address;
		this.#shelf = shelf;
		this.#events = events;
		this.#state = state;
	}

	get status(): SyncState['status'] {
		return this.#state.status;
	}

	get problem(): Problem | null {
		return this.#state.problem;
	}

	/** Whether trying again is of no use. */
	get isRefusedForGood(): boolean {
		return this.status === 'stopped' && this.problem !== null && !PASSING.includes(this.problem.status);
	}

	get editNo(): number {
		return this.#state.editNo;
	}

	/** Reads all steps that the server has. Throws what `readJson` throws. */
	async read(): Promise<ServedDraft> {
		const steps: WireStep[] = [];
		for (;;) {
			const after = steps.length;
			const page = await readJson<WireStepList>(
				fetch,
				`${this.#address}/steps?after=${after}&limit=${MOST_STEPS_A_PAGE}`,
			);
			steps.push(...page.steps);
			const { head, stepCount, editNo, baseRevision } = page.changeset;
			// Steps that somebody else wrote between two pages would not fit those of the first.
			if (after > 0 && editNo !== this.editNo) return this.read();
			this.#state.editNo = editNo;
			if (steps.length < stepCount && page.steps.length > 0) continue;
			this.#there = { ids: steps.map(({ clientId }) => clientId), head };
			return { steps, head, baseRevision };
		}
	}

	/** Takes note that what is drawn has changed: it is kept here at once and sent soon. */
	changed(): void {
		if (this.#closed) return;
		const drawn = this.#events.drawn();
		if (drawn === null || this.#next() === null) return this.#settled();
		void this.#shelf.put({ ...drawn, editNo: this.editNo });
		if (this.status === 'stopped') return;
		if (this.status !== 'offline') this.#state.status = 'saving';
		this.#schedule(GATHER_MS);
	}

	/** Sends what is not sent at once; ends when the server has all, or cannot or will not. */
	async flush(): Promise<boolean> {
		clearTimeout(this.#timer);
		while (this.#running !== null) await this.#running;
		if (this.#next() === null) {
			// With nothing drawn there is nothing to store.
			if (this.#events.drawn() !== null) this.#settled();
		} else {
			this.#running = this.#sendAll().finally(() => (this.#running = null));
			await this.#running;
		}
		return this.status === 'saved';
	}

	/** Sends all that is not sent; throws where it could not be, as an act on the draft would be one on another. */
	async store(): Promise<void> {
		if (await this.flush()) return;
		throw this.problem === null ? new Error('the draft is not stored') : new ReadProblem(0, this.problem);
	}

	/** Tries again after a refusal or without waiting for the network. */
	retry(): void {
		if (this.#events.drawn() === null) return;
		this.#state.status = 'saving';
		this.#state.problem = null;
		void this.flush();
	}

	/** Goes on without what the server refused. */
	goOn(): void {
		this.#state.status = 'saved';
		this.#state.problem = null;
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#timer);
	}

	#next(): SyncRequest | null {
		const drawn = this.#events.drawn();
		return drawn === null ? null : nextRequest(idsOf(drawn), this.#there);
	}

	#schedule(afterMs: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.flush(), afterMs);
	}

	#settled(): void {
		this.#state.status = 'saved';
		void this.#shelf.clear();
	}

	async #sendAll(): Promise<void> {
		this.#state.status = 'saving';
		try {
			for (;;) {
				const request = this.#next();
				if (request === null) break;
				if (request.kind === 'head') await this.#moveHead(request.head);
				else await this.#append(request.from);
				this.#failures = 0;
			}
			if (this.#events.drawn() !== null) this.#settled();
		} catch (reason) {
			await this.#failed(reason);
		}
	}

	async #moveHead(head: number): Promise<void> {
		const body = { expectedEdit: this.editNo, head };
		const answer = await sendJson<{ head: number; editNo: number }>('PUT', `${this.#address}/head`, body);
		this.#there = { ...this.#there, head: answer.head };
		this.#state.editNo = answer.editNo;
	}

	async #append(from: number): Promise<void> {
		const drawn = this.#events.drawn() ?? { steps: [], head: 0 };
		const batch = drawn.steps.slice(from, from + MOST_STEPS_A_BATCH);
		const body = {
			expectedEdit: this.editNo,
			steps: batch.map(({ clientId, step }) => ({ clientId, step })),
		};
		const answer = await sendJson<WireAppendedSteps>('POST', `${this.#address}/steps`, body);
		const ids = [...this.#there.ids.slice(0, from), ...answer.stored.map(({ clientId }) => clientId)];
		this.#there = { ids, head: answer.head };
		this.#state.editNo = answer.editNo;
		void this.#shelf.put({ ...drawn, editNo: this.editNo });
		this.#events.onstored(answer.stored);
		if (answer.refused !== null) this.#events.onrefused(answer.refused);
	}

	async #failed(reason: unknown): Promise<void> {
		if (!(reason instanceof ReadProblem) || reason.status >= 500) {
			this.#state.status = 'offline';
			if (!this.#closed) this.#schedule(RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)]);
			return;
		}
		if (reason.status === 412) {
			try {
				this.#events.onmoved(await this.read());
				this.#schedule(GATHER_MS);
				return;
			} catch (again) {
				if (!(again instanceof ReadProblem)) return this.#failed(again);
			}
		}
		this.#state.status = 'stopped';
		this.#state.problem = reason.problem;
		const issue = reason.problem?.issues[0];
		if (this.isRefusedForGood && issue !== undefined) this.#events.onrefusedforgood(issue);
	}
}

function idsOf({ steps, head }: DrawnDraft) {
	return { ids: steps.map(({ clientId }) => clientId), head };
}
