/** Widths that a dock may take, in CSS pixels. */
export const DOCK_MIN_PX = 260;
export const DOCK_MAX_PX = 560;

interface Remembered {
	readonly width: number;
	readonly folded: boolean;
}

function recall(key: string): Partial<Remembered> {
	try {
		return JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Remembered>;
	} catch {
		return {};
	}
}

/** A panel beside the map: its width and whether it is folded, remembered in the browser. */
export class DockState {
	readonly #key: string;
	#width = $state(0);
	#folded = $state(false);
	/** On a phone: the sheet is up. Not remembered. */
	raised = $state(false);

	constructor(name: string, width: number) {
		this.#key = `yuantu.dock.${name}`;
		this.#width = width;
	}

	/** Takes over what the browser remembers; to be called when mounted, so that server and browser draw the same first. */
	restore(): void {
		const { width, folded } = recall(this.#key);
		if (typeof width === 'number') this.#width = clamped(width);
		if (typeof folded === 'boolean') this.#folded = folded;
	}

	get width(): number {
		return this.#width;
	}

	set width(width: number) {
		this.#width = clamped(width);
		this.#remember();
	}

	get folded(): boolean {
		return this.#folded;
	}

	set folded(folded: boolean) {
		this.#folded = folded;
		this.#remember();
	}

	#remember(): void {
		try {
			localStorage.setItem(this.#key, JSON.stringify({ width: this.#width, folded: this.#folded }));
		} catch {
			/* A browser without storage forgets; nothing else depends on it. */
		}
	}
}

function clamped(width: number): number {
	return Math.min(Math.max(Math.round(width), DOCK_MIN_PX), DOCK_MAX_PX);
}
