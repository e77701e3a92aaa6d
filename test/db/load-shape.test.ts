import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asOwner, inScope, type Database, type Scope } from '$lib/server/db/connect.ts';
import { listCoverages } from '$lib/server/db/coverage.ts';
import { searchParcelsByCode } from '$lib/server/db/parcel.ts';
import { listParkOutlines } from '$lib/server/db/park-outline.ts';
import { loadLandUse } from '$seeds/load/load-land-use.ts';
import { loadZone } from '$seeds/load/load-zone.ts';
import { DATABASE_KINDS, freshDatabase } from '../support/database.ts';
import { LAND_USE, PANJIN, PANJIN_ID } from '../support/database-rows.ts';

const OFFICE: Scope = { role: 'read', zoneId: PANJIN_ID, grade: 'office' };

interface ZoneJson {
	coverages: { kind: string }[];
	geometry: { files: { current?: string } };
	localLandUse?: object | null;
}
interface Feature {
	properties: { code?: string };
	geometry: { coordinates: [number, number][][] };
}

const LOCAL_LIST = {
	system: 'shenyang',
	version: '2022',
	nameZh: '地方用地分类',
	nameEn: 'Local classes',
	source: 'test',
	status: 'example',
	classes: [],
};

describe.each(DATABASE_KINDS)('a zone of an unusual shape in the %s database', (kind) => {
	let database: Database;
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'yuantu-zone-'));
		database = await freshDatabase(kind);
		await loadLandUse(database, LAND_USE);
	});
	afterAll(async () => {
		await database.close();
		await rm(folder, { recursive: true, force: true });
	});
	beforeEach(() => cp(PANJIN, folder, { recursive: true }));

	async function edit<T>(name: string, change: (content: T) => void): Promise<void> {
		const file = join(folder, name);
		const content = JSON.parse(await readFile(file, 'utf8')) as T;
		change(content);
		await writeFile(file, JSON.stringify(content));
	}
	const withoutCurrentFile = ({ geometry }: ZoneJson) => {
		delete geometry.files.current;
	};
	const withoutCurrent = (zone: ZoneJson) => {
		withoutCurrentFile(zone);
		zone.coverages = zone.coverages.filter((coverage) => coverage.kind !== 'current');
	};

	it.each([
		['described, without a file', withoutCurrentFile, /zone\.json: coverages: there is a current coverage/],
		[
			'with a file, not described',
			(zone: ZoneJson) => void zone.coverages.pop(),
			/zone\.json: coverages: the current coverage must be described once, not 0 times/,
		],
		[
			'described twice',
			(zone: ZoneJson) => void zone.coverages.push(zone.coverages[1]),
			/zone\.json: coverages: the current coverage must be described once, not 2 times/,
		],
	])('is refused with a coverage that is %s', async (_, change: (zone: ZoneJson) => void, message) => {
		await edit('zone.json', change);
		await expect(loadZone(database, folder)).rejects.toThrow(message);
	});

	it('is refused with a list of its own that is another zone’s, or with classes of such a list', async () => {
		await edit<ZoneJson>('zone.json', (zone) => (zone.localLandUse = LOCAL_LIST));
		await expect(loadZone(database, folder)).rejects.toThrow(
			/zone\.json: localLandUse\.system: the zone's own list is named by its zoneId, "panjin-like"/,
		);
		await edit<ZoneJson>('zone.json', (zone) => (zone.localLandUse = null));
		await edit<{ features: Feature[] }>('current.geojson', ({ features: [{ properties }] }) =>
			Object.assign(properties, { classCode: 'MX', classSystem: 'shenyang', classVersion: '2022' }),
		);
		await expect(loadZone(database, folder)).rejects.toThrow(
			/zone\.json: the current coverage has the class shenyang\/2022\/MX, of a list that is neither landUse nor localLandUse/,
		);
	});

	it('loads with a plan alone, an enclave and a code beyond ASCII, and finds the outline in force on a day', async () => {
		await edit('zone.json', withoutCurrent);
		await rm(join(folder, 'current.geojson'));
		const isEnclave = ({ properties }: Feature) => properties.code === 'PJ-11';
		let hole: [number, number][][] = [];
		await edit<{ features: Feature[] }>('plan.geojson', (plan) => {
			hole = plan.features.filter(isEnclave)[0].geometry.coordinates;
			plan.features = plan.features.filter((feature) => !isEnclave(feature));
			plan.features[0].properties.code = 'É-1';
		});
		await edit<{ features: Feature[] }>('outlines.geojson', ({ features }) => {
			features[0].geometry.coordinates.push(hole[0].toReversed());
		});
		expect(await loadZone(database, folder)).toBe('loaded');
		await inScope(database, OFFICE, async (sql) => {
			expect((await listCoverages(sql, PANJIN_ID)).map((coverage) => coverage.kind)).toEqual(['plan']);
			const search = { revision: 1, prefix: 'É-', limit: 4 };
			const found = await searchParcelsByCode(sql, PANJIN_ID, 'plan', search);
			expect(found.map((hit) => hit.code)).toEqual(['É-1']);
		});

		await asOwner(
			database,
			(sql) => sql`
			update park_outline set valid_to = '2024-01-01' where zone_id = ${PANJIN_ID} and park_id = 'liaodongwan'`,
		);
		await asOwner(
			database,
			(sql) => sql`
			insert into park_outline (zone_id, park_id, outline_no, geom, area_dm2, area_method, planar_area_dm2, valid_from,
				is_synthetic, source)
			select zone_id, park_id, 2, geom, area_dm2, area_method, planar_area_dm2, '2024-01-01', is_synthetic, source
			from park_outline where zone_id = ${PANJIN_ID} and park_id = 'liaodongwan'`,
		);
		const numbersOn = (day?: string) =>
			inScope(database, OFFICE, async (sql) =>
				(await listParkOutlines(sql, PANJIN_ID, day)).map(
					({ parkId, outlineNo }) => `${parkId} ${outlineNo}`,
				),
			);
		expect(await numbersOn()).toEqual(['liaodongwan 2', 'xinglongtai 1']);
		expect(await numbersOn('2024-01-01')).toEqual(['liaodongwan 2', 'xinglongtai 1']);
		expect(await numbersOn('2023-12-31')).toEqual(['liaodongwan 1', 'xinglongtai 1']);
		expect(await numbersOn('2020-01-01')).toEqual(['liaodongwan 1', 'xinglongtai 1']);
		expect(await numbersOn('2019-12-31')).toEqual([]);
	});
});
