import { findShape, listParcelNosInBox } from '$geo/coverage/coverage.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import { ringsOf } from '$geo/coverage/vertex.ts';
import type { Refusal } from '$geo/edit/difference.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { stateOf } from '../domain/changeset/draft-history.ts';
import { canRunStep } from '../domain/changeset/run-step.ts';
import type { Step } from '../domain/changeset/step.ts';
import { measureLine, type Measured } from '../map/edit/measure.ts';
import {
	EMPTY_SKETCH,
	isEmpty,
	lineSoFar,
	withCursor,
	withoutLast,
	withParcels,
	withParcelToggled,
	withPlace,
	type Sketch,
} from '../map/edit/sketch.ts';
import { snapPlace, type Snap } from '../map/edit/snap.ts';
import { tryStep, type StepEffect } from '../map/edit/step-effect.ts';
import { isTold, toldRefusal } from '../map/edit/told-refusal.ts';
import type { ToolName } from '../map/edit/tool-name.ts';
import { START_VALUES, TOOLS, type Tool, type ToolValues, type Wanted } from '../map/edit/tool.ts';
import type { Bounds } from '../map/map-camera.ts';
import { covers, isTooWide } from './draft-area.ts';
import type { DraftDesk } from './draft-desk.svelte.ts';

/** How near a pointer counts as on a vertex or an edge, in CSS pixels: a finger is wider than a mouse. */
export const REACH_PX = { mouse: 10, touch: 22 } as const;

/** Why a touch of the map was no use. */
export type Miss =
	'no-parcel' | 'no-vertex' | 'no-edge' | 'not-whole' | 'not-here' | 'too-far' | 'none-within';

const NO_PLACES: readonly LonLat[] = [];

/** The tools on the map of a draft: what is put down, what it would do, and what the map draws of it. */
export class ToolDesk {
	readonly draft: DraftDesk;
	readonly #projectSrid: number;
	name = $state<ToolName>('select');
	sketch = $state.raw<Sketch>(EMPTY_SKETCH);
	values = $state.raw<ToolValues>(START_VALUES);
	/** Ground metres of a pixel, and how many pixels count as near. */
	metresPerPx = $state(1);
	reachPx = $state<number>(REACH_PX.mouse);
	/** No snapping: as long as a key is held down. */
	isFree = $state(false);
	miss = $state<Miss | null>(null);
	refusal = $state.raw<Refusal | null>(null);
	view = $state.raw<Bounds | null>(null);

	/** The tool that makes steps; null for choosing and measuring. */
	readonly tool: Tool | null = $derived.by(() =>
		this.name === 'select' || this.name === 'select_box' || this.name === 'measure' ? null : TOOLS[this.name],
	);
	readonly reachM: number = $derived.by(() => this.metresPerPx * this.reachPx);
	readonly wanted: Wanted = $derived.by(() => this.#wantedOf(this.sketch));
	/** Whether what is put down is to be done as soon as its parcels are there. */
	#awaitsFinish = false;
	/** The step as it would be if it were done now; null: something is missing. */
	readonly step: Step | null = $derived.by(
		() => this.tool?.stepOf(this.sketch, this.values, this.reachM) ?? null,
	);
	/** What that step would do, or why it would be refused. */
	readonly effect: StepEffect | null = $derived.by(() => {
		const { history, isEditable } = this.draft;
		return history === null || this.step === null || !isEditable
			? null
			: tryStep(stateOf(history), this.step);
	});
	readonly measured: Measured | null = $derived.by(() => {
		const line = this.name === 'measure' ? lineSoFar(this.sketch) : [];
		return line.length < 2 ? null : measureLine(line, this.#projectSrid);
	});
	/** Chosen parcels that are there, in the order in which they were chosen. */
	readonly chosen: readonly number[] = $derived.by(() => this.draft.stillThere(this.sketch.parcelNos));
	/** Whether Enter, or the button, would do the step. */
	readonly canFinish: boolean = $derived.by(
		() => this.tool !== null && this.tool.isWhole(this.sketch) && this.#stepNow() !== null,
	);

	readonly told: Refusal | null = $derived.by(() => toldRefusal(this.refusal, this.effect));
	readonly #places: readonly LonLat[] = $derived.by(() => this.sketch.places);
	/** Places whose parcels have to be there. */
	readonly ground: readonly LonLat[] = $derived.by(() =>
		this.name === 'measure' ? NO_PLACES : this.#places,
	);
	readonly #parcelNos: readonly number[] = $derived.by(() => this.sketch.parcelNos);
	/** The step without the place that the hand is over; it does not change as the hand moves. */
	readonly #putDown: Step | null = $derived.by(
		() =>
			this.tool?.stepOf(
				{ ...EMPTY_SKETCH, places: this.#places, parcelNos: this.#parcelNos },
				this.values,
				this.reachM,
			) ?? null,
	);
	readonly #isPutDownRefused: boolean = $derived.by(() => {
		const { state, isEditable } = this.draft;
		return state !== null && isEditable && this.#putDown !== null && isTold(canRunStep(state, this.#putDown));
	});
	/** Whether what is put down would be refused, wherever the hand is: then there is nothing to finish. What would change nothing may be finished, and is told so. */
	readonly isRefused: boolean = $derived.by(() =>
		// Without a hand over the map the effect is that of what is put down: it is not reckoned twice.
		this.sketch.cursor === null ? isTold(toldRefusal(null, this.effect)) : this.#isPutDownRefused,
	);

	constructor(draft: DraftDesk, projectSrid: number) {
		this.draft = draft;
		this.#projectSrid = projectSrid;
	}

	#wantedOf(sketch: Sketch): Wanted {
		if (this.name === 'select') return 'parcel';
		if (this.name === 'measure' || this.name === 'select_box') return 'place';
		return this.draft.isEditable ? TOOLS[this.name].wants(sketch) : 'parcel';
	}

	/** Takes another tool; chosen parcels stay chosen. */
	use(name: ToolName): void {
		this.name = name;
		this.#clear({ ...EMPTY_SKETCH, parcelNos: this.chosen });
	}

	#clear(sketch: Sketch): void {
		this.sketch = sketch;
		this.miss = null;
		this.refusal = null;
		this.#awaitsFinish = false;
	}

	set(values: Partial<ToolValues>): void {
		this.values = { ...this.values, ...values };
	}

	#snap(at: LonLat, wanted: Wanted): Snap | null {
		const { state } = this.draft;
		if (state === null || this.name === 'select_box') return { place: at, on: 'free' };
		return snapPlace(state.coverage, at, this.reachM, wanted, this.isFree);
	}

	/** Follows the pointer, or the cross in the middle of the map. */
	hover(at: LonLat | null): void {
		const { wanted } = this;
		const takesPlaces = wanted === 'place' || wanted === 'vertex' || wanted === 'edge';
		const cursor = at === null || !takesPlaces ? null : (this.#snap(at, wanted)?.place ?? null);
		if (cursor === null && this.sketch.cursor === null) return;
		this.sketch = withCursor(this.sketch, cursor);
	}

	/** Puts something down where the map was touched: a parcel or a place, as the tool wants. */
	touch(at: LonLat): void {
		this.miss = null;
		this.refusal = null;
		if (this.draft.state === null) return void (this.miss = 'not-here');
		const { wanted } = this;
		if (wanted === 'parcel' || wanted === 'nothing') return this.#touchParcel(at, wanted);
		const snap = this.#snap(at, wanted);
		if (snap === null) return void (this.miss = wanted === 'vertex' ? 'no-vertex' : 'no-edge');
		this.put(snap.place);
	}

	/** Puts a place down as it is: typed, or snapped before. One that repeats the last ends the line. */
	put(place: LonLat): void {
		const next = withPlace(this.sketch, place);
		const isRepeated = next === this.sketch;
		this.sketch = withCursor(next, null);
		this.#awaitsFinish = isRepeated || (this.wanted === 'nothing' && this.canFinish);
		// The page reads the parcels that are missing, and then goes on.
		this.miss = this.#offGround(false);
		if (this.miss === null) this.#goOnHere();
	}

	/** Does what was to be done with what is put down, on parcels that are there. */
	#goOnHere(): void {
		if (this.name === 'select_box') this.#chooseBox();
		else if (this.#awaitsFinish) this.finish();
	}

	#touchParcel(at: LonLat, wanted: Wanted): void {
		const parcelNo = this.draft.parcelNoAt(at);
		if (parcelNo === null)
			return void (this.miss = this.draft.areaStatus === 'loading' ? 'not-here' : 'no-parcel');
		// A tool that has all the parcels that it takes begins anew with another one.
		this.sketch =
			wanted === 'nothing' ? withParcels(this.sketch, [parcelNo]) : withParcelToggled(this.sketch, parcelNo);
	}

	/** Chooses what lies whole within the box that is put down, once its parcels are there. */
	#chooseBox(): void {
		const box = boundsOf(this.sketch.places);
		if (box === null || this.sketch.places.length < 2 || this.draft.state === null) return;
		const [minLon, minLat, maxLon, maxLat] = box;
		const { coverage } = this.draft.state;
		const inside = listParcelNosInBox(coverage, { minLon, minLat, maxLon, maxLat }).filter((no) => {
			const shape = findShape(coverage, no);
			const positions = shape === null ? [] : ringsOf(shape).flat();
			return positions.every(
				([lon, lat]) => lon >= minLon && lon <= maxLon && lat >= minLat && lat <= maxLat,
			);
		});
		this.choose([...this.chosen, ...inside]);
		if (inside.length === 0) this.miss = 'none-within';
	}

	/** Why what is put down cannot be worked on where it lies; null: its parcels are there. Unless they were looked for, they may come yet. */
	#offGround(isLookedFor: boolean): Miss | null {
		const { area, areaStatus } = this.draft;
		const bounds = boundsOf(this.ground);
		if (bounds === null || (area !== null && covers(area, bounds))) return null;
		const isGiven = isLookedFor && (areaStatus === 'ready' || areaStatus === 'too-large');
		return isGiven || isTooWide(bounds) ? 'too-far' : 'not-here';
	}

	/** Goes on with what waited for parcels, when others have been read or could not be. */
	goOn(): void {
		if (this.miss !== 'not-here' && this.miss !== 'too-far') return;
		this.miss = this.#offGround(true);
		if (this.miss === null) this.#goOnHere();
	}

	/** A view, widened to what is chosen and put down: the next step needs its parcels too, wherever the map has gone since. */
	withSketch(view: Bounds): Bounds {
		const { state } = this.draft;
		const shapes = state === null ? [] : this.chosen.map((no) => findShape(state.coverage, no));
		const boxes = shapes.flatMap((shape) => (shape === null ? [] : [boxOf(shape)]));
		const places = this.ground;
		return [
			Math.min(view[0], ...boxes.map((box) => box.minLon), ...places.map(([lon]) => lon)),
			Math.min(view[1], ...boxes.map((box) => box.minLat), ...places.map(([, lat]) => lat)),
			Math.max(view[2], ...boxes.map((box) => box.maxLon), ...places.map(([lon]) => lon)),
			Math.max(view[3], ...boxes.map((box) => box.maxLat), ...places.map(([, lat]) => lat)),
		];
	}

	/** Chooses parcels in place of those that are. */
	choose(parcelNos: readonly number[]): void {
		this.#clear(withParcels(EMPTY_SKETCH, parcelNos));
	}

	#stepNow(): Step | null {
		return this.#putDown;
	}

	/** Does a step that was made elsewhere, or says why not where refusals are said. */
	do(step: Step): boolean {
		this.refusal = this.draft.do(step);
		return this.refusal === null;
	}

	/** Does the step that is put down; what it makes is chosen next, so that it can be worked on. */
	finish(): boolean {
		if (this.name === 'measure') return true;
		const miss = this.#offGround(true);
		if (miss !== null) {
			this.miss = miss;
			this.#awaitsFinish = true;
			return false;
		}
		this.#awaitsFinish = false;
		const step = this.canFinish ? this.#stepNow() : null;
		if (step === null) {
			this.miss = 'not-whole';
			return false;
		}
		if (!this.do(step)) return false;
		const shapes = this.draft.history?.steps[this.draft.history.head - 1].difference.shapes ?? [];
		const made = shapes.filter(({ kind }) => kind === 'created').map(({ parcelNo }) => parcelNo);
		const kept = this.draft.stillThere(this.sketch.parcelNos);
		this.#clear(withParcels(EMPTY_SKETCH, kept.length > 0 ? kept : made));
		return true;
	}

	/** Takes back the last place or parcel; with nothing left, goes back to choosing. */
	back(): void {
		if (isEmpty(this.sketch)) this.use('select');
		else this.#clear(withoutLast(this.sketch));
	}

	/** Gives up what is put down: the places first, then what is chosen, then the tool. */
	cancel(): void {
		if (this.sketch.places.length > 0) this.#clear({ ...EMPTY_SKETCH, parcelNos: this.chosen });
		else if (this.name !== 'select') this.use('select');
		else this.choose([]);
	}
}

/** The least bounds around places; null: there are none. */
function boundsOf(places: readonly LonLat[]): Bounds | null {
	if (places.length === 0) return null;
	const [lons, lats] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)];
	return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
