import { z } from 'zod';

/** One hit of a search over parcel codes. */
export const parcelHitSchema = z.object({
	coverageId: z.string(),
	parcelNo: z.number().int(),
	code: z.string(),
	codeStatus: z.enum(['official', 'provisional']),
	classKey: z.string().nullable(),
	parkId: z.string().nullable(),
	labelPoint: z.tuple([z.number(), z.number()]),
});

export const parcelSearchSchema = z.object({
	query: z.string(),
	hits: z.array(parcelHitSchema),
	/** More hits than were returned. */
	more: z.boolean(),
});

/** The card of one parcel. Areas are decimal strings in m² (exact integers of 0.01 m²). */
export const parcelSchema = parcelHitSchema.extend({
	zoneId: z.string(),
	version: z.number().int(),
	revision: z.number().int(),
	revisionFrom: z.number().int(),
	publishedAt: z.string(),
	synthetic: z.boolean(),
	/** True when the class is not for this audience: class, conditions and code are then withheld. */
	withheld: z.boolean(),
	blockId: z.string().nullable(),
	blockNameZh: z.string().nullable(),
	blockNameEn: z.string().nullable(),
	ellipsoidalAreaM2: z.string(),
	planarAreaM2: z.string().nullable(),
	planarSrid: z.number().int(),
	documentAreaM2: z.string().nullable(),
	areaMethod: z.string(),
	stockStatus: z.string().nullable(),
	conditions: z
		.object({
			floorAreaRatioMin: z.string().nullable(),
			floorAreaRatioMax: z.string().nullable(),
			buildingCoverageMaxPct: z.string().nullable(),
			heightMaxM: z.string().nullable(),
			greenRatioMinPct: z.string().nullable(),
			supportingShareMaxPct: z.string().nullable(),
			source: z.string(),
			status: z.enum(['verified', 'unverified', 'example']),
		})
		.nullable(),
	bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
	/** GeoJSON geometry, rounded to `coordinateDecimals` for the public. */
	geometry: z.object({
		type: z.literal('MultiPolygon'),
		coordinates: z.array(z.array(z.array(z.tuple([z.number(), z.number()])))),
	}),
	coordinateDecimals: z.number().int().nullable(),
});

/** The cards of some parcels. */
export const parcelCardsSchema = z.object({ parcels: z.array(parcelSchema) });

/** The parcel at a place of a coverage; null where there is none. */
export const parcelAtSchema = z.object({
	coverageId: z.string(),
	contentId: z.string(),
	at: z.tuple([z.number(), z.number()]),
	parcel: z
		.object({
			parcelNo: z.number().int(),
			/** True when the class is not for this audience: class, status and code are then withheld. */
			withheld: z.boolean(),
			code: z.string(),
			classKey: z.string().nullable(),
			stockStatus: z.string().nullable(),
		})
		.nullable(),
});

/** What the lines of a legend stand for: land-use classes, or stock statuses. */
export const LEGEND_LINES = ['class', 'stock'] as const;

/** Areas by class or by stock status of what lies inside a view, each parcel cut at the view's edge. */
export const viewLegendSchema = z.object({
	by: z.enum(LEGEND_LINES),
	coverageId: z.string(),
	contentId: z.string(),
	bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
	totalM2: z.number(),
	rows: z.array(
		z.object({
			/** Null where lines stand for statuses, and on land without a class. */
			classKey: z.string().nullable(),
			/** Null where lines stand for classes, and on land without a status. */
			stockStatus: z.string().nullable(),
			withheld: z.boolean(),
			parcels: z.number().int(),
			areaM2: z.number(),
		}),
	),
});

export type WireParcelHit = z.infer<typeof parcelHitSchema>;
export type WireParcelSearch = z.infer<typeof parcelSearchSchema>;
export type WireParcelAt = z.infer<typeof parcelAtSchema>;
export type WireParcel = z.infer<typeof parcelSchema>;
export type WireParcelCards = z.infer<typeof parcelCardsSchema>;
export type WireViewLegend = z.infer<typeof viewLegendSchema>;
