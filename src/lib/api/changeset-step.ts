import { z } from 'zod';
import type { Step } from '$lib/domain/changeset/step.ts';
import type { WireDifference } from '$lib/domain/changeset/wire-difference.ts';

/** The most that one step may name; what a hand or an import draws is far below. */
export const STEP_LIMITS = {
	places: 5_000,
	parcels: 10_000,
	parts: 1_000,
	text: 500,
} as const;

const place = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const line = z.array(place).min(2).max(STEP_LIMITS.places);
const parcelNo = z.int32();
const parcelNos = z.array(parcelNo).min(1).max(STEP_LIMITS.parcels);
const metres = z.number().min(0).max(10_000);
const landUse = z.string().min(1).max(STEP_LIMITS.text).nullable();
const limit = z.number().min(0).max(1_000_000).nullable();

export const parcelCodeSchema = z.strictObject({
	text: z.string().min(1).max(100),
	status: z.enum(['official', 'provisional']),
});

export const planningConditionSchema = z.strictObject({
	farMin: limit,
	farMax: limit,
	buildingCoverageMaxPct: limit,
	heightMaxM: limit,
	greenRatioMinPct: limit,
	supportShareMaxPct: limit,
	publicationGrade: z.enum(['public', 'registered', 'office']),
	source: z.string().min(1).max(STEP_LIMITS.text),
	status: z.enum(['verified', 'unverified', 'example']),
});

const areasM2 = z.array(z.number().positive().max(1e12)).min(1).max(STEP_LIMITS.parts);
const verb = <Verb extends Step['verb'], Shape extends z.core.$ZodLooseShape>(name: Verb, params: Shape) =>
	z.strictObject({ verb: z.literal(name), params: z.strictObject(params) });

/** One edit of a draft as a browser sends it. */
export const stepSchema = z.discriminatedUnion('verb', [
	verb('split_by_line', { line, parcelNos: parcelNos.optional() }),
	verb('split_to_areas', {
		parcelNo,
		bearingDeg: z.number().min(-360).max(360),
		into: z.union([
			z.strictObject({ areasM2 }),
			z.strictObject({ equalParts: z.int().min(2).max(STEP_LIMITS.parts) }),
		]),
		allowApart: z.boolean().optional(),
	}),
	verb('merge', { parcelNos, intoNo: parcelNo.optional() }),
	verb('reshape', { path: line, reachM: metres, parcelNo: parcelNo.optional() }),
	verb('move_vertices', {
		moves: z
			.array(z.strictObject({ at: place, to: place }))
			.min(1)
			.max(STEP_LIMITS.places),
	}),
	verb('insert_vertex', { at: place, reachM: metres, to: place.optional(), parcelNo: parcelNo.optional() }),
	verb('delete_vertex', { at: place }),
	verb('align', { parcelNo, line: z.tuple([place, place]), reachM: metres }),
	verb('carve_corridor', {
		centreLine: line,
		breadth: z.union([z.strictObject({ widthM: metres }), z.strictObject({ leftM: metres, rightM: metres })]),
		endCap: z.enum(['flat', 'square']).optional(),
		parcelNos: parcelNos.optional(),
		landUse: landUse.optional(),
	}),
	verb('reclassify', { parcelNos, landUse }),
	verb('set_code', {
		codes: z
			.array(z.strictObject({ parcelNo, code: parcelCodeSchema.nullable() }))
			.min(1)
			.max(STEP_LIMITS.parcels),
	}),
	verb('set_conditions', { parcelNos, condition: planningConditionSchema.nullable() }),
]) satisfies z.ZodType<Step>;

/** 180 degrees in grid steps of 2⁻³³ degree. */
const MOST_STEPS = 180 * 2 ** 33;
const MOST_POSITIONS = 2_000_000;

const ring = z
	.array(z.int().min(-MOST_STEPS).max(MOST_STEPS))
	.min(6)
	.max(2 * MOST_POSITIONS)
	.refine((steps) => steps.length % 2 === 0, 'a ring is pairs');
const shape = z.array(z.array(ring).min(1).max(STEP_LIMITS.parcels)).max(STEP_LIMITS.parcels);
const fact = <Field extends string, Value extends z.ZodType>(field: Field, value: Value) =>
	z.strictObject({ parcelNo, field: z.literal(field), before: value, after: value });

/** What a step did, to the bit: coordinates are whole grid steps (2⁻³³ degree, EPSG:4490). */
export const differenceSchema = z.strictObject({
	shapes: z
		.array(
			z.discriminatedUnion('kind', [
				z.strictObject({ kind: z.literal('created'), parcelNo, before: z.null(), after: shape }),
				z.strictObject({ kind: z.literal('retired'), parcelNo, before: shape, after: z.null() }),
				z.strictObject({ kind: z.enum(['reshaped', 'noded']), parcelNo, before: shape, after: shape }),
			]),
		)
		.max(10 * STEP_LIMITS.parcels),
	lineage: z.array(z.tuple([parcelNo, parcelNo])).max(10 * STEP_LIMITS.parcels),
	facts: z
		.array(
			z.discriminatedUnion('field', [
				fact('landUse', landUse),
				fact('code', parcelCodeSchema.nullable()),
				fact('condition', planningConditionSchema.nullable()),
			]),
		)
		.max(10 * STEP_LIMITS.parcels),
}) satisfies z.ZodType<WireDifference>;
