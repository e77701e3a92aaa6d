import type { FeatureCollection } from 'geojson';
import { tick } from 'svelte';
import type {
	WireParcel,
	WireParcelAt,
	WireParcelHit,
	WireParcelSearch,
	WireViewLegend,
} from '../api/parcel.ts';
import type { WireControlLayer, WireCoverage, WireLandUseClass, WireZone } from '../api/zone.ts';
import type { PastChoice } from '../domain/coverage/past-choice.ts';
import { classIndex, UNCLASSIFIED, WITHHELD, type ClassIndex } from '../map/class-index.ts';
import { legendRows, type LegendRow } from '../map/legend.ts';
import {
	isShown,
	knownOnly,
	SHOW_ALL,
	SHOW_NONE,
	toggled,
	withShown,
	type LegendFilter,
} from '../map/legend-filter.ts';
import type { Insets } from '../map/map-camera.ts';
import type { MapSession } from '../map/map-session.ts';
import { STOCK_LINES } from '../map/stock-status.ts';
import { parcelAt, type Pointed } from '../map/tile-parcel.ts';
import { themeOf } from '../map/style-input.ts';
import {
	MAP_LAYERS,
	roundCamera,
	type Camera,
	type MapLayer,
	type MapView,
	type Selection,
} from '../map/view-url.ts';
import { coverageAddress } from './coverage-address.ts';
import { MapPaperState } from './map-paper.svelte.ts';
import { Query } from './query.svelte.ts';

const NO_INSETS: Insets = { right: 0, bottom: 0 };
/** Where single parcels can be told apart, when the server cannot be asked which one is meant. */
const SINGLE_PARCEL_ZOOM = 15;
/** How long the pointer rests before the server is asked what is under it. */
const REST_MS = 120;

/** Everything that the map page shows and does: the view of the link, the map, the legend and the selected parcel. */
export class MapDesk {
	readonly zone: WireZone;
	/** Which state the zone is shown in; null: the newest. */
	readonly past: PastChoice | null;
	readonly classes: ClassIndex;
	readonly layers: readonly MapLayer[];

	readonly hasBlocks: boolean;

	layer = $state<MapLayer>('plan');
	#classFilter = $state.raw<LegendFilter>(SHOW_ALL);
	#stockFilter = $state.raw<LegendFilter>(SHOW_ALL);
	opacityPct = $state(80);
	showParks = $state(true);
	showLabels = $state(true);
	showBlocks = $state(false);
	/** Ids of the control layers on the map. */
	controlLayerIds = $state.raw<readonly string[]>([]);
	selection = $state.raw<Selection | null>(null);
	/** Follows every frame. */
	camera = $state.raw<Camera | null>(null);
	/** Where the map came to rest: what the link says. */
	settledCamera = $state.raw<Camera | null>(null);
	pointed = $state.raw<Pointed | null>(null);
	state = $state<'idle' | 'loading' | 'error'>('loading');
	/** Why no map can be drawn; null while one is, or may be. */
	failure = $state<'webgl' | 'program' | null>(null);
	/** Stays until the tiles came after all, so that the notice does not blink while the map moves. */
	tilesFailed = $state(false);
	notice = $state<'noParcelHere' | 'zoomForParcel' | null>(null);
	results = $state.raw<WireParcelSearch | null>(null);
	insets = $state.raw<Insets>(NO_INSETS);
	session = $state.raw<MapSession | null>(null);
	readonly paper = new MapPaperState(() => this.session);
	readonly legend = new Query<WireViewLegend>();
	readonly parcel = new Query<WireParcel>();
	readonly #picked = new Query<WireParcelAt>();
	readonly #hovered = new Query<WireParcelAt>();
	#resting: ReturnType<typeof setTimeout> | undefined;

	readonly coverage: WireCoverage | null = $derived.by(() => this.#coverageOf(this.layer));
	/** Numbers of the classes that are switched off. */
	readonly hidden: readonly number[] = $derived.by(() =>
		[...this.classes.classes.keys(), UNCLASSIFIED, WITHHELD].filter(
			(number) => !isShown(this.#classFilter, this.classes.tokenOf(number)),
		),
	);
	readonly hiddenStatuses: readonly string[] = $derived.by(() =>
		STOCK_LINES.filter((line) => !isShown(this.#stockFilter, line)),
	);
	/** The control layers on the map, in the zone's order. */
	readonly controlLayers: readonly WireControlLayer[] = $derived.by(() =>
		this.zone.controlLayers.filter(({ controlLayerId }) => this.controlLayerIds.includes(controlLayerId)),
	);
	readonly rows: readonly LegendRow[] = $derived.by(() =>
		this.legend.value === null ? [] : legendRows(this.legend.value, this.classes),
	);
	/** What a link says of the map; zone and unit are the page's. */
	readonly shown: Omit<MapView, 'zoneId' | 'unit'> = $derived.by(() => ({
		past: this.past,
		camera: this.settledCamera,
		layer: this.layer,
		filter: this.filter,
		showBlocks: this.showBlocks,
		controlLayerIds: this.controlLayers.map(({ controlLayerId }) => controlLayerId),
		opacityPct: this.opacityPct,
		selection: this.selection,
	}));
	readonly outline: FeatureCollection = $derived.by(() => ({
		type: 'FeatureCollection',
		features:
			this.selection === null || this.parcel.value === null
				? []
				: [{ type: 'Feature', properties: {}, geometry: this.parcel.value.geometry }],
	}));

	readonly #asksLegend: boolean;

	/** `asksLegend`: the page shows a legend of what is in view. */
	constructor(zone: WireZone, classes: readonly WireLandUseClass[], view: MapView, asksLegend = true) {
		this.#asksLegend = asksLegend;
		this.zone = zone;
		this.past = view.past;
		this.classes = classIndex(classes);
		this.layers = MAP_LAYERS.filter((layer) => themeOf(zone.tiles, layer) !== null);
		this.hasBlocks = themeOf(zone.tiles, 'blocks') !== null;
		this.#take(view);
		this.settledCamera = view.camera;
	}

	#take(view: MapView): void {
		this.layer = this.layers.includes(view.layer) ? view.layer : (this.layers[0] ?? 'plan');
		this.filter = knownOnly(view.filter, (token) => this.#isLine(token));
		this.showBlocks = this.hasBlocks && view.showBlocks;
		this.controlLayerIds = view.controlLayerIds.filter((id) =>
			this.zone.controlLayers.some(({ controlLayerId }) => controlLayerId === id),
		);
		this.opacityPct = view.opacityPct;
		this.selection = view.selection;
	}

	/** Puts a control layer on the map or takes it off. */
	showControlLayer(id: string, isShown: boolean): void {
		const others = this.controlLayerIds.filter((shown) => shown !== id);
		this.controlLayerIds = isShown ? [...others, id] : others;
	}

	/** Whether a name in a link stands for a line of the legend on screen. */
	#isLine(token: string): boolean {
		if (this.layer === 'stock') return STOCK_LINES.some((line) => line === token);
		return this.classes.indexOfToken(token) !== null;
	}

	/** Which lines of the legend on screen are drawn; classes and statuses have one each. */
	get filter(): LegendFilter {
		return this.layer === 'stock' ? this.#stockFilter : this.#classFilter;
	}

	set filter(filter: LegendFilter) {
		if (this.layer === 'stock') this.#stockFilter = filter;
		else this.#classFilter = filter;
	}

	/** No map is drawn: the legend speaks of the whole zone. */
	get isWithoutMap(): boolean {
		return this.session === null && this.state === 'error';
	}

	#coverageOf(layer: MapLayer): WireCoverage | null {
		const kind = layer === 'plan' ? 'plan' : 'current';
		return this.zone.coverages.find((coverage) => coverage.kind === kind) ?? null;
	}

	#address(coverageId: string, rest: string, query?: Readonly<Record<string, string>>): string {
		return coverageAddress(this.zone, this.past, coverageId, rest, query);
	}

	/** Goes to what a link says, as after the back button; a link without a place means the whole zone. */
	async restore(view: MapView): Promise<void> {
		this.#take(view);
		// The card opens or closes first: it decides where the middle is.
		await tick();
		if (view.camera !== null) this.session?.camera.jumpTo(view.camera);
		const parcel = await this.loadParcel();
		if (view.camera !== null) return;
		if (parcel === null) this.session?.camera.showZone();
		else this.zoomToParcel();
	}

	/** Reads the selected parcel; its outline and card follow. */
	async loadParcel(): Promise<WireParcel | null> {
		const { selection } = this;
		if (selection === null) {
			this.parcel.clear();
			return null;
		}
		return this.parcel.run(this.#address(selection.coverageId, `parcels/${selection.parcelNo}`));
	}

	/** Asks for the areas by class, or by stock status, of what is in view; where no map can be drawn, of the whole zone. */
	loadLegend(): void {
		const isWaiting = this.session === null && !this.isWithoutMap;
		if (!this.#asksLegend || isWaiting || this.coverage === null) return;
		const bounds = this.session?.camera.uncoveredBounds() ?? this.zone.bbox;
		const bbox = bounds.map((degrees) => degrees.toFixed(5));
		const by = this.layer === 'stock' ? 'stock' : 'class';
		// Lines of another kind would answer to the wrong switches until the new ones come.
		if (this.legend.value?.by !== by) this.legend.clear();
		void this.legend.run(this.#address(this.coverage.coverageId, 'legend', { bbox: bbox.join(','), by }));
	}

	/** Takes note that the map came to rest; while it is on paper, the page's layout moves it and not the reader. */
	settle(): void {
		if (this.paper.picture !== null) return;
		if (this.camera !== null) this.settledCamera = roundCamera(this.camera);
		this.loadLegend();
	}

	/** Follows the pointer; where the tile draws parcels together, the server names the one under a pointer that rests. */
	point(pointed: Pointed | null): void {
		clearTimeout(this.#resting);
		this.pointed = pointed;
		if (pointed === null || pointed.parcel === null || pointed.parcel.parcelNo !== null) return;
		this.#resting = setTimeout(() => void this.#name(pointed), REST_MS);
	}

	async #name(pointed: Pointed): Promise<void> {
		const found = await this.#ask(this.#hovered, pointed);
		if (found === null || found.parcel === null || this.pointed !== pointed) return;
		this.pointed = { ...pointed, parcel: parcelAt(found.parcel, this.classes) };
	}

	/** Asks which parcel lies at a point of the layer on screen. */
	async #ask(query: Query<WireParcelAt>, { at }: Pointed): Promise<WireParcelAt | null> {
		if (this.coverage === null) return null;
		const place = at.map((degrees) => degrees.toFixed(7)).join(',');
		return query.run(this.#address(this.coverage.coverageId, 'parcels', { at: place }));
	}

	/** The parcel that a point of the map stands for, asked of the server where the tile draws parcels together; where none can be told, says why or moves in. */
	async selectionAt(pointed: Pointed): Promise<Selection | null> {
		this.notice = null;
		if (pointed.parcel === null || this.coverage === null) {
			this.notice = 'noParcelHere';
			return null;
		}
		const { coverageId } = this.coverage;
		if (pointed.parcel.parcelNo !== null) return { coverageId, parcelNo: pointed.parcel.parcelNo };
		const found = await this.#ask(this.#picked, pointed);
		if (found !== null && found.parcel !== null) return { coverageId, parcelNo: found.parcel.parcelNo };
		if (found === null && this.#picked.status !== 'failed') return null;
		this.notice = found === null ? 'zoomForParcel' : 'noParcelHere';
		if (found === null) this.session?.camera.centreOn(pointed.at, SINGLE_PARCEL_ZOOM);
		return null;
	}

	/** Turns to the layer on which a hit of the search lies. */
	showLayerOf(hit: WireParcelHit): void {
		const coverage = this.zone.coverages.find((candidate) => candidate.coverageId === hit.coverageId);
		if (coverage === undefined || coverage === this.coverage) return;
		this.layer = coverage.kind;
	}

	/** Flies to the selected parcel. */
	zoomToParcel(): void {
		if (this.parcel.value !== null) this.session?.camera.showBounds(this.parcel.value.bbox);
	}

	/** Brings the selected parcel from under the panels. */
	revealParcel(): void {
		const parcel = this.parcel.value;
		if (parcel !== null) this.session?.camera.reveal(parcel.bbox, parcel.labelPoint);
	}

	/** Follows the map from idle over loading to idle or error. */
	follow(state: 'idle' | 'loading' | 'error'): void {
		this.state = state;
		if (state !== 'loading') this.tilesFailed = state === 'error' && this.failure === null;
	}

	/** Takes note that no map can be drawn; the legend then speaks of the whole zone. */
	fail(how: 'webgl' | 'program'): void {
		this.failure = how;
		this.follow('error');
		this.loadLegend();
	}

	isShown(token: string): boolean {
		return isShown(this.filter, token);
	}

	toggle(token: string): void {
		this.filter = toggled(this.filter, token);
	}

	show(tokens: readonly string[], shown: boolean): void {
		this.filter = withShown(this.filter, tokens, shown);
	}

	hideAll(): void {
		this.filter = SHOW_NONE;
	}

	showAll(): void {
		this.filter = SHOW_ALL;
	}

	retryTiles(): void {
		this.tilesFailed = false;
		this.follow('loading');
		this.session?.retryTiles();
	}
}
