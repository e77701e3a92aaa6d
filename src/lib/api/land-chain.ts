import { z } from 'zod';
import { SUPPLY_MODES } from '$lib/domain/supply/mode.ts';
import { batchFiguresSchema, landCorrectionSchema, programmeFiguresSchema } from './land-correction.ts';
import { batchSchema } from './supervision.ts';
import { clientId, FIGURE_MAX } from './supply.ts';

const day = z.iso.date().regex(/^(?:19|20|21)/);
const name = z.string().trim().min(1).max(200);
const source = z.string().trim().min(1).max(500);
/** An area as it is given. */
const given = z.int().nonnegative().max(FIGURE_MAX);
const area = z.int().nonnegative();

/** A conversion or acquisition batch as it is entered. */
export const newBatchSchema = batchFiguresSchema.extend({ clientId });
export const batchListSchema = z.object({
	onDate: z.iso.date(),
	batches: z.array(batchSchema),
	/** Whether the reader may enter batches and programmes, and note why batches wait. */
	mayEnter: z.boolean(),
	/** What of them was corrected or withdrawn. */
	corrections: z.array(landCorrectionSchema),
});

export const newProgrammeSchema = programmeFiguresSchema.extend({
	clientId,
	year: z.int().min(1990).max(2200),
});
export const programmeSchema = z.object({
	year: z.int(),
	number: z.string(),
	approvedOn: z.iso.date().nullable(),
	source: z.string(),
	isSynthetic: z.boolean(),
	isWithdrawn: z.boolean(),
	corrections: z.array(landCorrectionSchema),
	/** What is in it, by quarter, class, park and mode; areas as documents state them, ellipsoidal where none does. */
	totals: z.array(
		z.object({
			quarter: z.int(),
			classCode: z.string(),
			parkId: z.string(),
			mode: z.enum(SUPPLY_MODES),
			supplies: z.int(),
			cancelled: z.int(),
			areaDm2: area,
		}),
	),
});
export const programmeListSchema = z.object({ programmes: z.array(programmeSchema) });

/** Floors of a building in 0.01 m²: for industry (产业用房) and for support (配套用房), living among it. */
export const newBuildingSchema = z
	.strictObject({
		name,
		industryFloorDm2: given,
		supportFloorDm2: given,
		livingFloorDm2: given,
		/** Smallest unit that can be sold or held apart; null: not split. */
		leastUnitDm2: z.int().positive().max(FIGURE_MAX).nullable(),
		/** Floor that can be sold or held apart, and floor that the holder of the land keeps; null: not stated. */
		splitFloorDm2: given.nullable(),
		selfHeldFloorDm2: given.nullable(),
		statedOn: day,
		source,
	})
	.refine(({ livingFloorDm2, supportFloorDm2 }) => livingFloorDm2 <= supportFloorDm2, {
		path: ['livingFloorDm2'],
	})
	.refine((floors) => (floors.splitFloorDm2 ?? 0) <= floors.industryFloorDm2 + floors.supportFloorDm2, {
		path: ['splitFloorDm2'],
	})
	.refine((floors) => (floors.selfHeldFloorDm2 ?? 0) <= floors.industryFloorDm2 + floors.supportFloorDm2, {
		path: ['selfHeldFloorDm2'],
	});
export const buildingListSchema = z.object({
	buildings: z.array(
		z.object({
			buildingNo: z.int(),
			name: z.string(),
			industryFloorDm2: area,
			supportFloorDm2: area,
			livingFloorDm2: area,
			leastUnitDm2: z.int().nullable(),
			splitFloorDm2: z.int().nullable(),
			selfHeldFloorDm2: z.int().nullable(),
			statedOn: z.iso.date(),
			source: z.string(),
			isSynthetic: z.boolean(),
		}),
	),
});
