import { ellipsoidalAreasM2 } from '../area/ellipsoidal.ts';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { findShape } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { crossCuts, cutAcross, placeCut } from './cross-cut.ts';
import type { EditResult, Lineage, Refusal } from './difference.ts';
import type { Polyline } from '../arrangement/lines.ts';
import { newParcelNos } from './new-parcel-nos.ts';
import { redraw } from './redraw.ts';
import { placeIn, refusalOf, refuse } from './refusal.ts';

/** A division of a parcel by parallel cuts. */
export interface SplitToAreas {
	readonly parcelNo: number;
	/** The direction in which the parts follow each other, in degrees clockwise from north; cuts are square to it. */
	readonly bearingDeg: number;
	/** The areas of the first parts in m², what is left is one part more; or the number of equal parts. */
	readonly into: { readonly areasM2: readonly number[] } | { readonly equalParts: number };
	/** Allows parts of several polygons; left out: no. */
	readonly allowApart?: boolean;
	/** The number of the first new parcel, the next ones count down from it; left out: below all numbers ever used. */
	readonly firstNewNo?: number;
}

/** What a part was to have and has, in m²; it misses by no more than the tolerance. */
export interface AchievedArea {
	readonly parcelNo: number;
	readonly wantedM2: number;
	readonly achievedM2: number;
	readonly toleranceM2: number;
}

/** The outcome of a division: parts in their order along the direction. */
export type SplitToAreasResult =
	| (Extract<EditResult, { ok: true }> & { readonly areas: readonly AchievedArea[] })
	| Extract<EditResult, { ok: false }>;

/** Each cut is placed by trying it on the whole shape: more would hold up whoever waits for the same thread for seconds. */
export const MOST_PARTS = 200;

/** The smallest stored unit of area in m²: less is left with the last part. */
const UNIT_M2 = 0.01;

/**
 * Divides a parcel into parts of given areas, or into equal ones, by straight cuts across a direction: it is retired, its parts are
 * new parcels.
 *
 * A part is what lies between two cuts. Each has its area (ellipsoidal) to max(0.01 m², cut length × grid step / 2) of its longer
 * cut, the last one too. Cuts are straight in longitude and latitude and parallel but for
 * 16 grid steps at their ends. What the parcel gains or loses by noding is within the tolerance. Refuses `parcel.unknown`,
 * `direction.invalid`, `split.areas-invalid` (one not above zero), `split.areas-exceed` (more than the parcel),
 * `split.parts-invalid` (not 2 to 200 parts), `split.part-vanishes` (nothing on the grid), `split.part-apart` (in
 * several polygons, unless allowed), `split.area-missed`, and those of `newParcelNos`. O(parts × vertices log vertices).
 */
export function splitToAreas(coverage: Coverage, split: SplitToAreas): SplitToAreasResult {
	const { parcelNo, bearingDeg, into, allowApart = false, firstNewNo } = split;
	const shape = findShape(coverage, parcelNo);
	if (shape === null) return refuse('parcel.unknown', [parcelNo]);
	const at: LonLat = [shape.coordinates[0], shape.coordinates[1]];
	if (!Number.isFinite(bearingDeg)) return refuse('direction.invalid', [parcelNo], at);
	const [totalM2] = ellipsoidalAreasM2(shape);
	const wanted = wantedAreas(into, totalM2);
	if (!wanted.ok) return refuse(wanted.code, [parcelNo], at, wanted.params);
	const numbers = newParcelNos(coverage, wanted.areasM2.length, at, firstNewNo);
	if (!numbers.ok) return numbers;

	const { parts, lengthsM, stepM } = cutParts(shape, bearingDeg, wanted.areasM2);
	const unfit = findUnfitPart(parts, allowApart);
	if (unfit !== null) return refuse(unfit.code, [parcelNo], unfit.at ?? at, { part: unfit.part });
	const newShapes = new Map<number, FlatPolygons | null>([[parcelNo, null]]);
	parts.forEach((part, i) => newShapes.set(numbers.parcelNos[i], part));
	const lineage = numbers.parcelNos.map((to): Lineage => ({ from: parcelNo, to }));
	const result = redraw(coverage, newShapes, lineage);
	if (!result.ok) return result;

	const areas = numbers.parcelNos.map((no, i): AchievedArea => {
		const drawn = findShape(result.coverage, no);
		const lengthM = Math.max(lengthsM[i - 1] ?? 0, lengthsM[i] ?? 0);
		return {
			parcelNo: no,
			wantedM2: wanted.areasM2[i],
			achievedM2: drawn === null ? 0 : ellipsoidalAreasM2(drawn)[0],
			toleranceM2: Math.max(UNIT_M2, (lengthM * stepM) / 2),
		};
	});
	const missed = areas.findIndex((area) => !(Math.abs(area.achievedM2 - area.wantedM2) <= area.toleranceM2));
	if (missed >= 0) {
		const { wantedM2, achievedM2, toleranceM2 } = areas[missed];
		const there = placeIn(findShape(result.coverage, areas[missed].parcelNo)) ?? at;
		return refuse('split.area-missed', [parcelNo], there, {
			part: missed,
			wantedM2,
			achievedM2,
			toleranceM2,
		});
	}
	return { ...result, areas };
}

/** Says why `splitToAreas` would be refused, null when it would be done. */
export function canSplitToAreas(coverage: Coverage, split: SplitToAreas): Refusal | null {
	return refusalOf(splitToAreas(coverage, split));
}

/** The first part, counted from 0, that is nothing or in several polygons. */
function findUnfitPart(parts: readonly FlatPolygons[], allowApart: boolean) {
	const vanished = parts.findIndex(({ polygonOffsets }) => polygonOffsets.length < 2);
	if (vanished >= 0) return { code: 'split.part-vanishes', part: vanished, at: null };
	const apart = allowApart ? -1 : parts.findIndex(({ polygonOffsets }) => polygonOffsets.length > 2);
	if (apart < 0) return null;
	const { coordinates, ringOffsets, polygonOffsets } = parts[apart];
	const second = 2 * ringOffsets[polygonOffsets[1]];
	const at: LonLat = [coordinates[second], coordinates[second + 1]];
	return { code: 'split.part-apart', part: apart, at };
}

function wantedAreas(
	into: SplitToAreas['into'],
	totalM2: number,
):
	| { readonly ok: true; readonly areasM2: readonly number[] }
	| { readonly ok: false; readonly code: string; readonly params: Refusal['params'] } {
	const wrongCount = (parts: number) => {
		return { ok: false, code: 'split.parts-invalid', params: { parts, mostParts: MOST_PARTS } } as const;
	};
	if ('equalParts' in into) {
		const count = into.equalParts;
		if (!Number.isInteger(count) || count < 2 || count > MOST_PARTS) return wrongCount(count);
		return { ok: true, areasM2: Array.from({ length: count }, () => totalM2 / count) };
	}
	const { areasM2 } = into;
	const part = areasM2.findIndex((area) => !(area > 0 && area < Infinity));
	if (part >= 0) return { ok: false, code: 'split.areas-invalid', params: { part } };
	const wantedM2 = areasM2.reduce((sum, area) => sum + area, 0);
	const restM2 = totalM2 - wantedM2;
	if (restM2 < -UNIT_M2) return { ok: false, code: 'split.areas-exceed', params: { wantedM2, totalM2 } };
	// The last area given is the rest itself when nothing worth a part is left.
	const parts =
		restM2 > UNIT_M2 ? [...areasM2, restM2] : [...areasM2.slice(0, -1), (areasM2.at(-1) ?? 0) + restM2];
	if (areasM2.length === 0 || parts.length < 2 || parts.length > MOST_PARTS) return wrongCount(parts.length);
	return { ok: true, areasM2: parts };
}

/** Places cut after cut; what one part misses, the next makes good, so that the last one is right too. */
function cutParts(shape: FlatPolygons, bearingDeg: number, areasM2: readonly number[]) {
	const cuts = crossCuts(shape, bearingDeg);
	const lines: Polyline[] = [];
	const lengthsM: number[] = [];
	let restM2 = areasM2.reduce((sum, area) => sum + area, 0);
	let wantedM2 = 0;
	let achievedM2 = 0;
	for (const areaM2 of areasM2.slice(0, -1)) {
		wantedM2 += areaM2;
		restM2 -= areaM2;
		const cut = placeCut(cuts, lines.at(-1) ?? null, {
			belowM2: wantedM2,
			partM2: wantedM2 - achievedM2,
			restM2,
		});
		achievedM2 += cut.partM2;
		lines.push(cut.line);
		lengthsM.push(cut.lengthM);
	}
	return { parts: cutAcross(shape, lines), lengthsM, stepM: cuts.stepM };
}
