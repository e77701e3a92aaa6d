import { z } from 'zod';
import { CONTROL_KINDS } from '../domain/control/control-kind.ts';

/** Status of a fact: read in its source, not yet verified, or an example of the demo. */
export const factStatusSchema = z.enum(['verified', 'unverified', 'example']);

/** Where a fact comes from and how far it is trusted. */
export const sourceSchema = z.object({ source: z.string(), status: factStatusSchema });

export const nominalAreaSchema = sourceSchema.extend({
	areaKm2: z.number().nullable(),
	validFrom: z.string().nullable(),
	validTo: z.string().nullable(),
	/** What is not known of it, such as an effective date. */
	note: z.string().nullable(),
});

export const parkSchema = z.object({
	parkId: z.string(),
	kind: z.enum(['area', 'sub_park']),
	nameZh: z.string(),
	nameEn: z.string(),
	/** In force today; null where unknown. */
	nominalAreaKm2: z.number().nullable(),
	nominalAreas: z.array(nominalAreaSchema),
	/** West, south, east, north in degrees, EPSG:4490. */
	bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
});

export const industrySchema = sourceSchema.extend({
	nameZh: z.string(),
	nameEn: z.string(),
	/** Null: the list is joint for all parks of `parkKind`. */
	parkId: z.string().nullable(),
	parkKind: z.enum(['area', 'sub_park']).nullable(),
});

/** A project that a document of the zone names without saying where it is. */
export const namedProjectSchema = sourceSchema.extend({ nameZh: z.string(), nameEn: z.string() });

/** A coverage that the asker may read, with the address of its tiles. */
export const coverageSummarySchema = z.object({
	coverageId: z.string(),
	kind: z.enum(['plan', 'current']),
	grade: z.enum(['public', 'registered', 'office']),
	revision: z.number().int(),
	publishedAt: z.string(),
	effectiveOn: z.string().nullable(),
	dataDate: z.string().nullable(),
	synthetic: z.boolean(),
	parcelCount: z.number().int(),
	/** Checksum of the revision: part of every tile's address. */
	contentId: z.string(),
});

/** A tile layer: a template with {z}, {x}, {y}, relative to the origin. */
export const tileThemeSchema = z.object({
	theme: z.enum(['plan', 'current', 'stock', 'parks', 'blocks', 'labels-plan', 'labels-current', 'control']),
	url: z.string(),
	minZoom: z.number().int(),
	maxZoom: z.number().int(),
	layers: z.array(z.string()),
});

/** A control layer (控制线) that the asker may read, with the address of its tiles: areas with `from` and `to`, the days in [from, to) on which they are in force. */
export const controlLayerSchema = sourceSchema.extend({
	controlLayerId: z.string(),
	kind: z.enum(CONTROL_KINDS),
	nameZh: z.string(),
	nameEn: z.string(),
	grade: z.enum(['public', 'registered', 'office']),
	dataDate: z.string().nullable(),
	synthetic: z.boolean(),
	tiles: tileThemeSchema,
});

export const zoneSummarySchema = z.object({
	zoneId: z.string(),
	nameZh: z.string(),
	nameEn: z.string(),
	synthetic: z.boolean(),
});

export const zoneSchema = zoneSummarySchema.extend({
	timeZone: z.string(),
	projectSrid: z.number().int(),
	classSystem: z.string(),
	classVersion: z.string(),
	managedAreaKm2: z.number().nullable(),
	mapReviewNumber: z.string().nullable(),
	/** Decimals to which public coordinates are rounded; null for the office (exact). */
	coordinateDecimals: z.number().int().nullable(),
	audience: z.enum(['public', 'office']),
	bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
	parks: z.array(parkSchema),
	industries: z.array(industrySchema),
	/** In the order of the documents. */
	namedProjects: z.array(namedProjectSchema),
	coverages: z.array(coverageSummarySchema),
	tiles: z.array(tileThemeSchema),
	controlLayers: z.array(controlLayerSchema),
	/** The day by the zone's clock. */
	today: z.string(),
});

/** One land-use class with its drawing style; `key` is `system/version/code` and is what tiles carry. */
export const landUseClassSchema = z.object({
	key: z.string(),
	system: z.string(),
	version: z.string(),
	code: z.string(),
	level: z.number().int(),
	parentCode: z.string().nullable(),
	nameZh: z.string(),
	nameEn: z.string(),
	color: z.string(),
	/** Hatch or dots where the palette repeats or is white; null: plain fill. */
	pattern: z.string().nullable(),
	category: z.enum(['agricultural', 'construction', 'unused']).nullable(),
	/** Local classes name the national class they map to. */
	nationalCode: z.string().nullable(),
	grade: z.enum(['public', 'registered', 'office']),
});

export type FactStatus = z.infer<typeof factStatusSchema>;
export type WirePark = z.infer<typeof parkSchema>;
export type WireCoverage = z.infer<typeof coverageSummarySchema>;
export type WireTileTheme = z.infer<typeof tileThemeSchema>;
export type WireControlLayer = z.infer<typeof controlLayerSchema>;
export type WireZoneSummary = z.infer<typeof zoneSummarySchema>;
export type WireZone = z.infer<typeof zoneSchema>;
export type WireLandUseClass = z.infer<typeof landUseClassSchema>;
