import { metresFromEdge } from '$geo/arrangement/metres.ts';
import { indexBoxes } from '$geo/coverage/box-index.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import { ringsOf } from '$geo/coverage/vertex.ts';
import type { GaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { FlatPolygons, LonLat } from '$geo/flat-polygons.ts';
import { indexPoints } from './at-point.ts';
import { ringsOfPart, type SurveyPart, type SurveyPoint } from './survey.ts';

/** A surveyed boundary line (界址线) between two neighbouring points of a document, with whatever names its survey. */
export interface SurveyedLine<Survey> {
	readonly survey: Survey;
	readonly from: SurveyPoint;
	readonly to: SurveyPoint;
}

/** A stretch of a parcel's boundary: along one surveyed line, or, without one, from surveyed point to surveyed point. */
export interface BoundaryStretch<Survey> {
	/** Ring of the shape, from 1. */
	readonly ring: number;
	/** Names of the boundary points at its ends; null: no surveyed point. */
	readonly from: string | null;
	readonly to: string | null;
	/** In the plane of the projection, nodes between its ends included. */
	readonly lengthM: number;
	/** Null: not surveyed. */
	readonly line: SurveyedLine<Survey> | null;
}

/** Noding moves a line by parts of a grid step, by less than a millimetre however often: whoever moves a boundary moves it farther. */
const LINE_REACH_M = 0.001;
/** More than that in degrees, wherever on Earth land is surveyed. */
const LINE_REACH_DEG = 1e-7;

/** The surveyed lines of a document. */
export function linesOfPart<Survey>(part: SurveyPart, survey: Survey): SurveyedLine<Survey>[] {
	return ringsOfPart(part).flatMap((ring) =>
		ring.map((from, i) => ({ survey, from, to: ring[(i + 1) % ring.length] })),
	);
}

/**
 * Says which survey each stretch of a parcel's boundary comes from.
 *
 * An edge carries the first of `lines` that it lies on from end to end, so provenance hangs on places alone: cuts, merges and nodes keep it,
 * a boundary that was moved has lost it. Give newer surveys first. One feature, degrees (EPSG:4490).
 * O((edges + lines) log lines), where no more than a few lines pass a place.
 */
export function boundaryStretches<Survey>(
	shape: FlatPolygons,
	lines: readonly SurveyedLine<Survey>[],
	projection: GaussKruger,
): BoundaryStretch<Survey>[] {
	const points = lines.flatMap(({ from, to }) => [from, to]);
	const pointAt = indexPoints(points.map(({ at }) => at));
	const linesAt = indexBoxes(
		lines.map(({ from, to }) => {
			const { minLon, minLat, maxLon, maxLat } = boxOf({
				coordinates: Float64Array.of(...from.at, ...to.at),
			});
			return {
				minLon: minLon - LINE_REACH_DEG,
				minLat: minLat - LINE_REACH_DEG,
				maxLon: maxLon + LINE_REACH_DEG,
				maxLat: maxLat + LINE_REACH_DEG,
			};
		}),
	);
	return ringsOf(shape).flatMap((places, r) => {
		const names = places.map((at) => {
			const i = pointAt(at);
			return i < 0 ? null : points[i].name;
		});
		const edges = places.map((at, i) => {
			const next = (i + 1) % places.length;
			const index = linesAt(...at).find((one) => liesOn(at, places[next], lines[one]));
			const line = index === undefined ? null : lines[index];
			const [[east, north], [nextEast, nextNorth]] = [
				projection.forward(at),
				projection.forward(places[next]),
			];
			const lengthM = Math.hypot(nextEast - east, nextNorth - north);
			return { ring: r + 1, from: names[i], to: names[next], lengthM, line };
		});
		const start = edges.findIndex((edge, i) => !goesOn(edges[(i + edges.length - 1) % edges.length], edge));
		const inOrder = start < 0 ? edges : [...edges.slice(start), ...edges.slice(0, start)];
		return joined(inOrder);
	});
}

/**
 * Finds the part of a survey that a boundary is the whole of: its stretches are that part's lines, each once; null where it is of none, of
 * several, or of a part of one. What the document states of the part is stated of the parcel then. O(stretches).
 *
 * `countOf`: how many lines a part has; parts are told apart by identity.
 */
export function findWholePart<Part>(
	stretches: readonly BoundaryStretch<Part>[],
	countOf: (part: Part) => number,
): Part | null {
	const lines = new Set(stretches.map(({ line }) => line));
	const [first] = lines;
	if (!first || lines.size !== stretches.length || lines.size !== countOf(first.survey)) return null;
	return [...lines].every((line) => line?.survey === first.survey) ? first.survey : null;
}

/** Says whether a stretch is part of the one before it. */
function goesOn<Survey>(before: BoundaryStretch<Survey>, { line, from }: BoundaryStretch<Survey>): boolean {
	return before.line === line && (line !== null || from === null);
}

function joined<Survey>(edges: readonly BoundaryStretch<Survey>[]): BoundaryStretch<Survey>[] {
	const stretches: BoundaryStretch<Survey>[] = [];
	for (const edge of edges) {
		const last = stretches.at(-1);
		if (last === undefined || !goesOn(last, edge)) stretches.push(edge);
		else stretches[stretches.length - 1] = { ...last, to: edge.to, lengthM: last.lengthM + edge.lengthM };
	}
	return stretches;
}

/** Says whether an edge lies on a line from end to end. */
function liesOn<Survey>(a: LonLat, b: LonLat, { from, to }: SurveyedLine<Survey>): boolean {
	return [a, b].every(([lon, lat]) => metresFromEdge(lon, lat, ...from.at, ...to.at) <= LINE_REACH_M);
}
