import { changesetError } from '$lib/domain/changeset/issue.ts';
import { daysBetween } from '$lib/domain/calendar/day.ts';
import { batchState, type BatchState } from '$lib/domain/supply/batch.ts';
import {
	isLowEfficiency,
	missedSince,
	pauseCauseOn,
	proposalForBatch,
	proposalForLand,
	PROPOSAL_OF_MISSED,
	SCAN_LISTS,
	type Proposal,
	type ScanList,
} from '$lib/domain/supply/land-scan.ts';
import { superviseSupply, type IdleStanding } from '$lib/domain/supply/supervision.ts';
import type { Explained } from '$lib/domain/rule/explained.ts';
import { auditName, can } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import type { Sql } from '../../db/connect.ts';
import {
	insertNote,
	listAssessedSupplies,
	listNotes,
	listSuppliedBatches,
	listWaiting,
	type NewNote,
	type NoteRow,
	type SuppliedBatchRow,
} from '../../db/land-scan.ts';
import { findPlot, hasBatch } from '../../db/plot.ts';
import { findSentBefore } from '../../db/sent-before.ts';
import { listSuppliesOf, lockSupplies, type SupplyRow } from '../../db/supply.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWriter } from '../scope.ts';
import { done, failed, noPlot, sentOtherwise, type Outcome } from './outcome.ts';
import { readSupervised, readZoneLaw, type ZoneLaw } from './supervision-context.ts';

/** A batch of which something remains to be supplied, or whose figures do not agree. */
export interface ScannedBatch {
	readonly batch: SuppliedBatchRow;
	readonly state: BatchState;
	readonly proposal: Proposal;
	readonly note: NoteRow | null;
}

/** A supply whose land is not used, not enough, or at low efficiency. */
export interface ScannedSupply {
	readonly supply: SupplyRow;
	readonly areaDm2: number;
	/** Day from which it waits; null: the list knows none. */
	readonly sinceOn: string | null;
	readonly ageDays: number;
	readonly idle: IdleStanding | null;
	/** Recorded cause of a pause that goes on; null: none is. */
	readonly pauseCause: string | null;
	/** Names of indicators that were missed. */
	readonly missed: readonly string[];
	readonly lowEfficiency: Explained<boolean> | null;
	readonly proposal: Proposal;
	readonly note: NoteRow | null;
	/** Whether the reader may note why it waits. */
	readonly mayNote: boolean;
}

export interface Scan {
	readonly list: ScanList;
	readonly onDate: string;
	/** How many there are, and their area together; null: not counted. */
	readonly count: number | null;
	readonly areaDm2: number | null;
	readonly batches: readonly ScannedBatch[];
	/** Whether the reader may note why batches wait. */
	readonly mayNoteBatches: boolean;
	readonly supplies: readonly ScannedSupply[];
	/** From where the next page goes on; null: there is none. */
	readonly next: number | null;
}

type FoundSupply = Omit<ScannedSupply, 'mayNote'>;
type Found = Omit<Scan, 'mayNoteBatches' | 'supplies'> & { readonly supplies: readonly FoundSupply[] };

export interface ScanFilter {
	readonly list: ScanList;
	readonly parkId?: string | undefined;
	readonly offset: number;
	readonly limit: number;
}

/**
 * Scans a zone for land that waits: batches that are not supplied, land that is supplied and not used, not enough, or at low efficiency; each with age, recorded cause,
 * what the figures say, and what could be done.
 */
export async function scanLand(
	context: ServiceContext,
	zoneId: string,
	filter: ScanFilter,
): Promise<Outcome<Scan>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	return asActor(context, zoneId, async (sql): Promise<Outcome<Scan>> => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) return failed('forbidden', []);
		const law = await readZoneLaw(sql, zone, now);
		const found = await findLand(sql, zoneId, filter, law);
		const mayNote = (parkId: string | null) => can(actor, 'supply.manage', zoneId, [parkId]);
		return done({
			...found,
			mayNoteBatches: mayNote(null),
			supplies: found.supplies.map((one) => ({ ...one, mayNote: mayNote(one.supply.parkId) })),
		});
	});
}

function findLand(sql: Sql, zoneId: string, filter: ScanFilter, law: ZoneLaw): Promise<Found> {
	const { list } = filter;
	if (list === 'approved_not_supplied') return scanBatches(sql, zoneId, law);
	return list === 'low_efficiency'
		? scanAssessed(sql, zoneId, filter, law)
		: scanWaiting(sql, zoneId, { ...filter, list }, law);
}

/** Reads how much each list of land that waits holds, of a park or of all; batches belong to no park, and what is at low efficiency is not counted. */
export async function readScanTotals(
	context: ServiceContext,
	zoneId: string,
	parkId?: string,
): Promise<Outcome<readonly Pick<Scan, 'list' | 'count' | 'areaDm2'>[]>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	return asActor(
		context,
		zoneId,
		async (sql): Promise<Outcome<Pick<Scan, 'list' | 'count' | 'areaDm2'>[]>> => {
			const zone = await findZone(sql, zoneId);
			if (zone === null) return failed('forbidden', []);
			const law = await readZoneLaw(sql, zone, now);
			const totals: Pick<Scan, 'list' | 'count' | 'areaDm2'>[] = [];
			for (const list of SCAN_LISTS) {
				const asked = { onDate: law.onDate, parkId, offset: 0, limit: 1 };
				if (list === 'low_efficiency') totals.push({ list, count: null, areaDm2: null });
				else {
					const found =
						list === 'approved_not_supplied'
							? await scanBatches(sql, zoneId, law)
							: await listWaiting(sql, zoneId, { ...asked, list });
					totals.push({ list, count: found.count, areaDm2: found.areaDm2 });
				}
			}
			return done(totals);
		},
	);
}

/**
 * Records why land waits and what is proposed, for a list.
 *
 * Refuses `plot.not-found`, `plot.batch-unknown` and `supply.not-permitted`; batches are for officers of the whole zone.
 */
export async function recordNote(
	context: ServiceContext,
	zoneId: string,
	{ clientId, ...note }: NewNote,
): Promise<Outcome<null>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<null>> => {
		await lockSupplies(sql, zoneId);
		const { plotNo, batchNo } = note;
		const plot = plotNo === null ? null : await findPlot(sql, zoneId, plotNo);
		if (plotNo !== null && plot === null) return noPlot(plotNo);
		if (batchNo !== null && !(await hasBatch(sql, zoneId, batchNo)))
			return failed('not-found', [changesetError('plot.batch-unknown', { batchNo })]);
		if (!can(actor, 'supply.manage', zoneId, [plot?.parkId ?? null]))
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		const { list, cause, proposal, statedOn: stated_on } = note;
		const said = {
			list,
			batch_no: batchNo,
			plot_no: plotNo,
			cause,
			proposal,
			stated_on,
			user_id: actor.userId,
		};
		const sent = await findSentBefore(sql, 'land_note', zoneId, clientId, said);
		if (sent !== null) return sent === 'same' ? done(null) : sentOtherwise();
		await insertNote(sql, zoneId, { clientId, ...note });
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: 'land.noted',
			entity: plotNo === null ? `batch/${batchNo}` : `plot/${plotNo}`,
			details: { ...note },
			occurredAt: now,
		});
		return done(null);
	});
}

async function scanBatches(sql: Sql, zoneId: string, law: ZoneLaw): Promise<Found> {
	const { onDate, rules } = law;
	const notes = await listNotes(sql, zoneId, 'approved_not_supplied');
	const rows = await listSuppliedBatches(sql, zoneId, onDate);
	const batches = rows.flatMap((batch): ScannedBatch[] => {
		if (batch.approvedOn > onDate) return [];
		const note = notes.find(({ batchNo }) => batchNo === batch.batchNo) ?? null;
		const state = stateOfBatch(batch, note, rules, onDate);
		return state.state === 'supplied' ? [] : [{ batch, state, proposal: proposalForBatch(state), note }];
	});
	const remaining = batches.filter(({ state }) => state.remainingDm2 > 0);
	return {
		list: 'approved_not_supplied',
		onDate,
		count: remaining.length,
		areaDm2: remaining.reduce((sum, { state }) => sum + state.remainingDm2, 0),
		batches,
		supplies: [],
		next: null,
	};
}

/** How a batch stands, by what was supplied of it. */
export function stateOfBatch(
	batch: SuppliedBatchRow,
	note: NoteRow | null,
	rules: ZoneLaw['rules'],
	onDate: string,
): BatchState {
	const { number, approvedOn, approvedAreaDm2, suppliedDm2, lastSuppliedOn } = batch;
	const supplies = lastSuppliedOn === null ? [] : [{ suppliedOn: lastSuppliedOn, areaDm2: suppliedDm2 }];
	const cause = note?.cause ?? null;
	return batchState({ number, approvedOn, approvedDm2: approvedAreaDm2, supplies, cause }, rules, onDate);
}

async function scanWaiting(
	sql: Sql,
	zoneId: string,
	{
		list,
		parkId,
		offset,
		limit,
	}: ScanFilter & { readonly list: 'supplied_not_used' | 'used_insufficiently' },
	law: ZoneLaw,
): Promise<Found> {
	const { onDate } = law;
	const { rows, count, areaDm2 } = await listWaiting(sql, zoneId, { list, onDate, parkId, offset, limit });
	const supplies = await describe(
		sql,
		zoneId,
		rows.map(({ supplyNo }) => supplyNo),
		law,
		list,
	);
	const since = new Map(rows.map(({ supplyNo, sinceOn }) => [supplyNo, sinceOn]));
	const inOrder = rows.flatMap(({ supplyNo }) =>
		supplies.filter(({ supply }) => supply.supplyNo === supplyNo),
	);
	return {
		list,
		onDate,
		count,
		areaDm2,
		batches: [],
		supplies: inOrder.map((one) => {
			return { ...one, ...agedFrom(since.get(one.supply.supplyNo) ?? null, onDate) };
		}),
		next: offset + rows.length < count ? offset + rows.length : null,
	};
}

async function scanAssessed(
	sql: Sql,
	zoneId: string,
	{ list, parkId, offset, limit }: ScanFilter,
	law: ZoneLaw,
): Promise<Found> {
	const nos = await listAssessedSupplies(sql, zoneId, { parkId, offset, limit: limit + 1 });
	const supplies = await describe(sql, zoneId, nos.slice(0, limit), law, list);
	return {
		list,
		onDate: law.onDate,
		count: null,
		areaDm2: null,
		batches: [],
		supplies: supplies
			.filter(({ missed, lowEfficiency }) => missed.length > 0 && lowEfficiency?.value !== false)
			.map((one) => ({ ...one, proposal: PROPOSAL_OF_MISSED })),
		next: nos.length > limit ? offset + limit : null,
	};
}

function agedFrom(sinceOn: string | null, onDate: string): Pick<ScannedSupply, 'sinceOn' | 'ageDays'> {
	return { sinceOn, ageDays: sinceOn === null ? 0 : daysBetween(sinceOn, onDate) };
}

async function describe(
	sql: Sql,
	zoneId: string,
	nos: readonly number[],
	law: ZoneLaw,
	list: ScanList,
): Promise<FoundSupply[]> {
	const rows = await listSuppliesOf(sql, zoneId, nos);
	const plotNos = rows.map(({ plotNo }) => plotNo);
	const notes = await listNotes(sql, zoneId, list, plotNos);
	return (await readSupervised(sql, zoneId, rows, law)).map(({ row, context }) => {
		const { idle, indicators } = superviseSupply(context);
		return {
			supply: row,
			areaDm2: context.area.areaDm2,
			...agedFrom(list === 'low_efficiency' ? missedSince(indicators) : null, law.onDate),
			idle,
			pauseCause: pauseCauseOn(context),
			missed: indicators
				.filter(({ verdict }) => verdict === 'missed')
				.map(({ indicator }) => indicator.facts.name),
			lowEfficiency: indicators.length === 0 ? null : isLowEfficiency(indicators, context),
			proposal: proposalForLand(idle, context),
			note: notes.find(({ plotNo }) => plotNo === row.plotNo) ?? null,
		};
	});
}
