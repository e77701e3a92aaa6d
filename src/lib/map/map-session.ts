import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap, PointLike, StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { tileBounds } from '$geo/crs/web-mercator.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { MAX_ZOOM, MapCamera, type Bounds, type Insets } from './map-camera.ts';
import { FailedTiles, type TileId } from './failed-tiles.ts';
import { drawImage } from './pattern-image.ts';
import { tileParcel, type Pointed } from './tile-parcel.ts';
import { PARCEL_FILL_LAYER, PARCEL_SOURCE, PARCEL_SOURCE_LAYER } from './style-input.ts';
import { LABEL_FONTS } from './style-labels.ts';
import { WATERMARK_SCHEME, watermarkTile } from './style-watermark.ts';
import type { Camera } from './view-url.ts';

export interface MapSessionEvents {
	onstate(state: 'idle' | 'loading' | 'error'): void;
	oncamera(camera: Camera): void;
	/** The view came to rest. */
	onsettled(): void;
	onpoint(pointed: Pointed | null): void;
	onpick(pointed: Pointed): void;
	/** The map cannot start; what is on screen will not get better by itself. */
	onfailure(): void;
}

export interface MapSessionOptions extends MapSessionEvents {
	readonly container: HTMLElement;
	readonly style: StyleSpecification;
	readonly camera: Camera | null;
	readonly zoneBounds: Bounds;
	/** Asked when the map starts: panels may open while its program loads. */
	readonly insets: () => Insets;
	readonly label: string;
	readonly reducedMotion: boolean;
}

/** What an event of a tile carries besides its type in the library. */
interface TileEvent {
	readonly sourceId: string;
	readonly tile?: { readonly state: string; readonly tileID: { readonly canonical: TileId } };
}

/** What was given to the map while it is held. */
interface Held {
	style: StyleSpecification | null;
	readonly data: Map<string, FeatureCollection>;
}

/** The page's next frame is awaited no longer than this. */
const LONGEST_HOLD_MS = 250;

/** One MapLibre map on a page, with the few verbs that the page needs. */
export class MapSession {
	/** Where the map looks. */
	readonly camera: MapCamera;
	readonly #map: MapLibreMap;
	readonly #failed = new FailedTiles();
	#hovered: number | null = null;
	/** How the pointer looks over parcels. */
	#cursor = 'pointer';
	#styleLoaded = false;
	#started = false;
	#closed = false;
	#awaitingStyle: StyleSpecification | null = null;
	/** What is given to the map while the page has a frame for itself; null: the map takes it at once. */
	#held: Held | null = null;
	readonly #events: MapSessionEvents;

	/** Loads MapLibre and starts a map; rejects when the program cannot be fetched or WebGL 2 is missing. */
	static async open(options: MapSessionOptions): Promise<MapSession> {
		const { addProtocol, Map: MapOfLibrary, setWorkerUrl } = await import('maplibre-gl');
		setWorkerUrl(workerUrl);
		addProtocol(WATERMARK_SCHEME, () => Promise.resolve({ data: watermarkTile().buffer }));
		const map = new MapOfLibrary({
			container: options.container,
			style: options.style,
			maxZoom: MAX_ZOOM,
			maxBounds: widened(options.zoneBounds),
			renderWorldCopies: false,
			attributionControl: false,
			dragRotate: false,
			pitchWithRotate: false,
			touchPitch: false,
			localIdeographFontFamily: LABEL_FONTS.join(','),
			fadeDuration: options.reducedMotion ? 0 : 150,
			locale: { 'Map.Title': options.label },
		});
		return new MapSession(map, options);
	}

	constructor(map: MapLibreMap, options: MapSessionOptions) {
		this.#map = map;
		this.#events = options;
		this.camera = new MapCamera(map, options.zoneBounds);
		map.touchZoomRotate.disableRotation();
		map.keyboard.disableRotation();
		map.setMissingStyleImageResolver((id) => this.#resolveImage(id));
		this.camera.start(options.insets(), options.camera);
		this.#listen(options);
		this.#report(options);
	}

	#report(events: MapSessionEvents): void {
		const { lng, lat } = this.#map.getCenter();
		events.oncamera({ zoom: this.#map.getZoom(), lat, lon: lng });
	}

	#resolveImage(id: string): Promise<void> {
		const pixelRatio = Math.min(Math.ceil(devicePixelRatio), 2);
		const image = drawImage(id, pixelRatio);
		if (image !== null && !this.#map.hasImage(id)) this.#map.addImage(id, image, { pixelRatio });
		return Promise.resolve();
	}

	#listen(options: MapSessionOptions): void {
		const map = this.#map;
		const events: MapSessionEvents = options;
		map.once('style.load', () => {
			this.#styleLoaded = true;
			this.setStyle(this.#awaitingStyle ?? options.style);
		});
		map.on('move', () => this.#report(events));
		map.on('moveend', () => {
			this.retryTiles();
			events.onsettled();
		});
		map.on('dataloading', () => events.onstate('loading'));
		map.on('movestart', () => events.onstate('loading'));
		map.on('idle', () => {
			this.#started = true;
			if (this.#held !== null) return;
			this.#keepFailedInView();
			events.onstate(this.#failed.isEmpty ? 'idle' : 'error');
		});
		map.on('sourcedata', (event) => {
			const { sourceId, tile } = event as TileEvent;
			if (tile?.state === 'loaded') this.#failed.remove(sourceId, tile.tileID.canonical);
		});
		map.on('error', (event) => {
			const { sourceId, tile } = event as Partial<TileEvent>;
			if (sourceId !== undefined && tile !== undefined) {
				const { x, y, z } = tile.tileID.canonical;
				this.#failed.add(sourceId, { x, y, z });
			} else if (!this.#started) {
				events.onfailure();
			}
			events.onstate('error');
		});
		map.on('mousemove', (event) => {
			const pointed = this.#pointed(event.point, [event.lngLat.lng, event.lngLat.lat]);
			this.#hover(pointed.parcel?.parcelNo ?? null);
			map.getCanvas().style.cursor = pointed.parcel === null ? '' : this.#cursor;
			events.onpoint(pointed);
		});
		map.on('mouseout', () => {
			this.#hover(null);
			events.onpoint(null);
		});
		map.on('click', (event) => {
			events.onpick(this.#pointed(event.point, [event.lngLat.lng, event.lngLat.lat]));
		});
	}

	#pointed(point: { x: number; y: number }, at: LonLat): Pointed {
		const place: PointLike = [point.x, point.y];
		const layers = this.#map.getLayer(PARCEL_FILL_LAYER) === undefined ? [] : [PARCEL_FILL_LAYER];
		const features = layers.length === 0 ? [] : this.#map.queryRenderedFeatures(place, { layers });
		return { at, x: point.x, y: point.y, parcel: features.length === 0 ? null : tileParcel(features[0]) };
	}

	#hover(parcelNo: number | null): void {
		if (parcelNo === this.#hovered) return;
		this.#setHover(this.#hovered, false);
		this.#setHover(parcelNo, true);
		this.#hovered = parcelNo;
	}

	#setHover(parcelNo: number | null, hover: boolean): void {
		if (parcelNo === null || this.#map.getSource(PARCEL_SOURCE) === undefined) return;
		const feature = { source: PARCEL_SOURCE, sourceLayer: PARCEL_SOURCE_LAYER, id: parcelNo };
		this.#map.setFeatureState(feature, { hover });
	}

	/** Lets the page have the next frame: what is given to the map from now on it takes after that, as one of its own may take long. */
	hold(): void {
		if (this.#held !== null || document.hidden) return;
		const held: Held = { style: null, data: new Map() };
		this.#held = held;
		this.#events.onstate('loading');
		requestAnimationFrame(() => setTimeout(() => this.#release(held)));
		// A page that is hidden meanwhile has no next frame.
		setTimeout(() => this.#release(held), LONGEST_HOLD_MS);
	}

	#release(held: Held): void {
		if (this.#held !== held) return;
		this.#held = null;
		if (this.#closed) return;
		if (held.style !== null) this.setStyle(held.style);
		for (const [sourceId, data] of held.data) this.setData(sourceId, data);
		this.#map.triggerRepaint();
	}

	/** Replaces the style; only what differs is drawn anew. */
	setStyle(style: StyleSpecification): void {
		if (this.#held !== null) {
			this.#held.style = style;
			return;
		}
		if (!this.#styleLoaded) {
			this.#awaitingStyle = style;
			return;
		}
		this.#hover(null);
		this.#map.setStyle(style, { diff: true });
	}

	/** Gives a GeoJSON source other data, without a look at the rest of the style. */
	setData(sourceId: string, data: FeatureCollection): void {
		if (this.#held !== null) {
			this.#held.data.set(sourceId, data);
			return;
		}
		void this.#map.getSource<GeoJSONSource>(sourceId)?.setData(data);
	}

	/** While places are put down, a second click is a place too and no zoom. */
	setDrawing(isDrawing: boolean): void {
		if (isDrawing) this.#map.doubleClickZoom.disable();
		else this.#map.doubleClickZoom.enable();
		this.#cursor = isDrawing ? 'crosshair' : 'pointer';
	}

	setLabel(label: string): void {
		this.#map.getCanvas().setAttribute('aria-label', label);
	}

	focus(): void {
		this.#map.getCanvas().focus();
	}

	/** Waits until what was last asked for is drawn. */
	async drawn(): Promise<void> {
		await this.#map.once('idle');
	}

	/** A picture of what no panel covers, with its size in CSS pixels, as it is on screen now. */
	picture(): { url: string; widthPx: number; heightPx: number } {
		// The canvas can be read only in the task that has drawn it.
		this.#map.redraw();
		const canvas = this.#map.getCanvas();
		const { right, bottom } = this.#map.getPadding();
		const widthPx = canvas.clientWidth - (right ?? 0);
		const heightPx = canvas.clientHeight - (bottom ?? 0);
		const ratio = canvas.width / canvas.clientWidth;
		const sheet = document.createElement('canvas');
		sheet.width = Math.round(widthPx * ratio);
		sheet.height = Math.round(heightPx * ratio);
		sheet.getContext('2d')?.drawImage(canvas, 0, 0);
		return { url: sheet.toDataURL('image/png'), widthPx, heightPx };
	}

	/** What lies at the centre of the uncovered part, where the keyboard's cross is. */
	atCentre(): Pointed {
		const { x, y, at } = this.camera.centre();
		return this.#pointed({ x, y }, at);
	}

	/** Whether a source still draws with a tile: at this zoom, somewhere in view. */
	#isLookedAt(source: string, { x, y, z }: TileId): boolean {
		const { maxzoom } = (this.#map.getSource(source) ?? {}) as { maxzoom?: number };
		if (z !== Math.min(Math.floor(this.#map.getZoom()), maxzoom ?? -1)) return false;
		const tile = tileBounds(z, x, y);
		const view = this.#map.getBounds();
		return (
			tile.west < view.getEast() &&
			tile.east > view.getWest() &&
			tile.south < view.getNorth() &&
			tile.north > view.getSouth()
		);
	}

	#keepFailedInView(): void {
		this.#failed.keep((source, tile) => this.#isLookedAt(source, tile));
	}

	/**
	 * Asks again for the tiles in view that did not come; by name, as a reload of the whole source leaves failed
	 * tiles out. The library asks for the tile above one that failed, ahead of its zoom, and then never again.
	 */
	retryTiles(): void {
		this.#keepFailedInView();
		for (const [source, tiles] of this.#failed.take()) this.#map.refreshTiles(source, tiles);
	}

	close(): void {
		this.#closed = true;
		this.#map.remove();
	}
}

/** How far the map may be moved: so far that the whole zone fits into a window of any shape. */
function widened([west, south, east, north]: Bounds): [number, number, number, number] {
	const reach = 3 * Math.max(east - west, north - south, 0.05);
	return [west - reach, Math.max(south - reach, -85), east + reach, Math.min(north + reach, 85)];
}
