import type { CoverageLayerSource } from '$seeds/load/coverage-source.ts';
import { codeOf } from './zone-measure.ts';
import { shellOf } from './zone-shape.ts';

/** Rivers, streams and ditches; ponds lie in a lot. */
const RUNNING_WATER = /^(1701|1705)$/;
const BANK = /^(1401|0506|0304)$/;
const DECK = /^12/;
/** A degree of longitude against one of latitude, near enough for angles to a degree. */
const NARROW = Math.cos((41.75 * Math.PI) / 180);

/** How the running water of a coverage is parted. */
interface WaterParts {
	/** Edges between two parcels of water. */
	readonly cuts: number;
	/** The least corner in degrees that water or a bank of it has where a deck begins or ends beside it. */
	readonly leastCornerDeg: number;
	readonly corners: number;
}

/** Measures where running water and the banks beside it end at roads and railways. O(positions). */
export function waterParts(layer: CoverageLayerSource): WaterParts {
	const { coordinates } = layer.polygons;
	const nameOf = (i: number) => `${coordinates[2 * i]} ${coordinates[2 * i + 1]}`;
	const owners = new Map<string, number>();
	layer.classKeys.forEach((_, f) => {
		if (![RUNNING_WATER, DECK].some((kind) => kind.test(codeOf(layer, f)))) return;
		for (const [, here, after] of cornersOf(layer, f)) owners.set(`${nameOf(here)} ${nameOf(after)}`, f);
	});
	const beyond = (from: number, to: number) => {
		const owner = owners.get(`${nameOf(to)} ${nameOf(from)}`);
		return owner === undefined ? '' : codeOf(layer, owner);
	};
	let cuts = 0;
	let corners = 0;
	let leastCornerDeg = 180;
	layer.classKeys.forEach((_, f) => {
		const code = codeOf(layer, f);
		const sides = cornersOf(layer, f);
		const atWater = sides.filter(([, here, after]) => RUNNING_WATER.test(beyond(here, after))).length;
		const isWater = RUNNING_WATER.test(code);
		if (isWater) cuts += atWater / 2;
		else if (atWater === 0 || !BANK.test(code)) return;
		for (const [before, here, after] of sides) {
			if (!DECK.test(beyond(before, here)) && !DECK.test(beyond(here, after))) continue;
			corners++;
			leastCornerDeg = Math.min(leastCornerDeg, cornerDeg(coordinates, before, here, after));
		}
	});
	return { cuts, corners, leastCornerDeg };
}

function cornersOf({ polygons }: CoverageLayerSource, feature: number): [number, number, number][] {
	const [from, to] = shellOf(polygons, feature);
	return Array.from({ length: to - from }, (_, k) => [
		k === 0 ? to - 1 : from + k - 1,
		from + k,
		from + k + 1 === to ? from : from + k + 1,
	]);
}

/** The angle inside a shell, 0 to 360. */
function cornerDeg(coordinates: Float64Array, before: number, here: number, after: number): number {
	const [ax, ay, bx, by] = [after, before].flatMap((at) => [
		(coordinates[2 * at] - coordinates[2 * here]) * NARROW,
		coordinates[2 * at + 1] - coordinates[2 * here + 1],
	]);
	const deg = (Math.atan2(ax * by - ay * bx, ax * bx + ay * by) * 180) / Math.PI;
	return deg < 0 ? deg + 360 : deg;
}
