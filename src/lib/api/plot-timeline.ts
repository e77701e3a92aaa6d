import { z } from 'zod';
import { supervisionSchema } from './supervision.ts';
import { openSupplySchema } from './supply.ts';

/** What was and will be of a plot's supplies: days, events with what was corrected of them, payments, what was seen, steps of proceedings. */
export const plotTimelineSchema = z.object({
	supplies: z.array(
		z.object({
			supplyNo: z.int(),
			...openSupplySchema.pick({ timeline: true, events: true, corrections: true, payments: true }).shape,
			...supervisionSchema.pick({ facts: true, idleSteps: true }).shape,
		}),
	),
});

export type WirePlotTimeline = z.infer<typeof plotTimelineSchema>;
