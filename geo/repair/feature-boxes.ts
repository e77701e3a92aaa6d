import type { FlatPolygons } from '../flat-polygons.ts';
import type { LonLatBox } from '../coverage/shape.ts';

/** The boxes of features, in degrees; one without positions meets nothing. */
export class FeatureBoxes {
	/** Least and largest longitude and latitude of each feature. */
	private readonly bounds: Float64Array;

	/** O(positions). */
	constructor({ coordinates, ringOffsets, polygonOffsets, featureOffsets }: FlatPolygons) {
		this.bounds = new Float64Array(4 * Math.max(0, featureOffsets.length - 1));
		for (let f = 0; f + 1 < featureOffsets.length; f++) {
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
			this.bounds.set([minLon, minLat, maxLon, maxLat], 4 * f);
		}
	}

	/** The features whose box meets a box, ascending. O(features). */
	listMeeting({ minLon, minLat, maxLon, maxLat }: LonLatBox): number[] {
		const { bounds } = this;
		const found: number[] = [];
		for (let i = 0; i < bounds.length; i += 4) {
			if (bounds[i] > maxLon || bounds[i + 1] > maxLat) continue;
			if (bounds[i + 2] >= minLon && bounds[i + 3] >= minLat) found.push(i / 4);
		}
		return found;
	}
}
