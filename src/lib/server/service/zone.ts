import { gradeIn, mayRead } from '../access/actor.ts';
import { classKey } from '$lib/domain/land-use/class-key.ts';
import { hasBlocks } from '../db/block.ts';
import { inScope, ZONE_DIRECTORY } from '../db/connect.ts';
import { listControlLayers, type SealedControlLayerRow } from '../db/control-layer.ts';
import { listLeadIndustries, listNamedProjects, listZones, type ZoneRow } from '../db/zone.ts';
import { featureBoxes, wholeBox } from '../tile/feature-box.ts';
import { controlTheme, zoneThemes, type Audience } from '../tile/theme.ts';
import type { ServiceContext } from './context.ts';
import { findZoneState, type ZoneStateChoice } from './past-state.ts';
import { publicDecimals, roundedBox } from './public-precision.ts';
import { asActor } from './scope.ts';
import { classListOf } from './snapshot-store.ts';
import { categoryOf, findZoneRecord, inForce, type ZoneRecord } from './zone-record.ts';

/** Where a zone without outlines lies: anywhere. */
const WORLD: [number, number, number, number] = [-180, -85, 180, 85];

/** Lists the zones of this installation. */
export async function listZoneSummaries({ database }: ServiceContext) {
	const directory = { role: 'read', zoneId: ZONE_DIRECTORY, grade: 'public' } as const;
	const zones = await inScope(database, directory, listZones);
	return zones.map(summaryOf);
}

/** Finds a zone with its parks, industries, named projects, coverages and tile addresses, today or as it was, as far as the actor may see; maybe none. */
export async function findZoneView(context: ServiceContext, zoneId: string, choice: ZoneStateChoice = {}) {
	const found = await asActor(context, zoneId, async (sql) => {
		const state = await findZoneState(sql, zoneId, context.now, choice);
		if (state === null) return null;
		const record = await findZoneRecord(sql, zoneId, context.now, state.onDay);
		if (record === null) return null;
		return {
			record,
			coverages: state.coverages,
			hasBlocks: await hasBlocks(sql, zoneId),
			industries: await listLeadIndustries(sql, zoneId),
			namedProjects: await listNamedProjects(sql, zoneId),
			controlLayers: await listControlLayers(sql, zoneId),
		};
	});
	if (found === null) return null;
	const { record, coverages, industries, namedProjects, controlLayers } = found;
	const { zone } = record;
	const today = record.onDay;
	const boxes = featureBoxes(await context.outlines.shapesOf(zoneId, record.outlines));
	const outer = wholeBox(boxes);
	const decimals = publicDecimals(context.actor, zoneId);
	const audience: Audience = gradeIn(context.actor, zoneId) === 'office' ? 'office' : 'public';
	return {
		...summaryOf(zone),
		today,
		timeZone: zone.timeZone,
		projectSrid: zone.projectSrid,
		classSystem: zone.landUseSystem,
		classVersion: zone.landUseVersion,
		managedAreaKm2: kilometres(
			inForce(
				record.areas.filter((area) => area.kind === 'managed'),
				today,
			)?.areaKm2,
		),
		mapReviewNumber: zone.mapReviewNumber,
		coordinateDecimals: decimals,
		audience,
		bbox: outer === null ? WORLD : roundedBox(Float64Array.from(outer), 0, decimals),
		parks: record.parks.map((park) => parkOf(record, park.parkId, boxes, today, decimals)),
		industries: industries.map(({ parkId, parkKind, nameZh, nameEn, source, status }) => ({
			parkId,
			parkKind,
			nameZh,
			nameEn,
			source,
			status,
		})),
		namedProjects: namedProjects.map(({ nameZh, nameEn, source, status }) => ({
			nameZh,
			nameEn,
			source,
			status,
		})),
		coverages: coverages.map(({ coverage, revision }) => ({
			coverageId: coverage.coverageId,
			kind: coverage.kind,
			grade: coverage.publicationGrade,
			revision: revision.revision,
			publishedAt: revision.publishedAt.toISOString(),
			effectiveOn: revision.effectiveOn,
			dataDate: coverage.dataOn,
			synthetic: coverage.isSynthetic,
			parcelCount: revision.parcelCount,
			contentId: revision.checksum,
		})),
		tiles: zoneThemes(
			audience,
			classListOf(record.classes).id,
			coverages.map(({ coverage, revision }) => ({
				kind: coverage.kind,
				contentId: revision.checksum,
			})),
			found.hasBlocks,
		),
		controlLayers: controlLayers
			.filter(({ publicationGrade }) => mayRead(audience, publicationGrade))
			.map((layer) => controlLayerOf(layer, audience)),
	};
}

function controlLayerOf(layer: SealedControlLayerRow, audience: Audience) {
	const { controlLayerId, kind, nameZh, nameEn, publicationGrade, dataOn, isSynthetic, source, status } =
		layer;
	return {
		controlLayerId,
		kind,
		nameZh,
		nameEn,
		grade: publicationGrade,
		dataDate: dataOn,
		synthetic: isSynthetic,
		source,
		status,
		tiles: controlTheme(audience, layer.checksum),
	};
}

/** Lists a zone's land-use classes in the order that tiles index them; null when there is no such zone. */
export async function findClassViews(context: ServiceContext, zoneId: string) {
	const record = await asActor(context, zoneId, (sql) => findZoneRecord(sql, zoneId, context.now));
	if (record === null) return null;
	return record.classes.map((row) => ({
		key: classKey(row),
		system: row.system,
		version: row.version,
		code: row.code,
		level: row.level,
		parentCode: row.parentCode,
		nameZh: row.nameZh,
		nameEn: row.nameEn,
		color: row.colorHex ?? '#FFFFFF',
		pattern: row.pattern,
		category: categoryOf(record, row),
		nationalCode: row.nationalCode,
		grade: row.publicationGrade,
	}));
}

function parkOf(
	{ parks, nominalAreas, outlines }: ZoneRecord,
	parkId: string,
	boxes: Float64Array,
	today: string,
	decimals: number | null,
) {
	const park = parks.find((one) => one.parkId === parkId);
	if (park === undefined) throw new Error(`park ${parkId} is not in the record`);
	const own = nominalAreas.filter((area) => area.parkId === parkId);
	const outline = outlines.findIndex((one) => one.parkId === parkId);
	return {
		parkId,
		kind: park.kind,
		nameZh: park.nameZh,
		nameEn: park.nameEn,
		nominalAreaKm2: kilometres(inForce(own, today)?.areaKm2),
		nominalAreas: own.map(({ areaKm2, validFrom, validTo, note, source, status }) => ({
			areaKm2: kilometres(areaKm2),
			validFrom,
			validTo,
			note,
			source,
			status,
		})),
		bbox: outline < 0 ? WORLD : roundedBox(boxes, outline, decimals),
	};
}

function kilometres(text: string | null | undefined): number | null {
	return text === null || text === undefined ? null : Number(text);
}

function summaryOf(zone: ZoneRow) {
	return { zoneId: zone.zoneId, nameZh: zone.nameZh, nameEn: zone.nameEn, synthetic: zone.isSynthetic };
}
