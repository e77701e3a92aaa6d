import type { FeatureCollection } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import { findShape, listParcelNosInBox } from '$geo/coverage/coverage.ts';
import { ringsOf } from '$geo/coverage/vertex.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import type { DraftState } from '../domain/changeset/draft-state.ts';
import { factsOf } from '../domain/changeset/parcel-facts.ts';
import type { ClassIndex } from '../map/class-index.ts';
import {
	draftFeatures,
	draftLabels,
	parcelFeature,
	pointFeatures,
	sketchFeatures,
	type DraftLook,
} from '../map/edit/draft-features.ts';
import { draftMarks, type DraftMark } from '../map/edit/draft-marks.ts';
import { DRAFT_SOURCES, draftLayers, draftSourceId, type DraftSource } from '../map/edit/style-draft.ts';
import { pinFeatures } from '../map/edit/style-draft-pins.ts';
import { refusalFeatures } from '../map/edit/told-refusal.ts';
import type { MapOverlay } from '../map/overlay.ts';
import type { StyleInput } from '../map/style-input.ts';
import type { DraftFindings } from './draft-findings.svelte.ts';
import type { DraftRecord } from './draft-record.svelte.ts';
import type { ToolDesk } from './tool-desk.svelte.ts';

/** More vertices than these are a smear. */
const MOST_VERTICES = 4_000;
const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** A draft as the map draws it. */
export class DraftPicture implements MapOverlay {
	readonly sourceIds = DRAFT_SOURCES.map(draftSourceId);
	readonly #tools: ToolDesk;
	readonly #classes: ClassIndex;
	readonly #findings: DraftFindings;
	readonly #record: DraftRecord;

	readonly #changes: FeatureCollection = $derived.by(() => this.#draw(draftFeatures));
	readonly #labels: FeatureCollection = $derived.by(() => this.#draw(draftLabels));
	readonly #effect: FeatureCollection = $derived.by(() => {
		const { effect } = this.#tools;
		if (effect === null || !effect.ok) return NOTHING;
		const { state, difference } = effect;
		return draftFeatures(
			difference,
			(no) => findShape(state.coverage, no),
			(no) => this.#lookOf(no, state),
		);
	});
	readonly #chosen: FeatureCollection = $derived.by(() => {
		const { state } = this.#tools.draft;
		const shapes = state === null ? [] : this.#tools.chosen.map((no) => findShape(state.coverage, no));
		return {
			type: 'FeatureCollection',
			features: shapes.flatMap((shape) => (shape === null ? [] : [parcelFeature(shape, {})])),
		};
	});
	/** Whether the hand looks for vertices; asked apart, so that they are not gathered with each move of it. */
	readonly #wantsVertices: boolean = $derived.by(
		() => ['vertex', 'edge'].includes(this.#tools.wanted) || this.#tools.name === 'move_vertices',
	);
	readonly #vertices: FeatureCollection = $derived.by(() => {
		const { state } = this.#tools.draft;
		const { view } = this.#tools;
		if (state === null || view === null || !this.#wantsVertices) return NOTHING;
		return pointFeatures(verticesIn(state, view));
	});
	readonly #sketch: FeatureCollection = $derived.by(() => {
		const { places, cursor } = this.#tools.sketch;
		if (this.#tools.name !== 'select_box') return sketchFeatures(places, cursor);
		const end = cursor ?? places.at(-1);
		return places.length === 0 || end === undefined ? NOTHING : sketchFeatures(boxRing(places[0], end), null);
	});
	readonly #found: FeatureCollection = $derived.by(() => ({
		type: 'FeatureCollection',
		features: this.#findings.issues.flatMap(({ at, severity }) =>
			at === undefined
				? []
				: [
						{
							type: 'Feature',
							properties: { severity },
							geometry: { type: 'Point', coordinates: [...at] },
						},
					],
		),
	}));
	/** Where the step that is being made is refused. */
	readonly #refused: FeatureCollection = $derived.by(() => refusalFeatures(this.#tools.told));
	readonly #pinned = $derived.by(() =>
		this.#record.pins.map((pin) => ({ ...pin, isGone: pin.standing === 'gone' })),
	);
	readonly #pins: FeatureCollection = $derived.by(() => pinFeatures(this.#pinned));
	/** What the marks on the map are of. */
	readonly marks: readonly DraftMark[] = $derived.by(() => draftMarks(this.#findings.issues, this.#pinned));
	readonly #pictures: Readonly<Record<DraftSource, () => FeatureCollection>> = {
		changes: () => this.#changes,
		labels: () => this.#labels,
		effect: () => this.#effect,
		chosen: () => this.#chosen,
		vertices: () => this.#vertices,
		sketch: () => this.#sketch,
		findings: () => this.#found,
		refusal: () => this.#refused,
		pins: () => this.#pins,
	};

	readonly replacedNos: readonly number[] = $derived.by(() => {
		const { difference } = this.#tools.draft;
		if (difference === null) return [];
		const redrawn = difference.shapes.filter(({ kind }) => kind !== 'noded');
		return [...redrawn, ...difference.facts].map(({ parcelNo }) => parcelNo).filter((no) => no > 0);
	});

	constructor(tools: ToolDesk, classes: ClassIndex, findings: DraftFindings, record: DraftRecord) {
		this.#tools = tools;
		this.#record = record;
		this.#classes = classes;
		this.#findings = findings;
	}

	dataOf(sourceId: string): FeatureCollection {
		const source = DRAFT_SOURCES.find((one) => draftSourceId(one) === sourceId);
		return source === undefined ? NOTHING : this.#pictures[source]();
	}

	layersOf(input: StyleInput): LayerSpecification[] {
		return draftLayers(input);
	}

	#draw(drawing: typeof draftFeatures): FeatureCollection {
		const { difference, state, history } = this.#tools.draft;
		if (difference === null || state === null || history === null) return NOTHING;
		return drawing(
			difference,
			(no) => findShape(state.coverage, no),
			(no, mark) => this.#lookOf(no, mark === 'retired' ? history.states[0] : state),
		);
	}

	#lookOf(parcelNo: number, { facts }: DraftState): DraftLook {
		const { landUse, code } = factsOf(facts, parcelNo);
		const k = this.#classes.indexOf(landUse);
		return { k, label: this.#classes.classes[k]?.code ?? '', code: code?.text ?? '' };
	}
}

/** The vertices in a view; none where there would be too many. */
function verticesIn({ coverage }: DraftState, view: readonly [number, number, number, number]): LonLat[] {
	const [minLon, minLat, maxLon, maxLat] = view;
	const places: LonLat[] = [];
	for (const no of listParcelNosInBox(coverage, { minLon, minLat, maxLon, maxLat })) {
		const shape = findShape(coverage, no);
		for (const [lon, lat] of shape === null ? [] : ringsOf(shape).flat())
			if (lon > minLon && lon < maxLon && lat > minLat && lat < maxLat) places.push([lon, lat]);
		if (places.length > MOST_VERTICES) return [];
	}
	return places;
}

/** The corners of the box between two places, closed. */
function boxRing([aLon, aLat]: LonLat, [bLon, bLat]: LonLat): LonLat[] {
	return [
		[aLon, aLat],
		[bLon, aLat],
		[bLon, bLat],
		[aLon, bLat],
		[aLon, aLat],
	];
}
