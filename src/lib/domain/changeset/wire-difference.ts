import type { ShapeChange } from '$geo/edit/difference.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import type { DraftDifference } from './draft-state.ts';
import type { FactChange, FactField, ParcelFacts } from './parcel-facts.ts';

/** Polygons, each its rings (shell first), each its open run of longitude, latitude pairs in whole grid steps. */
export type WireShape = readonly (readonly (readonly number[])[])[];

/** A difference as JSON holds it, to the bit: coordinates are whole grid steps (2⁻³³ degree, EPSG:4490). */
export interface WireDifference {
	readonly shapes: readonly {
		readonly kind: ShapeChange['kind'];
		readonly parcelNo: number;
		readonly before: WireShape | null;
		readonly after: WireShape | null;
	}[];
	/** Pairs of the parcel that gave ground and the one that has it. */
	readonly lineage: readonly (readonly [from: number, to: number])[];
	readonly facts: readonly FactChange[];
}

const STEPS_PER_DEG = 1 / GRID_STEP_DEG;

/** Writes a difference as it travels and is stored; the same difference is always the same JSON text. O(vertices). */
export function differenceToWire({ shapes, lineage, facts }: DraftDifference): WireDifference {
	return {
		shapes: shapes.map(({ kind, parcelNo, before, after }) => ({
			kind,
			parcelNo,
			before: before === null ? null : shapeToWire(before),
			after: after === null ? null : shapeToWire(after),
		})),
		lineage: lineage.map(({ from, to }) => [from, to]),
		facts: facts.map(({ parcelNo, field, before, after }) => {
			const [was, is] = [before, after].map(inOrder);
			return { parcelNo, field, before: was, after: is } as FactChange;
		}),
	};
}

/** Reads a difference that has been checked against the wire's schema, or comes from the database. O(vertices). */
export function differenceFromWire({ shapes, lineage, facts }: WireDifference): DraftDifference {
	return {
		shapes: shapes.map(
			({ kind, parcelNo, before, after }) =>
				({
					kind,
					parcelNo,
					before: before === null ? null : shapeFromWire(before),
					after: after === null ? null : shapeFromWire(after),
				}) as ShapeChange,
		),
		lineage: lineage.map(([from, to]) => ({ from, to })),
		facts,
	};
}

/** Writes one feature in whole grid steps; a coordinate off the grid would be a broken program. O(vertices). */
export function shapeToWire({ coordinates, ringOffsets, polygonOffsets }: FlatPolygons): WireShape {
	const ring = (r: number) =>
		Array.from(
			coordinates.subarray(2 * ringOffsets[r], 2 * ringOffsets[r + 1]),
			(deg) => deg * STEPS_PER_DEG,
		);
	return Array.from({ length: polygonOffsets.length - 1 }, (_, p) =>
		Array.from({ length: polygonOffsets[p + 1] - polygonOffsets[p] }, (_, r) => ring(polygonOffsets[p] + r)),
	);
}

/** Reads one feature. O(vertices). */
export function shapeFromWire(shape: WireShape): FlatPolygons {
	const rings = shape.flat();
	const ringOffsets = new Uint32Array(rings.length + 1);
	rings.forEach((ring, r) => (ringOffsets[r + 1] = ringOffsets[r] + ring.length / 2));
	const polygonOffsets = new Uint32Array(shape.length + 1);
	shape.forEach((polygon, p) => (polygonOffsets[p + 1] = polygonOffsets[p] + polygon.length));
	const coordinates = new Float64Array(2 * ringOffsets[rings.length]);
	rings.forEach((ring, r) =>
		ring.forEach((steps, i) => (coordinates[2 * ringOffsets[r] + i] = steps * GRID_STEP_DEG)),
	);
	return { coordinates, ringOffsets, polygonOffsets, featureOffsets: Uint32Array.of(0, shape.length) };
}

/** A fact with its parts in one order. */
function inOrder<Value extends ParcelFacts[FactField]>(value: Value): Value {
	if (value === null || typeof value === 'string') return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) as Value;
}
