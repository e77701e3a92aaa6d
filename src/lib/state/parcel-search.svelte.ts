import type { WireParcelHit, WireParcelSearch } from '../api/parcel.ts';
import { Query } from './query.svelte.ts';

const SHOWN = 8;
const ASKED = 50;

/** The search box over parcel codes: what was typed, what was found, and which hit the arrow keys stand on. */
export class ParcelSearchState {
	query = $state('');
	open = $state(false);
	/** Index into `hits`; −1 on none. */
	active = $state(-1);
	readonly found = new Query<WireParcelSearch>();
	readonly wanted: string = $derived.by(() => this.query.trim());
	readonly hits: readonly WireParcelHit[] = $derived.by(() => this.found.value?.hits.slice(0, SHOWN) ?? []);

	/** Settles when the newest search has ended, however. */
	#settled: Promise<unknown> = Promise.resolve();

	/** Searches for what is typed, in a zone; an older search is aborted. */
	find(zoneId: string): void {
		this.open = true;
		this.active = -1;
		if (this.wanted === '') {
			this.found.clear();
			return;
		}
		const zone = encodeURIComponent(zoneId);
		this.#settled = this.found.run(
			`/api/v1/zones/${zone}/parcels?q=${encodeURIComponent(this.wanted)}&limit=${ASKED}`,
		);
	}

	/** Waits for the answer to what is typed now; false when it did not come, or something else is typed by then. */
	async answered(): Promise<boolean> {
		const { wanted } = this;
		await this.#settled;
		return wanted !== '' && wanted === this.wanted && this.found.value?.query === wanted;
	}

	/** Moves the active hit by one, round and round. */
	step(by: 1 | -1): void {
		this.open = true;
		const count = this.hits.length;
		if (count === 0) return;
		this.active = this.active < 0 && by < 0 ? count - 1 : (this.active + by + count) % count;
	}

	/** The hit that Enter means: the active one, or the only one. */
	get chosen(): WireParcelHit | null {
		return this.hits[this.active] ?? (this.hits.length === 1 ? this.hits[0] : null);
	}

	clear(): void {
		this.query = '';
		this.active = -1;
		this.found.clear();
	}
}
