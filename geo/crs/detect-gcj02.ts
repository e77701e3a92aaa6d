import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { fromGcj02 } from './gcj02.ts';
import { indexKnownEdges, planeAbout, type KnownEdges, type PlanePoint } from './known-edges.ts';

/** How well the positions fit the known boundary, taken one way. */
export interface Gcj02Fit {
	/** Share of the positions within the tolerance of the boundary. */
	readonly share: number;
	/** Share of the places round about where the same positions would fit as well; 1 where it was not asked, as too few fit. */
	readonly chance: number;
}

/** The fit taken as they are, and taken as GCJ-02 and shifted back. */
export interface Gcj02Scores {
	readonly asGiven: Gcj02Fit;
	readonly unshifted: Gcj02Fit;
}

export type Gcj02Verdict = 'as-given' | 'shifted' | 'cannot-tell';

/** What was found, and what it rests on. */
export interface Gcj02Finding {
	readonly verdict: Gcj02Verdict;
	/** Why nothing can be told; null otherwise. */
	readonly reason: 'too-few-positions' | 'nothing-known-near' | 'no-match' | 'not-distinct' | null;
	readonly scores: Gcj02Scores;
	/** Different positions that were compared. */
	readonly positions: number;
}

/** How near is near, in metres (5), and how many different positions are enough (16). */
export interface Gcj02Rule {
	readonly toleranceM?: number;
	readonly positionsMin?: number;
}

const TOLERANCE_M = 5;
const POSITIONS_MIN = 16;
const SAMPLE_MAX = 2000;
/** A match holds most positions. */
const SHARE_MIN = 0.6;
/** Both ways together, positions that have nothing to do with what is known pass for a match once in a hundred times. */
const CHANCE_MAX = 0.005;

/** Places round about: from three tolerances away to half the extent of the positions, 500 m at most. */
const PLACES = 400;
const PLACES_MIN = 200;
const APART_TOLERANCES = 3;
const FURTHEST_M = 500;
const PLACED_MAX = 300;
/** A place counts where known ground lies under this share of the positions. */
const COVERED_MIN = 1 / 3;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const NO_FIT: Gcj02Fit = { share: 0, chance: 1 };

/**
 * Tells whether positions were digitised on a GCJ-02 base map, by matching them against boundaries known to be right.
 *
 * `positions` are longitude, latitude pairs in degrees: vertices that should lie on the edges of `known` (a coverage, an outline), give
 * or take the tolerance. They are compared as given and shifted back from GCJ-02, and each of the two is measured against the same
 * positions put down at 400 places round about: only where they fit better here than at all but 1 in 200 of those, one way and not the
 * other, is there a verdict. Only known ground counts, so neither a dense net of edges nor the end of what is known passes for a match:
 * positions scattered over other ground are given a verdict once in a hundred times at most. No shift shows in coordinates alone, so
 * otherwise it cannot tell; it may not, where the positions fit as well when slid along (equal lots on one straight line).
 * Equal positions count once, those that are no degrees not at all; beyond 2,000 every n-th is taken. O(edges log edges + positions).
 */
export function detectGcj02(
	positions: Float64Array,
	known: FlatPolygons,
	{ toleranceM = TOLERANCE_M, positionsMin = POSITIONS_MIN }: Gcj02Rule = {},
): Gcj02Finding {
	const sample = samplePositions(positions);
	const cannotTell = (
		reason: Gcj02Finding['reason'],
		scores: Gcj02Scores = { asGiven: NO_FIT, unshifted: NO_FIT },
	): Gcj02Finding => ({ verdict: 'cannot-tell', reason, scores, positions: sample.length });
	if (sample.length === 0 || !(sample.length >= positionsMin)) return cannotTell('too-few-positions');

	const plane = planeAbout(sample);
	const given = sample.map(plane);
	const edges = indexKnownEdges(known, plane, given, toleranceM);
	if (edges === null) return cannotTell('nothing-known-near');

	const scores = {
		asGiven: fitOf(given, edges, toleranceM),
		unshifted: fitOf(
			sample.map((lonLat) => plane(fromGcj02(lonLat))),
			edges,
			toleranceM,
		),
	};
	const isMatch = ({ share, chance }: Gcj02Fit) => share >= SHARE_MIN && chance <= CHANCE_MAX;
	const [matchesGiven, matchesBack] = [isMatch(scores.asGiven), isMatch(scores.unshifted)];
	if (matchesGiven !== matchesBack)
		return {
			verdict: matchesGiven ? 'as-given' : 'shifted',
			reason: null,
			scores,
			positions: sample.length,
		};
	const share = Math.max(scores.asGiven.share, scores.unshifted.share);
	return cannotTell(share < SHARE_MIN ? 'no-match' : 'not-distinct', scores);
}

/** Different positions that are degrees, evenly thinned. */
function samplePositions(positions: Float64Array): LonLat[] {
	const different = new Map<string, LonLat>();
	for (let i = 0; i + 1 < positions.length; i += 2) {
		const [lon, lat] = [positions[i], positions[i + 1]];
		if (Math.abs(lon) <= 180 && Math.abs(lat) <= 85) different.set(`${lon} ${lat}`, [lon, lat]);
	}
	return thin([...different.values()], SAMPLE_MAX);
}

function thin<T>(all: T[], max: number): T[] {
	const stride = Math.ceil(all.length / max);
	return stride <= 1 ? all : all.filter((_, i) => i % stride === 0);
}

function fitOf(points: PlanePoint[], edges: KnownEdges, toleranceM: number): Gcj02Fit {
	const share = points.filter((point) => edges.fit(point) > 0).length / points.length;
	return { share, chance: share < SHARE_MIN ? 1 : chanceOf(thin(points, PLACED_MAX), edges, toleranceM) };
}

/** The share of places round about, this one among them, where points fit as well; on known ground only, 1 where that is too little. */
function chanceOf(points: readonly PlanePoint[], edges: KnownEdges, toleranceM: number): number {
	const [eastM, northM] = [0, 1].map((axis) => {
		const along = points.map((point) => point[axis]);
		return Math.max(...along) - Math.min(...along);
	});
	const nearestM = APART_TOLERANCES * toleranceM;
	const furthestM = Math.max(2 * nearestM, Math.min(FURTHEST_M, Math.hypot(eastM, northM) / 2));
	const here = meanFit(points, edges, 0, 0) ?? 0;
	let [counted, asGood] = [1, 1];
	for (let place = 0; place < PLACES; place++) {
		const outward = (place + 0.5) / PLACES;
		const reachM = Math.sqrt(nearestM ** 2 + outward * (furthestM ** 2 - nearestM ** 2));
		const [dx, dy] = [reachM * Math.cos(place * GOLDEN_ANGLE), reachM * Math.sin(place * GOLDEN_ANGLE)];
		const there = meanFit(points, edges, dx, dy);
		if (there === null) continue;
		counted++;
		if (there >= here) asGood++;
	}
	return counted > PLACES_MIN ? asGood / counted : 1;
}

/** The mean fit of the moved points that come to lie on known ground; null where they are too few. */
function meanFit(points: readonly PlanePoint[], edges: KnownEdges, dx: number, dy: number): number | null {
	let [sum, covered] = [0, 0];
	for (const [x, y] of points) {
		const moved: PlanePoint = [x + dx, y + dy];
		const fit = edges.fit(moved);
		if (fit === 0 && !edges.isKnown(moved)) continue;
		sum += fit;
		covered++;
	}
	return covered >= points.length * COVERED_MIN ? sum / covered : null;
}
