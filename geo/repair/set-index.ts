import Flatbush from 'flatbush';
import { radixOrder } from '../arrangement/radix-order.ts';
import type { LonLatBox } from '../coverage/shape.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import type { ParcelSet } from '../parcel-set.ts';

const indexes = new WeakMap<ParcelSet, SetIndex>();

/** The index of a set, made when first asked for. */
export function indexOf(set: ParcelSet): SetIndex {
	const known = indexes.get(set);
	if (known !== undefined) return known;
	const index = new SetIndex(set);
	indexes.set(set, index);
	return index;
}

/** Finds the features of a set by number and by place. */
class SetIndex {
	private readonly parcelNos: Int32Array;
	/** The features, ascending by number. */
	private readonly byNumber: Uint32Array;
	/** The boxes of the features, null where there are none. */
	private readonly boxes: Flatbush | null;

	/** O(positions + features log). */
	constructor({ parcelNos, polygons }: ParcelSet) {
		this.parcelNos = parcelNos;
		this.byNumber = radixOrder([parcelNos], parcelNos.length);
		this.boxes = boxIndex(polygons);
	}

	/** The features of a number, ascending. O(log features + found). */
	listNumbered(parcelNo: number): number[] {
		const { parcelNos, byNumber } = this;
		let low = 0;
		let high = byNumber.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (parcelNos[byNumber[middle]] < parcelNo) low = middle + 1;
			else high = middle;
		}
		const found: number[] = [];
		for (; parcelNos[byNumber[low]] === parcelNo; low++) found.push(byNumber[low]);
		return found;
	}

	/** The features whose box meets a box, in no order; one without positions meets nothing. O(log features + found). */
	listMeeting({ minLon, minLat, maxLon, maxLat }: LonLatBox): number[] {
		// The search takes all that is in a node inside the box, and everything where the box is of NaN.
		const meets = (_: number, west: number, south: number, east: number, north: number) =>
			west <= maxLon && minLon <= east && south <= maxLat && minLat <= north;
		return this.boxes?.search(minLon, minLat, maxLon, maxLat, meets) ?? [];
	}

	/** The box of all positions. O(1). */
	get box(): LonLatBox {
		const { minX = Infinity, minY = Infinity, maxX = -Infinity, maxY = -Infinity } = this.boxes ?? {};
		return { minLon: minX, minLat: minY, maxLon: maxX, maxLat: maxY };
	}
}

function boxIndex({ coordinates, ringOffsets, polygonOffsets, featureOffsets }: FlatPolygons) {
	const count = featureOffsets.length - 1;
	if (count <= 0) return null;
	const index = new Flatbush(count);
	for (let f = 0; f < count; f++) {
		const to = 2 * ringOffsets[polygonOffsets[featureOffsets[f + 1]]];
		let minLon = Infinity;
		let minLat = Infinity;
		let maxLon = -Infinity;
		let maxLat = -Infinity;
		for (let i = 2 * ringOffsets[polygonOffsets[featureOffsets[f]]]; i < to; i += 2) {
			const lon = coordinates[i];
			const lat = coordinates[i + 1];
			if (lon < minLon) minLon = lon;
			if (lon > maxLon) maxLon = lon;
			if (lat < minLat) minLat = lat;
			if (lat > maxLat) maxLat = lat;
		}
		index.add(minLon, minLat, maxLon, maxLat);
	}
	index.finish();
	return index;
}
