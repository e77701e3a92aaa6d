import { changeMatrix } from '$lib/domain/balance/change-matrix.ts';
import type { ParcelColumns } from '$lib/domain/balance/parcel-columns.ts';
import { balanceExceptions } from '$lib/domain/balance/total.ts';
import { gradeIn, mayRead } from '../access/actor.ts';
import { listRuleValues } from '../db/rule-value.ts';
import { wholeColumns } from '../tile/snapshot.ts';
import { balanceTotalsOf } from './balance-total.ts';
import {
	areaText,
	axisOf,
	classTableOf,
	linesAtLevel,
	matrixWithMargins,
	shownMargins,
	type TableChoice,
} from './balance-table.ts';
import type { ServiceContext } from './context.ts';
import { findOpenCoverage, type OpenCoverage } from './current-coverage.ts';
import { findZoneState, type ZoneStateChoice } from './past-state.ts';
import { asActor } from './scope.ts';
import { findZoneRecord } from './zone-record.ts';

/** What a reader chooses: the state, the level of classes, the unit, and a park for the change matrix. */
export interface BalanceChoice extends TableChoice, ZoneStateChoice {
	readonly park?: string | undefined;
	/** Whether to overlay the coverages for planned against current, which takes time; for the office only. */
	readonly withChange?: boolean;
}

/** A balance as the service knows it; lines that are no class have no names yet. */
export type Balance = NonNullable<Awaited<ReturnType<typeof findBalance>>>;

/** A coverage with its parcels as a balance takes them. */
interface BalancedCoverage extends OpenCoverage {
	readonly columns: ParcelColumns;
}

/** How many parcels of a named line are listed. */
const LISTED_PARCELS = 100;

/** Balances a zone's parcels against its outlines and nominal areas, as far as the actor may see; maybe no such zone or state. */
export async function findBalance(context: ServiceContext, zoneId: string, choice: BalanceChoice) {
	const found = await asActor(context, zoneId, async (sql) => {
		const state = await findZoneState(sql, zoneId, context.now, choice);
		if (state === null) return null;
		const record = await findZoneRecord(sql, zoneId, context.now, state.onDay);
		if (record === null) return null;
		return {
			record,
			rules: await listRuleValues(sql, zoneId, 'balance.'),
			coverages: state.coverages,
		};
	});
	if (found === null) return null;
	const { record, rules } = found;
	const open: BalancedCoverage[] = [];
	for (const state of found.coverages) {
		const { revision } = state.revision;
		const coverage = await findOpenCoverage(context, zoneId, state.coverage.coverageId, { revision });
		if (coverage !== null) open.push({ ...coverage, columns: wholeColumns(coverage.snapshot) });
	}
	const plan = open.find(({ coverage }) => coverage.kind === 'plan') ?? null;
	const current = open.find(({ coverage }) => coverage.kind === 'current') ?? null;
	const today = record.onDay;
	const lines = linesAtLevel(record, choice.level);
	const grade = gradeIn(context.actor, zoneId);
	const withheld = record.classes.map((row) => !mayRead(grade, row.publicationGrade));
	const park = choice.park === undefined ? null : record.parks.findIndex((one) => one.parkId === choice.park);
	return {
		zoneId,
		nameZh: record.zone.nameZh,
		nameEn: record.zone.nameEn,
		synthetic: record.zone.isSynthetic,
		audience: grade === 'office' ? ('office' as const) : ('public' as const),
		isParkKnown: park !== -1,
		asOf: today,
		projectSrid: record.zone.projectSrid,
		areaMethod: 'cgcs2000-ellipsoidal',
		totals: balanceTotalsOf(record, rules, today, plan?.columns ?? null, current?.columns ?? null),
		exceptions: open.flatMap(({ coverage, columns }) =>
			balanceExceptions(columns).map(({ kind, areaDm2, parcelNos }) => ({
				coverageId: coverage.coverageId,
				kind,
				parcels: parcelNos.length,
				areaM2: areaText(areaDm2),
				parcelNos: parcelNos.slice(0, LISTED_PARCELS),
			})),
		),
		tables: open.map(({ coverage, revision, columns }) => ({
			coverageId: coverage.coverageId,
			revision: revision.revision,
			...classTableOf(record, columns, lines, withheld, choice),
		})),
		change:
			plan === null ||
			current === null ||
			park === -1 ||
			choice.withChange === false ||
			!mayRead(grade, 'office')
				? null
				: await changeOf(context, record, plan, current, lines, park, choice),
	};
}

async function changeOf(
	context: ServiceContext,
	record: Parameters<typeof axisOf>[0],
	plan: BalancedCoverage,
	current: BalancedCoverage,
	lines: Int32Array,
	park: number | null,
	choice: BalanceChoice,
) {
	const pieces = await context.overlays.piecesOf(plan.snapshot, current.snapshot);
	const matrix = changeMatrix(pieces, plan.columns, current.columns, lines, park);
	const tableOf = ({ columns }: BalancedCoverage) => classTableOf(record, columns, lines, [], choice);
	const margins = {
		rows: shownMargins(matrix.rows, tableOf(plan), record, park),
		columns: shownMargins(matrix.columns, tableOf(current), record, park),
	};
	return {
		parkId: choice.park ?? null,
		level: choice.level,
		rows: matrix.rows.map((entry) => axisOf(record, entry)),
		columns: matrix.columns.map((entry) => axisOf(record, entry)),
		...matrixWithMargins(matrix.cellsDm2, choice.unit, margins),
	};
}
