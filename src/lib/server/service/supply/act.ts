import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { askDecision, mayNeedDecision } from '$lib/domain/supply/decided-question.ts';
import { questionOf, type Finding } from '$lib/domain/supply/finding.ts';
import { foldRecord } from '$lib/domain/supply/fold-record.ts';
import { askGuards } from '$lib/domain/supply/guard.ts';
import { findSupplyTransition, type SupplyTransition } from '$lib/domain/supply/life-cycle.ts';
import { pathOf } from '$lib/domain/supply/mode.ts';
import type { SupplyEvent, SupplyRecord } from '$lib/domain/supply/record.ts';
import { auditName, can, type UserActor } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import type { Sql } from '../../db/connect.ts';
import { findSupply, lockSupplies, type SupplyRow } from '../../db/supply.ts';
import { insertSupplyEvent, listCorrections, listSupplyEvents } from '../../db/supply-event.ts';
import { findZone, type ZoneRow } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWriter } from '../scope.ts';
import { guardContext, readSetting, type SupplySetting } from './guard-facts.ts';
import { done, failed, noSupply, standingAgainst, type Failure, type Outcome } from './outcome.ts';
import { refreshDueDay } from './supervision-context.ts';

/** What is to happen: an event and what is recorded with it, by its schema. */
export type NewEvent = Pick<SupplyEvent, 'event' | 'facts'>;

interface OpenSupply {
	readonly zone: ZoneRow;
	readonly row: SupplyRow;
	readonly setting: SupplySetting;
	readonly record: SupplyRecord;
}

/**
 * Answers the questions before an event without doing it: what a form shows while it is filled in.
 *
 * Refuses as the act itself where it cannot be done at all, whatever is recorded.
 */
export async function askSupplyEvent(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
	event: NewEvent,
): Promise<Outcome<readonly Finding[]>> {
	const { actor } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noSupply(supplyNo);
	return asActor(context, zoneId, async (sql): Promise<Outcome<readonly Finding[]>> => {
		const open = await openSupply(sql, context, zoneId, supplyNo);
		if (open === null) return noSupply(supplyNo);
		const transition = findTransition(open, event);
		const barred = barTo(actor, zoneId, open, event, transition);
		if (barred !== null || transition === null) return failedBarred(barred);
		return done(askAll(actor, zoneId, open, event, transition));
	});
}

/**
 * Records an event of a supply, which moves it on.
 *
 * Everything is judged and written in one transaction under the zone's lock of supplies, so that of two at once one wins and the other is told
 * (`supply.moved`, stale). Refuses `supply.event-impossible`, `supply.not-permitted`, `supply.another-needed` (两人以上经办), what the guards find against it, and
 * `supply.unacknowledged` for every open question whose name (`questionOf`) is not among `acknowledged`; those that are, are kept with the event.
 */
export async function actOnSupply(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
	{
		acknowledged,
		expectedEdit,
		...event
	}: NewEvent & { readonly acknowledged: readonly string[]; readonly expectedEdit: number },
): Promise<Outcome<SupplyRow>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noSupply(supplyNo);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<SupplyRow>> => {
		await lockSupplies(sql, zoneId);
		const open = await openSupply(sql, context, zoneId, supplyNo);
		if (open === null) return noSupply(supplyNo);
		if (open.row.editNo !== expectedEdit)
			return failed('stale', [changesetError('supply.moved', { state: open.row.state })]);
		const transition = findTransition(open, event);
		const barred = barTo(actor, zoneId, open, event, transition);
		if (barred !== null || transition === null) return failedBarred(barred);
		const findings = askAll(actor, zoneId, open, event, transition);
		const against = standingAgainst(findings, acknowledged);
		if (against.length > 0) return failed('refused', against);
		const unknowns = findings.filter(({ outcome }) => outcome === 'unknown').map(questionOf);
		await insertSupplyEvent(sql, zoneId, supplyNo, { ...event, unknowns, occurredAt: now });
		await refreshDueDay(sql, zoneId, supplyNo, now);
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: `supply.${event.event.replaceAll('_', '-')}`,
			entity: `supply/${supplyNo}`,
			details: { facts: event.facts, unknowns },
			occurredAt: now,
		});
		return readBack(sql, zoneId, supplyNo);
	});
}

/** Opens a supply with its record and all that its questions are answered from. */
export async function openSupply(
	sql: Sql,
	{ now }: Pick<ServiceContext, 'now'>,
	zoneId: string,
	supplyNo: number,
): Promise<OpenSupply | null> {
	const zone = await findZone(sql, zoneId);
	const row = await findSupply(sql, zoneId, supplyNo);
	if (zone === null || row === null) return null;
	const setting = await readSetting(sql, zone, row, now);
	if (setting === null) return null;
	const events = await listSupplyEvents(sql, zoneId, supplyNo);
	const corrections = await listCorrections(sql, zoneId, supplyNo);
	return { zone, row, setting, record: foldRecord(row.mode, row.userId ?? '', events, corrections) };
}

export async function readBack(sql: Sql, zoneId: string, supplyNo: number): Promise<Outcome<SupplyRow>> {
	const row = await findSupply(sql, zoneId, supplyNo);
	return row === null ? noSupply(supplyNo) : done(row);
}

function findTransition({ row }: OpenSupply, { event }: NewEvent): SupplyTransition | null {
	return findSupplyTransition(pathOf(row.mode), row.state, event);
}

function failedBarred(barred: ChangesetIssue | null): Failure {
	const why = barred?.code === 'supply.event-impossible' ? 'refused' : 'forbidden';
	return failed(why, barred === null ? [] : [barred]);
}

/** Why an account cannot do it at all; null where it may be asked further. */
function barTo(
	actor: UserActor,
	zoneId: string,
	{ row, record }: OpenSupply,
	{ event }: NewEvent,
	transition: SupplyTransition | null,
): ChangesetIssue | null {
	if (transition === null) return changesetError('supply.event-impossible', { state: row.state, event });
	if (!mayRecord(actor, zoneId, row, record, transition)) return changesetError('supply.not-permitted');
	return transition.by === 'another' && record.lastUserId === actor.userId
		? changesetError('supply.another-needed')
		: null;
}

/** Whether an account may record an event: by its right, or as somebody who decides where it may bring up a question for one. */
export function mayRecord(
	actor: UserActor,
	zoneId: string,
	{ parkId }: Pick<SupplyRow, 'parkId'>,
	record: SupplyRecord,
	{ permission, event }: Pick<SupplyTransition, 'permission' | 'event'>,
): boolean {
	return (
		can(actor, permission, zoneId, [parkId]) ||
		(mayNeedDecision(record, event) && can(actor, 'supply.decide', zoneId, [parkId]))
	);
}

/** What is found before an event, with what stands against this account: a question that another decides, or that nothing is to be decided and the act is an officer's. */
function askAll(
	actor: UserActor,
	zoneId: string,
	{ row, record, setting }: OpenSupply,
	event: NewEvent,
	{ permission, guards }: SupplyTransition,
): readonly Finding[] {
	const findings = askGuards(guards, guardContext(setting, record, event));
	const decides = can(actor, 'supply.decide', zoneId, [row.parkId]) && record.lastUserId !== actor.userId;
	return askDecision(findings, { decides, records: can(actor, permission, zoneId, [row.parkId]) });
}
