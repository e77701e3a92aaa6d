import fc from 'fast-check';
import { alignBoundary } from '$geo/edit/align-boundary.ts';
import { carveCorridor } from '$geo/edit/carve-corridor.ts';
import { findShape, listParcelNos, listParcelNosAt } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { EditResult } from '$geo/edit/difference.ts';
import { deleteVertex } from '$geo/edit/delete-vertex.ts';
import { insertVertex } from '$geo/edit/insert-vertex.ts';
import { mergeParcels } from '$geo/edit/merge.ts';
import { moveVertices } from '$geo/edit/move-vertex.ts';
import { reshapeBoundary } from '$geo/edit/reshape-boundary.ts';
import { splitByLine } from '$geo/edit/split-by-line.ts';
import { splitToAreas } from '$geo/edit/split-to-areas.ts';
import type { LonLat } from '$geo/flat-polygons.ts';

/** One edit by chance: which verb, and places and numbers for its parameters, as shares of the ground's box. */
export interface ChanceEdit {
	readonly verb: number;
	readonly places: readonly (readonly [number, number])[];
	readonly pick: number;
}

const share = fc.integer({ min: -100, max: 1100 }).map((thousandths) => thousandths / 1000);

/** A chance edit; shrinks towards few places. */
export const chanceEdit: fc.Arbitrary<ChanceEdit> = fc.record({
	verb: fc.nat(99),
	places: fc.array(fc.tuple(share, share), { minLength: 2, maxLength: 5 }),
	pick: fc.nat(),
});

/** A verb with parameters made from a chance edit. */
type ChanceVerb = (
	coverage: Coverage,
	edit: ChanceEdit,
	at: (place: readonly [number, number]) => LonLat,
) => EditResult;

/** Some parcel, and some vertex of it. */
function someVertex(coverage: Coverage, pick: number): { parcelNo: number; vertex: LonLat } {
	const nos = listParcelNos(coverage);
	const parcelNo = nos[pick % nos.length];
	const { coordinates } = findShape(coverage, parcelNo) ?? { coordinates: Float64Array.of(0, 0) };
	const i = (pick >>> 8) % (coordinates.length / 2);
	return { parcelNo, vertex: [coordinates[2 * i], coordinates[2 * i + 1]] };
}

/** A place between two, nearer the first. */
const towards = ([lon, lat]: LonLat, to: LonLat): LonLat => [
	lon + (to[0] - lon) / 8,
	lat + (to[1] - lat) / 8,
];

/** Verbs of which lineage tells who gave and who got ground. */
const VERBS_OF_LINEAGE: readonly ChanceVerb[] = [
	(coverage, { places }, at) =>
		splitByLine(coverage, { line: Float64Array.from(places.flatMap((p) => [...at(p)])) }),
	(coverage, { places }, at) =>
		mergeParcels(coverage, { parcelNos: places.flatMap((place) => listParcelNosAt(coverage, at(place))) }),
	(coverage, { places, pick }, at) => {
		const nos = listParcelNos(coverage);
		const line = Float64Array.from(places.flatMap((p) => [...at(p)]));
		return splitByLine(coverage, { line, parcelNos: [nos[pick % nos.length]] });
	},
	(coverage, { places, pick }) =>
		splitToAreas(coverage, {
			parcelNo: someVertex(coverage, pick).parcelNo,
			bearingDeg: (pick >>> 4) % 360,
			into: { equalParts: places.length },
			allowApart: pick % 2 === 0,
		}),
	(coverage, { places, pick }, at) =>
		carveCorridor(coverage, {
			centreLine: Float64Array.from(places.flatMap((p) => [...at(p)])),
			breadth: { leftM: (pick >>> 4) % 7, rightM: 0.5 + ((pick >>> 8) % 12) },
			endCap: pick % 2 === 0 ? 'flat' : 'square',
		}),
];

/** Verbs that move boundaries. */
const VERBS_OF_BOUNDARIES: readonly ChanceVerb[] = [
	(coverage, { places, pick }, at) => {
		const { vertex } = someVertex(coverage, pick);
		return moveVertices(coverage, [{ at: vertex, to: towards(vertex, at(places[0])) }]);
	},
	(coverage, { pick }) => deleteVertex(coverage, { at: someVertex(coverage, pick).vertex }),
	(coverage, { places, pick }, at) => {
		const to = pick % 2 === 0 ? undefined : towards(at(places[0]), at(places[1]));
		return insertVertex(coverage, { at: at(places[0]), to, reachM: 50 });
	},
	(coverage, { places, pick }, at) =>
		alignBoundary(coverage, {
			parcelNo: someVertex(coverage, pick).parcelNo,
			line: [at(places[0]), at(places[1])],
			reachM: 20,
		}),
	(coverage, { places, pick }, at) => {
		const { parcelNo, vertex } = someVertex(coverage, pick);
		const end = someVertex(coverage, pick + 512).vertex;
		const path = [vertex, ...places.slice(2).map((place) => towards(vertex, at(place))), end].flat();
		const told = pick % 2 === 0 ? { parcelNo } : {};
		return reshapeBoundary(coverage, { path: Float64Array.from(path), reachM: 0.01, ...told });
	},
];

const CHANCE_VERBS = [...VERBS_OF_LINEAGE, ...VERBS_OF_BOUNDARIES];

/** Says whether lineage tells who gave and who got ground in an edit. */
export function isOfLineage({ verb }: ChanceEdit): boolean {
	return verb % CHANCE_VERBS.length < VERBS_OF_LINEAGE.length;
}

/** Does a chance edit on a coverage whose ground lies in a box that starts at `corner`, `sideDeg` wide and high. */
export function tryChanceEdit(
	coverage: Coverage,
	edit: ChanceEdit,
	corner: LonLat,
	sideDeg: number,
): EditResult {
	const at = ([x, y]: readonly [number, number]): LonLat => [
		corner[0] + x * sideDeg,
		corner[1] + y * sideDeg,
	];
	return CHANCE_VERBS[edit.verb % CHANCE_VERBS.length](coverage, edit, at);
}
