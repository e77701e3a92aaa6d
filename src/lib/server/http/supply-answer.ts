import type { z } from 'zod';
import { flattenMultiPolygons, type FlatPolygons } from '$geo/flat-polygons.ts';
import { snapToGrid } from '$geo/grid.ts';
import { eventFactsSchemas, type askedEventSchema } from '$lib/api/supply.ts';
import type { SupplyEventKind } from '$lib/domain/supply/life-cycle.ts';
import type { SupplyEvent } from '$lib/domain/supply/record.ts';
import type { NewEvent } from '../service/supply/act.ts';
import type { TimedSupply } from '../service/supply/plot-timeline.ts';
import type { ReadSupply } from '../service/supply/read.ts';
import { readValue } from './changeset-answer.ts';
import { recordedToWire } from './supervision-answer.ts';

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly response: Response };

/** Takes what is to be recorded with an event by the event's own schema. */
export function readEventFacts({ event, facts }: z.output<typeof askedEventSchema>): Read<NewEvent> {
	const read = readValue(eventFactsSchemas[event], facts);
	return read.ok ? { ok: true, value: { event, facts: read.value as SupplyEvent['facts'] } } : read;
}

/** Takes the right value of one field of an event by that field's schema. */
export function readCorrectedValue(event: SupplyEventKind, field: string, value: unknown): Read<unknown> {
	const shape: Readonly<Record<string, z.ZodType>> = eventFactsSchemas[event].shape;
	const schema = Object.hasOwn(shape, field) ? shape[field] : undefined;
	// A field that the event does not have is refused by name further on.
	return schema === undefined ? { ok: true, value } : readValue(schema, value);
}

/** A ring as typed or drawn, on the grid. */
export function ringOf(positions: readonly (readonly [number, number])[]): FlatPolygons {
	return flattenMultiPolygons([
		[[positions.map(([lon, lat]) => [snapToGrid(lon), snapToGrid(lat)] as const)]],
	]);
}

const eventToWire = ({ occurredAt, facts, unknowns, ...event }: ReadSupply['events'][number]) => ({
	...event,
	facts: { ...facts },
	unknowns: [...unknowns],
	occurredAt: occurredAt.toISOString(),
});

const correctionToWire = ({ occurredAt, ...one }: ReadSupply['corrections'][number]) => ({
	...one,
	occurredAt: occurredAt.toISOString(),
});

export function timedSupplyToWire(read: TimedSupply) {
	return {
		supplyNo: read.supplyNo,
		timeline: [...read.timeline],
		events: read.events.map(eventToWire),
		corrections: read.corrections.map(correctionToWire),
		payments: [...read.payments],
		facts: read.facts.map(recordedToWire),
		idleSteps: read.idleSteps.map(recordedToWire),
	};
}

export function openSupplyToWire(read: ReadSupply) {
	const { record, events, corrections, lifeCycle, supply, payments, secrets, timeline, possible } = read;
	return {
		supply,
		leaseMonths: record.leaseMonths,
		grantYears: record.grantYears,
		...read.holding,
		agreedConditions: [...(record.lease?.agreedConditions ?? [])],
		events: events.map(eventToWire),
		corrections: corrections.map(correctionToWire),
		payments: [...payments],
		secrets: [...secrets],
		timeline: [...timeline],
		lifeCycle: lifeCycle.map(({ guards, from, event, to, permission, by }) => ({
			from,
			event,
			to,
			guards: [...guards],
			permission,
			by,
		})),
		possible: [...possible],
		correctable: read.correctable.map(({ eventNo, fields }) => ({ eventNo, fields: [...fields] })),
		mayManage: read.mayManage,
	};
}
