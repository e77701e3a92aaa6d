import type { WireOpenChangeset } from '../api/changeset.ts';
import type { WireIssue } from '../api/issue.ts';
import type { Permission } from '../domain/access/permission.ts';
import { isSealed, LIFE_CYCLE, TAKING_PART, type ChangesetEvent } from '../domain/changeset/life-cycle.ts';
import type { PaperKind } from '../domain/changeset/publishing-papers.ts';
import { DocumentUploads } from './document-uploads.svelte.ts';
import type { DraftDesk } from './draft-desk.svelte.ts';
import { pinnedComments, stepOfParcel, type PinnedComment } from './pinned-comment.ts';
import { issuesOf, readJson, ReadProblem, sendJson } from './read-json.ts';

type Paper = Omit<WireOpenChangeset['papers'][number], 'kind'>;

/** What hangs on a changeset besides its steps: its texts, papers, comments, what happened to it and what may happen next. */
export class DraftRecord {
	open = $state.raw<WireOpenChangeset>() as WireOpenChangeset;
	isBusy = $state(false);
	/** The field of a paper that is asked for: its form opens and has it focused. */
	wanted = $state.raw<{ readonly paper: PaperKind; readonly field: string | null } | null>(null);
	/** Why the last act was not done. */
	issues = $state.raw<readonly WireIssue[]>([]);
	readonly uploads: DocumentUploads;
	readonly #draft: DraftDesk;
	readonly #permissions: readonly Permission[];

	/** What the reader may do with it as it is, by the life cycle and his roles; the server judges again. */
	readonly acts: readonly ChangesetEvent[] = $derived.by(() => {
		const { isMine, changeset, userId } = this.#draft;
		const last = this.open.events.at(-1);
		return LIFE_CYCLE.filter(
			({ from, event, by, permissions }) =>
				from === changeset.state &&
				// Said once it is said.
				!(event === 'endorse' && last?.event === event && last.userId === userId) &&
				(by === 'anyone' || (by === 'author') === isMine) &&
				permissions.some((permission) => this.#permissions.includes(permission)),
		).map(({ event }) => event);
	});

	/** Comments on parcels and places, as the draft stands on screen. */
	readonly pins: readonly PinnedComment[] = $derived.by(() =>
		pinnedComments(this.open.comments, this.#draft),
	);

	constructor(draft: DraftDesk, open: WireOpenChangeset, permissions: readonly Permission[]) {
		this.#draft = draft;
		this.open = open;
		this.#permissions = permissions;
		draft.onrefusedforgood = () => void this.#look();
		this.uploads = new DocumentUploads(draft.address, () => this.refresh());
	}

	/** Papers come from the author and from who publishes. */
	get mayRecord(): boolean {
		return this.#draft.isMine || this.#permissions.includes('changeset.publish');
	}

	/** Comments come from all who take part; who only reads changesets says nothing. */
	get mayComment(): boolean {
		return TAKING_PART.some((permission) => this.#permissions.includes(permission));
	}

	async refresh(): Promise<void> {
		this.open = await readJson<WireOpenChangeset>(fetch, this.#draft.address);
		this.#draft.changeset = this.open.changeset;
	}

	/** Reads again what others may have done; where that fails, what is shown stays. */
	async #look(): Promise<void> {
		try {
			await this.refresh();
			await this.#draft.lookAgain();
		} catch {
			// The refusal is told; who asks again is answered anew.
		}
	}

	/** Asks what others have done: to the changeset, and to its coverage. Throws what `readJson` throws. */
	async lookForNews(): Promise<void> {
		const { state } = this.open.changeset;
		if (isSealed(state) || this.isBusy) return;
		await this.refresh();
		if (this.open.changeset.state !== state) await this.#draft.lookAgain();
	}

	/** Submits, returns, approves, publishes or withdraws; everything drawn is stored first. `forPublishing` is sent with publishing only. */
	act(
		event: ChangesetEvent,
		comment: string,
		forPublishing: { readonly effectiveOn: string | null; readonly acknowledged: readonly string[] },
	): Promise<boolean> {
		const { papers } = this.open;
		return this.#write(async () => {
			await this.#draft.sync.store();
			await sendJson('POST', `${this.#draft.address}/events`, {
				event,
				comment,
				// What was seen is what is judged.
				expectedEdit: this.#draft.sync.editNo,
				...(event === 'publish' ? { papers, ...forPublishing } : {}),
			});
		});
	}

	describe(title: string, reason: string): Promise<boolean> {
		return this.#write(() => sendJson('PATCH', this.#draft.address, { title, reason }));
	}

	/** Says something of the draft, or of one of its parcels as it is seen here; what is drawn is stored first. */
	comment(body: string, parcelNo: number | null): Promise<boolean> {
		const stepId = parcelNo === null ? null : stepOfParcel(this.#draft, parcelNo);
		const content = { body, parcelNo, stepId, lon: null, lat: null };
		return this.#write(async () => {
			if (parcelNo !== null) await this.#draft.sync.store();
			await sendJson('POST', `${this.#draft.address}/comments`, content);
		});
	}

	recordPaper(kind: PaperKind, paper: Paper): Promise<boolean> {
		return this.#write(() => sendJson('PUT', `${this.#draft.address}/papers/${kind}`, paper));
	}

	removeDocument(documentNo: number): Promise<boolean> {
		return this.#write(() => sendJson('DELETE', `${this.#draft.address}/documents/${documentNo}`));
	}

	async #write(write: () => Promise<unknown>): Promise<boolean> {
		this.isBusy = true;
		this.issues = [];
		try {
			await write();
			await this.refresh();
			return true;
		} catch (reason) {
			this.issues = issuesOf(reason);
			// What was refused may have been refused as others have acted meanwhile.
			if (reason instanceof ReadProblem && reason.status < 500) await this.#look();
			return false;
		} finally {
			this.isBusy = false;
		}
	}
}
