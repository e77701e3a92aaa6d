import type { Overlay } from '$geo/arrangement/overlay.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { OverlayPieces } from '$lib/domain/balance/change-matrix.ts';
import { ByteCache, keepPromise } from '../tile/byte-cache.ts';
import { rowOf } from '../tile/parcel-table.ts';
import { wholeTable, type CoverageSnapshot } from '../tile/snapshot.ts';

/** An overlay's pieces without their shapes. */
export type OverlayAreas = Pick<Overlay, 'parcelNos' | 'areaM2'>;

/** Overlays sets of parcels, wherever it does the work: a second and more for a zone. */
export type OverlayMaker = (sets: readonly ParcelSet[]) => Promise<OverlayAreas>;

const LIMIT_BYTES = 64 * 1024 * 1024;
const AREAS_LIMIT_BYTES = 16 * 1024 * 1024;
const BYTES_PER_PIECE = 16;

/** Overlays of a plan and a current revision, made once for each pair while there is room, however many ask at once. */
export class OverlayStore {
	readonly #make: OverlayMaker;
	readonly #kept = new ByteCache<Promise<OverlayPieces>>(LIMIT_BYTES);
	readonly #keptAreas = new ByteCache<Promise<OverlayAreas>>(AREAS_LIMIT_BYTES);

	constructor(make: OverlayMaker) {
		this.#make = make;
	}

	/** The pieces of two revisions, as rows of their whole tables (−1: none). O(edges log edges) the first time; a failure is not kept. */
	piecesOf(plan: CoverageSnapshot, current: CoverageSnapshot): Promise<OverlayPieces> {
		const key = `${plan.contentId}/${current.contentId}`;
		const kept = this.#kept.get(key);
		if (kept !== undefined) return kept;
		const making = this.#piecesOf(plan, current);
		keepPromise(this.#kept, key, making, ({ areaM2 }) => areaM2.length * BYTES_PER_PIECE);
		return making;
	}

	/** The pieces of other sets of parcels, as their numbers (0: none), by a key that names their contents; a failure is not kept. */
	areasOf(key: string, setsOf: () => readonly ParcelSet[]): Promise<OverlayAreas> {
		const kept = this.#keptAreas.get(key);
		if (kept !== undefined) return kept;
		const making = this.#make(setsOf());
		const bytesOf = ({ parcelNos, areaM2 }: OverlayAreas) =>
			parcelNos.reduce((sum, nos) => sum + nos.byteLength, areaM2.byteLength);
		keepPromise(this.#keptAreas, key, making, bytesOf);
		return making;
	}

	async #piecesOf(plan: CoverageSnapshot, current: CoverageSnapshot): Promise<OverlayPieces> {
		const tables = [plan, current].map(wholeTable);
		const overlay = await this.#make(
			tables.map(({ parcelNo, polygons }) => ({ parcelNos: parcelNo, polygons })),
		);
		const [planRows, currentRows] = tables.map((table, i) =>
			overlay.parcelNos[i].map((parcelNo) => rowOf(table, parcelNo)),
		);
		return {
			plan: planRows,
			current: currentRows,
			areaM2: overlay.areaM2,
		};
	}
}
