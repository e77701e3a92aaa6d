import { changesetError } from '$lib/domain/changeset/issue.ts';
import type { BatchState } from '$lib/domain/supply/batch.ts';
import { auditName, can, userIdOf } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import {
	insertBuilding,
	listBuildings,
	updateBuilding,
	type BuildingRow,
	type NewBuilding,
} from '../../db/building.ts';
import type { Sql } from '../../db/connect.ts';
import {
	insertBatch,
	isBatchNumberTaken,
	listNotes,
	listSuppliedBatches,
	type NewBatch,
	type NoteRow,
	type SuppliedBatchRow,
} from '../../db/land-scan.ts';
import {
	insertLandCorrection,
	listLandCorrections,
	type LandCorrectionRow,
} from '../../db/land-correction.ts';
import { findPlot } from '../../db/plot.ts';
import { findSentBefore } from '../../db/sent-before.ts';
import {
	findProgramme,
	insertProgramme,
	listProgrammes,
	listProgrammeTotals,
	type ProgrammeRow,
	type ProgrammeTotalRow,
} from '../../db/supply-programme.ts';
import { lockSupplies } from '../../db/supply.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWriter } from '../scope.ts';
import { refuseLargeBatch } from './batch-area.ts';
import { refuseAhead } from './day-ahead.ts';
import { done, failed, noPlot, sentOtherwise, type Failure, type Outcome } from './outcome.ts';
import { stateOfBatch } from './scan.ts';
import { readZoneLaw } from './supervision-context.ts';

/** A batch with where it stands. */
export interface ListedBatch {
	readonly batch: SuppliedBatchRow;
	readonly state: BatchState;
	readonly note: NoteRow | null;
}

export interface BatchList {
	readonly onDate: string;
	readonly batches: readonly ListedBatch[];
	/** Whether the reader may enter batches and programmes, and note why batches wait. */
	readonly mayEnter: boolean;
	/** What was corrected of them and of programmes, and withdrawn. */
	readonly corrections: readonly LandCorrectionRow[];
}

/** Lists all batches with what is supplied and what remains of them, and until when they can be used. */
export async function listBatches(context: ServiceContext, zoneId: string): Promise<Outcome<BatchList>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	return asActor(context, zoneId, async (sql): Promise<Outcome<BatchList>> => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) return failed('forbidden', []);
		const { rules, onDate } = await readZoneLaw(sql, zone, now);
		const notes = await listNotes(sql, zoneId, 'approved_not_supplied');
		const batches = (await listSuppliedBatches(sql, zoneId, onDate, 'all')).map((batch) => {
			const note = notes.find(({ batchNo }) => batchNo === batch.batchNo) ?? null;
			return { batch, note, state: stateOfBatch(batch, note, rules, onDate) };
		});
		const corrections = await listLandCorrections(sql, zoneId, 'batches');
		return done({ onDate, batches, corrections, mayEnter: can(actor, 'supply.manage', zoneId, [null]) });
	});
}

/** Enters a batch; sent twice it is entered once. Refuses `entry.sent-otherwise`, `fact.ahead`, `batch.number-taken` and `batch.area-implausible`. Batches are for officers of the whole zone. */
export function enterBatch(
	context: ServiceContext,
	zoneId: string,
	{ clientId, ...batch }: NewBatch,
): Promise<Outcome<null>> {
	return inZone(context, zoneId, ['batch.entered', 'batches', { ...batch }], async (sql) => {
		const { number, title, approvedOn: approved_on, approvingOffice: approving_office, source } = batch;
		const approved_area_dm2 = batch.approvedAreaDm2;
		const said = { number, title, approved_on, approving_office, approved_area_dm2, source };
		const row = { ...said, user_id: userIdOf(context.actor) };
		const sent = await findSentBefore(sql, 'conversion_batch', zoneId, clientId, row);
		if (sent !== null) return sent === 'same' ? 'done-before' : sentOtherwise();
		const ahead = await refuseAhead(sql, context, zoneId, batch.approvedOn);
		if (ahead !== null) return ahead;
		if (await isBatchNumberTaken(sql, zoneId, batch.number))
			return failed('conflict', [changesetError('batch.number-taken', { number: batch.number })]);
		const large = await refuseLargeBatch(sql, zoneId, batch.approvedAreaDm2);
		if (large !== null) return large;
		await insertBatch(sql, zoneId, { clientId, ...batch });
		return null;
	});
}

export type ListedProgramme = ProgrammeRow & {
	readonly totals: readonly ProgrammeTotalRow[];
	readonly corrections: readonly LandCorrectionRow[];
};

/** Lists the yearly programmes with what is in them by quarter, class, park and mode. */
export async function readProgrammes(
	context: ServiceContext,
	zoneId: string,
): Promise<Outcome<readonly ListedProgramme[]>> {
	const { actor } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	return asActor(context, zoneId, async (sql) => {
		const totals = await listProgrammeTotals(sql, zoneId);
		const programmes = await listProgrammes(sql, zoneId);
		const corrections = await listLandCorrections(sql, zoneId, 'programmes');
		return done(
			programmes.map((one) => ({
				...one,
				totals: totals.filter(({ year }) => year === one.year),
				corrections: corrections.filter(({ year }) => year === one.year),
			})),
		);
	});
}

/** Enters a year's programme; sent twice it is entered once. Refuses `entry.sent-otherwise`, `fact.ahead` and `programme.year-taken`. Programmes are for officers of the whole zone. */
export function enterProgramme(
	context: ServiceContext,
	zoneId: string,
	{
		clientId,
		...programme
	}: Omit<ProgrammeRow, 'isSynthetic' | 'isWithdrawn'> & { readonly clientId: string },
): Promise<Outcome<null>> {
	const { year } = programme;
	return inZone(
		context,
		zoneId,
		['programme.entered', `programme/${year}`, { ...programme }],
		async (sql) => {
			const { number, approvedOn: approved_on, source } = programme;
			const row = { year, number, approved_on, source, user_id: userIdOf(context.actor) };
			const sent =
				(await findSentBefore(sql, 'supply_programme', zoneId, clientId, row)) ??
				(await findSentBefore(sql, 'land_correction', zoneId, clientId, {
					...{ year, value: { number, approvedOn: approved_on, source }, user_id: row.user_id },
				}));
			if (sent !== null) return sent === 'same' ? 'done-before' : sentOtherwise();
			const ahead = await refuseAhead(sql, context, zoneId, programme.approvedOn);
			if (ahead !== null) return ahead;
			const standing = await findProgramme(sql, zoneId, year);
			if (standing?.isWithdrawn === true) {
				// One that was withdrawn is entered again in its place: its year names it.
				const value = { number, approvedOn: approved_on, source };
				const why = { clientId, reason: source, document: null };
				await insertLandCorrection(sql, zoneId, { kind: 'programme_corrected', year, value }, why);
				return null;
			}
			if (standing !== null)
				return failed('conflict', [changesetError('programme.year-taken', { year: String(year) })]);
			await insertProgramme(sql, zoneId, { ...programme, isSynthetic: false }, clientId);
			return null;
		},
	);
}

/** Lists the buildings of a plot with their floors. */
export async function readBuildings(
	context: ServiceContext,
	zoneId: string,
	plotNo: number,
): Promise<Outcome<readonly BuildingRow[]>> {
	const { actor } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noPlot(plotNo);
	return asActor(context, zoneId, async (sql): Promise<Outcome<readonly BuildingRow[]>> =>
		(await findPlot(sql, zoneId, plotNo)) === null
			? noPlot(plotNo)
			: done(await listBuildings(sql, zoneId, plotNo)),
	);
}

/**
 * Enters a building of a plot, or brings one to other figures; the audit keeps those before.
 *
 * `buildingNo` null: a new one. Refuses `plot.not-found`, `plot.withdrawn`, `building.not-found`, `fact.ahead` and `supply.not-permitted`.
 */
export async function writeBuilding(
	context: ServiceContext,
	zoneId: string,
	plotNo: number,
	buildingNo: number | null,
	building: NewBuilding,
): Promise<Outcome<readonly BuildingRow[]>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noPlot(plotNo);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<readonly BuildingRow[]>> => {
		await lockSupplies(sql, zoneId);
		const plot = await findPlot(sql, zoneId, plotNo);
		if (plot === null) return noPlot(plotNo);
		if (!can(actor, 'supply.manage', zoneId, [plot.parkId]))
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		if (plot.isWithdrawn) return failed('refused', [changesetError('plot.withdrawn')]);
		const buildings = await listBuildings(sql, zoneId, plotNo);
		// Sent again after a lost answer it is entered once.
		if (buildingNo === null && buildings.some((one) => isSameBuilding(one, building))) return done(buildings);
		const before = buildings.find((one) => one.buildingNo === buildingNo);
		if (buildingNo !== null && before === undefined)
			return failed('not-found', [changesetError('building.not-found', { buildingNo })]);
		const ahead = await refuseAhead(sql, context, zoneId, building.statedOn);
		if (ahead !== null) return ahead;
		if (buildingNo === null) await insertBuilding(sql, zoneId, plotNo, building);
		else await updateBuilding(sql, zoneId, plotNo, buildingNo, building);
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: 'building.measured',
			entity: `plot/${plotNo}`,
			details: { ...building, ...(before === undefined ? {} : { before }) },
			occurredAt: now,
		});
		return done(await listBuildings(sql, zoneId, plotNo));
	});
}

function isSameBuilding(one: BuildingRow, other: NewBuilding): boolean {
	return (Object.keys(other) as (keyof NewBuilding)[]).every((key) => one[key] === other[key]);
}

async function inZone(
	context: ServiceContext,
	zoneId: string,
	[action, entity, details]: readonly [string, string, Readonly<Record<string, unknown>>],
	work: (sql: Sql) => Promise<Failure | 'done-before' | null>,
): Promise<Outcome<null>> {
	const { actor, now } = context;
	// A null park is the zone as a whole.
	if (actor.kind !== 'user' || !can(actor, 'supply.manage', zoneId, [null]))
		return failed('forbidden', [changesetError('supply.not-permitted')]);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<null>> => {
		await lockSupplies(sql, zoneId);
		const refused = await work(sql);
		if (refused !== null) return refused === 'done-before' ? done(null) : refused;
		const entry = { actor: auditName(actor), action, entity, details, occurredAt: now };
		await appendAuditEvent(sql, zoneId, entry);
		return done(null);
	});
}
