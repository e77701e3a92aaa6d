import { pastParameters, readPastChoice, type PastChoice } from '../domain/coverage/past-choice.ts';
import { AREA_UNITS, type AreaUnit } from '../i18n/format-area.ts';
import { readFilter, SHOW_ALL, type LegendFilter } from './legend-filter.ts';

/** What colours the map: the plan, the current land use, or the stock status of current land. */
export type MapLayer = 'plan' | 'current' | 'stock';

export const MAP_LAYERS: readonly MapLayer[] = ['plan', 'current', 'stock'];

export interface Camera {
	readonly zoom: number;
	readonly lat: number;
	readonly lon: number;
}

/** A parcel by its coverage and number. */
export interface Selection {
	readonly coverageId: string;
	readonly parcelNo: number;
}

/** Everything that a link to the map says. */
export interface MapView {
	readonly zoneId: string | null;
	/** Null: the newest state. */
	readonly past: PastChoice | null;
	/** Null: the whole zone. */
	readonly camera: Camera | null;
	readonly layer: MapLayer;
	/** Lines of the layer's legend that are drawn. */
	readonly filter: LegendFilter;
	/** Whether the planning units are drawn. */
	readonly showBlocks: boolean;
	/** Ids of the control layers that are drawn. */
	readonly controlLayerIds: readonly string[];
	readonly selection: Selection | null;
	readonly unit: AreaUnit | null;
	/** Fill strength in per cent. */
	readonly opacityPct: number;
}

export const DEFAULT_OPACITY_PCT = 80;

/** The view of the whole zone, as nobody has changed it. */
export function viewOfZone(zoneId: string | null): MapView {
	return {
		zoneId,
		past: null,
		camera: null,
		layer: 'plan',
		filter: SHOW_ALL,
		showBlocks: false,
		controlLayerIds: [],
		selection: null,
		unit: null,
		opacityPct: DEFAULT_OPACITY_PCT,
	};
}

/** The view of a link to one parcel; the map flies there. */
export function viewOfParcel(zoneId: string, coverageId: string, parcelNo: number): MapView {
	const layer = MAP_LAYERS.find((one) => one === coverageId) ?? 'plan';
	return { ...viewOfZone(zoneId), layer, selection: { coverageId, parcelNo } };
}

function readCamera(text: string | null): Camera | null {
	const parts = (text ?? '').split('/');
	if (parts.length !== 3 || parts.includes('')) return null;
	const [zoom, lat, lon] = parts.map(Number);
	const sane = zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
	return sane ? { zoom, lat, lon } : null;
}

/** Reads a selection as `coverage:number`; null when it is none. */
export function readSelection(text: string | null): Selection | null {
	const match = /^([a-z0-9_-]+):(\d{1,9})$/.exec(text ?? '');
	return match ? { coverageId: match[1], parcelNo: Number(match[2]) } : null;
}

function readOpacity(text: string | null): number {
	const value = Number(text ?? DEFAULT_OPACITY_PCT);
	return Number.isInteger(value) && value >= 0 && value <= 100 ? value : DEFAULT_OPACITY_PCT;
}

/** Reads a view from the query of a link; a part that makes no sense gets its default. */
export function readView(query: URLSearchParams): MapView {
	return {
		zoneId: query.get('zone'),
		past: readPastChoice(query),
		camera: readCamera(query.get('c')),
		layer: MAP_LAYERS.find((layer) => layer === query.get('layer')) ?? 'plan',
		filter: readFilter(query),
		showBlocks: query.get('blocks') === '1',
		controlLayerIds: [...new Set((query.get('lines') ?? '').split(',').filter((id) => id !== ''))],
		selection: readSelection(query.get('sel')),
		unit: AREA_UNITS.find((unit) => unit === query.get('unit')) ?? null,
		opacityPct: readOpacity(query.get('fill')),
	};
}

/** A position to which a link is precise: about 1 m, and 1/100 of a zoom step. */
export function roundCamera(camera: Camera): Camera {
	const rounded = (value: number, parts: number): number => Math.round(value * parts) / parts || 0;
	return { zoom: rounded(camera.zoom, 100), lat: rounded(camera.lat, 1e5), lon: rounded(camera.lon, 1e5) };
}

const readable = (text: string): string => encodeURIComponent(text).replace(/%2C/g, ',').replace(/%2F/g, '/');

/** Writes a view as the query of a link (with `?`, or empty), leaving out what is at its default. */
export function writeView(view: MapView): string {
	const parts: string[] = [];
	if (view.zoneId !== null) parts.push(`zone=${readable(view.zoneId)}`);
	for (const [name, value] of pastParameters(view.past)) parts.push(`${name}=${value}`);
	if (view.camera !== null) {
		const { zoom, lat, lon } = roundCamera(view.camera);
		parts.push(`c=${zoom}/${lat}/${lon}`);
	}
	if (view.layer !== 'plan') parts.push(`layer=${view.layer}`);
	const { mode, tokens } = view.filter;
	if (mode === 'only' || tokens.length > 0) parts.push(`${mode}=${readable(tokens.join(','))}`);
	if (view.showBlocks) parts.push('blocks=1');
	if (view.controlLayerIds.length > 0) parts.push(`lines=${readable(view.controlLayerIds.join(','))}`);
	if (view.opacityPct !== DEFAULT_OPACITY_PCT) parts.push(`fill=${view.opacityPct}`);
	if (view.selection !== null) parts.push(`sel=${view.selection.coverageId}:${view.selection.parcelNo}`);
	if (view.unit !== null) parts.push(`unit=${view.unit}`);
	return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
