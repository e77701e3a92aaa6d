import { smoothNoise } from './chance.ts';
import { offsetLine, smoothCurve } from './curve.ts';
import { RANK } from './draft-parcel.ts';
import type { DraftKind, Sheet } from './draft-parcel.ts';
import type { PointM, RingM } from './frame.ts';
import type { BandLayout } from './park-layout.ts';

const STEP_M = 70;
/** No piece of a band is shorter, at the default parcel count. */
const LEAST_PIECE_M = 130;

/** One strip of a band, from `fromM` to `toM` left of the line (mirrored to the right when `bothSides`). */
export interface BandStrip {
	readonly fromM: number;
	readonly toM: number;
	readonly bothSides: boolean;
	readonly rank: number;
	readonly classCode: string;
	readonly kind: DraftKind;
	/** Added to every edge but the middle's: water is never evenly wide. */
	readonly waveM: number;
}

/** The strips that a coverage draws along each kind of band. */
export type BandStyle = Readonly<Record<BandLayout['kind'], readonly BandStrip[]>>;

/** A strip on the band's middle. */
function middle(halfM: number, rank: number, classCode: string, waveM = 0): BandStrip {
	const kind = classCode === '1207' ? 'street' : 'band';
	return { fromM: -halfM, toM: halfM, bothSides: false, rank, classCode, kind, waveM };
}

/** A strip on either side of the band's middle. */
function sides(fromM: number, toM: number, rank: number, classCode: string, waveM = 0): BandStrip {
	const kind = classCode.startsWith('12') ? 'street' : 'band';
	return { fromM, toM, bothSides: true, rank, classCode, kind, waveM };
}

const PLAN_BANDS: BandStyle = {
	river: [
		middle(185, RANK.river, '1701', 45),
		sides(185, 300, RANK.riverBank, '1401', 45),
		sides(300, 326, RANK.riverBank, '1207', 45),
	],
	stream: [middle(17, RANK.stream, '1701', 5), sides(17, 62, RANK.streamBank, '1401', 5)],
	expressway: [middle(30, RANK.expressway, '1202'), sides(30, 80, RANK.bandVerge, '1402')],
	railway: [middle(16, RANK.railway, '1201'), sides(16, 58, RANK.bandVerge, '1402')],
	avenue: [middle(32, RANK.avenue, '1207')],
	arterial: [middle(25, RANK.arterial, '1207')],
};

/** Blocks so much longer than by default leave quarters whole now and then: from there on avenues take the streets' share. */
const FEW_STREETS_SCALE = 1.1;
/** How fast they widen with the logarithm of the scale, and how far. */
const WIDENING = { rate: 0.92, most: 2.25 };

/** The strips of the plan's bands: the fewer streets there are between avenues, the wider are these. */
export function planBands(scale: number): BandStyle {
	const wanted = 1 + WIDENING.rate * Math.log(scale / FEW_STREETS_SCALE);
	const widening = Math.min(WIDENING.most, Math.max(1, wanted));
	const wide = (strips: readonly BandStrip[]) =>
		strips.map((strip) => ({ ...strip, fromM: strip.fromM * widening, toM: strip.toM * widening }));
	return { ...PLAN_BANDS, avenue: wide(PLAN_BANDS.avenue), arterial: wide(PLAN_BANDS.arterial) };
}

/** The strips of the surveyed bands: the same courses, other edges. */
export const CURRENT_BANDS: BandStyle = {
	river: [middle(165, RANK.river, '1701', 60), sides(165, 270, RANK.riverBank, '0506', 60)],
	stream: [middle(11, RANK.stream, '1705', 4), sides(11, 30, RANK.streamBank, '0304', 4)],
	expressway: [middle(24, RANK.expressway, '1202'), sides(24, 48, RANK.bandVerge, '0301')],
	railway: [middle(13, RANK.railway, '1201')],
	avenue: [middle(20, RANK.avenue, '1207')],
	arterial: [middle(13, RANK.arterial, '1207')],
};

/** A strip along a course: its two edges have a point for each point of the course. */
interface Strip {
	readonly style: BandStrip;
	readonly inner: readonly PointM[];
	readonly outer: readonly PointM[];
}

/** A band as it is drawn. */
export interface Band {
	readonly kind: BandLayout['kind'];
	readonly course: readonly PointM[];
	/** Half the width of all strips. */
	readonly halfM: number;
	readonly strips: readonly Strip[];
}

/** Bends a park's bands and gives them their strips; `wobbleM` moves courses a little: two surveys of one street. O(points). */
export function bandsOf(
	bands: readonly BandLayout[],
	style: BandStyle,
	seed: number,
	wobbleM: number,
): Band[] {
	return bands.map(({ kind, line }, k) => {
		const course = offsetLine(smoothCurve(line, STEP_M, false), () => 0).map(([eastM, northM]): PointM => [
			eastM + wobbleM * smoothNoise(seed, 12, eastM, northM, 1100),
			northM + wobbleM * smoothNoise(seed, 13, eastM, northM, 1100),
		]);
		const edge = (side: number, offsetM: number, strip: BandStrip) =>
			offsetLine(course, (p) => side * offsetM + sideWave(offsetM * side, course[p], strip, seed + k));
		return {
			kind,
			course,
			halfM: Math.max(...style[kind].map(({ toM }) => toM)),
			strips: style[kind].flatMap((strip) =>
				(strip.bothSides ? [1, -1] : [1]).map((side) => ({
					style: strip,
					inner: edge(side, strip.fromM, strip),
					outer: edge(side, strip.toM, strip),
				})),
			),
		};
	});
}

function sideWave(offsetM: number, [eastM, northM]: PointM, { waveM }: BandStrip, seed: number): number {
	const sign = Math.sign(offsetM);
	return waveM === 0 ? 0 : sign * waveM * smoothNoise(seed, sign > 0 ? 41 : 42, eastM, northM, 900);
}

/** The ring of a strip between two places of its course (whole numbers are its points). O(points). */
function stripRing({ inner, outer }: Strip, from: number, to: number): RingM {
	return [...between(inner, from, to), ...between(outer, from, to).reverse()];
}

function between(edge: readonly PointM[], from: number, to: number): PointM[] {
	return [pointAt(edge, from), ...edge.slice(Math.floor(from) + 1, Math.ceil(to)), pointAt(edge, to)];
}

function pointAt(edge: readonly PointM[], at: number): PointM {
	const before = Math.min(edge.length - 2, Math.floor(at));
	const t = at - before;
	const [a, b] = [edge[before], edge[before + 1]];
	return t === 0 ? a : t === 1 ? b : [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}

/** The whole rings of all strips. O(points). */
export function bandRings(bands: readonly Band[]): RingM[] {
	return bands.flatMap(({ course, strips }) => strips.map((strip) => stripRing(strip, 0, course.length - 1)));
}

/** A place of a course at which strips end that have at least the claim of `rank`. */
interface Break {
	readonly at: number;
	/** The rank of what crosses there: it parts lower strips along its own edges, as a deck parts the water below. */
	readonly rank: number;
}

/**
 * Draws bands in pieces that end where another street, railway or expressway crosses and, for streets, where one of `mouths` opens.
 *
 * Water, banks and verges are left whole below what has the higher claim: a cut across the course would leave a wedge beside a deck that lies aslant.
 * O(points of the courses · (points + mouths)).
 */
export function drawBands(
	sheet: Sheet,
	bands: readonly Band[],
	mouths: readonly PointM[],
	leastScale: number,
): void {
	for (const band of bands) {
		const crossed = bands.flatMap((other) =>
			other === band || other.kind === 'stream' || other.kind === 'river'
				? []
				: crossings(band.course, other),
		);
		const opened = band.kind === 'avenue' || band.kind === 'arterial' ? openings(band, mouths) : [];
		const breaks = breaksOf(band.course, crossed, opened, LEAST_PIECE_M * Math.min(1, leastScale));
		for (const strip of band.strips) {
			const { kind, classCode, rank } = strip.style;
			const ends = rank < RANK.arterial ? breaks.filter((end) => end.rank <= rank) : breaks;
			for (let e = 0; e + 1 < ends.length; e++)
				sheet.add({ kind, classCode, state: 'built' }, rank, stripRing(strip, ends[e].at, ends[e + 1].at));
		}
	}
}

/** Where a course meets the near side of another band. O(points of both, multiplied). */
function crossings(course: readonly PointM[], other: Band): Break[] {
	const found: Break[] = [];
	const rank = Math.max(...other.strips.map(({ style }) => style.rank));
	for (let k = 1; k < course.length; k++) {
		const [[ax, ay], [bx, by]] = [course[k - 1], course[k]];
		for (let m = 1; m < other.course.length; m++) {
			const [cx, cy] = other.course[m - 1];
			if (Math.abs(cx - ax) > 3 * STEP_M || Math.abs(cy - ay) > 3 * STEP_M) continue;
			const [ex, ey] = other.course[m];
			const det = (bx - ax) * (ey - cy) - (by - ay) * (ex - cx);
			const t = ((cx - ax) * (ey - cy) - (cy - ay) * (ex - cx)) / det;
			const u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / det;
			if (!(t >= 0 && t < 1 && u >= 0 && u < 1)) continue;
			found.push({ at: Math.max(0, k - 1 + t - Math.min(other.halfM, 40) / STEP_M), rank });
		}
	}
	return found;
}

/** Where mouths open onto a street. */
function openings({ course, halfM }: Band, mouths: readonly PointM[]): number[] {
	const reachM = halfM + 2;
	return mouths.flatMap(([x, y]) => {
		for (let k = 1; k < course.length; k++) {
			const [ax, ay] = course[k - 1];
			const [dx, dy] = [course[k][0] - ax, course[k][1] - ay];
			if (Math.abs(x - ax) > STEP_M + 2 * reachM || Math.abs(y - ay) > STEP_M + 2 * reachM) continue;
			const length2 = dx * dx + dy * dy;
			const t = ((x - ax) * dx + (y - ay) * dy) / length2;
			if (t < 0 || t > 1) continue;
			if (Math.abs((x - ax) * dy - (y - ay) * dx) / Math.sqrt(length2) < reachM) return [k - 1 + t];
		}
		return [];
	});
}

/** The ends of a course and the breaks between, crossings before openings, none nearer than `leastM` to another. */
function breaksOf(
	course: readonly PointM[],
	crossed: readonly Break[],
	opened: readonly number[],
	leastM: number,
): Break[] {
	const least = leastM / STEP_M;
	const free = (at: number): Break => ({ at, rank: 0 });
	const breaks = [free(0), free(course.length - 1)];
	for (const group of [crossed, [...opened].sort((a, b) => a - b).map(free)])
		for (const found of group)
			if (breaks.every(({ at }) => Math.abs(at - found.at) >= least)) breaks.push(found);
	return breaks.sort((a, b) => a.at - b.at);
}
