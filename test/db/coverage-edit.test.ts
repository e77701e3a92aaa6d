import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { writeEwkbMultiPolygon } from '$geo/format/ewkb.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { asOwner, type Database } from '$lib/server/db/connect.ts';
import { anyCoverage, toLonLat } from '../geo/coverage/random-polygons.ts';
import { DATABASE_KINDS, freshDatabase } from '../support/database.ts';
import { chanceEdit, tryChanceEdit } from '../support/edit-sequence.ts';

const SPREAD = 2 ** 24;

const hexOf = (polygons: FlatPolygons, feature: number) =>
	Buffer.from(writeEwkbMultiPolygon(polygons, feature, 4490)).toString('hex');

describe.each(DATABASE_KINDS)('edited coverages as PostGIS sees them (%s)', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await freshDatabase(kind);
	});
	afterAll(() => database.close());

	/** What PostGIS finds wrong with a set of parcels that should fill an outline. */
	function judge({ parcelNos, polygons }: ParcelSet, outline: FlatPolygons) {
		const shapes = Array.from(parcelNos, (_, feature) => hexOf(polygons, feature));
		return asOwner(database, async (sql) => {
			const [verdict] = await sql<{ invalid: number; overlaps: number; strayShare: number }[]>`
				with shape as (
					select row_number() over () as no, geom::geometry as geom from unnest(${shapes}::text[]) as input (geom)
				),
				outline as (select ${hexOf(outline, 0)}::geometry as geom)
				select
					(select count(*) from shape where not st_isvalid(geom))::int as invalid,
					(
						select count(*) from shape as one join shape as other
						on one.no < other.no and one.geom && other.geom and st_relate(one.geom, other.geom, '2********')
					)::int as overlaps,
					(
						select st_area(st_symdifference(st_union(shape.geom), outline.geom)) / st_perimeter(outline.geom)
						from shape, outline group by outline.geom
					) as "strayShare"`;
			return verdict;
		});
	}

	it('are valid, share no ground and fill their outline to half a grid step', async () => {
		let done = 0;
		await fc.assert(
			fc.asyncProperty(
				anyCoverage(SPREAD),
				fc.array(chanceEdit, { minLength: 4, maxLength: 8 }),
				async ({ set, outline }, edits) => {
					const build = buildCoverage(set, outline);
					if (!build.ok) throw new Error('not built');
					let { coverage } = build;
					for (const edit of edits) {
						const result = tryChanceEdit(coverage, edit, toLonLat([0, 0]), SPREAD * GRID_STEP_DEG);
						if (!result.ok) continue;
						coverage = result.coverage;
						done++;
					}
					const { strayShare, ...faults } = await judge(coverageToParcelSet(coverage), outline);
					expect(faults).toEqual({ invalid: 0, overlaps: 0 });
					expect(strayShare).toBeLessThanOrEqual(GRID_STEP_DEG);
				},
			),
			{ numRuns: 25 },
		);
		expect(done).toBeGreaterThan(25);
	});
});
