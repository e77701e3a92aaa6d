import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

/** Units along the side of a tile in which all is measured, whatever the tile's own. */
const EXTENT = 4096;

/** A feature of a decoded tile, in tile units. */
export interface TileFeature {
	/** NaN without one. */
	readonly id: number;
	readonly classNumber: number;
	readonly properties: string;
	readonly polygons: number;
	readonly areaUnits2: number;
	readonly perimeterUnits: number;
}

/** Decodes the parcels of a tile. */
export function parcelsOf(bytes: Uint8Array): TileFeature[] {
	const { parcel } = new VectorTile(new PbfReader(bytes)).layers;
	const found: TileFeature[] = [];
	const finer = (parcel?.extent ?? EXTENT) / EXTENT;
	for (let i = 0; i < (parcel?.length ?? 0); i++) {
		const feature = parcel.feature(i);
		const properties = Object.entries(feature.properties).sort(([a], [b]) => (a < b ? -1 : 1));
		const rings = feature.loadGeometry();
		const sum = (measure: (ring: Ring) => number) => rings.reduce((total, ring) => total + measure(ring), 0);
		found.push({
			id: feature.id ?? Number.NaN,
			classNumber: Number(feature.properties['k']),
			properties: JSON.stringify(properties),
			polygons: rings.filter((ring) => areaOf(ring) > 0).length,
			areaUnits2: Math.abs(sum(areaOf)) / finer ** 2,
			perimeterUnits: sum(perimeterOf) / finer,
		});
	}
	return found;
}

/** How many polygons features have: of an overview, what one of them unites is single features of PostGIS's. */
export function polygonCount(features: readonly TileFeature[]): number {
	return features.reduce((sum, { polygons }) => sum + polygons, 0);
}

/** The area drawn of each class, in tile units. */
export function areaByClass(features: readonly TileFeature[]): Map<number, number> {
	const areas = new Map<number, number>();
	for (const { classNumber, areaUnits2 } of features)
		areas.set(classNumber, (areas.get(classNumber) ?? 0) + areaUnits2);
	return areas;
}

/** How two tiles of the same parcels differ. */
export interface TileDifference {
	/** Features that only one of them has: its rounding left nothing of them in the other. */
	readonly oursOnly: number;
	readonly theirsOnly: number;
	/** Mean width of the widest such feature, in tile units. */
	readonly loneWidthUnits: number;
	/** Features of other attributes. */
	readonly attributes: number;
	/** The largest difference of one feature's area for each unit of its perimeter: how far its border moved, in tile units. */
	readonly borderUnits: number;
}

/** Compares two decoded tiles, ours first. */
export function differenceOf(
	ourFeatures: readonly TileFeature[],
	theirFeatures: readonly TileFeature[],
): TileDifference {
	const [ours, theirs] = [ourFeatures, theirFeatures].map(
		(features) => new Map(features.map((feature) => [feature.id, feature])),
	);
	const difference = { oursOnly: 0, theirsOnly: 0, loneWidthUnits: 0, attributes: 0, borderUnits: 0 };
	const lone = ({ areaUnits2, perimeterUnits }: TileFeature) => {
		difference.loneWidthUnits = Math.max(difference.loneWidthUnits, (2 * areaUnits2) / perimeterUnits);
	};
	for (const [id, one] of ours) {
		const other = theirs.get(id);
		if (other === undefined) {
			difference.oursOnly++;
			lone(one);
			continue;
		}
		if (one.properties !== other.properties) difference.attributes++;
		const movedUnits = Math.abs(one.areaUnits2 - other.areaUnits2) / one.perimeterUnits;
		difference.borderUnits = Math.max(difference.borderUnits, movedUnits);
	}
	for (const [id, other] of theirs)
		if (!ours.has(id)) {
			difference.theirsOnly++;
			lone(other);
		}
	return difference;
}

type Ring = readonly { readonly x: number; readonly y: number }[];

function areaOf(ring: Ring): number {
	let twice = 0;
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
		twice += ring[j].x * ring[i].y - ring[i].x * ring[j].y;
	return twice / 2;
}

function perimeterOf(ring: Ring): number {
	let sum = 0;
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
		sum += Math.hypot(ring[i].x - ring[j].x, ring[i].y - ring[j].y);
	return sum;
}
