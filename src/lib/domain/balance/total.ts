import type { ParcelColumns } from './parcel-columns.ts';
import { OUTSIDE_PARKS, SEVERAL_PARKS, UNCLASSIFIED } from './parcel-columns.ts';

/** Σ of a coverage's parcels, integers of 0.01 m²: per park in order, and the whole with what lies in no single park. */
export interface CoverageTotals {
	readonly parkDm2: readonly number[];
	readonly parkParcels: readonly number[];
	readonly zoneDm2: number;
	readonly zoneParcels: number;
}

/** Parcels that a balance must name so that none is dropped. */
export interface BalanceException {
	readonly kind: 'unclassified' | 'outside' | 'several';
	readonly areaDm2: number;
	readonly parcelNos: readonly number[];
}

/** Sums a coverage's parcels per park and as a whole. O(parcels). */
export function coverageTotals(parcels: ParcelColumns, parkCount: number): CoverageTotals {
	const parkDm2 = new Array<number>(parkCount).fill(0);
	const parkParcels = new Array<number>(parkCount).fill(0);
	let zoneDm2 = 0;
	for (let i = 0; i < parcels.parcelNo.length; i++) {
		zoneDm2 += parcels.areaDm2[i];
		const park = parcels.park[i];
		if (park < 0) continue;
		parkDm2[park] += parcels.areaDm2[i];
		parkParcels[park] += 1;
	}
	return { parkDm2, parkParcels, zoneDm2, zoneParcels: parcels.parcelNo.length };
}

/** Lists what has no class, lies outside every park or across several; each kind always, also when empty. O(parcels). */
export function balanceExceptions(parcels: ParcelColumns): BalanceException[] {
	const kinds: [BalanceException['kind'], (i: number) => boolean][] = [
		['unclassified', (i) => parcels.landUse[i] === UNCLASSIFIED],
		['outside', (i) => parcels.park[i] === OUTSIDE_PARKS],
		['several', (i) => parcels.park[i] === SEVERAL_PARKS],
	];
	return kinds.map(([kind, holds]) => {
		const parcelNos: number[] = [];
		let areaDm2 = 0;
		for (let i = 0; i < parcels.parcelNo.length; i++) {
			if (!holds(i)) continue;
			parcelNos.push(parcels.parcelNo[i]);
			areaDm2 += parcels.areaDm2[i];
		}
		return { kind, areaDm2, parcelNos };
	});
}
