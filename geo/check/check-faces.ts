import { ellipsoidalAreasM2 } from '../area/ellipsoidal.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import { ownerOfEach } from '../arrangement/arrange.ts';
import type { Arrangement, LayerCover } from '../arrangement/arrange.ts';
import { regionPolygons } from '../arrangement/dissolve.ts';
import { interiorPoint } from '../arrangement/interior-point.ts';
import { SLIVER_WIDTH_M } from './check-limits.ts';
import type { CoverageIssue, CoverageIssueCode } from './issue.ts';
import { metresBetween } from '../arrangement/metres.ts';
import { traceRegions } from '../arrangement/region.ts';
import type { Regions } from '../arrangement/region.ts';

/**
 * Finds overlaps, gaps, ground outside the outline, and slivers of any of these.
 *
 * Layer 0 of the arrangement is the set of parcels, layer 1 (if there is one) the outline. Without outline a gap is ground enclosed by
 * parcels but covered by none. Each connected piece of a finding is one issue, with an ellipsoidal area in m²; pieces of mean width
 * ≤ SLIVER_WIDTH_M are `edge.unmatched`. O(half-edges).
 */
export function checkFaces(arrangement: Arrangement, parcelNos: Int32Array): CoverageIssue[] {
	const [parcels, outline] = arrangement.covers;
	const inside = (face: number) => outline === undefined || countAt(outline, face) > 0;
	const count = (face: number) => countAt(parcels, face);
	return [
		...reportFaces(arrangement, parcelNos, 'parcel.overlaps', (face) => count(face) > 1),
		...reportFaces(arrangement, parcelNos, 'coverage.gap', (face) => count(face) === 0 && inside(face)),
		...reportFaces(
			arrangement,
			parcelNos,
			'parcel.outside-outline',
			(face) => count(face) > 0 && !inside(face),
		),
		...overlapsWithItself(arrangement, parcelNos),
	];
}

function countAt({ offsets }: LayerCover, face: number): number {
	return offsets[face + 1] - offsets[face];
}

/** Reports connected faces that are offending and covered by the same parcels. */
function reportFaces(
	arrangement: Arrangement,
	parcelNos: Int32Array,
	code: CoverageIssueCode,
	isOffending: (face: number) => boolean,
): CoverageIssue[] {
	const labels = new Int32Array(arrangement.faceCount);
	const labelOfKey = new Map<string, number>();
	for (let face = 1; face < labels.length; face++) {
		if (!isOffending(face)) continue;
		const key = coveringParcels(arrangement, parcelNos, face).join(' ');
		const label = labelOfKey.get(key) ?? labelOfKey.size + 1;
		labelOfKey.set(key, label);
		labels[face] = label;
	}
	return labelOfKey.size === 0 ? [] : describe(arrangement, parcelNos, code, labels);
}

function coveringParcels({ covers: [cover] }: Arrangement, parcelNos: Int32Array, face: number): number[] {
	return Array.from(
		cover.features.subarray(cover.offsets[face], cover.offsets[face + 1]),
		(f) => parcelNos[f],
	);
}

function describe(
	arrangement: Arrangement,
	parcelNos: Int32Array,
	code: CoverageIssueCode,
	labels: Int32Array,
): CoverageIssue[] {
	const regions = traceRegions(arrangement, labels);
	const dissolved = regionPolygons(arrangement, regions);
	const polygonCount = dissolved.polygonOffsets.length - 1;
	const pieces = {
		...dissolved,
		featureOffsets: Uint32Array.from({ length: polygonCount + 1 }, (_, p) => p),
	};
	const areas = ellipsoidalAreasM2(pieces);
	return Array.from(areas, (areaM2, p): CoverageIssue => {
		const widthM = (2 * areaM2) / perimeterM(pieces, p);
		const isSliver = widthM <= SLIVER_WIDTH_M;
		return {
			code: isSliver ? 'edge.unmatched' : code,
			severity: 'error',
			parcelNos: parcelsAtPiece(arrangement, parcelNos, regions, p),
			at: interiorPoint(pieces, p),
			params: isSliver ? { areaM2, widthM } : { areaM2 },
		};
	});
}

/** The parcels that cover a piece; where none does, those along its boundary. */
function parcelsAtPiece(
	arrangement: Arrangement,
	parcelNos: Int32Array,
	{ halfEdges, ringOffsets, polygonOffsets }: Regions,
	polygon: number,
): number[] {
	const from = ringOffsets[polygonOffsets[polygon]];
	const to = ringOffsets[polygonOffsets[polygon + 1]];
	const covering = coveringParcels(arrangement, parcelNos, arrangement.faceOf[halfEdges[from]]);
	const found = new Set(covering);
	if (covering.length === 0) {
		for (const half of halfEdges.subarray(from, to)) {
			for (const no of coveringParcels(arrangement, parcelNos, arrangement.faceOf[half ^ 1])) found.add(no);
		}
	}
	return [...found].sort((a, b) => a - b);
}

/** The perimeter of a polygon in metres, holes included. O(vertices). */
export function perimeterM(
	{ coordinates, ringOffsets, polygonOffsets }: FlatPolygons,
	polygon: number,
): number {
	let perimeter = 0;
	for (let r = polygonOffsets[polygon]; r < polygonOffsets[polygon + 1]; r++) {
		const end = ringOffsets[r + 1];
		for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) {
			perimeter += metresBetween(
				coordinates[2 * j],
				coordinates[2 * j + 1],
				coordinates[2 * i],
				coordinates[2 * i + 1],
			);
		}
	}
	return perimeter;
}

/** Reports ground that two polygons of one parcel share. */
function overlapsWithItself(arrangement: Arrangement, parcelNos: Int32Array): CoverageIssue[] {
	const { faceRings, layers } = arrangement;
	const { featureOffsets, polygonOffsets, ringOffsets } = layers[0];
	const polygonOfRing = ownerOfEach(polygonOffsets, ringOffsets.length - 1);
	const featureOfPolygon = ownerOfEach(featureOffsets, polygonOffsets.length - 1);
	const labels = new Int32Array(arrangement.faceCount);
	let found = false;
	for (let face = 1; face < labels.length; face++) {
		if (faceRings.offsets[face + 1] - faceRings.offsets[face] < 2) continue;
		const odd = new Set<number>();
		for (let i = faceRings.offsets[face]; i < faceRings.offsets[face + 1]; i++) {
			const polygon = polygonOfRing[faceRings.rings[i]];
			if (polygon !== undefined && !odd.delete(polygon)) odd.add(polygon);
		}
		if (odd.size < 2) continue;
		const features = Array.from(odd, (polygon) => featureOfPolygon[polygon]);
		const twice = features.find((feature, i) => features.indexOf(feature) !== i);
		if (twice === undefined) continue;
		labels[face] = twice + 1;
		found = true;
	}
	return found ? describe(arrangement, parcelNos, 'parcel.overlaps', labels) : [];
}
