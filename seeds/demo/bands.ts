import { smoothNoise } from './chance.ts';
import { offsetLine, smoothCurve } from './curve.ts';
import { RANK } from './draft-parcel.ts';
import type { DraftKind, Sheet } from './draft-parcel.ts';
import type { PointM } from './frame.ts';
import type { BandLayout, ParkLayout } from './park-layout.ts';
import { superblockOf } from './street-mesh.ts';
import type { StreetMesh } from './street-mesh.ts';

const STEP_M = 70;

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
export function middle(halfM: number, rank: number, classCode: string, waveM = 0): BandStrip {
	return { fromM: -halfM, toM: halfM, bothSides: false, rank, classCode, kind: 'band', waveM };
}

/** A strip on either side of the band's middle. */
export function sides(fromM: number, toM: number, rank: number, classCode: string, waveM = 0): BandStrip {
	const kind = classCode.startsWith('12') ? 'street' : 'band';
	return { fromM, toM, bothSides: true, rank, classCode, kind, waveM };
}

/** The strips of the plan's bands. */
export const PLAN_BANDS: BandStyle = {
	river: [
		middle(185, RANK.river, '1701', 45),
		sides(185, 300, RANK.riverBank, '1401', 45),
		sides(300, 326, RANK.riverBank, '1207', 45),
	],
	stream: [middle(17, RANK.stream, '1701', 5), sides(17, 62, RANK.streamBank, '1401', 5)],
	expressway: [middle(30, RANK.expressway, '1202'), sides(30, 80, RANK.bandVerge, '1402')],
	railway: [middle(16, RANK.railway, '1201'), sides(16, 58, RANK.bandVerge, '1402')],
};

/** The strips of the surveyed bands: the same courses, other edges. */
export const CURRENT_BANDS: BandStyle = {
	river: [middle(165, RANK.river, '1701', 60), sides(165, 270, RANK.riverBank, '0506', 60)],
	stream: [middle(11, RANK.stream, '1705', 4), sides(11, 30, RANK.streamBank, '0304', 4)],
	expressway: [middle(24, RANK.expressway, '1202'), sides(24, 48, RANK.bandVerge, '0301')],
	railway: [middle(13, RANK.railway, '1201')],
};

/**
 * Draws a park's river, streams, expressways and railways, each strip cut where its course meets an arterial.
 *
 * O(points of the lines).
 */
export function drawBands(
	sheet: Sheet,
	layout: ParkLayout,
	mesh: StreetMesh,
	style: BandStyle,
	seed: number,
): void {
	layout.bands.forEach(({ kind, line }, band) => {
		const course = smoothCurve(line, STEP_M, false);
		const breaks = breaksOf(course, mesh);
		for (const strip of style[kind]) {
			for (const side of strip.bothSides ? [1, -1] : [1]) {
				const edge = (offsetM: number) =>
					offsetLine(course, (k) => side * offsetM + sideWave(offsetM * side, course[k], strip, seed + band));
				const inner = edge(strip.fromM);
				const outer = edge(strip.toM);
				for (let b = 0; b + 1 < breaks.length; b++) {
					const [from, to] = [breaks[b], breaks[b + 1]];
					const ring = [...inner.slice(from, to + 1), ...outer.slice(from, to + 1).reverse()];
					sheet.add({ kind: strip.kind, classCode: strip.classCode }, strip.rank, ring);
				}
			}
		}
	});
}

function sideWave(offsetM: number, [eastM, northM]: PointM, { waveM }: BandStrip, seed: number): number {
	const sign = Math.sign(offsetM);
	return waveM === 0 ? 0 : sign * waveM * smoothNoise(seed, sign > 0 ? 41 : 42, eastM, northM, 900);
}

function breaksOf(course: readonly PointM[], mesh: StreetMesh): number[] {
	const breaks = [0];
	let before = '';
	course.forEach((point, k) => {
		const block = superblockOf(mesh.cellOf(point)).join();
		const last = breaks[breaks.length - 1];
		if (before !== '' && block !== before && k - last > 4 && course.length - 1 - k > 4) breaks.push(k);
		before = block;
	});
	breaks.push(course.length - 1);
	return breaks;
}
