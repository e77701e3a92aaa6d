import { flushSync } from 'svelte';
import type { MapSession } from '../map/map-session.ts';
import { isDark } from '../map/palette.ts';

/** So long the map may take to be drawn for paper; then it is printed as far as it is. */
const MOST_MS = 8000;

/** The map as it goes on paper: a picture that is on the page before the browser lays it out. */
export class MapPaperState {
	readonly #session: () => MapSession | null;
	/** The map is drawn in the light style, which is that of paper whatever the screen is. */
	isLight = $state(false);
	/** Null while nothing is printed. */
	picture = $state.raw<(ReturnType<MapSession['picture']> & { readonly isDark: boolean }) | null>(null);

	constructor(session: () => MapSession | null) {
		this.#session = session;
	}

	/** Draws the map for paper and opens the browser's dialogue; nothing can be put on the page while that is open. */
	async print(): Promise<void> {
		// Asked for again while the map is drawn for it: it comes once.
		if (this.isLight) return;
		const session = this.#session();
		if (session !== null && isDark()) {
			flushSync(() => (this.isLight = true));
			await Promise.race([session.drawn(), new Promise((resolve) => setTimeout(resolve, MOST_MS))]);
		}
		this.take();
		window.print();
	}

	/** Takes the picture, unless it is taken: as light as the map is drawn, for there is no time to draw it anew. */
	take(): void {
		if (this.picture !== null) return;
		const taken = this.#session()?.picture() ?? null;
		flushSync(() => (this.picture = taken && { ...taken, isDark: isDark() && !this.isLight }));
	}

	/** Goes back to the screen. */
	end(): void {
		this.picture = null;
		this.isLight = false;
	}
}
