import { boxOf } from '$geo/coverage/shape.ts';
import { joinFeatures, pickFeatures, type LonLat } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import {
	conversionGround,
	conversionPlace,
	conversionSets,
	newConstruction,
	type ConversionGround,
	type LandKinds,
} from '$lib/domain/changeset/conversion-need.ts';
import type { TouchedGround } from '$lib/domain/changeset/touched-ground.ts';
import { classKey } from '$lib/domain/land-use/class-key.ts';
import type { ChangesetRow } from '../../db/changeset.ts';
import type { Sql } from '../../db/connect.ts';
import { loadControlAreasIn } from '../../db/control-layer.ts';
import { findLatestRevision, listCoverages } from '../../db/coverage.ts';
import type { LandUseClassRow } from '../../db/land-use-class.ts';
import { readShapes } from '../../db/shape.ts';
import { findZone } from '../../db/zone.ts';
import { findRow, rowsIn, type CoverageSnapshot } from '../../tile/snapshot.ts';
import type { ServiceContext } from '../context.ts';
import { asWhole } from '../scope.ts';
import { categoryOf, dayInZone, listZoneClasses, readCategories } from '../zone-record.ts';
import type { WorkingCoverage } from './working-coverage.ts';

/** What of a draft would have to be converted before it may be built on. */
export interface ConversionNeed {
	/** The revision of the current coverage by which it goes. */
	readonly currentRevision: number;
	readonly ground: readonly ConversionGround[];
	/** Finds a point inside the largest piece. */
	readonly place: () => LonLat;
	readonly kinds: LandKinds;
}

/** 耕地 in the national list. */
const FARMLAND_CODE = /^01/;

/**
 * Finds what ground a draft of a plan newly plans as construction land that is farmland, other agricultural or unused land by the newest
 * current coverage; null where there is none of that, and for drafts of other coverages.
 *
 * O(edges of what it newly plans and of the current parcels under it) in the thread of overlays, once for each edit.
 */
export async function findConversionNeed(
	{ database, snapshots, overlays, now }: ServiceContext,
	zoneId: string,
	{ changesetNo, editNo }: Pick<ChangesetRow, 'changesetNo' | 'editNo'>,
	{ facts: { coverageKind }, snapshot: base }: WorkingCoverage,
	touched: readonly TouchedGround[],
): Promise<ConversionNeed | null> {
	const changed = touched.filter(({ landUseBefore, landUseAfter }) => landUseBefore !== landUseAfter);
	if (coverageKind !== 'plan' || changed.length === 0) return null;
	const box = boxOf(joinFeatures(changed.map(({ shape }) => shape)));
	const read = await asWhole(database, zoneId, async (sql) => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) throw new Error(`there is no zone ${zoneId}`);
		const current = (await listCoverages(sql, zoneId)).find(({ kind }) => kind === 'current');
		return {
			revision: current === undefined ? null : await findLatestRevision(sql, zoneId, current.coverageId),
			kinds: landKinds(await listZoneClasses(sql, zone), await readCategories(sql)),
			farmland: await loadFarmland(sql, zoneId, box, dayInZone(zone, now)),
		};
	});
	const planned = newConstruction(changed, read.kinds);
	const snapshot = read.revision === null ? null : await snapshots.find(read.revision.checksum);
	if (planned.length === 0 || snapshot === null) return null;
	const landUseOf = (parcelNo: number) => {
		const found = findRow(snapshot, parcelNo);
		return found === null ? null : (snapshot.classes.keys[found.table.landUse[found.row]] ?? null);
	};
	const current = currentParcels(snapshot, planned);
	const contents = [base, snapshot].flatMap(({ contentId, classes }) => [contentId, classes.id]);
	const key = ['conversion', zoneId, changesetNo, editNo, ...contents, ...read.farmland.areas].join('/');
	const pieces = await overlays.areasOf(key, () =>
		conversionSets(planned, current, readShapes(read.farmland.shapes)),
	);
	const ground = conversionGround(planned, pieces, landUseOf, read.kinds);
	if (ground.length === 0) return null;
	return {
		currentRevision: snapshot.revision,
		ground,
		place: () => conversionPlace(ground, planned, current),
		kinds: read.kinds,
	};
}

async function loadFarmland(sql: Sql, zoneId: string, box: ReturnType<typeof boxOf>, onDay: string) {
	const kinds = ['permanent_basic_farmland'] as const;
	const rows = await loadControlAreasIn(sql, zoneId, { kinds, box, onDay });
	const areas = rows.map(({ controlLayerId, controlAreaNo }) => `${controlLayerId}:${controlAreaNo}`);
	return { areas, shapes: rows.map(({ shape }) => shape) };
}

/** The current parcels whose boxes meet those of some ground. */
function currentParcels(snapshot: CoverageSnapshot, planned: readonly TouchedGround[]): ParcelSet {
	const near = planned.flatMap(({ shape }) => {
		const { minLon, minLat, maxLon, maxLat } = boxOf(shape);
		return rowsIn(snapshot, [minLon, minLat, maxLon, maxLat]);
	});
	const tables = [...new Set(near.map(({ table }) => table))].map((table) => {
		const rows = near.flatMap((one) => (one.table === table ? [...one.rows] : []));
		return { table, rows: [...new Set(rows)] };
	});
	return {
		parcelNos: Int32Array.from(tables.flatMap(({ table, rows }) => rows.map((row) => table.parcelNo[row]))),
		polygons: joinFeatures(tables.map(({ table, rows }) => pickFeatures(table.polygons, rows))),
	};
}

/** What kind of land the classes of a zone stand for; a local class is what its national class is. */
export function landKinds(
	classes: readonly LandUseClassRow[],
	categories: Awaited<ReturnType<typeof readCategories>>,
): LandKinds {
	const rows = new Map(classes.map((row) => [classKey(row), row]));
	const rowOf = (landUse: string | null) => (landUse === null ? undefined : rows.get(landUse));
	return {
		categoryOf(landUse) {
			const row = rowOf(landUse);
			return row === undefined ? null : categoryOf({ classes, categories }, row);
		},
		isFarmland(landUse) {
			const row = rowOf(landUse);
			return row !== undefined && FARMLAND_CODE.test(row.nationalCode ?? row.code);
		},
	};
}
