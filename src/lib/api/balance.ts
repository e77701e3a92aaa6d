import { z } from 'zod';
import { factStatusSchema } from './zone.ts';

/** Square metres as a decimal string with two decimals; exact. */
const squareMetres = z.string().regex(/^-?\d+\.\d{2}$/);

/** One total compared with the nominal area under a rule. */
export const verdictSchema = z.object({
	verdict: z.enum(['within', 'outside', 'no_rule', 'no_nominal']),
	ruleKey: z.string().nullable(),
	toleranceKm2: z.string().nullable(),
	comparison: z.string().nullable(),
	source: z.string().nullable(),
	status: factStatusSchema.nullable(),
});

/** The areas of one park, or of the whole zone (`parkId` null). Each difference names both of its sides. */
export const balanceTotalSchema = z.object({
	parkId: z.string().nullable(),
	nominalM2: squareMetres.nullable(),
	nominalSource: z.string().nullable(),
	nominalStatus: factStatusSchema.nullable(),
	/** First day of the nominal area in force; null: since before anything known, or none. */
	nominalSince: z.string().nullable(),
	/** Ellipsoidal area of the official outline. */
	outlineM2: squareMetres,
	/** Area of the official outline in the project's projected CRS. */
	outlinePlanarM2: squareMetres,
	/** Σ parcels of the plan coverage inside; ellipsoidal, integer sum. */
	planM2: squareMetres,
	planParcels: z.number().int(),
	/** Null: not for this audience, or no such coverage. */
	currentM2: squareMetres.nullable(),
	currentParcels: z.number().int().nullable(),
	outlineMinusNominalM2: squareMetres.nullable(),
	planarMinusOutlineM2: squareMetres,
	planMinusOutlineM2: squareMetres,
	currentMinusOutlineM2: squareMetres.nullable(),
	verdict: verdictSchema,
});

/** What a table line stands for: a class, or one of the named lines that keep every parcel in the sum. */
export const balanceLineSchema = z.object({
	line: z.enum(['class', 'unclassified', 'withheld']),
	/** `system/version/code` at the table's level, null for the named lines. */
	classKey: z.string().nullable(),
	code: z.string().nullable(),
	nameZh: z.string(),
	nameEn: z.string(),
	/** Areas in the table's column order; the last two columns are `outside` and `several`, then the total. */
	cells: z.array(z.string()),
	total: z.string(),
	parcels: z.number().int(),
});

/** Classes × parks of one coverage, in one unit, controlled so that rows, columns and total agree. */
export const balanceTableSchema = z.object({
	coverageId: z.string(),
	revision: z.number().int(),
	level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
	unit: z.enum(['m2', 'ha', 'mu', 'km2']),
	decimals: z.number().int(),
	/** Park ids, then `outside` (in no park) and `several` (across two). */
	columns: z.array(z.string()),
	lines: z.array(balanceLineSchema),
	columnTotals: z.array(z.string()),
	total: z.string(),
	/** True where cells were rounded together (controlled rounding), false where they are exact. */
	rounded: z.boolean(),
});

/** Planned against current: rows are plan classes, columns current classes; margins are the coverages' own sums. */
export const changeMatrixSchema = z.object({
	parkId: z.string().nullable(),
	level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
	unit: z.enum(['m2', 'ha', 'mu', 'km2']),
	decimals: z.number().int(),
	rows: z.array(
		z.object({
			line: z.enum(['class', 'unclassified', 'withheld', 'uncovered']),
			classKey: z.string().nullable(),
			code: z.string().nullable(),
			nameZh: z.string(),
			nameEn: z.string(),
		}),
	),
	columns: z.array(
		z.object({
			line: z.enum(['class', 'unclassified', 'withheld', 'uncovered']),
			classKey: z.string().nullable(),
			code: z.string().nullable(),
			nameZh: z.string(),
			nameEn: z.string(),
		}),
	),
	cells: z.array(z.array(z.string())),
	rowTotals: z.array(z.string()),
	columnTotals: z.array(z.string()),
	total: z.string(),
});

export const balanceSchema = z.object({
	zoneId: z.string(),
	nameZh: z.string(),
	nameEn: z.string(),
	synthetic: z.boolean(),
	audience: z.enum(['public', 'office']),
	asOf: z.string(),
	projectSrid: z.number().int(),
	areaMethod: z.string(),
	totals: z.array(balanceTotalSchema),
	/** Named lines: parcels without a class, outside every park, across several. Always present, also when zero. */
	exceptions: z.array(
		z.object({
			coverageId: z.string(),
			kind: z.enum(['unclassified', 'outside', 'several']),
			parcels: z.number().int(),
			areaM2: squareMetres,
			/** Up to 100 parcel numbers, to open on the map. */
			parcelNos: z.array(z.number().int()),
		}),
	),
	tables: z.array(balanceTableSchema),
	change: changeMatrixSchema.nullable(),
});

export type WireBalance = z.infer<typeof balanceSchema>;
export type WireBalanceTotal = z.infer<typeof balanceTotalSchema>;
export type WireBalanceTable = z.infer<typeof balanceTableSchema>;
export type WireBalanceLine = z.infer<typeof balanceLineSchema>;
export type WireChangeMatrix = z.infer<typeof changeMatrixSchema>;
export type WireVerdict = z.infer<typeof verdictSchema>;

/** What a reader may choose; every part has a default. */
export const balanceQuerySchema = z.object({
	level: z.coerce
		.number()
		.int()
		.pipe(z.union([z.literal(1), z.literal(2), z.literal(3)]))
		.default(1),
	unit: z.enum(['m2', 'ha', 'mu', 'km2']).default('ha'),
	park: z.string().optional(),
});

export type BalanceQuery = z.infer<typeof balanceQuerySchema>;
