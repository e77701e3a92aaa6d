import { join } from 'node:path';
import { z } from 'zod';
import { flattenMultiPolygons, type FlatPolygons, type MultiPolygonLonLat } from '$geo/flat-polygons.ts';
import { snapToGrid } from '$geo/grid.ts';
import { checkCoverageFile } from './check-coverage.ts';
import type {
	BlockSource,
	ClassKey,
	ControlLayerSource,
	CoverageLayerSource,
	CoverageSource,
	ParkOutlineSource,
} from './coverage-source.ts';
import { describeIssues, readJsonFile, type ControlLayerFile, type ZoneFile } from './zone-file.ts';
import { ZoneFolderError } from './zone-folder-error.ts';

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)], z.number());
const ring = z.array(position).min(4);
const geometrySchema = z.discriminatedUnion('type', [
	z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
	z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
]);

const collectionSchema = z.object({
	type: z.literal('FeatureCollection'),
	features: z.array(
		z.object({ type: z.literal('Feature'), properties: z.unknown(), geometry: geometrySchema }),
	),
});

const outlineProperties = z.object({ parkId: z.string() });
const blockProperties = z.object({
	blockId: z.string(),
	parkId: z.string().nullable().default(null),
	nameZh: z.string(),
	nameEn: z.string(),
});
const limit = z.number().nullable().default(null);
const parcelProperties = z.object({
	/** Class of the zone's own list, or of another where system and version are given; null: without a class. */
	classCode: z.string().nullable().default(null),
	classSystem: z.string().optional(),
	classVersion: z.string().optional(),
	parcelNo: z.number().int().positive().optional(),
	code: z.string().nullable().default(null),
	blockId: z.string().nullable().default(null),
	stockStatus: z
		.enum([
			'built',
			'under_construction',
			'supplied_not_started',
			'approved_not_supplied',
			'suspected_idle',
			'inefficient',
			'not_developed',
		])
		.nullable()
		.default(null),
	farMin: limit,
	farMax: limit,
	buildingCoverageMaxPct: limit,
	heightMaxM: limit,
	greenRatioMinPct: limit,
	supportShareMaxPct: limit,
	attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
});
const controlProperties = z.object({ nameZh: z.string(), nameEn: z.string() });

type ZoneFiles = Extract<ZoneFile['geometry'], { files: unknown }>['files'];

/**
 * Reads a zone's geometry from the GeoJSON files of its folder: longitude and latitude in degrees, snapped to the grid.
 * Neighbours must already share their vertices; a coverage with overlaps or gaps is refused. Throws a ZoneFolderError that names
 * file and place.
 */
export async function readGeoJsonSource(
	folder: string,
	zone: ZoneFile,
	files: ZoneFiles,
): Promise<CoverageSource> {
	const outlines = await readFeatures(join(folder, files.outlines), outlineProperties);
	const parkOutlines = outlines.properties.map(({ parkId }, i): ParkOutlineSource => ({
		parkId,
		polygons: outlines.features[i],
	}));
	const coverages: CoverageLayerSource[] = [];
	for (const kind of ['plan', 'current'] as const) {
		const name = files[kind];
		if (name === undefined) continue;
		const layer = await readCoverage(join(folder, name), kind, zone);
		checkCoverageFile(join(folder, name), layer, parkOutlines);
		coverages.push(layer);
	}
	return {
		outlines: parkOutlines,
		blocks: files.blocks === undefined ? [] : await readBlocks(join(folder, files.blocks)),
		coverages,
		controlLayers: await Promise.all(files.controlLayers.map((layer) => readControlLayer(folder, layer))),
	};
}

async function readCoverage(
	file: string,
	kind: 'plan' | 'current',
	zone: ZoneFile,
): Promise<CoverageLayerSource> {
	const { properties, polygons } = await readFeatures(file, parcelProperties);
	const numbered = properties.filter((parcel) => parcel.parcelNo !== undefined).length;
	if (numbered !== 0 && numbered !== properties.length)
		throw new ZoneFolderError(file, 'parcelNo is given for some features only');
	return {
		kind,
		parcelNos: numbered === 0 ? undefined : Int32Array.from(properties, (parcel) => parcel.parcelNo ?? 0),
		polygons,
		classKeys: properties.map((parcel): ClassKey | null =>
			parcel.classCode === null
				? null
				: {
						system: parcel.classSystem ?? zone.landUse.system,
						version: parcel.classVersion ?? zone.landUse.version,
						code: parcel.classCode,
					},
		),
		blockIds: properties.map((parcel) => parcel.blockId),
		codes: properties.map((parcel) => parcel.code),
		planningConditions: properties.map((parcel) => ({
			farMin: parcel.farMin,
			farMax: parcel.farMax,
			buildingCoverageMaxPct: parcel.buildingCoverageMaxPct,
			heightMaxM: parcel.heightMaxM,
			greenRatioMinPct: parcel.greenRatioMinPct,
			supportShareMaxPct: parcel.supportShareMaxPct,
		})),
		stockStatuses: properties.map((parcel) => parcel.stockStatus),
		attributes: properties.map((parcel) => parcel.attributes),
	};
}

async function readBlocks(file: string): Promise<BlockSource[]> {
	const { properties, features } = await readFeatures(file, blockProperties);
	return properties.map((block, i) => ({ ...block, polygons: features[i] }));
}

async function readControlLayer(folder: string, layer: ControlLayerFile): Promise<ControlLayerSource> {
	const { file, ...facts } = layer;
	const { properties, polygons } = await readFeatures(join(folder, file), controlProperties);
	return {
		...facts,
		polygons,
		areaNames: properties.map(({ nameZh, nameEn }) => ({ zh: nameZh, en: nameEn })),
	};
}

async function readFeatures<T extends z.ZodType>(
	file: string,
	propertiesSchema: T,
): Promise<{ properties: z.output<T>[]; polygons: FlatPolygons; features: FlatPolygons[] }> {
	const found = collectionSchema.safeParse(await readJsonFile(file));
	if (!found.success) throw new ZoneFolderError(file, describeIssues(found.error));
	const properties = z
		.array(propertiesSchema)
		.safeParse(found.data.features.map((feature) => feature.properties));
	if (!properties.success) throw new ZoneFolderError(file, `features${describeIssues(properties.error)}`);
	const shapes = found.data.features.map(({ geometry }) => onGrid(geometry));
	return {
		properties: properties.data,
		polygons: flattenMultiPolygons(shapes),
		features: shapes.map((shape) => flattenMultiPolygons([shape])),
	};
}

function onGrid(geometry: z.infer<typeof geometrySchema>): MultiPolygonLonLat {
	const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
	return polygons.map((rings) =>
		rings.map((positions) => positions.map(([lon, lat]) => [snapToGrid(lon), snapToGrid(lat)] as const)),
	);
}
