import type { z } from 'zod';
import {
	factSchemas,
	idleStepSchemas,
	type newFactSchema,
	type newIdleStepSchema,
} from '$lib/api/supervision.ts';
import type { BatchState } from '$lib/domain/supply/batch.ts';
import type { IdleStep } from '$lib/domain/supply/idle-proceeding.ts';
import type { Account, IdleStanding } from '$lib/domain/supply/supervision.ts';
import type { SupplyFact } from '$lib/domain/supply/supply-fact.ts';
import type { NewFact, NewStep } from '../service/supply/supervise-act.ts';
import type { DueList, ReadSupervision } from '../service/supply/supervise.ts';
import type { Scan, ScannedBatch } from '../service/supply/scan.ts';
import { readValue } from './changeset-answer.ts';

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly response: Response };

/** Takes what is to be recorded by its kind's own schema; what is taken back says nothing. */
export function readFact({ facts, ...fact }: z.output<typeof newFactSchema>): Read<NewFact> {
	if (fact.isVoid) return { ok: true, value: { ...fact, facts: {} } as unknown as NewFact };
	const read = readValue(factSchemas[fact.kind], facts);
	return read.ok ? { ok: true, value: { ...fact, facts: read.value } as NewFact } : read;
}

/** Takes what a step of idle proceedings records by its own schema. */
export function readIdleStep({ facts, ...step }: z.output<typeof newIdleStepSchema>): Read<NewStep> {
	const read = readValue(idleStepSchemas[step.step], facts);
	return read.ok ? { ok: true, value: { ...step, facts: read.value } as NewStep } : read;
}

/** Where a list of due things goes on, as an address carries it: `2026-11-23.17`. */
export function readDueCursor(text: string | undefined): DueList['next'] {
	const match = /^(\d{4}-\d{2}-\d{2})\.(\d{1,9})$/.exec(text ?? '');
	return match === null ? null : { dueOn: match[1], supplyNo: Number(match[2]) };
}

export function dueListToWire({ onDate, isReckoning, items, next }: DueList) {
	return {
		onDate,
		isReckoning,
		items: items.map(dueToWire),
		next: next === null ? null : `${next.dueOn}.${next.supplyNo}`,
	};
}

const dueToWire = <Item extends DueList['items'][number] | ReadSupervision['due'][number]>(item: Item) => ({
	...item,
	why: { ...item.why, params: { ...item.why.params } },
});

function explainedToWire<T extends { readonly params: Readonly<Record<string, string | number>> }>(value: T) {
	return { ...value, params: { ...value.params } };
}

function accountToWire({ kind, plan, state, fault }: Account) {
	return {
		kind,
		why:
			plan === null ? null : explainedToWire({ reason: plan.reason, params: plan.params, rule: plan.rule }),
		charges: [...(state?.charges ?? [])],
		paidFen: state?.paidFen ?? null,
		overdueFen: state?.overdueFen ?? null,
		creditFen: state?.creditFen ?? null,
		fault: fault === null ? null : explainedToWire(fault),
	};
}

function idleToWire({ answer, fee, takeBackFrom, ...standing }: IdleStanding) {
	const { time, missing } = answer;
	return {
		...standing,
		answer: {
			...explainedToWire(answer),
			missing: [...missing],
			time: time === null ? null : { ...time, excluded: [...time.excluded] },
		},
		fee: explainedToWire(fee),
		takeBackFrom: takeBackFrom === null ? null : explainedToWire(takeBackFrom),
	};
}

/** A fact or a step of proceedings as it was recorded. */
export const recordedToWire = <
	Row extends { readonly occurredAt: Date; readonly facts: SupplyFact['facts'] | IdleStep['facts'] },
>(
	row: Row,
) => ({ ...row, facts: { ...row.facts }, occurredAt: row.occurredAt.toISOString() });

export function supervisionToWire(read: ReadSupervision) {
	const { works, accounts, reviews, idle, prices, controls, indicators } = read.supervision;
	return {
		supply: read.supply,
		onDate: read.onDate,
		area: read.area,
		dates: read.dates.map(explainedToWire),
		works,
		accounts: accounts.map(accountToWire),
		reviews:
			reviews === null
				? null
				: { ...explainedToWire(reviews), value: reviews.value === null ? null : [...reviews.value] },
		idle: idle === null ? null : idleToWire(idle),
		prices: prices.map(explainedToWire),
		controls: controls.map(explainedToWire),
		indicators: indicators.map(({ indicator, checkOn, assessments, verdict, disposals, rectifyBy }) => ({
			...indicator.facts,
			indicatorNo: indicator.factNo,
			document: indicator.document,
			checkedOn: explainedToWire(checkOn),
			verdict,
			rectifyBy,
			disposals: disposals.map(({ facts }) => facts),
			assessments: assessments.map(({ factNo, facts, document }) => ({
				factNo,
				assessedOn: facts.assessedOn,
				value: facts.value,
				document,
			})),
		})),
		due: read.due.map(dueToWire),
		facts: read.facts.map(recordedToWire),
		idleSteps: read.idleSteps.map(recordedToWire),
		possibleSteps: [...read.possibleSteps],
		mayRecord: read.mayRecord,
		mayDecide: read.mayDecide,
	};
}

export function batchToWire({
	batch,
	state,
	note,
}: Pick<ScannedBatch, 'batch' | 'note'> & { state: BatchState }) {
	return {
		...batch,
		remainingDm2: state.remainingDm2,
		state: state.state,
		ageDays: state.ageDays,
		lapse: explainedToWire(state.lapse),
		isPastLapse: state.isPastLapse,
		note,
	};
}

export function scanToWire({ batches, supplies, ...scan }: Scan) {
	return {
		...scan,
		batches: batches.map((one) => ({ ...batchToWire(one), proposal: one.proposal })),
		supplies: supplies.map(({ idle, missed, lowEfficiency, ...one }) => ({
			...one,
			missed: [...missed],
			idle: idle === null ? null : idleToWire(idle),
			lowEfficiency: lowEfficiency === null ? null : explainedToWire(lowEfficiency),
		})),
	};
}
