import type { Arrangement } from '$geo/arrangement/arrange.ts';
import { rootOf } from './union.ts';

/**
 * Lets parts that are too small join the part beside their longest shared border, smallest first.
 *
 * `parts` names each face's part by one of its faces (−1 outside), `leastM2` says how large a part must stay to live. Returns
 * the same for the grown parts. O(edges + small parts log small parts).
 */
export function absorbSlivers(
	arrangement: Arrangement,
	parts: Int32Array,
	leastM2: (part: number) => number,
): Int32Array {
	const { faceOf } = arrangement;
	const { areasM2, lengthsM } = measured(arrangement, parts);
	const isSmall = (part: number): boolean => areasM2[part] < leastM2(part);
	const borders = new Map<number, number[]>();
	for (let half = 0; half < faceOf.length; half++) {
		const part = parts[faceOf[half]];
		if (part < 0 || part === parts[faceOf[half ^ 1]] || !isSmall(part)) continue;
		const border = borders.get(part);
		if (border) border.push(half);
		else borders.set(part, [half]);
	}
	const parents = parts.map((part, face) => (part < 0 ? face : part));
	const small = [...borders.keys()].sort((a, b) => areasM2[a] - areasM2[b] || a - b);
	for (const part of small) {
		const root = rootOf(parents, part);
		const border = borders.get(root);
		if (!border || !isSmall(root)) continue;
		const host = longestNeighbour(root, border);
		if (host < 0) continue;
		parents[root] = host;
		areasM2[host] += areasM2[root];
		borders.get(host)?.push(...border);
	}
	return parts.map((part) => (part < 0 ? -1 : rootOf(parents, part)));

	function longestNeighbour(root: number, border: readonly number[]): number {
		const shared = new Map<number, number>();
		let best = -1;
		for (const half of border) {
			const face = faceOf[half ^ 1];
			if (parts[face] < 0) continue;
			const beside = rootOf(parents, face);
			if (beside === root) continue;
			const length = (shared.get(beside) ?? 0) + lengthsM[half >> 1];
			shared.set(beside, length);
			if (best < 0 || length > (shared.get(best) ?? 0)) best = beside;
		}
		return best;
	}
}

/** Areas of parts and lengths of edges on a plane, to about a percent: for choosing only. */
function measured({ faceOf, coordinates, halfEdges: { origin } }: Arrangement, parts: Int32Array) {
	const metresPerLat = 111_000;
	const metresPerLon = metresPerLat * Math.cos((coordinates[1] * Math.PI) / 180);
	const eastM = (node: number) => (coordinates[2 * node] - coordinates[0]) * metresPerLon;
	const northM = (node: number) => (coordinates[2 * node + 1] - coordinates[1]) * metresPerLat;
	const areasM2 = new Float64Array(parts.length);
	const lengthsM = new Float64Array(faceOf.length / 2);
	for (let half = 0; half < faceOf.length; half += 2) {
		const [left, right] = [parts[faceOf[half]], parts[faceOf[half + 1]]];
		if (left === right) continue;
		const [a, b] = [origin[half], origin[half + 1]];
		const [ax, ay, bx, by] = [eastM(a), northM(a), eastM(b), northM(b)];
		const halfM2 = (ax * by - bx * ay) / 2;
		if (left >= 0) areasM2[left] += halfM2;
		if (right >= 0) areasM2[right] -= halfM2;
		lengthsM[half >> 1] = Math.hypot(bx - ax, by - ay);
	}
	return { areasM2, lengthsM };
}
