import type { FlatPolygons, LonLat, MultiPolygonLonLat } from '../flat-polygons.ts';
import { flattenMultiPolygons, joinFeatures } from '../flat-polygons.ts';
import { arrange } from '../arrangement/arrange.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import { toGridSteps } from '../arrangement/grid-position.ts';
import type { Polyline } from '../arrangement/lines.ts';
import { distanceM, metresPerDegree } from '../arrangement/metres.ts';

/** How far a corridor reaches to each side of its centre line, in metres, looking along it. */
export interface CorridorSides {
	readonly leftM: number;
	readonly rightM: number;
}

/** A pointed corner may reach this many times the side's width from the centre line (bends of up to 120°); sharper ones are cut off. */
export const MITRE_LIMIT = 2;

/** A corridor of more pieces is united by halves. */
const UNITED_AT_ONCE = 64;

type Vector = readonly [east: number, north: number];

/** Where one side of the corridor leaves a segment and enters the next, from the vertex between them, in metres. */
interface Corner {
	readonly incoming: Vector;
	readonly outgoing: Vector;
	readonly kind: 'pointed' | 'cut-off' | 'overlapping';
}

/** A vertex of the centre line and both corners there. */
interface Joint {
	readonly at: LonLat;
	readonly left: Corner;
	readonly right: Corner;
}

/**
 * The ground within a corridor along a line: one feature, with holes where the corridor goes round something.
 *
 * Outer corners are pointed up to MITRE_LIMIT, then cut off; ends are flat, a closed line has none. Each segment is a polygon of its own and they are united, so bends sharper
 * or segments shorter than the corridor is wide do no harm. Degrees (EPSG:4490), result on the grid. A side is as wide as asked to
 * 0.1 mm up to 10 m, 1 mm up to 50 m and 10 cm up to 500 m. O((vertices + crossings) log). The line must be usable.
 */
export function outlineCorridor(line: Polyline, sides: CorridorSides): FlatPolygons {
	const places = distinctPlaces(line);
	const isClosed = isClosedLine(places);
	if (isClosed) places.pop();
	const at = (i: number) => (isClosed ? places.at(i % places.length) : places[i]) ?? null;
	const joints = places.map((place, i) => jointAt(at(i - 1), place, at(i + 1), sides));
	const polygons = joints.flatMap((joint, i): MultiPolygonLonLat[] => {
		const next = joints.at(i + 1) ?? (isClosed ? joints[0] : null);
		const corners = [joint.left, joint.right].filter(({ kind }) => kind === 'cut-off');
		return [
			...(next === null ? [] : [[[segmentRing(joint, next)]]]),
			...corners.map(({ incoming, outgoing }) => [
				[[joint.at, place(joint.at, incoming), place(joint.at, outgoing)]],
			]),
		];
	});
	return united(polygons);
}

/** The ground of polygons together: of many, the first half and the second by themselves first, as pieces near each other mostly overlap. */
function united(polygons: readonly MultiPolygonLonLat[]): FlatPolygons {
	const half = polygons.length / 2;
	const layer =
		polygons.length <= UNITED_AT_ONCE
			? flattenMultiPolygons(polygons)
			: joinFeatures([united(polygons.slice(0, half)), united(polygons.slice(half))]);
	const arrangement = arrange([layer]);
	const { offsets } = arrangement.covers[0];
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		offsets[face] === offsets[face + 1] ? 0 : 1,
	);
	return dissolveFaces(arrangement, labels).polygons;
}

/** A line made longer at both ends, straight on, by so many metres; a closed one stays as it is. */
export function extendLine(line: Polyline, byM: number): Polyline {
	const places = distinctPlaces(line);
	if (isClosedLine(places)) return line;
	const beyond = (end: LonLat, before: LonLat): LonLat => {
		const [east, north] = direction(end, before, end);
		return place(end, [byM * east, byM * north]);
	};
	const last = places.length - 1;
	return Float64Array.from([
		...beyond(places[0], places[1]),
		...places.slice(1, last).flat(),
		...beyond(places[last], places[last - 1]),
	]);
}

/** Says whether a line ends where it begins, having gone somewhere else than back. */
function isClosedLine(places: readonly LonLat[]): boolean {
	return places.length > 3 && snapsToSame(places[0], places[places.length - 1]);
}

function snapsToSame(a: LonLat, b: LonLat): boolean {
	return toGridSteps(a[0]) === toGridSteps(b[0]) && toGridSteps(a[1]) === toGridSteps(b[1]);
}

/** The vertices of a line without those that repeat the one before on the grid. */
function distinctPlaces(line: Polyline): LonLat[] {
	const places: LonLat[] = [];
	for (let i = 0; i < line.length; i += 2) {
		const place: LonLat = [line[i], line[i + 1]];
		const last = places.at(-1);
		if (last === undefined || !snapsToSame(last, place)) places.push(place);
	}
	return places;
}

function jointAt(
	before: LonLat | null,
	at: LonLat,
	after: LonLat | null,
	{ leftM, rightM }: CorridorSides,
): Joint {
	const incoming = before === null ? null : direction(at, before, at);
	const outgoing = after === null ? null : direction(at, at, after);
	const into = incoming ?? outgoing ?? [1, 0];
	const out = outgoing ?? into;
	const scale = metresPerDegree(at[1]);
	const shortestM = Math.min(
		before === null ? Infinity : distanceM(scale, at, before),
		after === null ? Infinity : distanceM(scale, at, after),
	);
	return { at, left: cornerOf(into, out, leftM, shortestM), right: cornerOf(into, out, -rightM, shortestM) };
}

/** The corner of the side `offsetM` to the left (negative: to the right) where a line turns from one direction to another. */
function cornerOf(into: Vector, out: Vector, offsetM: number, shortestM: number): Corner {
	const cos = into[0] * out[0] + into[1] * out[1];
	const sin = into[0] * out[1] - into[1] * out[0];
	const tanHalf = cos > 0 ? Math.abs(sin) / (1 + cos) : (1 - cos) / Math.abs(sin);
	const isInner = sin * offsetM > 0;
	const fits = isInner ? Math.abs(offsetM) * tanHalf <= shortestM / 2 : Math.hypot(1, tanHalf) <= MITRE_LIMIT;
	if (fits) {
		const scale = offsetM / (1 + cos);
		const tip: Vector = [-(into[1] + out[1]) * scale, (into[0] + out[0]) * scale];
		return { incoming: tip, outgoing: tip, kind: 'pointed' };
	}
	return {
		incoming: [-into[1] * offsetM, into[0] * offsetM],
		outgoing: [-out[1] * offsetM, out[0] * offsetM],
		kind: isInner ? 'overlapping' : 'cut-off',
	};
}

function segmentRing(start: Joint, end: Joint): LonLat[] {
	const ring = [place(start.at, start.right.outgoing), place(end.at, end.right.incoming)];
	if (!isClean(end)) ring.push(end.at);
	ring.push(place(end.at, end.left.incoming), place(start.at, start.left.outgoing));
	if (!isClean(start)) ring.push(start.at);
	return ring;
}

/** Says whether the segments at a joint meet along one straight edge. */
function isClean({ left, right }: Joint): boolean {
	return left.kind === 'pointed' && right.kind === 'pointed';
}

function place([lon, lat]: LonLat, [east, north]: Vector): LonLat {
	const scale = metresPerDegree(lat);
	return [lon + east / scale.east, lat + north / scale.north];
}

/** The direction from one place to another, of length 1, in the metric at `at`. */
function direction(at: LonLat, from: LonLat, to: LonLat): Vector {
	const scale = metresPerDegree(at[1]);
	const east = (to[0] - from[0]) * scale.east;
	const north = (to[1] - from[1]) * scale.north;
	const length = Math.hypot(east, north);
	return [east / length, north / length];
}
