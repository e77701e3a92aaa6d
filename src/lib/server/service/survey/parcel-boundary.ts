import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import { boundaryStretches, findWholePart, linesOfPart } from '$lib/domain/survey/boundary-line.ts';
import { areaOfKind } from '$lib/domain/survey/part-area.ts';
import { gradeIn } from '../../access/actor.ts';
import { listPublishedSurveys } from '../../db/survey.ts';
import { findZone } from '../../db/zone.ts';
import { shapeAt } from '../../tile/parcel-table.ts';
import { findRow } from '../../tile/snapshot.ts';
import type { ServiceContext } from '../context.ts';
import { findOpenCoverage } from '../current-coverage.ts';
import type { StateChoice } from '../past-state.ts';
import { asActor } from '../scope.ts';

/**
 * Tells which survey each stretch of a parcel's boundary comes from; none where there is no such parcel, or vertices are not for the reader.
 *
 * Lengths are planar, of the zone's projection. Where the boundary is the whole of what a document draws, the area that it states stands beside the computed one. O(edges × surveyed lines near).
 */
export async function findParcelBoundary(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
	parcelNo: number,
	choice: StateChoice,
) {
	if (gradeIn(context.actor, zoneId) !== 'office') return null;
	const open = await findOpenCoverage(context, zoneId, coverageId, choice);
	const at = open === null ? null : findRow(open.snapshot, parcelNo);
	if (open === null || at === null) return null;
	const { revision } = open.revision;
	const shape = shapeAt(at, null);
	const { zone, surveys } = await asActor(context, zoneId, async (sql) => ({
		zone: await findZone(sql, zoneId),
		surveys: await listPublishedSurveys(sql, zoneId, coverageId, revision, boxOf(shape)),
	}));
	if (zone === null) return null;
	const projection = gaussKruger(zone.projectSrid);
	const parts = surveys.flatMap((survey, index) => survey.parts.map((part) => ({ index, part })));
	const linesOf = new Map(parts.map((one) => [one, linesOfPart(one.part, one)]));
	const stretches = boundaryStretches(shape, [...linesOf.values()].flat(), projection);
	const used = [...new Set(stretches.flatMap(({ line }) => line?.survey.index ?? []))].sort((a, b) => a - b);
	const whole = findWholePart(stretches, (part) => linesOf.get(part)?.length ?? 0);
	return {
		coverageId,
		parcelNo,
		revision,
		planarSrid: zone.projectSrid,
		surveys: used.map((index) => {
			const { parts: _, ...survey } = surveys[index];
			return survey;
		}),
		stated:
			whole === null || whole.part.areaM2 === null
				? null
				: {
						survey: used.indexOf(whole.index),
						areaM2: whole.part.areaM2,
						areaKind: whole.part.areaKind,
						computedM2: areaOfKind(shape, whole.part.areaKind, projection),
					},
		stretches: stretches.map(({ line, ...stretch }) => ({
			...stretch,
			survey: line === null ? null : used.indexOf(line.survey.index),
			line: line === null ? null : { from: line.from.name, to: line.to.name },
		})),
	};
}
