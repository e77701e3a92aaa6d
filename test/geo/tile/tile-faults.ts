import fc from 'fast-check';
import { arrange } from '$geo/arrangement/arrange.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { nestFeature } from '$geo/flat-polygons.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { toGeos } from '../coverage/geos-oracle.ts';
import { anyCoverage } from '../coverage/random-polygons.ts';
import { anyCurvedCoverage } from './curved-coverage.ts';
import { doubledArea, onGrid, tilesOver, totalDoubledArea, UNIT_DEG } from './decoded-tile.ts';
import type { DecodedTile } from './decoded-tile.ts';

export const ZOOMS = [6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
const SPREADS = [2 ** 18, 2 ** 22, 2 ** 26, 2 ** 30, 2 ** 32];

/** Coverages of a square of 0.4 m to 40 km. */
export const anySet: fc.Arbitrary<ParcelSet> = fc.constantFrom(...SPREADS).chain((spread) =>
	fc.oneof(
		anyCurvedCoverage(spread),
		anyCoverage(spread).map(({ set }) => set),
	),
);

/** Twice the area of the ground that any feature covers, and how many holes it has. */
function union(polygons: FlatPolygons): { doubled: number; holes: number } {
	const arrangement = arrange([polygons]);
	const { offsets } = arrangement.covers[0];
	const whole = dissolveFaces(
		arrangement,
		Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
			Number(offsets[face + 1] > offsets[face]),
		),
	);
	if (whole.parcelNos.length === 0) return { doubled: 0, holes: 0 };
	const parts = nestFeature(whole.polygons, 0);
	const steps = parts
		.flat()
		.map((ring) => ring.map(([x, y]): [number, number] => [x / UNIT_DEG, y / UNIT_DEG]));
	return {
		doubled: steps.reduce((total, ring) => total + doubledArea(ring), 0),
		holes: parts.reduce((total, rings) => total + rings.length - 1, 0),
	};
}

/** What is wrong with a tile of a coverage without gaps. */
export function faults(decoded: DecodedTile): string[] {
	if (decoded.features.length === 0) return [];
	const polygons = onGrid(decoded);
	const geos = toGeos(polygons);
	const found = decoded.ids.filter((_, f) => !geos.isValid(f)).map((id) => `feature ${id} is not valid`);
	geos.free();
	const whole = union(polygons);
	const total = totalDoubledArea(decoded);
	if (total !== whole.doubled) found.push(`${total - whole.doubled} half units are covered twice`);
	if (whole.holes > 0) found.push(`${whole.holes} gaps`);
	const parcelNos = Int32Array.from(decoded.ids);
	return [...found, ...checkParcelSet({ parcelNos, polygons }).map(({ code }) => code)];
}

/** Tiles of all zooms over polygons, at most so many a zoom. */
export function listTiles(polygons: FlatPolygons, most: number): TileAddress[] {
	return ZOOMS.flatMap((z) => tilesOver(polygons, z, most));
}
