import { ringAreaM2 } from './curve.ts';
import { RANK } from './draft-parcel.ts';
import type { DraftParcel, Sheet } from './draft-parcel.ts';
import type { RingM } from './frame.ts';
import { hasRoomFor } from './lot-size.ts';
import { serviceAreaM2 } from './plan-uses.ts';
import { cutCorner } from './subdivide.ts';

/** Adds a lot; a service takes a corner of it when there is room for both, and the lot keeps the rest as one parcel. O(points). */
export function drawLot(
	sheet: Sheet,
	draft: DraftParcel,
	service: string | null,
	lot: RingM,
	sizeScale: number,
	seed: number,
	salt: number,
): void {
	const wantedM2 = service ? sizeScale * serviceAreaM2(service, seed, salt) : 0;
	const fits = service !== null && service !== draft.classCode && wantedM2 < 0.55 * ringAreaM2(lot);
	const parts = fits ? cutCorner(lot, wantedM2, seed, salt) : null;
	const leftM2 = parts ? ringAreaM2(lot) - ringAreaM2(parts[0]) : 0;
	if (!parts || !service || !hasRoomFor(draft.classCode, leftM2, sizeScale)) {
		sheet.add(draft, RANK.lot, lot);
		return;
	}
	sheet.add({ ...draft, classCode: service }, RANK.lot, parts[0]);
	sheet.add(draft, RANK.lot, ...parts[1]);
}
