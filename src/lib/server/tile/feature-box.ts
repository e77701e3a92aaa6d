import type { FlatPolygons } from '$geo/flat-polygons.ts';

/** West, south, east, north of every feature, in the units of the coordinates. O(positions). */
export function featureBoxes({
	coordinates,
	ringOffsets,
	polygonOffsets,
	featureOffsets,
}: FlatPolygons): Float64Array {
	const count = featureOffsets.length - 1;
	const boxes = new Float64Array(4 * count);
	for (let f = 0; f < count; f++) {
		let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
		const from = ringOffsets[polygonOffsets[featureOffsets[f]]];
		const to = ringOffsets[polygonOffsets[featureOffsets[f + 1]]];
		for (let i = from; i < to; i++) {
			const lon = coordinates[2 * i];
			const lat = coordinates[2 * i + 1];
			if (lon < west) west = lon;
			if (lon > east) east = lon;
			if (lat < south) south = lat;
			if (lat > north) north = lat;
		}
		boxes.set([west, south, east, north], 4 * f);
	}
	return boxes;
}

/** The box around all features, or null of none. */
export function wholeBox(boxes: Float64Array): [number, number, number, number] | null {
	if (boxes.length === 0) return null;
	const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
	for (let i = 0; i < boxes.length; i += 4) {
		box[0] = Math.min(box[0], boxes[i]);
		box[1] = Math.min(box[1], boxes[i + 1]);
		box[2] = Math.max(box[2], boxes[i + 2]);
		box[3] = Math.max(box[3], boxes[i + 3]);
	}
	return box;
}
