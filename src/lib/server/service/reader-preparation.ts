import type { Audience } from '../tile/theme.ts';

/** What is prepared at once: what an audience sees of a zone. */
export interface ReaderView {
	readonly zoneId: string;
	readonly audience: Audience;
}

/** Prepares a view, one thing after the other as long as `goesOn` says so. */
export type ViewPreparation = (view: ReaderView, goesOn: () => boolean) => Promise<void>;

/**
 * Prepares views for their readers beside requests, one at a time.
 *
 * What is begun last comes first: what is at work then gives way at its next step, and comes again. It ends where there is no more room, and
 * with the server. What fails is left to those who ask for it: they are told.
 */
export class ReaderPreparation {
	readonly #watchRoom: () => () => boolean;
	readonly #prepare: ViewPreparation;
	/** The next one, or the one at work, first. */
	#views: readonly ReaderView[] = [];
	#turn = 0;
	#hasRoom = () => true;
	#working: Promise<void> | null = null;
	#isClosed = false;

	/** `watchRoom` begins to watch the memory and hands out whether there is room since. */
	constructor(watchRoom: () => () => boolean, prepare: ViewPreparation) {
		this.#watchRoom = watchRoom;
		this.#prepare = prepare;
	}

	/** Settles when nothing is left to prepare. */
	get ended(): Promise<void> {
		return this.#working ?? Promise.resolve();
	}

	/** Puts views first, in their order. */
	begin(views: readonly ReaderView[]): void {
		const isNamed = (one: ReaderView) =>
			views.some(({ zoneId, audience }) => zoneId === one.zoneId && audience === one.audience);
		this.#views = [...views, ...this.#views.filter((view) => !isNamed(view))];
		this.#turn++;
		this.#hasRoom = this.#watchRoom();
		this.#working ??= this.#work();
	}

	/** What a revision that is published or withdrawn changes for readers of its zone. */
	beginZone(zoneId: string): void {
		this.begin([
			{ zoneId, audience: 'public' },
			{ zoneId, audience: 'office' },
		]);
	}

	/** Leaves what there is to prepare. */
	close(): void {
		this.#isClosed = true;
	}

	async #work(): Promise<void> {
		const goesOn = () => !this.#isClosed && this.#hasRoom();
		// Its end is to come after it is kept as what works, also where there is nothing to do.
		await Promise.resolve();
		while (this.#views.length > 0 && goesOn()) {
			const turn = this.#turn;
			await this.#prepare(this.#views[0], () => turn === this.#turn && goesOn()).catch(() => {});
			if (turn === this.#turn) this.#views = this.#views.slice(1);
		}
		this.#views = [];
		this.#working = null;
	}
}
