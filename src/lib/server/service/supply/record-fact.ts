import { changesetError } from '$lib/domain/changeset/issue.ts';
import { checkPermit } from '$lib/domain/supply/permit-chain.ts';
import type { Permission } from '$lib/domain/access/permission.ts';
import { auditName, can, userIdOf } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import type { Sql } from '../../db/connect.ts';
import { findPlot, hasBatch, updatePlotBatch, type PlotRow } from '../../db/plot.ts';
import {
	insertPermit,
	insertStatement,
	listPermits,
	type NewPermit,
	type NewStatement,
} from '../../db/plot-record.ts';
import { findSupply, lockSupplies, type SupplyRow } from '../../db/supply.ts';
import { insertPayment, listPayments, type NewPayment } from '../../db/supply-payment.ts';
import { findSentBefore } from '../../db/sent-before.ts';
import { insertSecret, type NewSecret } from '../../db/supply-secret.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { refuseAhead } from './day-ahead.ts';
import { done, failed, noPlot, noSupply, sentOtherwise, type Failure, type Outcome } from './outcome.ts';
import { refreshDueDay } from './supervision-context.ts';

/** Records what was stated of a plot: an item of the checklist of clear land, or whether it fits the industry plan; a later one takes its place. Sent twice it is recorded once. Refuses `entry.sent-otherwise`, `plot.statement-unproven` and `fact.ahead`. */
export function recordStatement(
	context: ServiceContext,
	zoneId: string,
	plotNo: number,
	{ clientId, ...stated }: NewStatement,
) {
	return onPlot(context, zoneId, plotNo, 'plot.stated', { ...stated }, async (sql) => {
		const { item, outcome, statedOn: stated_on, document } = stated;
		const row = { plot_no: plotNo, item, outcome, stated_on, document, user_id: userIdOf(context.actor) };
		const sent = await findSentBefore(sql, 'plot_statement', zoneId, clientId, row);
		if (sent !== null) return sent === 'same' ? 'done-before' : sentOtherwise();
		if (outcome === 'pass' && (document ?? '').trim() === '')
			return failed('refused', [changesetError('plot.statement-unproven', { item })]);
		const ahead = await refuseAhead(sql, context, zoneId, stated_on);
		return ahead ?? insertStatement(sql, zoneId, plotNo, { clientId, ...stated });
	});
}

/** Records a permit of a plot's chain; sent twice it is recorded once. Refuses `entry.sent-otherwise`, `fact.ahead` and what `checkPermit` refuses. */
export function recordPermit(
	context: ServiceContext,
	zoneId: string,
	plotNo: number,
	{ clientId, ...permit }: NewPermit,
) {
	return onPlot(context, zoneId, plotNo, 'plot.permitted', { ...permit }, async (sql) => {
		const { kind, number, office, issuedOn: issued_on } = permit;
		const row = { plot_no: plotNo, kind, number, office, issued_on, user_id: userIdOf(context.actor) };
		const sent = await findSentBefore(sql, 'plot_permit', zoneId, clientId, row);
		if (sent !== null) return sent === 'same' ? 'done-before' : sentOtherwise();
		const ahead = await refuseAhead(sql, context, zoneId, issued_on);
		if (ahead !== null) return ahead;
		const unfit = checkPermit(permit, await listPermits(sql, zoneId, plotNo));
		if (unfit !== null) return failed('refused', [unfit]);
		return insertPermit(sql, zoneId, plotNo, { clientId, ...permit });
	});
}

/** The batch that a plot is to have, and the one that it has as its writer saw it; null: none. */
export interface BatchChoice {
	readonly batchNo: number | null;
	readonly expectedBatchNo: number | null;
}

/**
 * Gives a plot a conversion batch of its zone, another one, or none; the audit keeps the one before. Sent twice it is done once.
 *
 * Refuses `plot.batch-moved` where somebody else gave it another one meanwhile, and `plot.batch-unknown`.
 */
export async function giveBatch(
	context: ServiceContext,
	zoneId: string,
	plotNo: number,
	{ batchNo, expectedBatchNo }: BatchChoice,
): Promise<Outcome<PlotRow>> {
	const details = { batchNo, before: expectedBatchNo };
	const given = await onPlot(context, zoneId, plotNo, 'plot.batch-given', details, async (sql, plot) => {
		if (plot.batchNo === batchNo) return 'done-before';
		if (plot.batchNo !== expectedBatchNo) return failed('conflict', [changesetError('plot.batch-moved')]);
		if (batchNo !== null && !(await hasBatch(sql, zoneId, batchNo)))
			return failed('refused', [changesetError('plot.batch-unknown', { batchNo })]);
		return updatePlotBatch(sql, zoneId, plotNo, batchNo);
	});
	return given.ok ? done({ ...given.value, batchNo }) : given;
}

/**
 * Records a payment, or takes one back by a counter-entry (`correctsNo`, with the same amount negative).
 *
 * Sent twice it is booked once. Refuses `entry.sent-otherwise`, `fact.ahead`, `payment.not-positive`, `payment.not-found`, `payment.taken-back`, `payment.differs` and `payment.earlier`: a counter-entry has the kind and amount of its entry, and
 * no earlier day.
 */
export function recordPayment(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
	{ clientId, ...payment }: NewPayment,
) {
	return onSupply(context, zoneId, supplyNo, 'supply.manage', 'supply.paid', payment, async (sql) => {
		const { kind, amountFen: amount_fen, paidOn: paid_on, reference } = payment;
		const row = {
			supply_no: supplyNo,
			kind,
			amount_fen,
			paid_on,
			reference,
			corrects_no: payment.correctsNo,
			user_id: userIdOf(context.actor),
		};
		const before = await findSentBefore(sql, 'supply_payment', zoneId, clientId, row);
		if (before !== null) return before === 'same' ? 'done-before' : sentOtherwise();
		const ahead = await refuseAhead(sql, context, zoneId, payment.paidOn);
		if (ahead !== null) return ahead;
		if (payment.correctsNo === null && payment.amountFen <= 0)
			return failed('refused', [changesetError('payment.not-positive')]);
		if (payment.correctsNo !== null) {
			const payments = await listPayments(sql, zoneId, supplyNo);
			const entry = payments.find(({ paymentNo }) => paymentNo === payment.correctsNo);
			const { correctsNo } = payment;
			if (entry === undefined || entry.correctsNo !== null)
				return failed('refused', [changesetError('payment.not-found', { paymentNo: correctsNo })]);
			if (payments.some((one) => one.correctsNo === correctsNo))
				return failed('refused', [changesetError('payment.taken-back', { paymentNo: correctsNo })]);
			if (entry.amountFen !== -payment.amountFen || entry.kind !== payment.kind)
				return failed('refused', [changesetError('payment.differs', { paymentNo: correctsNo })]);
			if (payment.paidOn < entry.paidOn)
				return failed('refused', [changesetError('payment.earlier', { paymentNo: correctsNo })]);
		}
		await insertPayment(sql, zoneId, supplyNo, { clientId, ...payment });
		await refreshDueDay(sql, zoneId, supplyNo, context.now);
	});
}

/** Records a reserve price or a bidder; the audit says that it was recorded, not what. Sent twice it is recorded once. Refused once the offer is closed, `entry.sent-otherwise` and `fact.ahead`. */
export function recordSecret(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
	{ clientId, ...secret }: NewSecret,
) {
	const { kind } = secret;
	return onSupply(
		context,
		zoneId,
		supplyNo,
		'supply.secret',
		'supply.kept-secret',
		{ kind },
		async (sql, { state }) => {
			const { amountFen: amount_fen, bidder, statedOn: stated_on } = secret;
			const said = { supply_no: supplyNo, kind, amount_fen, bidder, stated_on };
			const row = { ...said, user_id: userIdOf(context.actor) };
			const sent = await findSentBefore(sql, 'supply_secret', zoneId, clientId, row);
			if (sent !== null) return sent === 'same' ? 'done-before' : sentOtherwise();
			if (state !== 'programmed' && state !== 'offered')
				return failed('refused', [changesetError('supply.offer-closed', { state })]);
			const ahead = await refuseAhead(sql, context, zoneId, secret.statedOn);
			return ahead ?? insertSecret(sql, zoneId, supplyNo, { clientId, ...secret });
		},
	);
}

/** What is done with a row; `done-before`: it was sent again, and nothing is done or told. */
type Work<Row> = (sql: Sql, row: Row) => Promise<void | Failure | 'done-before'> | Failure;

async function onPlot(
	context: ServiceContext,
	zoneId: string,
	plotNo: number,
	action: string,
	details: Readonly<Record<string, unknown>>,
	work: Work<PlotRow>,
): Promise<Outcome<PlotRow>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noPlot(plotNo);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<PlotRow>> => {
		await lockSupplies(sql, zoneId);
		const plot = await findPlot(sql, zoneId, plotNo);
		if (plot === null) return noPlot(plotNo);
		if (!can(actor, 'supply.manage', zoneId, [plot.parkId]))
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		if (plot.isWithdrawn) return failed('refused', [changesetError('plot.withdrawn')]);
		const refused = await work(sql, plot);
		if (refused !== undefined) return refused === 'done-before' ? done(plot) : refused;
		const entry = { actor: auditName(actor), action, entity: `plot/${plotNo}`, details, occurredAt: now };
		await appendAuditEvent(sql, zoneId, entry);
		return done(plot);
	});
}

async function onSupply(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
	permission: Permission,
	action: string,
	details: Readonly<Record<string, unknown>>,
	work: Work<SupplyRow>,
): Promise<Outcome<SupplyRow>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noSupply(supplyNo);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<SupplyRow>> => {
		await lockSupplies(sql, zoneId);
		const supply = await findSupply(sql, zoneId, supplyNo);
		if (supply === null) return noSupply(supplyNo);
		if (!can(actor, permission, zoneId, [supply.parkId]))
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		const refused = await work(sql, supply);
		if (refused !== undefined) return refused === 'done-before' ? done(supply) : refused;
		const entry = { actor: auditName(actor), action, entity: `supply/${supplyNo}`, details, occurredAt: now };
		await appendAuditEvent(sql, zoneId, entry);
		return done(supply);
	});
}
