import { z } from 'zod';
import { SURVEY_AREA_KINDS, SURVEY_MOST } from '$lib/domain/survey/survey.ts';

const text = z.string().max(SURVEY_MOST.text);
const decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,30})?$/);
const areaM2 = z.string().regex(/^(?=.*[1-9])\d{1,12}(\.\d{1,4})?$/);

/** What a survey document says of itself. */
export const surveyDocumentSchema = z.strictObject({
	number: text.regex(/\S/),
	title: text,
	surveyor: text,
	surveyedOn: z.iso.date().nullable(),
	/** Stated accuracy of points, m; null: not stated. */
	accuracyM: z
		.string()
		.regex(/^(?=.*[1-9])\d{1,5}(\.\d{1,4})?$/)
		.nullable(),
	method: text.nullable(),
	/** 4490 (degrees) or a CGCS2000 Gauss–Krüger zone (metres); null: the file's, else the zone's own projection. */
	srid: z.int().min(4490).max(4554).nullable(),
});

const writtenPointSchema = z.strictObject({
	name: z.string().max(SURVEY_MOST.name).regex(/\S/),
	/** 圈号, from 1; the first point is not repeated. */
	ring: z.int().min(1).max(9999),
	/** Easting or longitude, decimal text as it is written. */
	east: decimal,
	/** Northing or latitude. */
	north: decimal,
});

const partFields = {
	label: text,
	title: text.nullable(),
	/** Decimal text, m²; null: not stated. */
	areaM2: areaM2.nullable(),
	areaKind: z.enum(SURVEY_AREA_KINDS),
};

/** A survey as it is handed in. */
export const newSurveySchema = surveyDocumentSchema.extend({
	parts: z
		.array(
			z.strictObject({
				...partFields,
				points: z.array(writtenPointSchema).min(3).max(SURVEY_MOST.points),
			}),
		)
		.min(1)
		.max(SURVEY_MOST.parcels),
});

/** What is said beside a file of boundary points (界址点坐标交换格式) that is handed in as it is. */
export const surveyFileSchema = z.object({
	...surveyDocumentSchema.shape,
	title: text.default(''),
	surveyor: text.nullable().default(null),
	surveyedOn: surveyDocumentSchema.shape.surveyedOn.default(null),
	accuracyM: surveyDocumentSchema.shape.accuracyM.default(null),
	method: surveyDocumentSchema.shape.method.default(null),
	srid: z.coerce.number().pipe(z.int().min(4490).max(4554)).nullable().default(null),
	/** Which area the file states: its format does not say. */
	areaKind: z.enum(SURVEY_AREA_KINDS).default('document'),
});

export const surveyNoSchema = z.object({ surveyNo: z.int() });

const storedDocument = {
	changesetNo: z.int(),
	surveyNo: z.int(),
	number: z.string(),
	title: z.string(),
	surveyor: z.string(),
	surveyedOn: z.string().nullable(),
	accuracyM: z.string().nullable(),
	method: z.string().nullable(),
	srid: z.int(),
};

/** The surveys of a changeset, held against it as it is. */
export const surveyListSchema = z.object({
	surveys: z.array(
		z.object({
			...storedDocument,
			parts: z.array(
				z.object({
					...partFields,
					areaM2: z.string().nullable(),
					/** The parcels that lie where it is drawn: several where it was split. */
					parcelNos: z.array(z.int()).readonly(),
					/** Their area together of the kind that is stated, m²; null: the document does not say which. */
					computedM2: z.number().nullable(),
					verdict: z.enum(['within', 'outside', 'no_rule', 'not_comparable']).nullable(),
					points: z.array(
						writtenPointSchema.extend({
							lon: z.number(),
							lat: z.number(),
							/** 0: at a vertex; null: none within 100 m. */
							vertexDistanceM: z.number().nullable(),
						}),
					),
				}),
			),
		}),
	),
});

/** A parcel's boundary, stretch by stretch, with the survey that it comes from. */
export const parcelBoundarySchema = z.object({
	coverageId: z.string(),
	parcelNo: z.int(),
	revision: z.int(),
	/** Lengths are planar, of this system. */
	planarSrid: z.int(),
	surveys: z.array(z.object({ ...storedDocument, revision: z.int() })),
	/** What a document that draws this parcel, and no other ground, states of its area; null: none does. */
	stated: z
		.object({
			/** Place in `surveys`. */
			survey: z.int(),
			areaM2: z.string(),
			areaKind: partFields.areaKind,
			/** The parcel's area of that kind, m²; null: the document does not say which. */
			computedM2: z.number().nullable(),
		})
		.nullable(),
	stretches: z.array(
		z.object({
			ring: z.int(),
			/** Names of the boundary points at its ends; null: no surveyed point. */
			from: z.string().nullable(),
			to: z.string().nullable(),
			lengthM: z.number(),
			/** Place in `surveys`; null: not surveyed. */
			survey: z.int().nullable(),
			/** The surveyed line of which it is the whole or a part. */
			line: z.object({ from: z.string(), to: z.string() }).nullable(),
		}),
	),
});

export type WireSurveyList = z.infer<typeof surveyListSchema>;
export type WireSurvey = WireSurveyList['surveys'][number];
export type WireNewSurvey = z.infer<typeof newSurveySchema>;
export type WireParcelBoundary = z.infer<typeof parcelBoundarySchema>;
