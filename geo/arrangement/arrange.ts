import type { FlatPolygons } from '../flat-polygons.ts';
import { chainLayers } from './chain.ts';
import type { GroundBox } from './chain.ts';
import { addChains, NO_CHAINS } from './chain-edge.ts';
import type { ChainEdges } from './chain-edge.ts';
import { collectEdges } from './edge-soup.ts';
import type { EdgeSoup } from './edge-soup.ts';
import { traceFaces } from './face.ts';
import { labelFaces } from './face-label.ts';
import type { FaceRings } from './face-label.ts';
import { fromGridSteps } from './grid-position.ts';
import { linkHalfEdges } from './half-edge.ts';
import { DRAWN } from './lines.ts';
import type { Polyline } from './lines.ts';
import type { HalfEdges } from './half-edge.ts';
import { snapRound } from './snap-round.ts';
import type { SnapRounded } from './snap-round.ts';

/** The features of one layer that cover each face, ascending: `features[offsets[f]] … features[offsets[f + 1] − 1]`. */
export interface LayerCover {
	readonly offsets: Uint32Array;
	readonly features: Uint32Array;
}

/**
 * The plane cut up by the edges of all layers: nodes, edges that meet only at nodes, and faces.
 *
 * Nodes ascend by (lon, lat) and lie on the grid; one where only vanished lines met has no edge. Edge e runs from node `edgeLow[e]` to `edgeHigh[e] > edgeLow[e]`; half-edge 2e in
 * that direction, 2e + 1 back, each with `faceOf[h]` on its left. Face 0 is the unbounded one. Edges in `chains` have vertices on their way.
 */
export interface Arrangement {
	/** As given, without the inner vertices of chains. */
	readonly layers: readonly FlatPolygons[];
	/** Longitude, latitude of each node in degrees. */
	readonly coordinates: Float64Array;
	readonly edgeLow: Uint32Array;
	readonly edgeHigh: Uint32Array;
	readonly halfEdges: HalfEdges;
	readonly chains: ChainEdges;
	readonly faceOf: Uint32Array;
	readonly faceCount: number;
	/** One per layer. */
	readonly covers: readonly LayerCover[];
	/** The rings round each face (even-odd) of all layers, numbered through the layers in order. */
	readonly faceRings: FaceRings;
	/** The lines before and after rounding, for reports on what was moved or noded. */
	readonly soup: EdgeSoup;
	readonly rounded: SnapRounded;
}

/**
 * Arranges all edges of all layers into one snap-rounded planar subdivision.
 *
 * Layers are any polygons: off the grid (snapped first), overlapping, gapped, crossing themselves, with repeated vertices; positions
 * that are not finite or not on Earth (`isUsablePosition`) are left out. Edges that pass no foreign vertex or crossing within half a grid step
 * keep their vertices to the bit. Drawn lines cut faces and cover nothing; their loose ends stay. Coverage is even-odd per polygon, so ring direction and start do not matter.
 * O((edges + crossings) log) time, 150,000 edges in about half a second. Never throws on well-formed polygons.
 *
 * With `clean`, polygons whose edges all together are as they are when arranged (parcels of a coverage), what is far from all other edges is
 * kept as chains: faces, covers and dissolved shapes are the same to the bit, the time is O(positions) and some 20 times less for few edges
 * that are not clean. In the box `whole` every vertex is a node all the same.
 *
 * Source: Hobby 1999; Guibas & Marimont 1998; Halperin & Packer 2002 (see `snap-round.ts`, `route.ts`).
 */
export function arrange(
	given: readonly FlatPolygons[],
	drawn: readonly Polyline[] = [],
	clean: readonly FlatPolygons[] = [],
	whole?: GroundBox,
): Arrangement {
	const chained = clean.length === 0 ? null : chainLayers(given, drawn, clean, whole);
	const layers = chained?.layers ?? given;
	const soup = collectEdges(layers, drawn, chained?.chainAt);
	const plain = snapRound(soup);
	const { rounded, chains } =
		chained === null ? { rounded: plain, chains: NO_CHAINS } : addChains(plain, chained.chains);
	const { nodeX, nodeY, edgeLow, edgeHigh } = rounded;
	const halfEdges = linkHalfEdges(nodeX, nodeY, edgeLow, edgeHigh);
	const faces = traceFaces(nodeX, nodeY, edgeLow, edgeHigh, halfEdges, chains);
	const faceRings = labelFaces(rounded, halfEdges, faces);
	const coordinates = new Float64Array(2 * nodeX.length);
	for (let n = 0; n < nodeX.length; n++) {
		coordinates[2 * n] = fromGridSteps(nodeX[n]);
		coordinates[2 * n + 1] = fromGridSteps(nodeY[n]);
	}
	const covers = layers.map((layer, l) => coverOfLayer(layer, soup.layerRings[l], faceRings));
	return {
		layers,
		coordinates,
		edgeLow,
		edgeHigh,
		halfEdges,
		chains,
		...faces,
		covers,
		faceRings,
		soup,
		rounded,
	};
}

/** A polygon covers the faces that an odd number of its rings go round. */
function coverOfLayer(
	{ featureOffsets, polygonOffsets, ringOffsets }: FlatPolygons,
	firstRing: number,
	{ offsets, rings }: FaceRings,
): LayerCover {
	const ringCount = ringOffsets.length - 1;
	const polygonOfRing = ownerOfEach(polygonOffsets, ringCount);
	const featureOfPolygon = ownerOfEach(featureOffsets, polygonOffsets.length - 1);
	const faceCount = offsets.length - 1;
	const coverOffsets = new Uint32Array(faceCount + 1);
	const features = new Uint32Array(rings.length);
	let count = 0;
	for (let face = 0; face < faceCount; face++) {
		const start = count;
		let i = offsets[face];
		let end = offsets[face + 1];
		while (i < end && rings[i] < firstRing) i++;
		while (end > i && rings[end - 1] >= firstRing + ringCount) end--;
		while (i < end) {
			const polygon = polygonOfRing[rings[i] - firstRing];
			let odd = false;
			for (; i < end && polygonOfRing[rings[i] - firstRing] === polygon; i++) odd = !odd;
			const feature = featureOfPolygon[polygon];
			if (odd && (count === start || features[count - 1] !== feature)) features[count++] = feature;
		}
		coverOffsets[face + 1] = count;
	}
	return { offsets: coverOffsets, features: features.slice(0, count) };
}

/** Which of the groups that `offsets` cut holds each item. O(items). */
export function ownerOfEach(offsets: Uint32Array, itemCount: number): Uint32Array {
	const owners = new Uint32Array(itemCount);
	for (let g = 0; g + 1 < offsets.length; g++) owners.fill(g, offsets[g], offsets[g + 1]);
	return owners;
}

/** The feature that covers a face alone: −1 where none does, −2 where several do. O(1). */
export function soleFeature({ offsets, features }: LayerCover, face: number): number {
	const count = offsets[face + 1] - offsets[face];
	return count === 1 ? features[offsets[face]] : count === 0 ? -1 : -2;
}

/** Says whether a drawn line runs along an edge of the arrangement. O(1). */
export function isDrawn({ rounded: { useOffsets, useRings } }: Arrangement, edge: number): boolean {
	return useRings[useOffsets[edge + 1] - 1] === DRAWN;
}
