import type { Difference } from './difference.ts';

/**
 * Groups the parcels that a difference changes: those that hang together by lineage or by a vertex.
 *
 * `noded` parcels belong to no group. A group can be accepted or rejected without the others. Groups ascend by their lowest number,
 * numbers within them too. O(vertices).
 */
export function listDifferenceGroups({ shapes, classes, lineage }: Difference): number[][] {
	const groupOf = new Map<number, number>();
	const find = (no: number): number => {
		const parent = groupOf.get(no) ?? no;
		if (Object.is(parent, no)) return no;
		const root = find(parent);
		groupOf.set(no, root);
		return root;
	};
	const join = (a: number, b: number) => {
		const [low, high] = [find(a), find(b)].sort((x, y) => x - y);
		groupOf.set(high, low);
	};
	const ownerOfVertex = new Map<string, number>();
	for (const { kind, parcelNo, before, after } of shapes) {
		if (kind === 'noded') continue;
		groupOf.set(parcelNo, find(parcelNo));
		for (const shape of [before, after]) {
			if (shape === null) continue;
			for (let i = 0; i < shape.coordinates.length; i += 2) {
				const vertex = `${shape.coordinates[i]} ${shape.coordinates[i + 1]}`;
				const owner = ownerOfVertex.get(vertex);
				if (owner === undefined) ownerOfVertex.set(vertex, parcelNo);
				else join(owner, parcelNo);
			}
		}
	}
	for (const { parcelNo } of classes) groupOf.set(parcelNo, find(parcelNo));
	for (const { from, to } of lineage) if (groupOf.has(from) && groupOf.has(to)) join(from, to);
	const groups = new Map<number, number[]>();
	for (const no of [...groupOf.keys()].sort((a, b) => a - b)) {
		const root = find(no);
		const group = groups.get(root);
		if (group === undefined) groups.set(root, [no]);
		else group.push(no);
	}
	return [...groups.values()];
}
