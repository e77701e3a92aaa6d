import { findShape, listParcelNosInBox } from '$geo/coverage/coverage.ts';
import type { WorkingParcel } from '$lib/domain/changeset/working-area.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';
import { changesetError } from '$lib/domain/changeset/issue.ts';
import { draftOf } from '$lib/domain/changeset/draft-state.ts';
import type { WireDifference } from '$lib/domain/changeset/wire-difference.ts';
import { can } from '../../access/actor.ts';
import { findChangeset } from '../../db/changeset.ts';
import { listSteps } from '../../db/changeset-step.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { done, failed, notFound, type Outcome } from './outcome.ts';

/** Parcels of the base revision of a changeset. */
export interface WorkingParcels {
	readonly baseRevision: number;
	readonly coverageKind: 'plan' | 'current';
	/** West, south, east, north. */
	readonly box: readonly [number, number, number, number];
	readonly parcels: readonly WorkingParcel[];
}

/** As many as a browser lays out in about a second. */
const MOST_PARCELS = 6_000;

/**
 * Lists the exact parcels on which a browser edits a changeset: those of its base revision that reach into a box in degrees, and all that its
 * steps touch, wherever they lie, so that these can be laid on them.
 *
 * Whoever may read changesets may. Refuses `working-area.too-large`, with how many there are and how many there may be. O(their positions + steps).
 */
export async function readWorkingParcels(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	box: WorkingParcels['box'],
): Promise<Outcome<WorkingParcels>> {
	const { actor, drafts } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const read = await asActor(context, zoneId, async (sql) => {
		const row = await findChangeset(sql, zoneId, changesetNo);
		return row && { row, steps: await listSteps(sql, zoneId, changesetNo, { upTo: row.stepCount }) };
	});
	if (read === null) return notFound(changesetNo);
	const { coverageId, baseRevision } = read.row;
	const { coverage, facts } = await drafts.workings.open({ zoneId, coverageId, revision: baseRevision });
	const [minLon, minLat, maxLon, maxLat] = box;
	const touched = read.steps.flatMap(({ difference }) => parcelsOfBase(difference));
	const parcelNos = [
		...new Set([...listParcelNosInBox(coverage, { minLon, minLat, maxLon, maxLat }), ...touched]),
	];
	if (parcelNos.length > MOST_PARCELS)
		return failed('refused', [
			changesetError('working-area.too-large', { parcels: parcelNos.length, most: MOST_PARCELS }),
		]);
	const start = draftOf(coverage, facts);
	const parcels = parcelNos
		.sort((a, b) => a - b)
		.flatMap((parcelNo): WorkingParcel[] => {
			const shape = findShape(coverage, parcelNo);
			return shape === null ? [] : [{ parcelNo, shape, facts: factsOf(start.facts, parcelNo) }];
		});
	return done({ baseRevision, coverageKind: facts.coverageKind, box, parcels });
}

/** The parcels of a difference that the base revision may have: new ones are numbered below 0. */
function parcelsOfBase({ shapes, facts }: WireDifference): number[] {
	return [...shapes, ...facts].map(({ parcelNo }) => parcelNo).filter((parcelNo) => parcelNo > 0);
}
