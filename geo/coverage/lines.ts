/**
 * Distinct edges between nodes, and the rings along them.
 *
 * Nodes in whole grid steps, ascending by (x, y); edges run from the lower to the higher node and ascend by (low, high). The rings
 * along edge e are `useRings[useOffsets[e]] … useRings[useOffsets[e + 1] − 1]`, ascending.
 */
export interface Lines {
	readonly nodeX: Float64Array;
	readonly nodeY: Float64Array;
	readonly edgeLow: Uint32Array;
	readonly edgeHigh: Uint32Array;
	readonly useOffsets: Uint32Array;
	readonly useRings: Uint32Array;
}
