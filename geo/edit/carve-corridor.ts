import { ellipsoidalAreasM2 } from '../area/ellipsoidal.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import { extendLine, MITRE_LIMIT, outlineCorridor } from './corridor-outline.ts';
import type { CorridorSides } from './corridor-outline.ts';
import { findShape } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { EditResult, Lineage, Refusal } from './difference.ts';
import { isUsableLine } from '../arrangement/lines.ts';
import type { Polyline } from '../arrangement/lines.ts';
import { metresPerDegree } from '../arrangement/metres.ts';
import { newParcelNos } from './new-parcel-nos.ts';
import { listParcelNosAlong } from '../coverage/parcels-along.ts';
import { redraw } from './redraw.ts';
import { refusalOf, refuse, refuseLine } from './refusal.ts';
import { takeGround } from './take-ground.ts';

/** A corridor to be taken out of parcels: a road, a canal, a green belt. */
export interface CarveCorridor {
	/** Two vertices or more, degrees (EPSG:4490); it may begin and end anywhere and cross itself. */
	readonly centreLine: Polyline;
	/** How wide it is, half to each side, or how far it reaches to each side, looking along the line. */
	readonly breadth: { readonly widthM: number } | CorridorSides;
	/** `flat`: it ends at the ends of the line; `square`: half its width beyond them; left out: flat. */
	readonly endCap?: 'flat' | 'square';
	/** The parcels that may give ground; left out: all that it meets. */
	readonly parcelNos?: readonly number[];
	/** The number of the first new parcel, the next ones count down from it; left out: below all numbers ever used. */
	readonly firstNewNo?: number;
}

/** The outcome of carving a corridor: its parcels and their ground in m². */
export type CarveCorridorResult =
	| (Extract<EditResult, { ok: true }> & {
			readonly corridors: readonly { readonly parcelNo: number; readonly areaM2: number }[];
	  })
	| Extract<EditResult, { ok: false }>;

const NARROWEST_M = 0.01;
const WIDEST_SIDE_M = 500;

/**
 * Takes a corridor along a line out of the parcels that it passes: each connected piece of it is a new parcel.
 *
 * A parcel that it cuts apart is retired and its pieces are new parcels (polygons that stay whole go with the largest), one that it only
 * trims keeps its number, one that lies within is retired; lineage says from which parcels every new one has ground. Only ground of parcels is
 * taken: where the corridor leaves the coverage, or the parcels that may give, it ends. Its width is kept as `outlineCorridor` says and to
 * the grid step. Numbers go to the pieces of the corridor first, then to those of the parcels in order.
 * Refuses `line.invalid`, `corridor.width-invalid` (narrower than 1 cm, a side below 0 or above 500 m), `parcel.unknown`,
 * `corridor.takes-nothing`, and those of `newParcelNos` and `redraw`. O((edges of the parcels near it + crossings) log).
 */
export function carveCorridor(coverage: Coverage, carve: CarveCorridor): CarveCorridorResult {
	const { centreLine, breadth, endCap = 'flat', parcelNos, firstNewNo } = carve;
	if (!isUsableLine(centreLine)) return refuseLine(centreLine, []);
	const at = [centreLine[0], centreLine[1]] as const;
	const sides = sidesOf(breadth);
	if (!(sides.leftM >= 0 && sides.rightM >= 0 && Math.max(sides.leftM, sides.rightM) <= WIDEST_SIDE_M))
		return refuse('corridor.width-invalid', [], at, { widestM: WIDEST_SIDE_M });
	const widthM = sides.leftM + sides.rightM;
	if (widthM < NARROWEST_M) return refuse('corridor.width-invalid', [], at, { narrowestM: NARROWEST_M });
	const line = endCap === 'square' ? extendLine(centreLine, widthM / 2) : centreLine;
	const asked = parcelNos ?? listParcelNosAlong(coverage, line, reachDeg(line, sides));
	const subjects = [...new Set(asked)].sort((a, b) => a - b);
	const shapes: FlatPolygons[] = [];
	for (const parcelNo of subjects) {
		const shape = findShape(coverage, parcelNo);
		if (shape === null) return refuse('parcel.unknown', [parcelNo], at);
		shapes.push(shape);
	}
	const ground = takeGround(shapes, outlineCorridor(line, sides));
	if (ground.taken.length === 0) return refuse('corridor.takes-nothing', subjects, at);
	const partCount = ground.rests.reduce((sum, { parts }) => sum + (parts.length > 1 ? parts.length : 0), 0);
	const numbers = newParcelNos(coverage, ground.taken.length + partCount, at, firstNewNo);
	if (!numbers.ok) return numbers;

	const fresh = numbers.parcelNos.values();
	const newShapes = new Map<number, FlatPolygons | null>();
	const lineage: Lineage[] = [];
	const create = (shape: FlatPolygons, sources: readonly number[]) => {
		const { value: to } = fresh.next();
		if (to === undefined) return;
		newShapes.set(to, shape);
		for (const index of sources) lineage.push({ from: subjects[index], to });
	};
	for (const { shape, sources } of ground.taken) create(shape, sources);
	for (const { index, parts } of ground.rests) {
		newShapes.set(subjects[index], parts.length === 1 ? parts[0] : null);
		if (parts.length > 1) for (const part of parts) create(part, [index]);
	}
	const result = redraw(coverage, newShapes, lineage);
	if (!result.ok) return result;
	const corridors = numbers.parcelNos.slice(0, ground.taken.length).map((parcelNo) => {
		const shape = findShape(result.coverage, parcelNo);
		return { parcelNo, areaM2: shape === null ? 0 : ellipsoidalAreasM2(shape)[0] };
	});
	return { ...result, corridors };
}

/** Says why `carveCorridor` would be refused, null when it would be done. */
export function canCarveCorridor(coverage: Coverage, carve: CarveCorridor): Refusal | null {
	return refusalOf(carveCorridor(coverage, carve));
}

function sidesOf(breadth: CarveCorridor['breadth']): CorridorSides {
	return 'widthM' in breadth ? { leftM: breadth.widthM / 2, rightM: breadth.widthM / 2 } : breadth;
}

/** How far the corridor's corners may lie from its line, in degrees of longitude, the shorter ones. */
function reachDeg(line: Polyline, { leftM, rightM }: CorridorSides): number {
	let farthestLat = 0;
	for (let i = 1; i < line.length; i += 2) farthestLat = Math.max(farthestLat, Math.abs(line[i]));
	return (MITRE_LIMIT * Math.max(leftM, rightM)) / metresPerDegree(farthestLat).east;
}
