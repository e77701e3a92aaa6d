import type { WireAppendedSteps, WireOpenChangeset } from '../api/changeset.ts';
import type { WireIssue } from '../api/issue.ts';
import { listParcelNosAt } from '$geo/coverage/coverage.ts';
import type { Refusal } from '$geo/edit/difference.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { isSealed } from '../domain/changeset/life-cycle.ts';
import { digestOf } from '../domain/changeset/digest.ts';
import {
	historyWith,
	stateOf,
	wholeDifference,
	withDifference,
	withHead,
	withoutStepsAfter,
	withStep,
	type DraftHistory,
} from '../domain/changeset/draft-history.ts';
import { hasParcel, type DraftDifference, type DraftState } from '../domain/changeset/draft-state.ts';
import {
	drawnOf,
	missingSteps,
	resumeDraft,
	type DrawnDraft,
	type LostStep,
} from '../domain/changeset/resume-draft.ts';
import type { Step } from '../domain/changeset/step.ts';
import { differenceFromWire } from '../domain/changeset/wire-difference.ts';
import type { WorkingArea } from '../domain/changeset/working-area.ts';
import type { Bounds } from '../map/map-camera.ts';
import { newClientId } from './client-id.ts';
import { covers, isTooWide, readWorkingArea, withMargin } from './draft-area.ts';
import { DraftShelf } from './draft-shelf.svelte.ts';
import { DraftSync, type DraftSyncEvents, type ServedDraft, type SyncState } from './draft-sync.ts';
import { asHistoryStep, LeftDrafts, refusalOf } from './left-drafts.ts';
import { ReadProblem } from './read-json.ts';

/** How the exact parcels of what is in view are had. */
export type AreaStatus = 'empty' | 'loading' | 'ready' | 'too-large' | 'failed';

/** A changeset on screen: its parcels as they are edited, its steps, and their way to the server. Tools are elsewhere (`ToolDesk`). */
export class DraftDesk {
	readonly address: string;
	readonly userId: string;
	changeset = $state.raw<WireOpenChangeset['changeset']>() as WireOpenChangeset['changeset'];
	area = $state.raw<WorkingArea | null>(null);
	areaStatus = $state<AreaStatus>('empty');
	history = $state.raw<DraftHistory | null>(null);
	/** Whether the map before the changes is shown beside. */
	showsBefore = $state(false);
	/** Steps of this browser that could not be kept, as others wrote meanwhile. */
	lost = $state.raw<readonly LostStep[]>([]);
	/** Steps that the server will never take: they lie aside on this device. */
	aside = $state.raw<readonly LostStep[]>([]);
	/** How many steps of this device wait until the draft takes steps again. */
	waiting = $state(0);
	/** Why the server did not do a step that was done here. */
	refused = $state.raw<LostStep | null>(null);
	readonly sync: DraftSync;
	/** Told when the server has refused for good: what it says of the changeset is not what is shown. */
	onrefusedforgood: () => void = () => undefined;
	readonly #syncState = $state<SyncState>({ status: 'saved', problem: null, editNo: 0 });
	/** The revision that the parcels on the page are of. */
	readonly #baseRevision: number;
	readonly #shelf: DraftShelf;
	readonly #hasClass: (landUse: string) => boolean;
	#served: ServedDraft | null = null;
	/** What was drawn here and has to be done again when the parcels are there. */
	#drawnBefore: DrawnDraft | null = null;
	readonly #left: LeftDrafts;
	#reading: AbortController | null = null;
	/** Steps are read once, however often the view moves meanwhile. */
	#stepsRead: Promise<boolean> | null = null;

	/** The draft as it stands; null until parcels are there. */
	readonly state: DraftState | null = $derived.by(() => this.history && stateOf(this.history));
	/** All that the draft does to its base. */
	readonly difference: DraftDifference | null = $derived.by(
		() => this.history && wholeDifference(this.history),
	);
	/** Only its author edits a draft, and only while it is one. */
	readonly isMine: boolean = $derived.by(() => this.changeset.authorId === this.userId);
	readonly isEditable: boolean = $derived.by(() => this.isMine && this.changeset.state === 'draft');
	readonly canUndo: boolean = $derived.by(() => this.isEditable && (this.history?.head ?? 0) > 0);
	readonly canRedo: boolean = $derived.by(
		() => this.isEditable && this.history !== null && this.history.head < this.history.steps.length,
	);

	constructor(
		zoneId: string,
		changeset: WireOpenChangeset['changeset'],
		userId: string,
		hasClass: (landUse: string) => boolean,
	) {
		this.address = `/api/v1/zones/${encodeURIComponent(zoneId)}/changesets/${changeset.changesetNo}`;
		this.changeset = changeset;
		this.userId = userId;
		this.#baseRevision = changeset.baseRevision;
		this.#hasClass = hasClass;
		this.#shelf = new DraftShelf(userId, zoneId, changeset.changesetNo);
		this.#syncState.editNo = changeset.editNo;
		const events: DraftSyncEvents = {
			drawn: () => (this.history === null ? this.#left.sending : drawnOf(this.history)),
			onstored: (stored) => this.#adopt(stored),
			onrefused: ({ clientId, issue }) => this.#refuse(clientId, issue),
			onmoved: (served) => this.#follow(served),
			onrefusedforgood: (issue) => void this.#giveUp(issue),
		};
		this.sync = new DraftSync(this.address, this.#shelf, events, this.#syncState);
		this.#left = new LeftDrafts(this.sync, this.#shelf, (lost, isAside) => {
			if (isAside) this.aside = [...this.aside, lost];
			else this.lost = [...this.lost, lost];
		});
	}

	/** Makes the parcels in view editable, or at least those of a part of it, unless they are; what was not sent when the page was last open is done again first. */
	async openArea(view: Bounds, least: Bounds = view): Promise<void> {
		this.#reading?.abort();
		if (this.area !== null && covers(this.area, view)) {
			this.areaStatus = 'ready';
			return;
		}
		if (isTooWide(view)) {
			this.areaStatus = 'too-large';
			return;
		}
		const reading = new AbortController();
		this.#reading = reading;
		this.areaStatus = 'loading';
		try {
			if (this.history === null) {
				this.#stepsRead ??= this.#readSteps().finally(() => (this.#stepsRead = null));
				if (!(await this.#stepsRead) || reading.signal.aborted) return;
			} else if (!(await this.sync.flush())) {
				// Steps that are not stored yet may need parcels that the next area would not have.
				this.areaStatus = 'failed';
				return;
			}
			const area = await this.#read([withMargin(view), view, least], reading.signal);
			if (reading.signal.aborted) return;
			this.#moveTo(area);
			this.areaStatus = 'ready';
		} catch (reason) {
			if (reading.signal.aborted) return;
			const isTooLarge =
				reason instanceof ReadProblem && reason.problem?.issues[0]?.code === 'working-area.too-large';
			this.areaStatus = isTooLarge ? 'too-large' : 'failed';
		}
	}

	/** Reads the steps; those that windows have left are sent first, as they may lie anywhere. */
	async #readSteps(): Promise<boolean> {
		const ended = this.isMine && isSealed(this.changeset.state) ? 'never' : 'not-now';
		this.#served = await this.#left.read(this.isEditable ? 'steps' : ended);
		this.waiting = this.#left.waiting;
		if (this.#served === null) this.areaStatus = 'failed';
		return this.#served !== null;
	}

	/** The widest area that the server gives. */
	async #read([widest, ...narrower]: readonly Bounds[], signal: AbortSignal): Promise<WorkingArea> {
		try {
			return await readWorkingArea(this.address, widest, this.#hasClass, signal);
		} catch (reason) {
			if (narrower.length === 0 || !(reason instanceof ReadProblem) || reason.status !== 422) throw reason;
			return this.#read(narrower, signal);
		}
	}

	#moveTo(area: WorkingArea): void {
		const drawn = this.history ?? {
			steps: (this.#served?.steps ?? []).map(asHistoryStep),
			head: this.#served?.head ?? 0,
		};
		const opened = historyWith(area.state, drawn.steps, drawn.head);
		if (!opened.ok) throw new Error(`steps do not lie on the parcels: ${opened.refusal.code}`);
		this.area = area;
		if (this.#drawnBefore === null) this.history = opened.history;
		else this.#resume(opened.history, this.#drawnBefore);
		this.#drawnBefore = null;
		this.#served = null;
	}

	/** Goes on with what was drawn here and is not on the server. */
	#resume(served: DraftHistory, drawn: DrawnDraft): void {
		const resumed = resumeDraft(served, drawn);
		this.history = resumed.history;
		this.lost = resumed.lost;
		this.sync.changed();
	}

	/** Does a step, or says why not. */
	do(step: Step): Refusal | null {
		if (this.history === null || !this.isEditable) return null;
		const result = withStep(this.history, newClientId(), step);
		if (!result.ok) return result.refusal;
		this.history = result.history;
		this.refused = null;
		this.sync.changed();
		return null;
	}

	undo(): void {
		if (this.canUndo && this.history !== null) this.goTo(this.history.head - 1);
	}

	redo(): void {
		if (this.canRedo && this.history !== null) this.goTo(this.history.head + 1);
	}

	/** Undoes or redoes until so many steps are done. */
	goTo(head: number): void {
		if (this.history === null || !this.isEditable) return;
		this.history = withHead(this.history, head);
		this.sync.changed();
	}

	/** Whether what is not sent is kept in this browser. */
	get isShelved(): boolean {
		return this.#shelf.isKept;
	}

	/** The parcel at a place, the one of the lowest number on a boundary; null: none that can be edited. */
	parcelNoAt(at: LonLat): number | null {
		if (this.state === null) return null;
		return listParcelNosAt(this.state.coverage, at)[0] ?? null;
	}

	/** Those of some parcels that the draft still has. */
	stillThere(parcelNos: readonly number[]): number[] {
		const { state } = this;
		return state === null ? [] : parcelNos.filter((parcelNo) => hasParcel(state, parcelNo));
	}

	close(): void {
		this.#reading?.abort();
		this.sync.close();
	}

	/** Takes the server's differences where this browser came to others: it has the parcels of its area only. */
	#adopt(stored: WireAppendedSteps['stored']): void {
		this.#left.stored(stored);
		for (const { clientId, digest, difference } of stored) {
			if (this.history === null) return;
			const at = this.history.steps.findIndex((step) => step.clientId === clientId);
			if (at < 0 || digestOf(this.history.steps[at].difference) === digest) continue;
			const result = withDifference(this.history, at + 1, differenceFromWire(difference));
			if (result.ok) {
				this.history = result.history;
			} else if (result.history !== undefined) {
				this.refused = { step: this.history.steps[result.stepNo - 1].step, refusal: result.refusal };
				this.history = result.history;
			} else {
				// It lies on parcels that were not read: all is read again.
				return this.#readAgain();
			}
		}
	}

	/** Puts aside what the server will never take, says so, and goes on from what it has. */
	async #giveUp(issue: WireIssue): Promise<void> {
		if (this.history === null) return;
		let served: ServedDraft;
		try {
			served = await this.sync.read();
		} catch {
			// It lies on the shelf still, and is put aside when the draft is next opened.
			return;
		}
		if (this.history === null) return;
		const drawn = drawnOf(this.history);
		const ids = served.steps.map(({ clientId }) => clientId);
		const given = missingSteps(drawn, ids).map(({ step }) => ({ step, refusal: refusalOf(issue) }));
		if (given.length === 0) await this.#shelf.clear();
		else await this.#shelf.setAsideOwn({ ...drawn, editNo: this.sync.editNo });
		this.aside = [...this.aside, ...given];
		this.sync.goOn();
		this.#show(served);
		this.onrefusedforgood();
	}

	/** Shows what the server has in place of what is drawn. */
	#show(served: ServedDraft): void {
		// Moved to another revision elsewhere: every parcel on the page is of an older one.
		if (served.baseRevision !== this.#baseRevision) return location.reload();
		const { area } = this;
		if (area === null) return;
		const opened = historyWith(area.state, served.steps.map(asHistoryStep), served.head);
		if (opened.ok) {
			this.history = opened.history;
			return;
		}
		this.history = null;
		this.area = null;
		const { minLon, minLat, maxLon, maxLat } = area.box;
		void this.openArea([minLon, minLat, maxLon, maxLat]);
	}

	/** Shows a reader what its author has changed since it was opened. Throws what `readJson` throws. */
	async lookAgain(): Promise<void> {
		if (this.isEditable || this.history === null || this.changeset.editNo === this.sync.editNo) return;
		this.#show(await this.sync.read());
	}

	#refuse(clientId: string, issue: WireIssue): void {
		const at = this.history?.steps.findIndex((step) => step.clientId === clientId) ?? -1;
		if (at >= 0) return this.#drop(at + 1, refusalOf(issue));
		this.#left.refused(clientId, issue);
	}

	/** Gives up a step and those after it, and says so. */
	#drop(stepNo: number, refusal: LostStep['refusal']): void {
		if (this.history === null) return;
		this.refused = { step: this.history.steps[stepNo - 1].step, refusal };
		this.history = withoutStepsAfter(this.history, stepNo - 1);
	}

	/** Goes on from what another window wrote: its steps first, then those made here that it lacks. */
	#follow(served: ServedDraft): void {
		const { area, history } = this;
		if (area === null || history === null) return;
		// Moved to another revision elsewhere: every parcel on the page is of an older one.
		if (served.baseRevision !== this.#baseRevision) return location.reload();
		const opened = historyWith(area.state, served.steps.map(asHistoryStep), served.head);
		if (opened.ok) {
			this.#resume(opened.history, drawnOf(history));
			return;
		}
		this.#readAgain();
	}

	/** Reads steps and parcels again; steps that the server lacks are done after its own. */
	#readAgain(): void {
		const { area, history } = this;
		if (area === null || history === null) return;
		this.#drawnBefore = drawnOf(history);
		this.history = null;
		this.area = null;
		const { minLon, minLat, maxLon, maxLat } = area.box;
		void this.openArea([minLon, minLat, maxLon, maxLat]);
	}
}
