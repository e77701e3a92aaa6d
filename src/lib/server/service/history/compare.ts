import { setImmediate as nextTurn } from 'node:timers/promises';
import { joinFeatures, sliceFeature } from '$geo/flat-polygons.ts';
import { IN_MANY_EDITS } from '$geo/edit/same-up-to-nodes.ts';
import { shapeChange } from '$geo/edit/shape-change.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { OverlayPieces } from '$lib/domain/balance/change-matrix.ts';
import type { ParcelColumns } from '$lib/domain/balance/parcel-columns.ts';
import type { ChangeKind } from '$lib/domain/changeset/change-kind.ts';
import { changesetError } from '$lib/domain/changeset/issue.ts';
import { isSameFact } from '$lib/domain/changeset/parcel-facts.ts';
import { gradeIn, mayRead } from '../../access/actor.ts';
import { listParcelNosOnlyIn } from '../../db/parcel-columns.ts';
import { listParcelFacts, type ParcelFactRow } from '../../db/parcel-version.ts';
import { wholeBox } from '../../tile/feature-box.ts';
import type { TableRow } from '../../tile/parcel-table.ts';
import { eachRow, findRow, rowsOf } from '../../tile/snapshot.ts';
import { areaText, linesAtLevel, type Level } from '../balance-table.ts';
import { done, failed, type Outcome } from '../changeset/outcome.ts';
import type { ServiceContext } from '../context.ts';
import { findOpenCoverage, isWithheld, type OpenCoverage } from '../current-coverage.ts';
import { publicDecimals, roundedBox } from '../public-precision.ts';
import { asActor, asWhole } from '../scope.ts';
import { findZoneRecord } from '../zone-record.ts';
import { comparedFacts, MOST_TOLD } from './compare-facts.ts';
import { matricesOf } from './compare-matrix.ts';
import type { ComparedParcel, Comparison } from './comparison-store.ts';

/** A parcel that two revisions do not have alike. */
interface ParcelPair {
	readonly parcelNo: number;
	readonly before: TableRow | null;
	readonly after: TableRow | null;
	readonly kinds: readonly ChangeKind[];
	/** What is recorded of it besides, before and after; left out where there is neither a condition nor a code of the registry. */
	readonly facts: readonly [ParcelFactRow | undefined, ParcelFactRow | undefined];
	/** It has another shape, class, area or park, which every reader's matrix goes by; else another code or conditions. */
	readonly isOtherGround: boolean;
}

/** Others are answered between. */
const PAIRS_AT_A_TIME = 256;
/** What a reader may not know of all parcels; the ground is the same for everybody. */
const FACT_KINDS: ReadonlySet<ChangeKind> = new Set(['recoded', 'conditions']);

/**
 * Compares two revisions of a coverage: what is otherwise, and which class became which.
 *
 * A parcel whose class, before or after, is not for the actor is only counted. Refuses `revision.not-found` (one of them is not there for the
 * actor) and `comparison.too-large`; busy where many are asked for at once. O(parcels) the first time, and what overlaying those that are otherwise costs.
 */
export async function compareRevisions(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
	{ from, to, level }: { readonly from: number; readonly to: number; readonly level: Level },
): Promise<Outcome<Comparison>> {
	const was = await findOpenCoverage(context, zoneId, coverageId, { revision: from });
	const is = await findOpenCoverage(context, zoneId, coverageId, { revision: to });
	if (was === null || is === null) return failed('not-found', [changesetError('revision.not-found')]);
	const contents = [was, is].map(({ snapshot }) => `${snapshot.contentId}/${snapshot.classes.id}`);
	const key = [...contents, level, gradeIn(context.actor, zoneId)].join('/');
	return context.comparisons.find(key, () =>
		compared(context, zoneId, was, is, level, `compared/${contents.join('/')}`),
	);
}

async function compared(
	context: ServiceContext,
	zoneId: string,
	was: OpenCoverage,
	is: OpenCoverage,
	level: Level,
	key: string,
): Promise<Outcome<Comparison>> {
	const { mostChanged } = context.comparisons;
	const touched = await listTouched(context, zoneId, was, is);
	if (touched.length > mostChanged)
		return failed('refused', [
			changesetError('comparison.too-large', { parcels: touched.length, most: mostChanged }),
		]);
	const record = await asActor(context, zoneId, (sql) => findZoneRecord(sql, zoneId, context.now));
	if (record === null) throw new Error(`zone ${zoneId} has revisions but no row`);
	const pairs = await pairsOf(context, zoneId, was, is, touched);
	const moved = pairs.filter(({ isOtherGround }) => isOtherGround);
	const isMoved = new Set(moved.map(({ parcelNo }) => parcelNo));
	const grade = gradeIn(context.actor, zoneId);
	const changes = pairs.filter(({ kinds }) => kinds.length > 0);
	const open = changes.filter(({ before, after }) =>
		[before, after].every((at) => at === null || !isWithheld(at, grade)),
	);
	const counts: Comparison['counts'] = {};
	for (const { kinds } of open) for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
	const decimals = publicDecimals(context.actor, zoneId);
	const unread = record.classes.map((row) => !mayRead(grade, row.publicationGrade));
	return done({
		coverageId: was.coverage.coverageId,
		from: was.revision.revision,
		to: is.revision.revision,
		level,
		counts,
		changes: open.slice(0, MOST_TOLD).map(({ parcelNo, kinds, before, after }) => ({
			parcelNo,
			kinds: [...kinds],
			bbox: roundedBox(boxOfSides([before, after]), 0, decimals),
			before: before === null ? null : comparedParcel(before),
			after: after === null ? null : comparedParcel(after),
		})),
		groups: await comparedFacts(context, zoneId, [was, is], pairs, open),
		isCut: open.length > MOST_TOLD,
		withheld: changes.length - open.length,
		...matricesOf(record, linesAtLevel(record, level), unread, {
			...(await overlaid(context, key, moved)),
			kept: columnsOf(eachRow(rowsOf(is.snapshot)).filter((at) => !isMoved.has(numberOf(at)))),
		}),
	});
}

/** The parcels of which two revisions have different versions, ascending. */
async function listTouched(
	{ database }: ServiceContext,
	zoneId: string,
	was: OpenCoverage,
	is: OpenCoverage,
): Promise<number[]> {
	const { coverageId } = was.coverage;
	const [from, to] = [was.revision.revision, is.revision.revision];
	const touched = await asWhole(database, zoneId, async (sql) => [
		...(await listParcelNosOnlyIn(sql, zoneId, coverageId, from, to)),
		...(await listParcelNosOnlyIn(sql, zoneId, coverageId, to, from)),
	]);
	return [...new Set(touched)].sort((a, b) => a - b);
}

/** Those of them that are not alike: without a kind they have another area, as it was adjusted, and no more. */
async function pairsOf(
	context: ServiceContext,
	zoneId: string,
	was: OpenCoverage,
	is: OpenCoverage,
	touched: readonly number[],
): Promise<ParcelPair[]> {
	const [factsBefore, factsAfter] = await asActor(context, zoneId, async (sql) => {
		const factsIn = async ({ coverage, revision }: OpenCoverage) =>
			factsByNo(await listParcelFacts(sql, zoneId, coverage.coverageId, revision.revision, touched));
		return [await factsIn(was), await factsIn(is)];
	});
	const pairs: ParcelPair[] = [];
	for (const [place, parcelNo] of touched.entries()) {
		if (place % PAIRS_AT_A_TIME === 0) await nextTurn();
		const before = findRow(was.snapshot, parcelNo);
		const after = findRow(is.snapshot, parcelNo);
		const facts = [factsBefore.get(parcelNo), factsAfter.get(parcelNo)] as const;
		const kinds = kindsOf(before, after, facts);
		const isOtherGround = kinds.some((kind) => !FACT_KINDS.has(kind)) || groundOf(before) !== groundOf(after);
		if (kinds.length > 0 || isOtherGround)
			pairs.push({ parcelNo, before, after, kinds, facts, isOtherGround });
	}
	return pairs;
}

function kindsOf(
	before: TableRow | null,
	after: TableRow | null,
	[factsBefore, factsAfter]: readonly [ParcelFactRow | undefined, ParcelFactRow | undefined],
): ChangeKind[] {
	if (before === null || after === null) {
		if (after !== null) return ['created'];
		return before === null ? [] : ['retired'];
	}
	const shape = shapeChange(numberOf(before), shapeOf(before), shapeOf(after), IN_MANY_EDITS);
	const codeOf = ({ table, row }: TableRow, facts: ParcelFactRow | undefined) =>
		`${facts?.codeStatus ?? 'provisional'} ${table.code[row]}`;
	const kinds: readonly (readonly [ChangeKind, boolean])[] = [
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
	key: string,
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
	const { parcelNos, areaM2 } = await overlays.areasOf(key, () =>
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

function comparedParcel({ table, row }: TableRow): ComparedParcel {
	const landUse = table.landUse[row];
	return {
		code: table.code[row],
		classKey: landUse < 0 ? null : table.classes.keys[landUse],
		parkId: table.parkIds[table.park[row]] ?? null,
		areaM2: areaText(table.areaDm2[row]),
	};
}

/** The box of what a parcel was and is. */
function boxOfSides(sides: readonly (TableRow | null)[]): Float64Array {
	const boxes = sides.flatMap((at) =>
		at === null ? [] : [...at.table.boxes.subarray(4 * at.row, 4 * at.row + 4)],
	);
	return Float64Array.from(wholeBox(Float64Array.from(boxes)) ?? []);
}

const numberOf = ({ table, row }: TableRow) => table.parcelNo[row];
const shapeOf = ({ table, row }: TableRow) => sliceFeature(table.polygons, row);

function factsByNo(rows: readonly ParcelFactRow[]): ReadonlyMap<number, ParcelFactRow> {
	return new Map(rows.map((row) => [row.parcelNo, row]));
}
