import { z } from 'zod';
import { SUPPLY_STATES } from '../domain/supply/life-cycle.ts';
import { SUPPLY_MODES } from '../domain/supply/mode.ts';

export const REGISTER_SORTS = ['plot', 'name', 'area', 'due'] as const;
export const REGISTER_DUE = ['overdue', 'month', 'quarter'] as const;
export const REGISTER_FLAGS = ['provisional', 'astray', 'withdrawn'] as const;
/** States of a plot's newest supply; `none`: it was never supplied. */
export const REGISTER_STATES = ['none', ...SUPPLY_STATES] as const;

/** Which plots are listed: what is not given is not asked. */
export const registerFilterSchema = z.strictObject({
	park: z.string().max(40).optional(),
	mode: z.enum(SUPPLY_MODES).optional(),
	state: z.enum(REGISTER_STATES).optional(),
	due: z.enum(REGISTER_DUE).optional(),
	flag: z.enum(REGISTER_FLAGS).optional(),
	/** Words in the name or the code of the plot, or the holder's name. */
	words: z.string().trim().max(200).optional(),
	sort: z.enum(REGISTER_SORTS).default('plot'),
	order: z.enum(['up', 'down']).default('down'),
});
export const registerQuerySchema = registerFilterSchema.extend({
	offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const registerRowSchema = z.object({
	plotNo: z.int(),
	name: z.string(),
	cadastralCode: z.string().nullable(),
	codeStatus: z.enum(['none', 'provisional', 'registered']),
	parkId: z.string(),
	/** `system/version/code` of its land-use class. */
	classKey: z.string(),
	/** Of its document where there is one, else ellipsoidal; 0.01 m². */
	areaDm2: z.int().nonnegative(),
	areaKind: z.enum(['document', 'ellipsoidal']),
	isSynthetic: z.boolean(),
	isAstray: z.boolean(),
	/** Of its newest supply; null: it was never supplied. */
	supplyNo: z.int().nullable(),
	mode: z.enum(SUPPLY_MODES).nullable(),
	state: z.enum(SUPPLY_STATES).nullable(),
	/** Who holds it today; with whom it was before, and since when, where it was transferred. */
	holder: z.string().nullable(),
	formerHolder: z.string().nullable(),
	heldSince: z.iso.date().nullable(),
	dueOn: z.iso.date().nullable(),
});
export const plotRegisterSchema = z.object({
	rows: z.array(registerRowSchema),
	/** Of all that are filtered. */
	total: z.int().nonnegative(),
	totalAreaDm2: z.int().nonnegative(),
	/** The day by the zone's clock. */
	today: z.iso.date(),
});

/** The shape of a plot among its neighbours in the plan, degrees (EPSG:4490). */
export const plotShapeSchema = z.object({
	coordinates: z.array(z.array(z.array(z.tuple([z.number(), z.number()])))),
	/** Rings of plan parcels round it. */
	neighbours: z.array(z.array(z.array(z.array(z.tuple([z.number(), z.number()]))))),
});

/** Bodies that can be named in a contract. */
export const signatorySchema = z.object({
	officeId: z.string(),
	kind: z.string(),
	nameZh: z.string(),
	nameEn: z.string(),
});
export const signatoryListSchema = z.object({ offices: z.array(signatorySchema) });

export type RegisterFilter = z.output<typeof registerFilterSchema>;
export type WireRegisterRow = z.infer<typeof registerRowSchema>;
export type WirePlotRegister = z.infer<typeof plotRegisterSchema>;
export type WirePlotShape = z.infer<typeof plotShapeSchema>;
export type WireSignatory = z.infer<typeof signatorySchema>;
