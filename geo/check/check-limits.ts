/**
 * Ground of at most this mean width (twice its area over its perimeter), in metres, is a sliver: two boundaries that were meant to be one.
 *
 * The one width for all that is too narrow to be meant: checking tells slivers from gaps and overlaps by it and reports parts and spikes that are as
 * narrow, cleaning settles and cuts them, editing takes places that are nearer for the same. A working value without a source: boundary points are written to
 * the centimetre or finer, so what is narrower cannot be told from rounding, and no ground that anybody owns is.
 */
export const SLIVER_WIDTH_M = 0.01;

/**
 * A fold of a ring is a spike where it is at least this many times as long as wide, besides being narrow: an angle below some 14°.
 *
 * Without source too: blunter corners are drawn on purpose, and keep their place to within a few widths when something is rounded.
 */
export const SPIKE_SLENDERNESS = 4;

/**
 * What shapes are held against; a limit that is null is not checked.
 *
 * None of the numbers is taken from a regulation: what law or a survey order asks for is given by the caller, who knows the source.
 */
export interface CheckLimits {
	/** A vertex is a spike where the ring folds back and the end of the shorter leg is at most this far from the longer leg, in metres (`findSpikes`). */
	readonly spikeWidthM: number | null;
	/** A parcel, or a part of one, is a sliver whose mean width is at most this, in metres. */
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

/** Limits to begin with. Minimum areas by class and a number of vertices are rules of the place, so there is none. */
export const DEFAULT_LIMITS: CheckLimits = {
	spikeWidthM: SLIVER_WIDTH_M,
	sliverWidthM: SLIVER_WIDTH_M,
	minAreaM2: null,
	maxVertices: null,
	multipart: true,
	direction: true,
};
