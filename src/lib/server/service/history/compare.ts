import { joinFeatures, sliceFeature } from '$geo/flat-polygons.ts';
import { IN_MANY_EDITS } from '$geo/edit/same-up-to-nodes.ts';
import { shapeChange } from '$geo/edit/shape-change.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { OverlayPieces } from '$lib/domain/balance/change-matrix.ts';
import type { ParcelColumns } from '$lib/domain/balance/parcel-columns.ts';
import { isSameFact } from '$lib/domain/changeset/parcel-facts.ts';
import { gradeIn, mayRead } from '../../access/actor.ts';
import { listParcelNosOnlyIn } from '../../db/parcel-columns.ts';
import { listParcelFacts, type ParcelFactRow } from '../../db/parcel-version.ts';
import type { TableRow } from '../../tile/parcel-table.ts';
import { eachRow, findRow, rowsOf } from '../../tile/snapshot.ts';
import { areaText, linesAtLevel, type Level } from '../balance-table.ts';
import type { ServiceContext } from '../context.ts';
import { findOpenCoverage, isWithheld, type OpenCoverage } from '../current-coverage.ts';
import { asActor, asWhole } from '../scope.ts';
import { findZoneRecord } from '../zone-record.ts';
import { matricesOf } from './compare-matrix.ts';

type Kind = 'created' | 'retired' | 'reshaped' | 'reclassified' | 'recoded' | 'conditions';

/** A parcel that two revisions do not have alike. */
interface ParcelPair {
	readonly parcelNo: number;
	readonly before: TableRow | null;
	readonly after: TableRow | null;
	readonly kinds: readonly Kind[];
}

const MOST_TOLD = 2000;

/** Compares two revisions of a coverage: what is otherwise, and which class became which, as far as the actor may see; maybe not both are there. */
export async function compareRevisions(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
	{ from, to, level }: { readonly from: number; readonly to: number; readonly level: Level },
) {
	const was = await findOpenCoverage(context, zoneId, coverageId, { revision: from });
	const is = await findOpenCoverage(context, zoneId, coverageId, { revision: to });
	if (was === null || is === null) return null;
	const record = await asActor(context, zoneId, (sql) => findZoneRecord(sql, zoneId, context.now));
	if (record === null) return null;
	const pairs = await listPairs(context, zoneId, was, is);
	const isTouched = new Set(pairs.map(({ parcelNo }) => parcelNo));
	const grade = gradeIn(context.actor, zoneId);
	const withheld = record.classes.map((row) => !mayRead(grade, row.publicationGrade));
	const changes = pairs.filter(({ kinds }) => kinds.length > 0);
	const told = changes.slice(0, MOST_TOLD);
	const counts = new Map<Kind, number>();
	for (const { kinds } of pairs) for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
	const shown = (at: TableRow | null) => (at === null ? null : comparedParcel(at, isWithheld(at, grade)));
	return {
		coverageId,
		from,
		to,
		level,
		counts: Object.fromEntries(counts),
		changes: told.map(({ parcelNo, kinds, before, after }) => ({
			parcelNo,
			kinds: [...kinds],
			before: shown(before),
			after: shown(after),
		})),
		isCut: changes.length > told.length,
		...matricesOf(record, linesAtLevel(record, level), withheld, {
			...(await overlaid(context, pairs)),
			kept: columnsOf(eachRow(rowsOf(is.snapshot)).filter((at) => !isTouched.has(numberOf(at)))),
		}),
	};
}

/** The parcels that two revisions do not have alike, ascending: those without a kind have another area, as it was adjusted, and no more. */
async function listPairs(
	context: ServiceContext,
	zoneId: string,
	was: OpenCoverage,
	is: OpenCoverage,
): Promise<ParcelPair[]> {
	const { coverageId } = was.coverage;
	const [from, to] = [was.revision.revision, is.revision.revision];
	const touched = await asWhole(context.database, zoneId, async (sql) => [
		...(await listParcelNosOnlyIn(sql, zoneId, coverageId, from, to)),
		...(await listParcelNosOnlyIn(sql, zoneId, coverageId, to, from)),
	]);
	const [factsBefore, factsAfter] = await asActor(context, zoneId, async (sql) => [
		factsByNo(await listParcelFacts(sql, zoneId, coverageId, from)),
		factsByNo(await listParcelFacts(sql, zoneId, coverageId, to)),
	]);
	return [...new Set(touched)]
		.sort((a, b) => a - b)
		.map((parcelNo) => {
			const before = findRow(was.snapshot, parcelNo);
			const after = findRow(is.snapshot, parcelNo);
			const facts = [factsBefore.get(parcelNo), factsAfter.get(parcelNo)] as const;
			return { parcelNo, before, after, kinds: kindsOf(before, after, facts) };
		})
		.filter(({ kinds, before, after }) => kinds.length > 0 || groundOf(before) !== groundOf(after));
}

function kindsOf(
	before: TableRow | null,
	after: TableRow | null,
	[factsBefore, factsAfter]: readonly [ParcelFactRow | undefined, ParcelFactRow | undefined],
): Kind[] {
	if (before === null || after === null) {
		if (after !== null) return ['created'];
		return before === null ? [] : ['retired'];
	}
	const shape = shapeChange(numberOf(before), shapeOf(before), shapeOf(after), IN_MANY_EDITS);
	const codeOf = ({ table, row }: TableRow, facts: ParcelFactRow | undefined) =>
		`${facts?.codeStatus ?? 'provisional'} ${table.code[row]}`;
	const kinds: readonly (readonly [Kind, boolean])[] = [
		['reshaped', shape?.kind === 'reshaped'],
		['reclassified', before.table.landUse[before.row] !== after.table.landUse[after.row]],
		['recoded', codeOf(before, factsBefore) !== codeOf(after, factsAfter)],
		['conditions', !isSameFact(factsBefore?.condition ?? null, factsAfter?.condition ?? null)],
	];
	return kinds.filter(([, isSo]) => isSo).map(([kind]) => kind);
}

/** A parcel's stored area and park. */
function groundOf(at: TableRow | null): string {
	return at === null ? '' : `${at.table.areaDm2[at.row]} ${at.table.park[at.row]}`;
}

/** The parcels of both sides in columns, and their ground cut by each other. */
async function overlaid(
	{ overlays }: ServiceContext,
	pairs: readonly ParcelPair[],
): Promise<{ before: ParcelColumns; after: ParcelColumns; pieces: OverlayPieces }> {
	const sides = [pairs.map(({ before }) => before), pairs.map(({ after }) => after)].map((side) =>
		side.filter((at) => at !== null),
	);
	const [before, after] = sides.map(columnsOf);
	if (pairs.length === 0) {
		const none = new Int32Array();
		return { before, after, pieces: { plan: none, current: none, areaM2: new Float64Array() } };
	}
	// Numbered by their rows, so that pieces name rows; 0 is none.
	const { parcelNos, areaM2 } = await overlays.areasOf(
		sides.map((side): ParcelSet => ({
			parcelNos: Int32Array.from(side, (_, row) => row + 1),
			polygons: joinFeatures(side.map(shapeOf)),
		})),
	);
	const [plan, current] = parcelNos.map((nos) => nos.map((no) => no - 1));
	return { before, after, pieces: { plan, current, areaM2 } };
}

function columnsOf(rows: readonly TableRow[]): ParcelColumns {
	return {
		parcelNo: Int32Array.from(rows, numberOf),
		areaDm2: Float64Array.from(rows, ({ table, row }) => table.areaDm2[row]),
		park: Int32Array.from(rows, ({ table, row }) => table.park[row]),
		landUse: Int32Array.from(rows, ({ table, row }) => table.landUse[row]),
	};
}

function comparedParcel({ table, row }: TableRow, withheld: boolean) {
	const landUse = table.landUse[row];
	return {
		withheld,
		code: withheld ? '' : table.code[row],
		classKey: withheld || landUse < 0 ? null : table.classes.keys[landUse],
		parkId: table.parkIds[table.park[row]] ?? null,
		areaM2: areaText(table.areaDm2[row]),
	};
}

const numberOf = ({ table, row }: TableRow) => table.parcelNo[row];
const shapeOf = ({ table, row }: TableRow) => sliceFeature(table.polygons, row);

function factsByNo(rows: readonly ParcelFactRow[]): ReadonlyMap<number, ParcelFactRow> {
	return new Map(rows.map((row) => [row.parcelNo, row]));
}
