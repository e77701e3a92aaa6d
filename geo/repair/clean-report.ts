import type { LonLat } from '../flat-polygons.ts';
import type { CoverageIssue } from '../check/issue.ts';

/** A narrow piece of ground and who has it now. */
export interface SettledSliver {
	/** What it was: covered by none, by several, beyond the outline, or a part of a parcel apart from its others. */
	readonly kind: 'gap' | 'overlap' | 'outside' | 'part';
	/** The parcels that had it, ascending; none for a gap. */
	readonly from: readonly number[];
	/** The parcel that has it now; null where it was cut off. */
	readonly to: number | null;
	readonly areaM2: number;
	/** Mean width in metres. */
	readonly widthM: number;
	/** A place inside, degrees (EPSG:4490). */
	readonly at: LonLat;
}

/** A spike that was cut off a ring, or a slit that was closed. */
export interface CutSpike {
	readonly parcelNo: number;
	/** Its tip, degrees (EPSG:4490). */
	readonly at: LonLat;
	readonly lengthM: number;
	readonly widthM: number;
}

/** The place of a parcel's boundary that moved farthest, and by how much. */
export interface BoundaryMove {
	readonly parcelNo: number;
	readonly byM: number;
	/** The vertex, old or new, that lies farthest from the other boundary, degrees (EPSG:4490). */
	readonly at: LonLat;
}

/** The ground that a parcel gained and lost, ellipsoidal. */
export interface AreaChange {
	readonly parcelNo: number;
	readonly gainedM2: number;
	readonly lostM2: number;
}

/** A parcel that is not in the cleaned set. */
export interface DroppedParcel {
	readonly parcelNo: number;
	/** It covers no ground, or its number and ground are those of another record of the set. */
	readonly reason: 'no-ground' | 'repeated';
	readonly at: LonLat | null;
}

/** All that cleaning found and did, and what it left. Lists are in an order that depends on the geometry and the numbers alone. */
export interface CleanReport {
	/** What the check says of the set as given, without the spikes. */
	readonly found: readonly CoverageIssue[];
	readonly slivers: readonly SettledSliver[];
	readonly spikes: readonly CutSpike[];
	readonly dropped: readonly DroppedParcel[];
	/** The parcels whose ground changed, ascending. */
	readonly areas: readonly AreaChange[];
	/** The parcels whose boundary moved by more than snapping to the grid does, farthest first. */
	readonly moves: readonly BoundaryMove[];
	/** The farthest that anything moved, snapping included; null when nothing did. */
	readonly farthest: BoundaryMove | null;
	/** What the check says of the cleaned set: nothing of severity error when a coverage can be built from it. */
	readonly unresolved: readonly CoverageIssue[];
}
