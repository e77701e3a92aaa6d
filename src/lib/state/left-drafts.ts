import type { WireAppendedSteps } from '../api/changeset.ts';
import type { WireIssue } from '../api/issue.ts';
import {
	drawnOf,
	missingSteps,
	noteMade,
	renumbered,
	renumberingOf,
	type DrawnDraft,
	type LostStep,
} from '../domain/changeset/resume-draft.ts';
import type { HistoryStep } from '../domain/changeset/draft-history.ts';
import type { Step } from '../domain/changeset/step.ts';
import { differenceFromWire } from '../domain/changeset/wire-difference.ts';
import type { LeftDraft, ShelvedDraft } from './draft-place.ts';
import type { DraftSync, ServedDraft } from './draft-sync.ts';

/** Where drafts lie that windows have left. */
export interface LeftShelf {
	findLeft(): Promise<readonly LeftDraft[]>;
	remove(left: LeftDraft): Promise<void>;
	setAside(left: LeftDraft): Promise<void>;
}

/** Who is told of lost steps; `isAside`: they lie aside on this device. */
export type LostTold = (lost: LostStep, isAside: boolean) => void;

/** Whether a draft takes steps here: `not-now` while it is somebody else's or under review, `never` once it is sealed. */
export type Taking = 'steps' | 'not-now' | 'never';

const SEALED: LostStep['refusal'] = { code: 'changeset.sealed', parcelNos: [], params: {} };

/** What windows have left of a draft, on its way to the server before any parcel is read: it may lie anywhere. */
export class LeftDrafts {
	/** What is sent as it is; null: nothing. */
	sending: DrawnDraft | null = null;
	readonly #sync: DraftSync;
	readonly #shelf: LeftShelf;
	readonly #tell: LostTold;
	/** The steps that were told: each is told once, however often all is read again. */
	readonly #told = new Set<string>();
	#stored: WireAppendedSteps['stored'] = [];
	/** How many steps lie here that the server has not, and will be sent when the draft takes steps again. */
	waiting = 0;

	constructor(sync: DraftSync, shelf: LeftShelf, tell: LostTold) {
		this.#sync = sync;
		this.#shelf = shelf;
		this.#tell = tell;
	}

	/** Reads the draft after all that was left has been sent, or told as lost where the server will never take it; null: it cannot be sent now. */
	async read(taking: Taking): Promise<ServedDraft | null> {
		let served = await this.#sync.read();
		const ids = served.steps.map(({ clientId }) => clientId);
		const kept = taking === 'not-now' ? await this.#shelf.findLeft() : [];
		this.waiting = kept.reduce((sum, { draft }) => sum + missingSteps(draft, ids).length, 0);
		for (const left of taking === 'not-now' ? [] : await this.#shelf.findLeft()) {
			const isSent = taking === 'steps' && (await this.#send(left.draft, served));
			this.sending = null;
			// A window that is open still has written it itself meanwhile.
			if (!isSent && this.#sync.status === 'saving') return this.read(taking);
			if (!isSent && taking === 'steps' && !this.#sync.isRefusedForGood) return null;
			const issue = this.#sync.problem?.issues[0];
			served = await this.#sync.read();
			if (isSent) await this.#shelf.remove(left);
			else await this.#giveUp(left, served, issue === undefined ? SEALED : refusalOf(issue));
		}
		return served;
	}

	/** Takes note of what the server has made of what is sent. */
	stored(stored: WireAppendedSteps['stored']): void {
		this.#stored = stored;
	}

	/** Takes note that the server does not do one of the steps that are sent. */
	refused(clientId: string, issue: WireIssue): void {
		const at = this.sending?.steps.findIndex((step) => step.clientId === clientId) ?? -1;
		if (this.sending === null || at < 0) return;
		const { steps, head } = this.sending;
		this.#lose(clientId, { step: steps[at].step, refusal: refusalOf(issue) });
		this.sending = { steps: steps.slice(0, at), head: Math.min(head, at) };
	}

	async #giveUp(left: LeftDraft, { steps }: ServedDraft, refusal: LostStep['refusal']): Promise<void> {
		const ids = steps.map(({ clientId }) => clientId);
		for (const { clientId, step } of missingSteps(left.draft, ids))
			this.#lose(clientId, { step, refusal }, true);
		await this.#shelf.setAside(left);
		this.#sync.goOn();
	}

	#lose(clientId: string, lost: LostStep, isAside = false): void {
		if (this.#told.has(clientId)) return;
		this.#told.add(clientId);
		this.#tell(lost, isAside);
	}

	/** Sends a draft as it was left; where somebody wrote meanwhile, step by step, as what it made has other numbers then. */
	async #send(left: ShelvedDraft, served: ServedDraft): Promise<boolean> {
		if (left.editNo === this.#sync.editNo) {
			this.sending = left;
			return this.#sync.flush();
		}
		const stored = served.steps.map(asHistoryStep);
		const numbers = renumberingOf(left, stored);
		const missing = missingSteps(
			left,
			stored.map(({ clientId }) => clientId),
		);
		let { steps } = drawnOf({ steps: stored.slice(0, served.head), head: served.head });
		for (const drawn of missing) {
			const now = renumbered(drawn.step, numbers);
			this.#stored = [];
			if (now.ok) {
				const next = [...steps, { ...drawn, step: now.step }];
				this.sending = { steps: next, head: next.length };
				if (!(await this.#sync.flush())) return false;
				if (this.#stored.length > 0) steps = next;
			} else this.#lose(drawn.clientId, { step: drawn.step, refusal: now.refusal });
			const sent = this.#stored.find(({ clientId }) => clientId === drawn.clientId);
			noteMade(numbers, drawn, sent === undefined ? null : differenceFromWire(sent.difference));
		}
		return true;
	}
}

/** A step of the server as a history has it. */
export function asHistoryStep({
	clientId,
	verb,
	params,
	difference,
}: ServedDraft['steps'][number]): HistoryStep {
	return { clientId, step: { verb, params } as unknown as Step, difference: differenceFromWire(difference) };
}

/** What an issue of the server says, as a refusal does. */
export function refusalOf({ code, params, entities }: WireIssue): LostStep['refusal'] {
	return { code, params, parcelNos: entities.map((entity) => Number(entity.split(':')[1])) };
}
