import { z } from 'zod';
import { TRANSFER_KINDS } from '$lib/domain/supply/supply-fact.ts';
import { LAND_USES } from '$lib/domain/tenure/term.ts';
import { findingSchema, ruleReferenceSchema } from './supply.ts';

const plainFinding = findingSchema.omit({ question: true });
/** Floors in 0.01 m², up to 100 km²; nothing typed is no zero. */
const floor = z
	.string()
	.regex(/^\d{1,11}$/)
	.transform(Number)
	.pipe(z.number().max(1e10));
const use = z.enum(LAND_USES);

/** What of the holder's shares is to change hands, and to whom a right or they are to pass: a consent counts for whom it names. */
export const transferQuerySchema = z.strictObject({
	share: z
		.string()
		.regex(/^(?:100|\d{1,2}(?:\.\d{1,6})?)$/)
		.optional(),
	toWhom: z.string().trim().min(1).max(200).optional(),
});

/** Checklists of the secondary market and of an exit. */
export const transferQuestionsSchema = z.object({
	onDate: z.iso.date(),
	transfers: z.array(z.object({ what: z.enum(TRANSFER_KINDS), findings: z.array(plainFinding) })),
	exit: z.array(plainFinding),
});
export type WireTransferQuestions = z.infer<typeof transferQuestionsSchema>;

/** A change of use or of floor, floors in 0.01 m². */
export const topUpQuerySchema = z.strictObject({
	useBefore: use.optional(),
	useAfter: use.optional(),
	floorBeforeDm2: floor,
	floorAfterDm2: floor,
});

/** What would be paid on top of a price, in fen. */
export const topUpSchema = z.object({
	onDate: z.iso.date(),
	useBefore: use.nullable(),
	useAfter: use.nullable(),
	areaDm2: z.int(),
	areaKind: z.string(),
	topUp: z
		.object({
			value: z.int().nullable(),
			reason: z.string(),
			params: z.record(z.string(), z.union([z.string(), z.number()])),
			rule: ruleReferenceSchema.nullable(),
		})
		.nullable(),
});
export type WireReckonedTopUp = z.infer<typeof topUpSchema>;
