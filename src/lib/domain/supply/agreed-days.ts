import type { SupplyRecord } from './record.ts';

/** A day that a contract agrees, and the number of that contract. */
export interface AgreedDay {
	readonly on: string;
	readonly number: string;
}

/** By when land is handed over, works begin and works are completed; null: nothing is agreed of it. */
export interface AgreedDays {
	readonly handOverBy: AgreedDay | null;
	readonly startBy: AgreedDay | null;
	readonly completeBy: AgreedDay | null;
}

/** The days that the contracts of a supply agree, each for itself: the grant contract's before the lease's that it follows, which stays agreed where the grant says nothing. O(1). */
export function agreedDays({ contract, lease }: Pick<SupplyRecord, 'contract' | 'lease'>): AgreedDays {
	const agreed = (field: keyof AgreedDays): AgreedDay | null => {
		for (const one of [contract, lease]) {
			const on = one?.[field] ?? null;
			if (one !== null && on !== null) return { on, number: one.number };
		}
		return null;
	};
	return { handOverBy: agreed('handOverBy'), startBy: agreed('startBy'), completeBy: agreed('completeBy') };
}
