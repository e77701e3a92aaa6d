import type { LngLatBoundsLike, Map as MapLibreMap, PointLike, StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { LonLat } from '$geo/flat-polygons.ts';
import { drawImage } from './pattern-image.ts';
import { tileParcel, type Pointed } from './tile-parcel.ts';
import { PARCEL_FILL_LAYER, PARCEL_SOURCE, PARCEL_SOURCE_LAYER } from './style-input.ts';
import { LABEL_FONTS } from './style-labels.ts';
import type { Camera } from './view-url.ts';

/** Longitude and latitude bounds: west, south, east, north. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Pixels of the map's edges that lie under panels. */
export interface Insets {
	readonly right: number;
	readonly bottom: number;
}

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
	readonly label: string;
	readonly reducedMotion: boolean;
}

interface TileId {
	x: number;
	y: number;
	z: number;
}

/** What an error of a tile carries besides its type in the library. */
interface FailedTile {
	readonly sourceId?: string;
	readonly tile?: { readonly tileID: { readonly canonical: TileId } };
}

const FIT_PADDING_PX = 32;
const MAX_ZOOM = 20;

/** One MapLibre map on a page, with the few verbs that the page needs. */
export class MapSession {
	readonly #map: MapLibreMap;
	readonly #zoneBounds: Bounds;
	readonly #failedTiles = new Map<string, TileId[]>();
	#hovered: number | null = null;
	#styleLoaded = false;
	#started = false;
	#awaitingStyle: StyleSpecification | null = null;

	/** Loads MapLibre and starts a map; rejects when the program cannot be fetched or WebGL 2 is missing. */
	static async open(options: MapSessionOptions): Promise<MapSession> {
		const { Map: MapOfLibrary, setWorkerUrl } = await import('maplibre-gl');
		setWorkerUrl(workerUrl);
		const [west, south, east, north] = options.zoneBounds;
		const map = new MapOfLibrary({
			container: options.container,
			style: options.style,
			...(options.camera === null
				? { bounds: [west, south, east, north], fitBoundsOptions: { padding: FIT_PADDING_PX } }
				: { center: [options.camera.lon, options.camera.lat], zoom: options.camera.zoom }),
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
		this.#zoneBounds = options.zoneBounds;
		map.touchZoomRotate.disableRotation();
		map.keyboard.disableRotation();
		map.setMissingStyleImageResolver((id) => this.#resolveImage(id));
		this.#listen(options);
		this.#report(options);
	}

	#report(events: MapSessionEvents): void {
		const { lng, lat } = this.#map.getCenter();
		events.oncamera({ zoom: this.#map.getZoom(), lat, lon: lng });
	}

	/** The ground's pattern is the one image that MapLibre does not ask for. */
	#drawGroundPatterns(style: StyleSpecification): void {
		for (const layer of style.layers) {
			const pattern = layer.type === 'background' ? layer.paint?.['background-pattern'] : undefined;
			if (typeof pattern === 'string') void this.#resolveImage(pattern);
		}
	}

	#resolveImage(id: string): Promise<void> {
		const pixelRatio = Math.min(Math.ceil(devicePixelRatio), 2);
		const image = drawImage(id, LABEL_FONTS.join(','), pixelRatio);
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
		map.on('moveend', () => events.onsettled());
		map.on('dataloading', () => events.onstate('loading'));
		map.on('movestart', () => events.onstate('loading'));
		map.on('idle', () => {
			this.#started = true;
			events.onstate(this.#failedTiles.size > 0 ? 'error' : 'idle');
		});
		map.on('error', (event) => {
			const { sourceId, tile } = event as FailedTile;
			if (sourceId !== undefined && tile !== undefined) {
				const failed = this.#failedTiles.get(sourceId) ?? [];
				this.#failedTiles.set(sourceId, [...failed, tile.tileID.canonical]);
			} else if (!this.#started) {
				events.onfailure();
			}
			events.onstate('error');
		});
		map.on('mousemove', (event) => {
			const pointed = this.#pointed(event.point, [event.lngLat.lng, event.lngLat.lat]);
			this.#hover(pointed.parcel?.parcelNo ?? null);
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
		this.#map.getCanvas().style.cursor = parcelNo === null ? '' : 'pointer';
	}

	#setHover(parcelNo: number | null, hover: boolean): void {
		if (parcelNo === null || this.#map.getSource(PARCEL_SOURCE) === undefined) return;
		const feature = { source: PARCEL_SOURCE, sourceLayer: PARCEL_SOURCE_LAYER, id: parcelNo };
		this.#map.setFeatureState(feature, { hover });
	}

	/** Replaces the style; only what differs is drawn anew. */
	setStyle(style: StyleSpecification): void {
		if (!this.#styleLoaded) {
			this.#awaitingStyle = style;
			return;
		}
		this.#hover(null);
		this.#drawGroundPatterns(style);
		this.#map.setStyle(style, { diff: true });
	}

	setLabel(label: string): void {
		this.#map.getCanvas().setAttribute('aria-label', label);
	}

	zoomBy(steps: number): void {
		this.#map.easeTo({ zoom: Math.round(this.#map.getZoom()) + steps });
	}

	showZone(insets: Insets): void {
		this.showBounds(this.#zoneBounds, insets, MAX_ZOOM);
	}

	/** Flies to bounds so that they lie beside the panels. */
	showBounds(bounds: Bounds, insets: Insets, maxZoom = 17): void {
		const [west, south, east, north] = bounds;
		const box: LngLatBoundsLike = [west, south, east, north];
		const padding = {
			top: FIT_PADDING_PX,
			left: FIT_PADDING_PX,
			right: FIT_PADDING_PX + insets.right,
			bottom: FIT_PADDING_PX + insets.bottom,
		};
		this.#map.fitBounds(box, { padding, maxZoom, duration: 600 });
	}

	/** Moves to a camera without animation, as the back button does. */
	jumpTo(camera: Camera): void {
		this.#map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
	}

	/** Moves in on a point. */
	zoomTo(at: LonLat, zoom: number): void {
		this.#map.easeTo({ center: [at[0], at[1]], zoom: Math.max(zoom, this.#map.getZoom()) });
	}

	/** Whether a position lies in the part of the map that no panel covers. */
	isUncovered(at: LonLat, insets: Insets): boolean {
		const { x, y } = this.#map.project([at[0], at[1]]);
		const { width, height } = this.#uncovered(insets);
		return x >= 0 && y >= 0 && x <= width && y <= height;
	}

	/** Bounds of the part of the map that no panel covers. */
	uncoveredBounds(insets: Insets): Bounds {
		const { width, height } = this.#uncovered(insets);
		const northWest = this.#map.unproject([0, 0]);
		const southEast = this.#map.unproject([width, height]);
		return [northWest.lng, southEast.lat, southEast.lng, northWest.lat];
	}

	#uncovered(insets: Insets): { width: number; height: number } {
		const canvas = this.#map.getCanvas();
		return {
			width: Math.max(canvas.clientWidth - insets.right, 1),
			height: Math.max(canvas.clientHeight - insets.bottom, 1),
		};
	}

	/** What lies at the centre of the uncovered part, where the keyboard's cross is. */
	atCentre(insets: Insets): Pointed {
		const { width, height } = this.#uncovered(insets);
		const { lng, lat } = this.#map.unproject([width / 2, height / 2]);
		return this.#pointed({ x: width / 2, y: height / 2 }, [lng, lat]);
	}

	/** Asks again for the tiles that did not come; by name, as a reload of the whole source leaves failed tiles out. */
	retryTiles(): void {
		const failed = [...this.#failedTiles];
		this.#failedTiles.clear();
		for (const [source, tiles] of failed) this.#map.refreshTiles(source, tiles);
	}

	close(): void {
		this.#map.remove();
	}
}

function widened([west, south, east, north]: Bounds): [number, number, number, number] {
	const width = Math.max(east - west, 0.05);
	const height = Math.max(north - south, 0.05);
	return [west - width, south - height, east + width, north + height];
}
