import { SUPPLY_STATES, type SupplyEventKind, type SupplyState } from '../../domain/supply/life-cycle.ts';

/** A line of the life cycle, as the picture needs it. */
export interface LifeCycleLine {
	readonly from: SupplyState;
	readonly event: SupplyEventKind;
	readonly to: SupplyState;
}

/** A state in the picture: on the spine from the programme to the end, or beside it, half a row below where it comes from. */
export interface PlacedState {
	readonly state: SupplyState;
	readonly lane: 'spine' | 'side';
	/** Row of the spine; a half between two. */
	readonly row: number;
}

/** Lines between the same two states, drawn as one. */
export interface PlacedLine {
	readonly from: PlacedState;
	readonly to: PlacedState;
	readonly events: readonly SupplyEventKind[];
	readonly way: 'down' | 'aside' | 'back' | 'loop' | 'skip';
	/** 0: next to the spine; 1: round another line back. */
	readonly depth: number;
}

export interface LifeCyclePicture {
	readonly rows: number;
	readonly states: readonly PlacedState[];
	readonly lines: readonly PlacedLine[];
}

const orderOf = (state: SupplyState) => SUPPLY_STATES.indexOf(state);

/**
 * Lays a life cycle out in rows: the longest way from the programme on is the spine, what leaves it stands beside it.
 *
 * O(lines · states).
 */
export function layOutLifeCycle(lines: readonly LifeCycleLine[]): LifeCyclePicture {
	const spine = longestWay(lines);
	const placed = new Map<SupplyState, PlacedState>();
	for (const [row, state] of spine.entries()) placed.set(state, { state, lane: 'spine', row });
	for (const { from, to } of lines)
		if (!placed.has(to)) placed.set(to, { state: to, lane: 'side', row: (placed.get(from)?.row ?? 0) + 0.5 });

	const grouped = new Map<string, { from: PlacedState; to: PlacedState; events: SupplyEventKind[] }>();
	for (const line of lines) {
		const [from, to] = [placed.get(line.from), placed.get(line.to)];
		if (from === undefined || to === undefined) continue;
		const key = `${line.from} ${line.to}`;
		const group = grouped.get(key) ?? { from, to, events: [] };
		group.events.push(line.event);
		grouped.set(key, group);
	}
	const drawn = [...grouped.values()].map((group) => ({ ...group, way: wayOf(group.from, group.to) }));
	return {
		rows: spine.length,
		states: [...placed.values()],
		lines: drawn.map((line) => ({ ...line, depth: line.way === 'back' ? depthOf(line, drawn) : 0 })),
	};
}

/** The states of the longest way of lines that lead forward, from the programme on. */
function longestWay(lines: readonly LifeCycleLine[]): SupplyState[] {
	const ways = new Map<SupplyState, SupplyState[]>([['programmed', ['programmed']]]);
	for (const state of SUPPLY_STATES) {
		const way = ways.get(state);
		if (way === undefined) continue;
		for (const { from, to } of lines) {
			if (from !== state || orderOf(to) <= orderOf(from)) continue;
			if ((ways.get(to)?.length ?? 0) < way.length + 1) ways.set(to, [...way, to]);
		}
	}
	return [...ways.values()].reduce((longest, way) => (way.length > longest.length ? way : longest), []);
}

function wayOf(from: PlacedState, to: PlacedState): PlacedLine['way'] {
	if (from === to) return 'loop';
	if (to.lane === 'side') return 'aside';
	if (from.lane === 'side') return 'skip';
	if (to.row < from.row) return 'back';
	return to.row === from.row + 1 ? 'down' : 'skip';
}

/** 1 where a shorter line back lies between it and the spine. */
function depthOf(
	line: { readonly from: PlacedState; readonly to: PlacedState },
	others: readonly { readonly from: PlacedState; readonly to: PlacedState; readonly way: string }[],
): number {
	const within = others.some(
		(other) =>
			other.way === 'back' &&
			other.from.row - other.to.row < line.from.row - line.to.row &&
			other.to.row >= line.to.row &&
			other.from.row <= line.from.row,
	);
	return within ? 1 : 0;
}
