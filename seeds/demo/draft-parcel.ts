import type { RingM } from './frame.ts';

/** What a draft parcel is on the ground. */
export type DraftKind = 'street' | 'band' | 'lot' | 'open';

/** A parcel before the sheet is cut; cut off pieces become parcels of their own. */
export interface DraftParcel {
	readonly kind: DraftKind;
	/** A code of the 2023 list, or `MX` of the local one. */
	readonly classCode: string;
	/** How far its ground is developed; only the current coverage uses it. */
	readonly state?: 'built' | 'building' | 'vacant' | 'worn' | 'rural';
}

/** A ring that claims ground for a draft parcel; where claims overlap, the higher rank has it. */
export interface Claim {
	readonly ring: RingM;
	readonly draft: number;
	readonly rank: number;
}

/** Everything drawn for one coverage of one park, in metres, reaching over the outline. */
export class Sheet {
	readonly drafts: DraftParcel[] = [];
	readonly claims: Claim[] = [];

	/** Adds a draft parcel that claims some rings, and returns its number. */
	add(draft: DraftParcel, rank: number, ...rings: readonly RingM[]): number {
		const number = this.drafts.push(draft) - 1;
		for (const ring of rings) this.claims.push({ ring, draft: number, rank });
		return number;
	}
}

/** Who has the ground where claims overlap. Bridges carry arterials over water; collectors end at the river's banks. */
export const RANK = {
	expressway: 90,
	railway: 85,
	avenue: 80,
	arterial: 78,
	river: 75,
	riverBank: 70,
	collector: 60,
	bandVerge: 50,
	stream: 45,
	streamBank: 40,
	lane: 30,
	open: 20,
	lot: 10,
} as const;
