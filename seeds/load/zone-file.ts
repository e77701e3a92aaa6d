import { join } from 'node:path';
import { z } from 'zod';
import { CONTROL_KINDS } from '$lib/domain/control/control-kind.ts';
import { demoNumbers } from '../demo/parameters.ts';
import { findJsonFault } from './json-fault.ts';
import { readText } from './read-text.ts';
import { ZoneFolderError } from './zone-folder-error.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens, a letter first');
const day = z.iso.date();
const status = z.enum(['verified', 'unverified', 'example']);
const grade = z.enum(['public', 'registered', 'office']);
const parkKind = z.enum(['area', 'sub_park']);
const names = { nameZh: z.string().min(1), nameEn: z.string().min(1) };
const origin = { source: z.string().min(1), status };

const datedAreaSchema = z.strictObject({
	/** km²; null: not known. */
	areaKm2: z.number().positive().nullable(),
	validFrom: day.nullable().default(null),
	validTo: day.nullable().default(null),
	note: z.string().nullable().default(null),
	...origin,
});

const classKeySchema = z.strictObject({ system: id, version: z.string().min(1), code: z.string().min(2) });

const localLandUseSchema = z.strictObject({
	system: id,
	version: z.string().min(1),
	...names,
	...origin,
	classes: z.array(
		z.strictObject({
			code: z.string().regex(/^[0-9A-Z]{2,8}$/),
			...names,
			/** National class that it counts as. */
			national: classKeySchema,
			colorHex: z
				.string()
				.regex(/^#[0-9A-F]{6}$/)
				.nullable(),
			colorNote: z.string().nullable().default(null),
			pattern: z.string().nullable().default(null),
			publicationGrade: grade,
			...origin,
		}),
	),
});

const parkSchema = z.strictObject({
	parkId: id,
	kind: parkKind,
	...names,
	source: z.string().min(1),
	nominalAreas: z.array(datedAreaSchema),
});

const leadIndustrySchema = z
	.strictObject({ parkId: id.optional(), parkKind: parkKind.optional(), ...names, ...origin })
	.refine((industry) => (industry.parkId === undefined) !== (industry.parkKind === undefined), {
		error: 'names either parkId or parkKind',
	});

const ruleSchema = z.strictObject({
	key: z.string().regex(/^[a-z][a-z0-9-]*([.][a-z][a-z0-9-]*)+$/),
	parkId: id.nullable().default(null),
	/** Decimal text; null: no rule set. */
	value: z
		.string()
		.regex(/^-?\d+(\.\d+)?$/)
		.nullable(),
	unit: z.string().min(1).nullable().default(null),
	areaKind: z.enum(['ellipsoidal', 'planar', 'document', 'nominal']).nullable().default(null),
	comparison: z.enum(['<', '<=', '=', '>=', '>']).nullable().default(null),
	publicationGrade: grade.default('public'),
	note: z.string().nullable().default(null),
	validFrom: day.nullable().default(null),
	validTo: day.nullable().default(null),
	...origin,
});

const coverageSchema = z.strictObject({
	kind: z.enum(['plan', 'current']),
	...names,
	publicationGrade: grade,
	dataOn: day.nullable(),
	effectiveOn: day.nullable().default(null),
	source: z.string().min(1),
});

const controlLayerFileSchema = z.strictObject({
	controlLayerId: id,
	kind: z.enum(CONTROL_KINDS),
	...names,
	publicationGrade: grade,
	dataOn: day,
	...origin,
	file: z.string().min(1),
});

const geometrySchema = z.union([
	z.strictObject({ demo: demoNumbers }),
	z.strictObject({
		files: z.strictObject({
			outlines: z.string().min(1),
			plan: z.string().min(1),
			/** Left out where there is no survey of current land use. */
			current: z.string().min(1).optional(),
			blocks: z.string().min(1).optional(),
			controlLayers: z.array(controlLayerFileSchema).default([]),
		}),
	}),
]);

const zoneSchema = z.strictObject({
	zoneId: id,
	...names,
	timeZone: z.string().refine(isTimeZone, 'not an IANA time zone'),
	projectSrid: z.number().int().min(4513).max(4554),
	landUse: z.strictObject({ system: id, version: z.string().min(1) }),
	isSynthetic: z.boolean(),
	mapReviewNumber: z.string().min(1).nullable(),
	source: z.string().min(1),
	areas: z.array(datedAreaSchema.extend({ kind: z.enum(['managed', 'approved']) })),
	parks: z.array(parkSchema).min(1),
	leadIndustries: z.array(leadIndustrySchema).default([]),
	/** Projects that the documents name without a location. */
	namedProjects: z.array(z.strictObject({ ...names, ...origin })).default([]),
	localLandUse: localLandUseSchema.nullable().default(null),
	rules: z.array(ruleSchema).default([]),
	coverages: z.array(coverageSchema).min(1),
	outlines: z.strictObject({ validFrom: day.nullable(), source: z.string().min(1) }),
	planningConditions: z.strictObject({ publicationGrade: grade, ...origin }),
	stockStatus: z.strictObject(origin),
	geometry: geometrySchema,
});

/** Every coverage that has geometry is described once, and no other is; a list of the zone's own bears its name. */
const zoneFileSchema = zoneSchema.superRefine(({ zoneId, localLandUse, coverages, geometry }, context) => {
	if (localLandUse !== null && localLandUse.system !== zoneId) {
		const message = `the zone's own list is named by its zoneId, "${zoneId}"`;
		context.addIssue({ code: 'custom', path: ['localLandUse', 'system'], message });
	}
	for (const kind of ['plan', 'current'] as const) {
		const described = coverages.filter((coverage) => coverage.kind === kind).length;
		const hasGeometry = 'demo' in geometry || geometry.files[kind] !== undefined;
		if (described === Number(hasGeometry)) continue;
		const message = hasGeometry
			? `the ${kind} coverage must be described once, not ${described} times`
			: `there is a ${kind} coverage, but geometry.files names no file for it`;
		context.addIssue({ code: 'custom', path: ['coverages'], message });
	}
});

/** What a zone folder says about its zone, all but the geometry. */
export type ZoneFile = z.infer<typeof zoneFileSchema>;
export type ControlLayerFile = z.infer<typeof controlLayerFileSchema>;

/** The path of a zone folder's description. */
export function zoneFileOf(folder: string): string {
	return join(folder, 'zone.json');
}

/** Reads `zone.json` of a zone folder. Throws a ZoneFolderError that names the file and the place in it. */
export async function readZoneFile(folder: string): Promise<ZoneFile> {
	const file = zoneFileOf(folder);
	const found = zoneFileSchema.safeParse(await readJsonFile(file));
	if (!found.success) throw new ZoneFolderError(file, describeIssues(found.error));
	return found.data;
}

/** Lists the paths of the files that a zone's description names besides itself. */
export function listGeometryFiles(folder: string, { geometry }: ZoneFile): string[] {
	if (!('files' in geometry)) return [];
	const { outlines, plan, current, blocks, controlLayers } = geometry.files;
	return [outlines, plan, current, blocks, ...controlLayers.map(({ file }) => file)].flatMap((name) =>
		name === undefined ? [] : [join(folder, name)],
	);
}

/** Reads a JSON file. Throws a ZoneFolderError that says why it cannot, or where the text is not JSON. */
export async function readJsonFile(file: string): Promise<unknown> {
	const text = await readText(file);
	try {
		return JSON.parse(text);
	} catch (error) {
		const fault = findJsonFault(text);
		const place = fault === null ? '' : ` at line ${fault.line}, column ${fault.column}`;
		throw new ZoneFolderError(file, `the text is not JSON${place}`, error);
	}
}

/** Writes what is wrong and where, such as `parks[2].kind: expected …`, in one line. */
export function describeIssues(error: z.ZodError): string {
	return error.issues
		.flatMap((issue) => statedIssues(issue))
		.map(({ path, message }) => `${placeOf(path)}: ${message}`)
		.join('; ');
}

/** The issue, or of a choice none of which fits, those of the choice that was followed the deepest. */
function statedIssues(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
	if (issue.code !== 'invalid_union') return [issue];
	const depth = (choice: readonly z.core.$ZodIssue[]) =>
		Math.max(...choice.map(({ path, code }) => (code === 'unrecognized_keys' ? -1 : path.length)));
	const [deepest] = issue.errors.toSorted((a, b) => depth(b) - depth(a));
	return deepest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function placeOf(path: readonly PropertyKey[]): string {
	const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
	return place.replace(/^\./, '') || 'the whole file';
}

function isTimeZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
		return name.includes('/');
	} catch {
		return false;
	}
}
