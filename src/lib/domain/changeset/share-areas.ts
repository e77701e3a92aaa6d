import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { listDifferenceGroups } from '$geo/edit/difference-group.ts';
import { joinFeatures, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParkPlace } from '../coverage/park-place.ts';
import { apportionAtLeastOne } from '../coverage/stored-area.ts';
import { groundOf, type DraftDifference } from './draft-state.ts';
import type { ChangesetIssue } from './issue.ts';

/** A parcel's stored area in 0.01 m² and where it lies among the parks. */
export interface StoredGround {
	readonly areaDm2: number;
	readonly place: ParkPlace;
}

export type SharedAreas =
	| { readonly ok: true; readonly ground: ReadonlyMap<number, StoredGround> }
	| { readonly ok: false; readonly issues: readonly ChangesetIssue[] };

/** A parcel with a new shape, by the number that it has in the draft. */
interface NewShape {
	readonly parcelNo: number;
	readonly shape: FlatPolygons;
}

/** What rounding and adjusting may have put between the stored areas of parcels and their shapes, in m² a parcel. */
const MISFIT_M2 = 0.01;
/** What nodes on an outline, or on neighbours, may take from a group. */
const NODING_M2 = 0.05;

/**
 * Gives the parcels of a difference their stored areas: those that hang together keep their sum in every park, to 0.01 m² (平差).
 *
 * `before` has every parcel whose shape the difference takes or changes; `placesOf` finds parks by place and is asked only where parcels of
 * several parks hang together. `noded` parcels keep what they have and are left out. Refuses `publish.park-crossed` where ground would
 * change its park, `publish.area-misfit` where the shapes do not have the ground that is shared out. O(vertices of the new shapes).
 */
export function shareAreas(
	difference: DraftDifference,
	before: ReadonlyMap<number, StoredGround>,
	placesOf: (polygons: FlatPolygons) => readonly ParkPlace[],
): SharedAreas {
	const changeOf = new Map(difference.shapes.map((change) => [change.parcelNo, change]));
	const ground = new Map<number, StoredGround>();
	const issues: ChangesetIssue[] = [];
	for (const group of listDifferenceGroups(groundOf(difference))) {
		const changes = group.flatMap((parcelNo) => changeOf.get(parcelNo) ?? []);
		const was = changes.flatMap(({ parcelNo, before: shape }) =>
			shape === null ? [] : [before.get(parcelNo) ?? missing(parcelNo)],
		);
		const is = changes.flatMap(({ parcelNo, after: shape }): NewShape[] =>
			shape === null ? [] : [{ parcelNo, shape }],
		);
		const places = new Map(was.map(({ place }) => [placeKey(place), place]));
		const [only] = places.values();
		const isInOne = places.size === 1;
		const placeOf = isInOne ? is.map(() => only) : placesOf(joinFeatures(is.map(({ shape }) => shape)));
		for (const place of placeOf) places.set(placeKey(place), place);
		const limitM2 = NODING_M2 + MISFIT_M2 * changes.length;
		for (const [key, place] of places) {
			const totalDm2 = was.reduce((sum, one) => sum + (placeKey(one.place) === key ? one.areaDm2 : 0), 0);
			const here = is.filter((_, i) => placeKey(placeOf[i]) === key);
			const areasM2 = Float64Array.from(here, ({ shape }) => ellipsoidalAreasM2(shape)[0]);
			const misfitM2 = Math.abs(areasM2.reduce((sum, areaM2) => sum + areaM2, 0) - totalDm2 / 100);
			const isLost = here.length === 0 && totalDm2 > 0;
			if (misfitM2 > limitM2 || totalDm2 < here.length || isLost) {
				issues.push(
					isInOne
						? error('publish.area-misfit', group, { misfitM2, limitM2 })
						: error('publish.park-crossed', group, {}),
				);
				break;
			}
			const parts = here.length === 0 ? [] : apportionAtLeastOne(areasM2, totalDm2);
			here.forEach(({ parcelNo }, i) => ground.set(parcelNo, { areaDm2: parts[i], place }));
		}
	}
	return issues.length > 0 ? { ok: false, issues } : { ok: true, ground };
}

function error(code: string, parcelNos: readonly number[], params: ChangesetIssue['params']): ChangesetIssue {
	return { code, severity: 'error', parcelNos, at: null, params };
}

function placeKey({ relation, parkId }: ParkPlace): string {
	return `${relation} ${parkId ?? ''}`;
}

function missing(parcelNo: number): never {
	throw new Error(`the stored area of parcel ${parcelNo} is not given`);
}
