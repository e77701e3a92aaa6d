import { overlayParcelSets } from '$geo/coverage/overlay.ts';
import type { OverlayPieces } from '$lib/domain/balance/change-matrix.ts';
import { ByteCache } from '../tile/byte-cache.ts';
import type { CoverageSnapshot } from '../tile/snapshot.ts';

const LIMIT_BYTES = 64 * 1024 * 1024;
const BYTES_PER_PIECE = 16;

/** Overlays of a plan and a current revision, computed once for each pair while there is room. */
export class OverlayStore {
	readonly #kept = new ByteCache<OverlayPieces>(LIMIT_BYTES);

	/** The pieces of two revisions, as rows of their snapshots (−1: none). O(edges log edges) the first time. */
	piecesOf(plan: CoverageSnapshot, current: CoverageSnapshot): OverlayPieces {
		const key = `${plan.contentId}/${current.contentId}`;
		const kept = this.#kept.get(key);
		if (kept !== undefined) return kept;
		const overlay = overlayParcelSets(
			[plan, current].map(({ parcelNo, polygons }) => ({ parcelNos: parcelNo, polygons })),
		);
		const rowsIn = (snapshot: CoverageSnapshot, parcelNos: Int32Array) =>
			Int32Array.from(parcelNos, (parcelNo) => snapshot.rowOf.get(parcelNo) ?? -1);
		const pieces: OverlayPieces = {
			plan: rowsIn(plan, overlay.parcelNos[0]),
			current: rowsIn(current, overlay.parcelNos[1]),
			areaM2: overlay.areaM2,
		};
		this.#kept.set(key, pieces, pieces.areaM2.length * BYTES_PER_PIECE);
		return pieces;
	}
}
