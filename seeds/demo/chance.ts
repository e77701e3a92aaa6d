/** A number in [0, 1) that depends on nothing but its integer arguments: the same on every machine. */
export function chance(seed: number, salt: number, a = 0, b = 0): number {
	let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(salt + 0x165667b1, 0xc2b2ae35);
	h = mix(h ^ Math.imul(a | 0, 0x27d4eb2f));
	h = mix(h ^ Math.imul(b | 0, 0x9e3779b1));
	return (h >>> 0) / 4294967296;
}

function mix(value: number): number {
	let h = Math.imul(value ^ (value >>> 16), 0x7feb352d);
	h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
	return h ^ (h >>> 16);
}

/** A number in [low, high) from the same draw as `chance`. */
export function between(low: number, high: number, seed: number, salt: number, a = 0, b = 0): number {
	return low + (high - low) * chance(seed, salt, a, b);
}

/** Smooth noise in [−1, 1] over the plane; features are about `lengthM` wide. */
export function smoothNoise(
	seed: number,
	salt: number,
	eastM: number,
	northM: number,
	lengthM: number,
): number {
	const x = eastM / lengthM;
	const y = northM / lengthM;
	const column = Math.floor(x);
	const row = Math.floor(y);
	const fx = ease(x - column);
	const fy = ease(y - row);
	const south = mixed(chance(seed, salt, column, row), chance(seed, salt, column + 1, row), fx);
	const north = mixed(chance(seed, salt, column, row + 1), chance(seed, salt, column + 1, row + 1), fx);
	return 2 * mixed(south, north, fy) - 1;
}

function ease(t: number): number {
	return t * t * (3 - 2 * t);
}

function mixed(a: number, b: number, t: number): number {
	return a + (b - a) * t;
}

/** Draws one value with the given weights; `draw` is in [0, 1). */
export function pick<T>(weighted: readonly (readonly [value: T, weight: number])[], draw: number): T {
	let total = 0;
	for (const [, weight] of weighted) total += weight;
	let left = draw * total;
	for (const [value, weight] of weighted) {
		left -= weight;
		if (left < 0) return value;
	}
	return weighted[weighted.length - 1][0];
}
