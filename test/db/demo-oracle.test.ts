import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { planarAreasM2 } from '$geo/area/planar.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { neighboursInBase } from '$geo/coverage/coverage-base.ts';
import { asOwner, type Database, type Sql } from '$lib/server/db/connect.ts';
import { loadParcelRows, parcelColumnsOf, type ParcelColumns } from '$lib/server/db/parcel-columns.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { listParkOutlines, loadOutlineShapes, type ParkOutlineRow } from '$lib/server/db/park-outline.ts';
import { readShapes } from '$lib/server/db/shape.ts';
import { sumsBy } from '../geo/demo/zone-measure.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { databaseWithZones, SHENYANG_FOLDER } from '../support/zone-service.ts';

const ZONE = 'shenyang';
const toM2 = (areaDm2: number) => areaDm2 / 100;
const COVERAGES = ['plan', 'current'] as const;
/**
 * Longest edge, in degrees, after densifying for PostGIS: about 5 m. Twice as long, and the geodesics still miss the straight
 * edge; shorter, and the rounding of more edges adds up again.
 */
const SEGMENT_DEG = 0.00005;

describe.each(DATABASE_KINDS)('the stored demo as PostGIS sees it (%s)', (kind) => {
	let database: Database;
	let outlines: ParkOutlineRow[];
	let outlineShapes: FlatPolygons;
	const stored = new Map<string, ParcelColumns>();

	beforeAll(async () => {
		database = await databaseWithZones(kind, [SHENYANG_FOLDER]);
		await asOwner(database, async (sql) => {
			outlines = await listParkOutlines(sql, ZONE);
			outlineShapes = readShapes(await loadOutlineShapes(sql, ZONE, outlines));
			for (const coverageId of COVERAGES)
				stored.set(coverageId, parcelColumnsOf(await loadParcelRows(sql, ZONE, coverageId, 1)));
		});
	});
	afterAll(() => database.close());

	const inDatabase = <T>(work: (sql: Sql) => Promise<T>) => asOwner(database, work);

	function parcelsOf(coverageId: string): ParcelColumns {
		const columns = stored.get(coverageId);
		if (columns === undefined) throw new Error(`no ${coverageId} coverage`);
		return columns;
	}

	/** A figure of every current parcel of a coverage, in the order of the columns. */
	async function areasByPostgis(
		coverageId: string,
		figure: (sql: Sql) => ReturnType<Sql>,
	): Promise<number[]> {
		const rows = await inDatabase(
			(sql) => sql<{ areaM2: number }[]>`
				select ${figure(sql)} as "areaM2" from parcel
				where zone_id = ${ZONE} and coverage_id = ${coverageId} and rev_to is null
				order by parcel_no`,
		);
		return rows.map(({ areaM2 }) => areaM2);
	}

	it('holds valid parcels and outlines only', async () => {
		const [{ parcels, invalid }] = await inDatabase(
			(sql) => sql<{ parcels: number; invalid: number }[]>`
				select count(*) as parcels, count(*) filter (where not st_isvalid(geom)) as invalid
				from (
					select geom from parcel where zone_id = ${ZONE}
					union all select geom from park_outline where zone_id = ${ZONE}
				) as shape`,
		);
		expect(invalid).toBe(0);
		const counts = COVERAGES.map((coverageId) => parcelsOf(coverageId).parcelNo.length);
		expect(parcels).toBe(counts[0] + counts[1] + outlines.length);
	});

	it.each(COVERAGES)(
		'has no two %s parcels that overlap, and the neighbours that the coverage has',
		async (coverageId) => {
			const [pairs] = await inDatabase(
				(sql) => sql<{ near: number; overlapping: number; sharing: number }[]>`
				select count(*) as near, count(*) filter (where st_relate(one.geom, other.geom, '2********')) as overlapping,
					count(*) filter (where st_relate(one.geom, other.geom, 'F***1****')) as sharing
				from parcel one
				join parcel other on other.geom && one.geom and other.parcel_no > one.parcel_no and other.rev_to is null
					and other.coverage_id is not distinct from one.coverage_id
				where one.zone_id = ${ZONE} and one.coverage_id = ${coverageId} and one.rev_to is null`,
			);
			expect(pairs.overlapping).toBe(0);
			const { parcelNo, polygons } = parcelsOf(coverageId);
			const build = buildCoverage({ parcelNos: parcelNo, polygons });
			if (!build.ok) throw new Error(build.issues[0].code);
			let sides = 0;
			for (let parcel = 0; parcel < parcelNo.length; parcel++)
				sides += neighboursInBase(build.coverage.base, parcel).length;
			expect(pairs.sharing).toBe(sides / 2);
			expect(pairs.near).toBeGreaterThan(pairs.sharing);
		},
	);

	it.each(COVERAGES)(
		'unites the %s parcels of a park to its outline, vertex for vertex',
		async (coverageId) => {
			const parks = await inDatabase(
				(sql) => sql<{ parkId: string; differenceDeg2: number; equal: boolean; lone: number }[]>`
				with united as (
					select park_id, st_union(geom) as geom from parcel
					where zone_id = ${ZONE} and coverage_id = ${coverageId} and rev_to is null group by park_id
				)
				select park_id as "parkId", st_area(st_symdifference(united.geom, outline.geom)) as "differenceDeg2",
					st_equals(united.geom, outline.geom) as equal,
					(
						select count(*) from (
							(select geom from st_dumppoints(united.geom) except select geom from st_dumppoints(outline.geom))
							union all
							(select geom from st_dumppoints(outline.geom) except select geom from st_dumppoints(united.geom))
						) as vertex
					) as lone
				from united join park_outline outline using (park_id) where outline.zone_id = ${ZONE}`,
			);
			expect(parks.map(({ parkId }) => parkId).sort()).toEqual(outlines.map(({ parkId }) => parkId).sort());
			for (const park of parks) expect(park).toMatchObject({ differenceDeg2: 0, equal: true, lone: 0 });
		},
	);

	it.each(COVERAGES)(
		'stores areas of %s parcels that sum to their park and stay within 0.01 m² of the raw',
		(coverageId) => {
			const { areaDm2, polygons, parkIds, parkIndex } = parcelsOf(coverageId);
			const parkOf = (parcel: number) => parkIds[parkIndex[parcel]];
			const rawM2 = ellipsoidalAreasM2(polygons);
			const storedSums = sumsBy(areaDm2, parkOf);
			const rawSums = sumsBy(rawM2, parkOf);
			const outlinesM2 = ellipsoidalAreasM2(outlineShapes);
			expect(storedSums.size).toBe(outlines.length);
			for (const [park, outline] of outlines.entries()) {
				expect(storedSums.get(outline.parkId)).toBe(outline.areaDm2);
				expect(outline.areaDm2).toBe(Math.round(outlinesM2[park] * 100));
				expect(Math.abs((rawSums.get(outline.parkId) ?? 0) - outlinesM2[park])).toBeLessThan(1e-3);
			}
			expect(areaDm2.every(Number.isSafeInteger)).toBe(true);
			expect(worst(rawM2, areaDm2.map(toM2))).toBeLessThan(0.01);
		},
	);

	it.each(COVERAGES)(
		'agrees about the ellipsoidal area of %s parcels with straight edges',
		async (coverageId) => {
			const oursM2 = ellipsoidalAreasM2(parcelsOf(coverageId).polygons);
			const densifiedM2 = await areasByPostgis(
				coverageId,
				(sql) => sql`st_area(st_segmentize(geom, ${SEGMENT_DEG}::float8)::geography)`,
			);
			const geodesicM2 = await areasByPostgis(coverageId, (sql) => sql`st_area(geom::geography)`);
			// PostGIS rounds edge by edge: no step brings its largest parcels nearer to the exact area than 3e-4 to 5e-4 m².
			expect(worst(oursM2, densifiedM2)).toBeLessThan(1e-3);
			expect(shareWithin(oursM2, densifiedM2, 1e-4)).toBeGreaterThan(0.8);
			// The same corners joined by geodesics are another polygon.
			expect(worst(oursM2, geodesicM2)).toBeGreaterThan(10);
		},
	);

	it('agrees about the ellipsoidal area of the parks to 1e-9', async () => {
		const rows = await inDatabase(
			(sql) => sql<{ parkId: string; areaM2: number }[]>`
				select park_id as "parkId", st_area(st_segmentize(geom, ${SEGMENT_DEG}::float8)::geography) as "areaM2"
				from park_outline where zone_id = ${ZONE}`,
		);
		const densifiedM2 = new Map(rows.map(({ parkId, areaM2 }) => [parkId, areaM2]));
		const oursM2 = ellipsoidalAreasM2(outlineShapes);
		outlines.forEach(({ parkId }, park) => {
			expect(Math.abs((densifiedM2.get(parkId) ?? NaN) / oursM2[park] - 1)).toBeLessThan(1e-9);
		});
	});

	it.each(COVERAGES)('agrees about the planar area of %s parcels in EPSG:4529', async (coverageId) => {
		const { polygons, parcelNo } = parcelsOf(coverageId);
		const oursM2 = planarAreasM2(polygons, gaussKruger(4529));
		const transformedM2 = await areasByPostgis(coverageId, (sql) => sql`st_area(st_transform(geom, 4529))`);
		const storedM2 = await areasByPostgis(coverageId, (sql) => sql`planar_area_dm2 / 100.0::float8`);
		expect(storedM2).toHaveLength(parcelNo.length);
		expect(worst(oursM2, transformedM2)).toBeLessThan(1e-4);
		expect(worst(oursM2, storedM2)).toBeLessThan(0.00501);
	});
});

/** The largest difference of two lists of one length. */
function worst(ours: Float64Array, theirs: ArrayLike<number>): number {
	expect(theirs.length).toBe(ours.length);
	return ours.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i])), 0);
}

/** The share of entries that differ by less than a tolerance. */
function shareWithin(ours: Float64Array, theirs: ArrayLike<number>, tolerance: number): number {
	return ours.filter((value, i) => Math.abs(value - theirs[i]) < tolerance).length / ours.length;
}
