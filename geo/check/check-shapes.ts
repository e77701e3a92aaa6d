import { ellipsoidalRingAreaM2 } from '../area/ellipsoidal.ts';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { ownerOfEach } from '../arrangement/arrange.ts';
import { perimeterM } from './check-faces.ts';
import type { CheckLimits } from './check-limits.ts';
import { firstUsable } from './check-rings.ts';
import { findSpikes } from './check-spikes.ts';
import { isUsablePosition } from '../arrangement/grid-position.ts';
import { interiorPoint } from '../arrangement/interior-point.ts';
import type { CoverageIssue, CoverageIssueCode, CoverageIssueParams } from './issue.ts';
import type { ParcelSet } from '../parcel-set.ts';

/** Notes what was found in a feature. */
type Report = (
	code: CoverageIssueCode,
	feature: number,
	at: LonLat | null,
	params: CoverageIssueParams,
) => void;

/** Polygons with the ellipsoidal area in m² of each ring (counter-clockwise positive) and of each polygon; NaN where positions are unusable. */
interface Measured extends FlatPolygons {
	readonly ringAreasM2: Float64Array;
	readonly polygonAreasM2: Float64Array;
}

/**
 * Holds each parcel's own shape against limits: spikes, direction of rings, slivers, minimum area, parts, vertices.
 *
 * Degrees (EPSG:4490), any polygons; parcels with unusable positions are held against what can be told of them. All issues are warnings: they
 * keep no coverage from being built. Never throws on well-formed polygons. O(positions).
 */
export function checkShapes({ parcelNos, polygons }: ParcelSet, limits: CheckLimits): CoverageIssue[] {
	const issues: CoverageIssue[] = [];
	const report: Report = (code, feature, at, params) =>
		issues.push({ code, severity: 'warning', parcelNos: [parcelNos[feature]], at, params });
	const measured = measure(polygons);
	const count = Math.min(parcelNos.length, polygons.featureOffsets.length - 1);
	for (let f = 0; f < count; f++) {
		if (polygons.featureOffsets[f] === polygons.featureOffsets[f + 1]) continue;
		if (limits.maxVertices !== null) checkVertexCount(measured, f, limits.maxVertices, report);
		if (limits.direction) checkDirection(measured, f, report);
		if (limits.sliverWidthM !== null) checkSlivers(measured, f, limits.sliverWidthM, report);
		if (limits.multipart) checkParts(measured, f, report);
		const minimumM2 = minimumOf(limits, parcelNos[f]);
		if (minimumM2 !== null) checkMinimum(measured, f, minimumM2, report);
	}
	if (limits.spikeWidthM !== null) checkSpikes(measured, limits.spikeWidthM, report);
	return issues;
}

/** The signed ellipsoidal area of each ring in m², counter-clockwise positive; NaN where positions are unusable. O(positions). */
export function ringAreasM2({ coordinates, ringOffsets }: FlatPolygons): Float64Array {
	const areas = new Float64Array(Math.max(0, ringOffsets.length - 1));
	for (let r = 0; r < areas.length; r++)
		areas[r] = ellipsoidalRingAreaM2(coordinates, ringOffsets[r], ringOffsets[r + 1]);
	return areas;
}

/** Says whether a ring of an area runs the wrong way; one without area runs neither. */
export function isWrongWay(areaM2: number, isShell: boolean): boolean {
	return isShell ? areaM2 < 0 : areaM2 > 0;
}

function measure(polygons: FlatPolygons): Measured {
	const { polygonOffsets } = polygons;
	const ofRings = ringAreasM2(polygons);
	const polygonAreasM2 = new Float64Array(Math.max(0, polygonOffsets.length - 1));
	for (let p = 0; p < polygonAreasM2.length; p++) {
		for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++)
			polygonAreasM2[p] += r === polygonOffsets[p] ? Math.abs(ofRings[r]) : -Math.abs(ofRings[r]);
	}
	return { ...polygons, ringAreasM2: ofRings, polygonAreasM2 };
}

function minimumOf({ minAreaM2 }: CheckLimits, parcelNo: number): number | null {
	if (minAreaM2 === null) return null;
	return typeof minAreaM2 === 'function' ? minAreaM2(parcelNo) : (minAreaM2.get(parcelNo) ?? null);
}

function checkVertexCount(polygons: Measured, f: number, limit: number, report: Report): void {
	const { featureOffsets, polygonOffsets, ringOffsets } = polygons;
	const from = ringOffsets[polygonOffsets[featureOffsets[f]]];
	const to = ringOffsets[polygonOffsets[featureOffsets[f + 1]]];
	if (to - from > limit)
		report('parcel.too-many-vertices', f, firstUsable(polygons, from, to), { count: to - from, limit });
}

function checkDirection(polygons: Measured, f: number, report: Report): void {
	const { featureOffsets, polygonOffsets, ringOffsets } = polygons;
	let count = 0;
	let first = -1;
	for (let p = featureOffsets[f]; p < featureOffsets[f + 1]; p++) {
		for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
			if (!isWrongWay(polygons.ringAreasM2[r], r === polygonOffsets[p])) continue;
			if (count++ === 0) first = r;
		}
	}
	if (count > 0)
		report('ring.direction', f, firstUsable(polygons, ringOffsets[first], ringOffsets[first + 1]), { count });
}

function checkSlivers(polygons: Measured, f: number, limit: number, report: Report): void {
	const { featureOffsets, polygonAreasM2 } = polygons;
	for (let p = featureOffsets[f]; p < featureOffsets[f + 1]; p++) {
		const areaM2 = polygonAreasM2[p];
		if (!(areaM2 > 0)) continue;
		const widthM = (2 * areaM2) / perimeterM(polygons, p);
		if (widthM <= limit) report('parcel.sliver', f, placeIn(polygons, p), { areaM2, widthM });
	}
}

function checkParts(polygons: Measured, f: number, report: Report): void {
	const { featureOffsets, polygonAreasM2 } = polygons;
	const from = featureOffsets[f];
	const count = featureOffsets[f + 1] - from;
	if (count < 2) return;
	let smallest = from;
	for (let p = from; p < from + count; p++) if (polygonAreasM2[p] < polygonAreasM2[smallest]) smallest = p;
	report('parcel.multipart', f, placeIn(polygons, smallest), { count, areaM2: polygonAreasM2[smallest] });
}

function checkMinimum(polygons: Measured, f: number, limit: number, report: Report): void {
	const { featureOffsets, polygonAreasM2 } = polygons;
	let areaM2 = 0;
	let largest = featureOffsets[f];
	for (let p = featureOffsets[f]; p < featureOffsets[f + 1]; p++) {
		areaM2 += polygonAreasM2[p];
		if (polygonAreasM2[p] > polygonAreasM2[largest]) largest = p;
	}
	if (areaM2 < limit)
		report('parcel.below-minimum', f, placeIn(polygons, largest), { areaM2, limitM2: limit });
}

function checkSpikes(polygons: Measured, widthM: number, report: Report): void {
	const { featureOffsets, polygonOffsets, ringOffsets } = polygons;
	const polygonOfRing = ownerOfEach(polygonOffsets, ringOffsets.length - 1);
	const featureOfPolygon = ownerOfEach(featureOffsets, polygonOffsets.length - 1);
	for (const { ring, at, ...params } of findSpikes(polygons, widthM))
		report('vertex.spike', featureOfPolygon[polygonOfRing[ring]], at, params);
}

/** A point inside a polygon; where it has none, its first usable vertex. */
function placeIn(polygons: FlatPolygons, polygon: number): LonLat | null {
	const { ringOffsets, polygonOffsets } = polygons;
	const from = ringOffsets[polygonOffsets[polygon]];
	const to = ringOffsets[polygonOffsets[polygon + 1]];
	if (from === to) return null;
	const [lon, lat] = interiorPoint(polygons, polygon);
	return isUsablePosition(lon, lat) ? [lon, lat] : firstUsable(polygons, from, to);
}
