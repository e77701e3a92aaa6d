import type { FlatPolygons } from '$geo/flat-polygons.ts';

/** How many nodes of a coverage have three, four, five … edges; vertices on a side have two and are left out. O(positions). */
export function nodeDegrees({ coordinates, ringOffsets }: FlatPolygons): Map<number, number> {
	const beside = new Map<string, Set<string>>();
	const nameOf = (i: number) => `${coordinates[2 * i]} ${coordinates[2 * i + 1]}`;
	const join = (a: string, b: string) => {
		const ends = beside.get(a);
		if (ends) ends.add(b);
		else beside.set(a, new Set([b]));
	};
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		let before = nameOf(ringOffsets[r + 1] - 1);
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			const here = nameOf(i);
			join(before, here);
			join(here, before);
			before = here;
		}
	}
	const degrees = new Map<number, number>();
	for (const { size } of beside.values()) if (size > 2) degrees.set(size, (degrees.get(size) ?? 0) + 1);
	return degrees;
}

/** The positions of a feature's first shell, from the first to before the second number. */
export function shellOf(
	{ ringOffsets, polygonOffsets, featureOffsets }: FlatPolygons,
	feature: number,
): [from: number, to: number] {
	const ring = polygonOffsets[featureOffsets[feature]];
	return [ringOffsets[ring], ringOffsets[ring + 1]];
}

/** How many holes a feature's polygons have. */
export function holeCount({ polygonOffsets, featureOffsets }: FlatPolygons, feature: number): number {
	const [from, to] = [featureOffsets[feature], featureOffsets[feature + 1]];
	return polygonOffsets[to] - polygonOffsets[from] - (to - from);
}

/** The turns of a feature's first shell in degrees, left positive, where its sides turn by more than `leastDeg`. O(positions). */
export function turnsDeg(polygons: FlatPolygons, feature: number, leastDeg = 15): number[] {
	const { coordinates } = polygons;
	const [from, to] = shellOf(polygons, feature);
	const narrow = Math.cos((coordinates[2 * from + 1] * Math.PI) / 180);
	const heading = (a: number, b: number) =>
		Math.atan2(
			coordinates[2 * b + 1] - coordinates[2 * a + 1],
			(coordinates[2 * b] - coordinates[2 * a]) * narrow,
		);
	const turns: number[] = [];
	for (let i = from; i < to; i++) {
		const before = i === from ? to - 1 : i - 1;
		const after = i + 1 === to ? from : i + 1;
		let turn = ((heading(i, after) - heading(before, i)) * 180) / Math.PI;
		if (turn > 180) turn -= 360;
		if (turn < -180) turn += 360;
		if (Math.abs(turn) > leastDeg) turns.push(turn);
	}
	return turns;
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
