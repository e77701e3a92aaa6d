import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { ownerOfEach } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { fromGridSteps, isUsablePosition } from '../arrangement/grid-position.ts';
import type { CoverageIssue, CoverageIssueCode, CoverageIssueParams, RingFault } from './issue.ts';
import { findRingContacts } from './ring-contact.ts';

/** The severities of ring faults: what building repairs without moving any ground is a warning. */
const FAULT_SEVERITY: Readonly<Record<RingFault, 'error' | 'warning'>> = {
	'hole-outside-shell': 'error',
	'holes-overlapping': 'error',
	'self-crossing': 'error',
	'self-touching': 'warning',
	'too-few-vertices': 'error',
	'zero-area': 'error',
};

/**
 * Checks each ring and parcel of layer 0 of the arrangement by itself.
 *
 * Finds unusable coordinates, repeated vertices, rings with fewer than three distinct vertices or without area, rings that cross or touch
 * themselves or another ring of their polygon, holes outside their shell, holes that overlap, parcels without ground, and parcel numbers
 * that are zero or not unique. Vertices count as equal when they snap to the same grid point. O(positions + faces).
 */
export function checkRings(arrangement: Arrangement, parcelNos: Int32Array): CoverageIssue[] {
	const polygons = arrangement.layers[0];
	const issues: CoverageIssue[] = [];
	const report = (
		code: CoverageIssueCode,
		severity: CoverageIssue['severity'],
		feature: number,
		at: LonLat | null,
		params: CoverageIssueParams = {},
	) => {
		issues.push({ code, severity, parcelNos: [parcelNos[feature]], at, params });
	};
	const reportFault = (fault: RingFault, feature: number, at: LonLat | null) =>
		report('ring.invalid', FAULT_SEVERITY[fault], feature, at, { reason: fault });

	const { ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const polygonOfRing = ownerOfEach(polygonOffsets, ringOffsets.length - 1);
	const featureOfPolygon = ownerOfEach(featureOffsets, polygonOffsets.length - 1);
	const featureOfRing = polygonOfRing.map((polygon) => featureOfPolygon[polygon]);

	const counts = new Map<number, number>();
	for (const no of parcelNos) counts.set(no, (counts.get(no) ?? 0) + 1);
	const coversGround = new Uint8Array(parcelNos.length);
	for (const feature of arrangement.covers[0].features) coversGround[feature] = 1;
	for (let feature = 0; feature < parcelNos.length; feature++) {
		const at = featureStart(polygons, feature);
		const count = counts.get(parcelNos[feature]) ?? 1;
		if (parcelNos[feature] === 0 || count > 1)
			report('parcel-number.invalid', 'error', feature, at, { count });
		if (coversGround[feature] === 0) report('parcel.empty', 'error', feature, at);
	}

	const windsRoundGround = new Uint8Array(ringOffsets.length);
	for (const ring of arrangement.faceRings.rings) {
		if (ring < windsRoundGround.length) windsRoundGround[ring] = 1;
	}
	for (let ring = 0; ring + 1 < ringOffsets.length; ring++) {
		const feature = featureOfRing[ring];
		const { repeated, unusable, distinct, firstRepeated } = countVertices(arrangement, ring);
		const at = ringStart(polygons, ring);
		if (unusable > 0) report('coordinate.out-of-range', 'error', feature, at, { count: unusable });
		if (distinct < 3) reportFault('too-few-vertices', feature, at);
		else if (windsRoundGround[ring] === 0) reportFault('zero-area', feature, at);
		if (repeated > 0) report('vertex.repeated', 'warning', feature, firstRepeated, { count: repeated });
	}
	for (const { fault, ring, node } of findRingContacts(arrangement, polygonOfRing)) {
		const { nodeX, nodeY } = arrangement.rounded;
		reportFault(fault, featureOfRing[ring], [fromGridSteps(nodeX[node]), fromGridSteps(nodeY[node])]);
	}
	for (const [ring, fault] of misplacedHoles(arrangement, polygonOfRing)) {
		reportFault(fault, featureOfRing[ring], ringStart(polygons, ring));
	}
	return issues;
}

function countVertices(
	{ layers: [{ coordinates, ringOffsets }], soup: { nodeOfPosition } }: Arrangement,
	ring: number,
) {
	const from = ringOffsets[ring];
	const to = ringOffsets[ring + 1];
	let repeated = 0;
	let unusable = 0;
	let firstRepeated: LonLat | null = null;
	const distinct = new Set<number>();
	let previous = -1;
	for (let i = from; i < to; i++) {
		const node = nodeOfPosition[i];
		if (node < 0) {
			unusable++;
			continue;
		}
		distinct.add(node);
		if (node === previous && repeated++ === 0) firstRepeated = [coordinates[2 * i], coordinates[2 * i + 1]];
		previous = node;
	}
	let first = from;
	while (first < to && nodeOfPosition[first] < 0) first++;
	// Rings are open: the first vertex again at the end is a repetition too.
	if (distinct.size > 1 && previous === nodeOfPosition[first] && repeated++ === 0) {
		firstRepeated = [coordinates[2 * first], coordinates[2 * first + 1]];
	}
	return { repeated, unusable, distinct: distinct.size, firstRepeated };
}

/** Finds rings that enclose ground outside their shell, or that another hole of the polygon encloses too. */
function misplacedHoles(
	{ layers, faceRings }: Arrangement,
	polygonOfRing: Uint32Array,
): Map<number, RingFault> {
	const { polygonOffsets } = layers[0];
	const faults = new Map<number, RingFault>();
	const { offsets, rings } = faceRings;
	for (let face = 0; face + 1 < offsets.length; face++) {
		for (let i = offsets[face]; i < offsets[face + 1];) {
			const polygon = polygonOfRing[rings[i]];
			if (polygon === undefined) break;
			const shell = polygonOffsets[polygon];
			const first = rings[i];
			let holes = 0;
			for (; i < offsets[face + 1] && polygonOfRing[rings[i]] === polygon; i++) {
				if (rings[i] === shell) continue;
				if (first !== shell) faults.set(rings[i], 'hole-outside-shell');
				else if (++holes > 1 && !faults.has(rings[i])) faults.set(rings[i], 'holes-overlapping');
			}
		}
	}
	return faults;
}

function featureStart(polygons: FlatPolygons, feature: number): LonLat | null {
	const { featureOffsets, polygonOffsets, ringOffsets } = polygons;
	return firstUsable(
		polygons,
		ringOffsets[polygonOffsets[featureOffsets[feature]]],
		ringOffsets[polygonOffsets[featureOffsets[feature + 1]]],
	);
}

function ringStart(polygons: FlatPolygons, ring: number): LonLat | null {
	return firstUsable(polygons, polygons.ringOffsets[ring], polygons.ringOffsets[ring + 1]);
}

/** The first usable of a stretch of positions; null where there is none. O(positions). */
export function firstUsable({ coordinates }: FlatPolygons, from: number, to: number): LonLat | null {
	for (let i = from; i < to; i++) {
		if (isUsablePosition(coordinates[2 * i], coordinates[2 * i + 1])) {
			return [coordinates[2 * i], coordinates[2 * i + 1]];
		}
	}
	return null;
}
