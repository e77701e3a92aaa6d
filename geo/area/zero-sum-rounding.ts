/**
 * A table of exact fractions whose rows and columns all sum to zero, row after row.
 *
 * A value is `units · numerator + rest` over the step's denominator, 0 ≤ rest < numerator; `weight` is how dear its error is.
 */
export interface ZeroSumTable {
	readonly rows: number;
	readonly columns: number;
	readonly numerator: number;
	readonly units: Float64Array;
	readonly rest: Float64Array;
	readonly weight: Float64Array;
}

/**
 * Rounds every value down or up to whole units so that rows and columns still sum to zero, as near to the exact values as that
 * allows (least weighted sum of errors). Returns the units; whole values stay. Deterministic.
 *
 * A minimum-cost flow: every value starts at its nearest unit; a row or column that then does not sum to zero sends one unit to
 * one that errs the other way, along the cheapest path of values rounded otherwise (up: row → column, down: column → row).
 * A rounding always exists (Bacharach 1966), so a path does. O((rows + columns)²) for each unit sent.
 */
export function roundZeroSumTable(table: ZeroSumTable): Float64Array {
	const { rows, columns, numerator, units, rest } = table;
	const rounded = units.slice();
	const surplus = new Float64Array(rows + columns);
	for (let k = 0; k < units.length; k++) {
		if (2 * rest[k] >= numerator) rounded[k]++;
		surplus[Math.floor(k / columns)] -= rounded[k];
		surplus[rows + (k % columns)] += rounded[k];
	}
	const potential = new Float64Array(rows + columns);
	for (;;) {
		const path = cheapestPath(table, rounded, surplus, potential);
		if (path === null) return rounded;
		for (let k = 0; k + 1 < path.length; k++) {
			const [from, to] = [path[k], path[k + 1]];
			if (from < rows) rounded[from * columns + to - rows]++;
			else rounded[to * columns + from - rows]--;
		}
		surplus[path[0]]--;
		surplus[path[path.length - 1]]++;
	}
}

/**
 * Cheapest path of nodes (rows, then columns) from one with a surplus to one with a lack, by Dijkstra's algorithm on costs made
 * non-negative by potentials (Edmonds & Karp 1972), which it moves on. Null when no surplus is left.
 */
function cheapestPath(
	table: ZeroSumTable,
	rounded: Float64Array,
	surplus: Float64Array,
	potential: Float64Array,
): number[] | null {
	const { rows, columns, numerator, units, rest, weight } = table;
	const nodes = surplus.length;
	const distance = new Float64Array(nodes).fill(Infinity);
	const cameFrom = new Int32Array(nodes).fill(-1);
	const done = new Uint8Array(nodes);
	for (let node = 0; node < nodes; node++) if (surplus[node] > 0) distance[node] = 0;
	for (;;) {
		let node = -1;
		for (let k = 0; k < nodes; k++) {
			if (!done[k] && distance[k] < Infinity && (node < 0 || distance[k] < distance[node])) node = k;
		}
		if (node < 0) return null;
		done[node] = 1;
		if (surplus[node] < 0) {
			for (let k = 0; k < nodes; k++) potential[k] += Math.min(distance[k], distance[node]);
			const path = [node];
			while (cameFrom[path[0]] >= 0) path.unshift(cameFrom[path[0]]);
			return path;
		}
		const isRow = node < rows;
		for (let next = isRow ? rows : 0; next < (isRow ? nodes : rows); next++) {
			const k = isRow ? node * columns + next - rows : next * columns + node - rows;
			if (done[next] || rest[k] === 0 || (rounded[k] === units[k]) !== isRow) continue;
			const costUp = weight[k] * (numerator - 2 * rest[k]);
			const cost = (isRow ? costUp : -costUp) + potential[node] - potential[next];
			if (distance[node] + cost >= distance[next]) continue;
			distance[next] = distance[node] + cost;
			cameFrom[next] = node;
		}
	}
}
