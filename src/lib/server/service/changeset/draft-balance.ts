import { findShape } from '$geo/coverage/coverage.ts';
import { classTable, columnOf } from '$lib/domain/balance/class-table.ts';
import { OUTSIDE_PARKS, SEVERAL_PARKS } from '$lib/domain/balance/parcel-columns.ts';
import {
	draftBalanceLines,
	touchedMatrix,
	type ClassSums,
	type CountedParcel,
	type DraftBalanceLine,
	type TouchedMatrix,
} from '$lib/domain/changeset/draft-balance.ts';
import { draftOf } from '$lib/domain/changeset/draft-state.ts';
import { isSealed } from '$lib/domain/changeset/life-cycle.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';
import type { StoredGround } from '$lib/domain/changeset/share-areas.ts';
import { touchedGround, type TouchedGround } from '$lib/domain/changeset/touched-ground.ts';
import type { ParkPlace } from '$lib/domain/coverage/park-place.ts';
import { can } from '../../access/actor.ts';
import { findChangeset } from '../../db/changeset.ts';
import { listRuleValues } from '../../db/rule-value.ts';
import { wholeColumns, type CoverageSnapshot } from '../../tile/snapshot.ts';
import { nominalDm2Of } from '../balance-total.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { findZoneRecord, inForce, type ZoneRecord } from '../zone-record.ts';
import { staleAt } from './append-steps.ts';
import { findConversionNeed } from './conversion.ts';
import {
	conversionBalance,
	standingOf,
	type ConversionBalance,
	type DraftStanding,
} from './draft-standing.ts';
import type { OpenDraft } from './draft-store.ts';
import { done, failed, notFound, type Outcome } from './outcome.ts';
import { rebaseOnNewest } from './rebase-on-newest.ts';
import { findStoredGround, shareGround } from './share-ground.ts';

/** What a draft would make of the balance of its coverage; areas in 0.01 m², as publishing stores them. */
export interface DraftBalance extends DraftStanding {
	/** The revision before the draft. */
	readonly revision: number;
	/** The parks in their order, then land in none and across several. */
	readonly columns: readonly {
		readonly parkId: string | null;
		readonly relation: ParkPlace['relation'];
		readonly nominalDm2: number | null;
	}[];
	/** The official figure of the whole zone. */
	readonly nominalDm2: number | null;
	readonly lines: readonly DraftBalanceLine[];
	readonly matrix: TouchedMatrix;
	/** Null where nothing has to be converted, and for other coverages than the plan. */
	readonly conversion: ConversionBalance | null;
}

/**
 * Balances a changeset's coverage by class and park before and after it; whoever may read it may.
 *
 * It is counted on the newest revision where the draft can be put there, else on its base. Refuses what `shareAreas` refuses: there are no areas to
 * be stored then. O(parcels + edges near its changes).
 */
export async function balanceChangeset(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
): Promise<Outcome<DraftBalance>> {
	const { actor, drafts, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const read = await asActor(context, zoneId, async (sql) => {
		const row = await findChangeset(sql, zoneId, changesetNo);
		const record = row === null ? null : await findZoneRecord(sql, zoneId, now);
		const rules = [
			...(await listRuleValues(sql, zoneId, 'balance.')),
			...(await listRuleValues(sql, zoneId, 'target.')),
		];
		return { row, record, rules };
	});
	const { row, record, rules } = read;
	if (row === null || record === null) return notFound(changesetNo);
	const opened = await drafts.open(zoneId, row, actor.userId);
	if (opened === null) return staleAt(row);
	const newest = isSealed(row.state) ? null : await rebaseOnNewest(context, zoneId, row, opened);
	const draft = newest?.ok ? newest.value.draft : opened;
	const shared = await shareGround(context, zoneId, draft.working.snapshot, draft.difference);
	if (!shared.ok) return failed('refused', shared.issues);
	const { coverage, facts, snapshot } = draft.working;
	const touched = touchedGround(draftOf(coverage, facts), draft.state, draft.difference);
	const need = await findConversionNeed(context, zoneId, row, draft.working, touched);
	const parkIds = record.parks.map(({ parkId }) => parkId);
	const placeOf = (parcelNo: number) =>
		(shared.ground.get(parcelNo) ?? findStoredGround(snapshot, parcelNo))?.place ?? NOWHERE;
	const balance = balanceOf(record, draft, shared.ground, touched);
	return done({
		...balance,
		...standingOf(record, rules, balance.lines),
		conversion: need === null ? null : conversionBalance(need, parkIds, placeOf),
	});
}

const NOWHERE: ParkPlace = { parkId: null, relation: 'outside' };

/** Counts a coverage by class and park before and after a draft; `ground` is that of its parcels as it would be stored. O(parcels). */
export function balanceOf(
	{ parks, nominalAreas, areas, onDay }: ZoneRecord,
	{ working, state, difference }: OpenDraft,
	ground: ReadonlyMap<number, StoredGround>,
	touched: readonly TouchedGround[],
): Omit<DraftBalance, 'conversion' | keyof DraftStanding> {
	const { snapshot, coverage, facts } = working;
	const parkIds = parks.map(({ parkId }) => parkId);
	const start = draftOf(coverage, facts);
	const redrawn = difference.shapes.filter(({ kind }) => kind !== 'noded');
	const parcelNos = [...new Set([...redrawn, ...difference.facts].map(({ parcelNo }) => parcelNo))];
	const count = ({ areaDm2, place }: StoredGround, landUse: string | null): CountedParcel => ({
		landUse,
		column: columnOf(parkIndexOf(parkIds, place), parkIds.length),
		areaDm2,
	});
	const before = parcelNos.flatMap((no) => {
		const stored = findStoredGround(snapshot, no);
		return stored === null ? [] : [count(stored, factsOf(start.facts, no).landUse)];
	});
	const after = parcelNos.flatMap((no) => {
		const stored = ground.get(no) ?? findStoredGround(snapshot, no);
		const isThere = findShape(state.coverage, no) !== null;
		return stored === null || !isThere ? [] : [count(stored, factsOf(state.facts, no).landUse)];
	});
	const classes = snapshot.classes.keys;
	const nominalOfPark = (parkId: string) =>
		nominalDm2Of(
			inForce(
				nominalAreas.filter((one) => one.parkId === parkId),
				onDay,
			),
		);
	const managed = areas.filter(({ kind }) => kind === 'managed');
	return {
		revision: snapshot.revision,
		columns: [
			...parkIds.map(
				(parkId) => ({ parkId, relation: 'inside', nominalDm2: nominalOfPark(parkId) }) as const,
			),
			{ parkId: null, relation: 'outside', nominalDm2: null },
			{ parkId: null, relation: 'several', nominalDm2: null },
		],
		nominalDm2: nominalDm2Of(inForce(managed, onDay)),
		lines: draftBalanceLines(classes, sumsOf(snapshot, parkIds.length), before, after),
		matrix: touchedMatrix(classes, before, after, touched),
	};
}

function parkIndexOf(parkIds: readonly string[], { relation, parkId }: ParkPlace): number {
	if (parkId !== null) return parkIds.indexOf(parkId);
	return relation === 'outside' ? OUTSIDE_PARKS : SEVERAL_PARKS;
}

function sumsOf(snapshot: CoverageSnapshot, parkCount: number): ClassSums {
	const { keys } = snapshot.classes;
	const table = classTable(wholeColumns(snapshot), parkCount, Int32Array.from(keys.keys()), []);
	return new Map(table.map(({ landUse, cellsDm2 }) => [landUse === null ? null : keys[landUse], cellsDm2]));
}
