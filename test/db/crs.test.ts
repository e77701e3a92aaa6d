import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GAUSS_KRUGER_ZONES, gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { latToWorldY, lonToWorldX, worldXToLon, worldYToLat } from '$geo/crs/web-mercator.ts';
import { DATABASE_KINDS, freshDatabase } from '../support/database.ts';
import type { Database } from '$lib/server/db/connect.ts';

type Pair = readonly [x: number, y: number];

/** Asked for are 0.1 mm; measured are 9 nm. */
const TOLERANCE_M = 1e-6;
const M_PER_DEG = 111_320;
const WORLD_M = 2 * Math.PI * 6378137;
const POINTS = 4000;

/** Systems with which Shenyang's data come, and how wide about their central meridian they are tried. */
const SYSTEMS: [epsg: number, halfWidthDeg: number][] = [
	[4529, 3],
	[4550, 3],
	[4528, 4.5],
	[4530, 4.5],
	[4549, 4.5],
	[4551, 4.5],
	[4499, 3],
	[4510, 3],
];

/** Points spread evenly over a box of degrees (Halton 2, 3). */
function spread(west: number, south: number, east: number, north: number): Pair[] {
	const halton = (index: number, base: number) => {
		let [value, part] = [0, 1];
		for (let i = index; i > 0; i = Math.floor(i / base)) value += (i % base) * (part /= base);
		return value;
	};
	return Array.from({ length: POINTS }, (_, i) => [
		west + halton(i + 1, 2) * (east - west),
		south + halton(i + 1, 3) * (north - south),
	]);
}

describe.each(DATABASE_KINDS)('our projections beside PROJ by ST_Transform (%s)', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await freshDatabase(kind);
	});
	afterAll(() => database.close());

	/** PostGIS takes and gives x = east, y = north (longitude, latitude), whatever EPSG says of the axes: so do we. */
	async function transformed(points: readonly Pair[], from: number, to: number): Promise<Pair[]> {
		const rows = await database.sql<{ x: number; y: number }[]>`
			select st_x(moved) as x, st_y(moved) as y
			from unnest(${points.map(([x]) => x)}::float8[], ${points.map(([, y]) => y)}::float8[])
				with ordinality as point (x, y, place),
				st_transform(st_setsrid(st_makepoint(point.x, point.y), ${from}::integer), ${to}::integer) as moved
			order by place`;
		return rows.map(({ x, y }) => [x, y]);
	}

	function farthest(ours: readonly Pair[], theirs: readonly Pair[], scale: (index: number) => Pair): number {
		expect(theirs).toHaveLength(ours.length);
		return ours.reduce((most, [x, y], i) => {
			const [scaleX, scaleY] = scale(i);
			return Math.max(most, Math.hypot((x - theirs[i][0]) * scaleX, (y - theirs[i][1]) * scaleY));
		}, 0);
	}

	it.each(SYSTEMS)(
		'EPSG:%i: forward and back within a micrometre on thousands of points',
		async (epsg, half) => {
			const projection = gaussKruger(epsg);
			const middle = projection.centralMeridianDeg;
			const lonLats = spread(middle - half, 18, middle + half, 54);
			const projected = lonLats.map((lonLat): Pair => projection.forward(lonLat));
			const metres = (): Pair => [1, 1];
			expect(farthest(projected, await transformed(lonLats, 4490, epsg), metres)).toBeLessThan(TOLERANCE_M);

			const back = projected.map((eastNorth): Pair => projection.inverse(eastNorth));
			const theirs = await transformed(projected, epsg, 4490);
			const perDeg = (i: number): Pair => [M_PER_DEG * Math.cos((lonLats[i][1] * Math.PI) / 180), M_PER_DEG];
			expect(farthest(back, theirs, perDeg)).toBeLessThan(TOLERANCE_M);
		},
	);

	it('EPSG:3857: forward and back within a micrometre', async () => {
		const lonLats = spread(70, 0, 140, 60);
		const projected = lonLats.map(([lon, lat]): Pair => [
			(lonToWorldX(lon) - 0.5) * WORLD_M,
			(0.5 - latToWorldY(lat)) * WORLD_M,
		]);
		const metres = (): Pair => [1, 1];
		expect(farthest(projected, await transformed(lonLats, 4490, 3857), metres)).toBeLessThan(TOLERANCE_M);

		const back = projected.map(([x, y]): Pair => [
			worldXToLon(x / WORLD_M + 0.5),
			worldYToLat(0.5 - y / WORLD_M),
		]);
		const perDeg = (): Pair => [M_PER_DEG, M_PER_DEG];
		expect(farthest(back, await transformed(projected, 3857, 4490), perDeg)).toBeLessThan(TOLERANCE_M);
	});

	it('knows each Gauss–Krüger zone of CGCS2000 as the database does', async () => {
		const rows = await database.sql<{ epsg: number; name: string; proj: string }[]>`
			select srid as epsg, substring(srtext from '^PROJCS\\["([^"]*)"') as name, proj4text as proj
			from spatial_ref_sys where srtext like 'PROJCS["CGCS2000 / %Gauss-Kruger%' and srid < 5000 order by srid`;
		expect(rows.map(({ epsg }) => epsg)).toEqual(GAUSS_KRUGER_ZONES.map(({ epsg }) => epsg));
		for (const [i, { name, proj }] of rows.entries()) {
			const { centralMeridianDeg, falseEastingM, prefix, widthDeg } = GAUSS_KRUGER_ZONES[i];
			const zone = prefix === null ? `CM ${centralMeridianDeg}E` : `zone ${prefix}`;
			expect(name).toBe(`CGCS2000 / ${widthDeg === 3 ? '3-degree ' : ''}Gauss-Kruger ${zone}`);
			expect(proj).toContain(`+lon_0=${centralMeridianDeg} +k=1 +x_0=${falseEastingM} +y_0=0`);
		}
	});
});
