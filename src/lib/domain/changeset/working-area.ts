import type { LonLatBox } from '$geo/coverage/shape.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import { coverageOf } from '$geo/coverage/coverage.ts';
import { baseOfShared } from '$geo/coverage/settle.ts';
import { joinFeatures } from '$geo/flat-polygons.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { DraftDifference, DraftState } from './draft-state.ts';
import { draftOf } from './draft-state.ts';
import type { ParcelFacts, WorkingFacts } from './parcel-facts.ts';

/** A parcel of a revision as it is edited: its exact shape, one feature in degrees (EPSG:4490) on the grid, and its facts. */
export interface WorkingParcel {
	readonly parcelNo: number;
	readonly shape: FlatPolygons;
	readonly facts: ParcelFacts;
}

/** A draft without steps on the parcels that reach into a box: what a browser edits while the server has all. */
export interface WorkingArea {
	readonly box: LonLatBox;
	readonly state: DraftState;
}

/**
 * Makes a working area of all parcels of a revision whose box meets `box`; what they enclose and is not theirs is not edited.
 *
 * Throws where two of them lie on one side of an edge, which no revision's parcels do. O(positions).
 */
export function workingAreaOf(
	box: LonLatBox,
	parcels: readonly WorkingParcel[],
	{ coverageKind, hasClass }: Pick<WorkingFacts['base'], 'coverageKind' | 'hasClass'>,
): WorkingArea {
	const ordered = [...parcels].sort((a, b) => a.parcelNo - b.parcelNo);
	const base = baseOfShared({
		parcelNos: Int32Array.from(ordered, ({ parcelNo }) => parcelNo),
		polygons: joinFeatures(ordered.map(({ shape }) => shape)),
	});
	const facts = new Map(parcels.map((parcel) => [parcel.parcelNo, parcel.facts]));
	const factsOf = (parcelNo: number) => facts.get(parcelNo) ?? null;
	return { box, state: draftOf(coverageOf(base), { coverageKind, hasClass, factsOf }) };
}

/**
 * Says whether a difference that was computed in a working area is what the whole coverage gives too.
 *
 * It is where everything that it touches lies inside the box: the parcels there have all their neighbours. Else only the server's counts. O(positions).
 */
export function isSureIn({ box }: WorkingArea, { shapes }: DraftDifference): boolean {
	return shapes
		.flatMap(({ before, after }) => [before, after])
		.filter((shape) => shape !== null)
		.map(boxOf)
		.every(
			({ minLon, minLat, maxLon, maxLat }) =>
				minLon > box.minLon && maxLon < box.maxLon && minLat > box.minLat && maxLat < box.maxLat,
		);
}
