import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { checkVoid } from '$lib/domain/supply/permit-chain.ts';
import { auditName, can, userIdOf } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import type { Sql } from '../../db/connect.ts';
import {
	correctionColumns,
	insertLandCorrection,
	type CorrectionReason,
	type LandChange,
} from '../../db/land-correction.ts';
import { isBatchNumberTaken, listSuppliedBatches } from '../../db/land-scan.ts';
import { findPlot } from '../../db/plot.ts';
import { listPermits } from '../../db/plot-record.ts';
import { findSentBefore } from '../../db/sent-before.ts';
import { listSupplies, lockSupplies } from '../../db/supply.ts';
import { findProgramme, listProgrammeTotals } from '../../db/supply-programme.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { refuseLargeBatch } from './batch-area.ts';
import { refuseAhead } from './day-ahead.ts';
import { done, failed, noPlot, sentOtherwise, type Failure, type Outcome } from './outcome.ts';

/** A correction of what was entered; codes go by `registerCodes`. */
export type LandCorrection = CorrectionReason & Exclude<LandChange, { readonly kind: 'plot_codes' }>;

const ACTIONS = {
	plot_withdrawn: 'plot.withdrawn',
	permit_voided: 'permit.voided',
	batch_corrected: 'batch.corrected',
	batch_withdrawn: 'batch.withdrawn',
	programme_corrected: 'programme.corrected',
	programme_withdrawn: 'programme.withdrawn',
} as const;

/**
 * Corrects a batch or a programme, takes back a permit, or withdraws a plot, batch or programme that was entered by mistake; sent twice it is done once.
 *
 * Nothing is deleted: it stays to be seen with what stood before, the reason and who. A plot is withdrawn while every supply of it was cancelled
 * (`plot.supplied`), a batch while no plot is of it (`batch.in-use`), a programme while nothing is in it (`programme.in-use`). Refuses further
 * `plot.not-found`, `plot.withdrawn`, `permit.not-found`, `permit.later-stands`, `batch.not-found`, `batch.number-taken`,
 * `batch.area-implausible`, `programme.not-found`, `fact.ahead`, `correction.same`, `entry.sent-otherwise` and `supply.not-permitted`.
 */
export async function correctLand(
	context: ServiceContext,
	zoneId: string,
	{ clientId, reason, document, ...change }: LandCorrection,
): Promise<Outcome<null>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.manage', zoneId))
		return failed('forbidden', [changesetError('supply.not-permitted')]);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<null>> => {
		await lockSupplies(sql, zoneId);
		const plot = 'plotNo' in change ? await findPlot(sql, zoneId, change.plotNo) : null;
		if ('plotNo' in change && plot === null) return noPlot(change.plotNo);
		if (!can(actor, 'supply.manage', zoneId, [plot?.parkId ?? null]))
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		const why = { clientId, reason, document };
		const row = { ...correctionColumns(change, why), user_id: userIdOf(actor) };
		const sent = await findSentBefore(sql, 'land_correction', zoneId, clientId, row);
		if (sent !== null) return sent === 'same' ? done(null) : sentOtherwise();
		const refused = await refuse(sql, context, zoneId, change);
		if (refused !== null) return refused;
		await insertLandCorrection(sql, zoneId, change, why);
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: ACTIONS[change.kind],
			entity: entityOf(change),
			details: { ...change, reason, document },
			occurredAt: now,
		});
		return done(null);
	});
}

const entityOf = (change: LandCorrectionChange) =>
	'plotNo' in change
		? `plot/${change.plotNo}`
		: 'batchNo' in change
			? `batch/${change.batchNo}`
			: `programme/${change.year}`;

type LandCorrectionChange = Exclude<LandChange, { readonly kind: 'plot_codes' }>;

/** What keeps a correction from being done. */
async function refuse(
	sql: Sql,
	context: ServiceContext,
	zoneId: string,
	change: LandCorrectionChange,
): Promise<Failure | null> {
	switch (change.kind) {
		case 'plot_withdrawn':
			return refuseWithdrawal(sql, zoneId, change.plotNo);
		case 'permit_voided': {
			const permits = await listPermits(sql, zoneId, change.plotNo);
			const permit = permits.find(({ permitNo }) => permitNo === change.permitNo);
			if (permit === undefined || permit.isVoid)
				return failed('not-found', [changesetError('permit.not-found', { permitNo: change.permitNo })]);
			return because(checkVoid(change.permitNo, permits));
		}
		case 'batch_corrected':
		case 'batch_withdrawn':
			return refuseBatch(sql, context, zoneId, change);
		case 'programme_corrected':
		case 'programme_withdrawn':
			return refuseProgramme(sql, context, zoneId, change);
	}
}

async function refuseWithdrawal(sql: Sql, zoneId: string, plotNo: number): Promise<Failure | null> {
	const plot = await findPlot(sql, zoneId, plotNo);
	if (plot === null || plot.isWithdrawn) return because(changesetError('plot.withdrawn'));
	const supplies = await listSupplies(sql, zoneId, { plotNo, limit: 100 });
	const used = supplies.find(({ state }) => state !== 'cancelled');
	return used === undefined ? null : because(changesetError('plot.supplied', { supplyNo: used.supplyNo }));
}

async function refuseBatch(
	sql: Sql,
	context: ServiceContext,
	zoneId: string,
	change: Extract<LandChange, { readonly batchNo: number }>,
): Promise<Failure | null> {
	const { batchNo } = change;
	const batches = await listSuppliedBatches(sql, zoneId, '9999-12-31');
	const batch = batches.find((one) => one.batchNo === batchNo);
	if (batch === undefined) return failed('not-found', [changesetError('batch.not-found', { batchNo })]);
	if (change.kind === 'batch_withdrawn')
		return batch.plots === 0 ? null : because(changesetError('batch.in-use', { plots: batch.plots }));
	const { value } = change;
	if ((Object.keys(value) as (keyof typeof value)[]).every((key) => batch[key] === value[key]))
		return because(changesetError('correction.same'));
	const ahead = await refuseAhead(sql, context, zoneId, value.approvedOn);
	if (ahead !== null) return ahead;
	if (await isBatchNumberTaken(sql, zoneId, value.number, batchNo))
		return failed('conflict', [changesetError('batch.number-taken', { number: value.number })]);
	return refuseLargeBatch(sql, zoneId, value.approvedAreaDm2);
}

async function refuseProgramme(
	sql: Sql,
	context: ServiceContext,
	zoneId: string,
	change: Extract<LandChange, { readonly year: number }>,
): Promise<Failure | null> {
	const year = String(change.year);
	const programme = await findProgramme(sql, zoneId, change.year);
	if (programme === null || programme.isWithdrawn)
		return failed('not-found', [changesetError('programme.not-found', { year })]);
	if (change.kind === 'programme_withdrawn') {
		const totals = await listProgrammeTotals(sql, zoneId);
		const supplies = totals
			.filter((one) => one.year === change.year)
			.reduce((sum, one) => sum + one.supplies, 0);
		return supplies === 0 ? null : because(changesetError('programme.in-use', { supplies }));
	}
	const { value } = change;
	if ((Object.keys(value) as (keyof typeof value)[]).every((key) => programme[key] === value[key]))
		return because(changesetError('correction.same'));
	return refuseAhead(sql, context, zoneId, value.approvedOn);
}

const because = (issue: ChangesetIssue | null) => (issue === null ? null : failed('refused', [issue]));
