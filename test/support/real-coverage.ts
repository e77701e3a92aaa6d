import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { flattenMultiPolygons, nestFeature } from '$geo/flat-polygons.ts';
import type { LonLat, MultiPolygonLonLat } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';

/** Real coverages from npm: longitude, latitude in degrees on a decimal grid of their own, boundaries shared as arcs. */
const SOURCES = {
	'us-counties': { file: 'us-atlas/counties-10m.json', object: 'counties' },
	'us-states': { file: 'us-atlas/states-10m.json', object: 'states' },
	'world-110m': { file: 'world-atlas/countries-110m.json', object: 'countries' },
	'world-50m': { file: 'world-atlas/countries-50m.json', object: 'countries' },
	'world-10m': { file: 'world-atlas/countries-10m.json', object: 'countries' },
} as const;

export type RealCoverageName = keyof typeof SOURCES;

/** A real coverage as polygons, and what its makers say about it. Parcel i + 1 is the i-th geometry of the file. */
export interface RealCoverage {
	readonly set: ParcelSet;
	/** The name of each parcel, by index. */
	readonly names: readonly string[];
	/** The official code of each parcel, by index; null where the makers give none. */
	readonly codes: readonly (string | null)[];
	/** The pairs of parcels that share an arc of the file, lower number first, ascending. */
	readonly neighbours: readonly (readonly [number, number])[];
}

/** What we read of TopoJSON: https://github.com/topojson/topojson-specification, sections 2.1.2–2.2.6. */
interface Topology {
	readonly transform: { readonly scale: LonLat; readonly translate: LonLat };
	readonly arcs: readonly (readonly LonLat[])[];
	readonly objects: Readonly<Record<string, { readonly geometries: readonly Geometry[] }>>;
}

type Geometry = {
	readonly id?: string;
	readonly properties: { readonly name: string };
} & (
	| { readonly type: 'Polygon'; readonly arcs: readonly (readonly number[])[] }
	| { readonly type: 'MultiPolygon'; readonly arcs: readonly (readonly (readonly number[])[])[] }
);

const { resolve } = createRequire(import.meta.url);

/** Reads one of the real coverages as it is: nothing repaired, nothing left out. */
export function realCoverage(name: RealCoverageName): RealCoverage {
	const { file, object } = SOURCES[name];
	const topology = JSON.parse(readFileSync(resolve(file), 'utf8')) as Topology;
	const arcs = topology.arcs.map((arc) => decodeArc(arc, topology.transform));
	const { geometries } = topology.objects[object];
	const shapes = geometries.map((g) => (g.type === 'Polygon' ? [g.arcs] : g.arcs));
	const ring = (references: readonly number[]) =>
		references.flatMap((a) => (a < 0 ? arcs[~a].slice(1).reverse() : arcs[a].slice(0, -1)));
	return {
		set: {
			parcelNos: Int32Array.from(geometries, (_, i) => i + 1),
			polygons: flattenMultiPolygons(
				shapes.map((shape): MultiPolygonLonLat => shape.map((polygon) => polygon.map(ring))),
			),
		},
		names: geometries.map(({ properties }) => properties.name),
		codes: geometries.map(({ id }) => id ?? null),
		neighbours: sharedArcs(shapes.map((shape) => shape.flat(2))),
	};
}

/** Adds up the differences of a quantised arc. */
function decodeArc(arc: readonly LonLat[], { scale, translate }: Topology['transform']): LonLat[] {
	let x = 0;
	let y = 0;
	return arc.map(([dx, dy]) => {
		x += dx;
		y += dy;
		return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
	});
}

function sharedArcs(arcsOf: readonly (readonly number[])[]): [number, number][] {
	const usersOf = new Map<number, Set<number>>();
	arcsOf.forEach((references, i) => {
		for (const reference of references) {
			const arc = reference < 0 ? ~reference : reference;
			usersOf.set(arc, (usersOf.get(arc) ?? new Set()).add(i + 1));
		}
	});
	const pairs = new Map<string, [number, number]>();
	for (const users of usersOf.values()) {
		const sorted = [...users].sort((a, b) => a - b);
		sorted.forEach((a, i) => sorted.slice(i + 1).forEach((b) => pairs.set(`${a} ${b}`, [a, b])));
	}
	return [...pairs.values()].sort(([a, b], [c, d]) => a - c || b - d);
}

/**
 * Lays rings that cross the antimeridian out in one piece, to longitudes beyond 180°, and closes a ring round a pole along it.
 *
 * The makers of these files store longitudes in −180 … 180 throughout, so such a ring runs round the world in the plane.
 */
export function unrolled({ parcelNos, polygons }: ParcelSet): ParcelSet {
	const features = Array.from(parcelNos, (_, f) =>
		nestFeature(polygons, f).map(([shell, ...holes]) => {
			const laidOut = unrollRing(shell);
			const west = Math.min(...laidOut.map(([lon]) => lon));
			return [
				laidOut,
				...holes.map((hole) => {
					const ring = unrollRing(hole);
					const isWest = ring.some(([lon]) => lon < west);
					return isWest ? ring.map(([lon, lat]): LonLat => [lon + 360, lat]) : ring;
				}),
			];
		}),
	);
	return { parcelNos, polygons: flattenMultiPolygons(features) };
}

function unrollRing(closed: readonly LonLat[]): LonLat[] {
	let turns = 0;
	const ring = closed.map(([lon, lat], i): [number, number] => {
		const step = i === 0 ? 0 : lon - closed[i - 1][0];
		if (Math.abs(step) > 180) turns -= Math.sign(step);
		return [lon + 360 * turns, lat];
	});
	if (turns !== 0) {
		const pole = 90 * Math.sign(ring[0][1]);
		const [first] = ring;
		const last = ring[ring.length - 1];
		ring.push([last[0], pole], [first[0], pole], first);
	}
	return ring.some(([lon]) => lon < -180) ? ring.map(([lon, lat]) => [lon + 360, lat]) : ring;
}
