import { classKey } from '$lib/domain/land-use/class-key.ts';
import type { Sql } from '../db/connect.ts';
import {
	listLandUseCategories,
	listLandUseClasses,
	type LandUseCategoryRow,
	type LandUseClassRow,
} from '../db/land-use-class.ts';
import { listParkOutlines, type ParkOutlineRow } from '../db/park-outline.ts';
import {
	findZone,
	listParkNominalAreas,
	listParks,
	listZoneAreas,
	type ParkNominalAreaRow,
	type ParkRow,
	type ZoneAreaRow,
	type ZoneRow,
} from '../db/zone.ts';

/** A zone with what every view of it needs. Parks and classes are in the order that tiles and snapshots index. */
export interface ZoneRecord {
	readonly zone: ZoneRow;
	/** Day in the zone for which it was asked, YYYY-MM-DD. */
	readonly onDay: string;
	readonly areas: readonly ZoneAreaRow[];
	readonly parks: readonly ParkRow[];
	readonly nominalAreas: readonly ParkNominalAreaRow[];
	/** The outlines in force on the day of the record. */
	readonly outlines: readonly ParkOutlineRow[];
	readonly classes: readonly LandUseClassRow[];
	readonly categories: ReadonlyMap<string, LandUseCategoryRow['category']>;
}

/** Loads a zone as it is at an instant, or on another day ('YYYY-MM-DD'), in the scope of its own id; null when there is none. */
export async function findZoneRecord(
	sql: Sql,
	zoneId: string,
	instant: Date,
	day?: string,
): Promise<ZoneRecord | null> {
	const zone = await findZone(sql, zoneId);
	if (zone === null) return null;
	const onDay = day ?? dayInZone(zone, instant);
	return {
		zone,
		onDay,
		areas: await listZoneAreas(sql, zoneId),
		parks: await listParks(sql, zoneId),
		nominalAreas: await listParkNominalAreas(sql, zoneId),
		outlines: await listParkOutlines(sql, zoneId, onDay),
		classes: await listZoneClasses(sql, zone),
		categories: await readCategories(sql),
	};
}

/** Lists the classes that a zone uses: its national list, then its own local one (named by the zone's id). */
export async function listZoneClasses(sql: Sql, zone: ZoneRow): Promise<LandUseClassRow[]> {
	const all = await listLandUseClasses(sql);
	const national = all.filter(
		(row) => row.system === zone.landUseSystem && row.version === zone.landUseVersion,
	);
	return [...national, ...all.filter((row) => row.system === zone.zoneId)];
}

/** Reads the categories of classes by their keys. */
export async function readCategories(sql: Sql): Promise<ZoneRecord['categories']> {
	return new Map((await listLandUseCategories(sql)).map((row) => [classKey(row), row.category]));
}

/** A class without a category of its own has its nearest ancestor's; a local class its national class's. */
export function categoryOf(
	{ classes, categories }: Pick<ZoneRecord, 'classes' | 'categories'>,
	row: LandUseClassRow,
): LandUseCategoryRow['category'] | null {
	let at: LandUseClassRow | undefined = row;
	while (at !== undefined) {
		const category = categories.get(classKey(at));
		if (category !== undefined) return category;
		const { system, version, parentCode, nationalSystem, nationalVersion, nationalCode }: LandUseClassRow =
			at;
		at = classes.find((one) =>
			parentCode === null
				? one.code === nationalCode && one.system === nationalSystem && one.version === nationalVersion
				: one.code === parentCode && one.system === system && one.version === version,
		);
	}
	return null;
}

/** The day that it is in the zone, as YYYY-MM-DD. */
export function dayInZone(zone: ZoneRow, instant: Date): string {
	return new Intl.DateTimeFormat('en-CA', { timeZone: zone.timeZone, dateStyle: 'short' }).format(instant);
}

/** Finds the entry of a dated list that is in force on a day; [validFrom, validTo), open ends are null. */
export function inForce<T extends { validFrom: string | null; validTo: string | null }>(
	entries: readonly T[],
	day: string,
): T | null {
	const found = entries.find(
		(entry) =>
			(entry.validFrom === null || entry.validFrom <= day) && (entry.validTo === null || day < entry.validTo),
	);
	return found ?? null;
}
