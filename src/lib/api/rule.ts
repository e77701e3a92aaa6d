import { z } from 'zod';
import { clientId } from './supply.ts';

const status = z.enum(['verified', 'unverified', 'example']);
const day = z.iso.date().regex(/^(?:19|20|21)/);
const reason = z.string().trim().min(1).max(1000);

/** A value of a rule; days are the first on which it holds (validFrom) and the first on which it holds no more. */
export const ruleSchema = z.object({
	/** Number in the zone; null: national law. */
	ruleNo: z.int().nullable(),
	key: z.string(),
	scope: z.enum(['national', 'zone', 'park']),
	parkId: z.string().nullable(),
	value: z.string().nullable(),
	unit: z.string().nullable(),
	areaKind: z.string().nullable(),
	comparison: z.string().nullable(),
	source: z.string(),
	status,
	note: z.string().nullable(),
	validFrom: z.iso.date().nullable(),
	validTo: z.iso.date().nullable(),
	/** By its days; a zone's own counts before national law. */
	isInForce: z.boolean(),
	/** Whether its days, or those of its document, are over or run out within twelve months. */
	lapse: z.enum(['over', 'soon', 'open']),
	lapsesOn: z.iso.date().nullable(),
	/** Year by whose end its document lapses, where the day was not read. */
	lapsesYear: z.int().nullable(),
	/** Whether parks may have values of their own under its key. */
	isAskedOfParks: z.boolean(),
	/** Who set it; null: it was loaded. */
	setBy: z.string().nullable(),
	setAt: z.iso.datetime().nullable(),
	/** When it was declared a mistake; null: it stands. */
	voidedAt: z.iso.datetime().nullable(),
	voidedBy: z.string().nullable(),
	voidReason: z.string().nullable(),
});
export const ruleListSchema = z.object({
	rules: z.array(ruleSchema),
	today: z.iso.date(),
	/** Whether what is due is being reckoned anew by them. */
	isReckoning: z.boolean(),
	/** Parks for which the reader may set values; null: the whole zone. */
	maySetIn: z.array(z.string().nullable()),
});

/** A value that is to hold from a day on; what it means beyond its form is asked of the key. */
export const newRuleSchema = z.strictObject({
	clientId,
	key: z.string().min(1).max(100),
	parkId: z.string().min(1).max(40).nullable(),
	value: z.string().trim().min(1).max(30),
	unit: z.string().max(40).nullable(),
	source: z.string().max(500),
	status,
	note: z.string().trim().max(1000).nullable(),
	validFrom: day,
	validTo: day.nullable(),
});

/** What is done with a value that was set. */
export const ruleActSchema = z.discriminatedUnion('act', [
	z.strictObject({ act: z.literal('end'), validTo: day, reason }),
	z.strictObject({ act: z.literal('void'), reason }),
]);

export type WireRule = z.infer<typeof ruleSchema>;
export type WireRuleList = z.infer<typeof ruleListSchema>;
