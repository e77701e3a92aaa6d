/**
 * What shapes are held against; a limit that is null is not checked.
 *
 * None of the numbers is taken from a regulation: what law or a survey order asks for is given by the caller, who knows the source.
 */
export interface CheckLimits {
	/** A vertex is a spike where the ring turns back at an angle of at most this, in degrees… */
	readonly spikeAngleDeg: number | null;
	/** …and the end of the shorter leg is at most this far from the longer leg, in metres. */
	readonly spikeWidthM: number;
	/** A parcel, or a part of one, is a sliver whose mean width (twice its area over its perimeter) is below this, in metres. */
	readonly sliverWidthM: number | null;
	/** The least area of a parcel in m² (ellipsoidal), null for none: what is below it, not at it, is reported. */
	readonly minAreaM2: ((parcelNo: number) => number | null) | ReadonlyMap<number, number | null> | null;
	/** The most vertices that a parcel may have. */
	readonly maxVertices: number | null;
	/** Whether parcels of several parts are reported. */
	readonly multipart: boolean;
	/** Whether rings that run the wrong way are reported: shells run counter-clockwise, holes clockwise (OGC 06-103r4, 6.1.11). */
	readonly direction: boolean;
}

/**
 * Limits to begin with: working values without a source, chosen so that nothing a surveyor draws on purpose is reported.
 *
 * A spike of 5° that is 5 cm wide is half a metre long; a strip of 10 cm is narrower than a kerb. Minimum areas by class and a number of vertices are
 * rules of the place, so there is none.
 */
export const DEFAULT_LIMITS: CheckLimits = {
	spikeAngleDeg: 5,
	spikeWidthM: 0.05,
	sliverWidthM: 0.1,
	minAreaM2: null,
	maxVertices: null,
	multipart: true,
	direction: true,
};
