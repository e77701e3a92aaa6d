import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asOwner, type Database } from '$lib/server/db/connect.ts';
import { loadLandUse } from '$seeds/load/load-land-use.ts';
import { loadZone } from '$seeds/load/load-zone.ts';
import { ZoneFolderError } from '$seeds/load/zone-folder-error.ts';
import { DATABASE_KINDS, freshDatabase } from '../support/database.ts';
import { LAND_USE, PANJIN } from '../support/database-rows.ts';

describe.each(DATABASE_KINDS)('a zone folder that does not fit the %s database', (kind) => {
	let database: Database;
	let folder: string;
	beforeAll(async () => {
		database = await freshDatabase(kind);
		await loadLandUse(database, LAND_USE);
	});
	afterAll(() => database.close());
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'yuantu-zone-'));
		await cp(PANJIN, folder, { recursive: true });
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	async function edit(name: string, from: string | RegExp, to: string): Promise<void> {
		const file = join(folder, name);
		const text = await readFile(file, 'utf8');
		expect(text).toMatch(from);
		await writeFile(file, text.replace(from, to));
	}

	const countRows = () =>
		asOwner(database, async (sql) => {
			const [counts] = await sql<{ zones: number; parcels: number; events: number; seeds: number }[]>`
				select (select count(*) from zone) as zones, (select count(*) from parcel) as parcels,
					(select count(*) from audit_event) as events,
					(select count(*) from seed_log where seed_name <> 'land-use') as seeds`;
			return counts;
		});
	const NOTHING = { zones: 0, parcels: 0, events: 0, seeds: 0 };

	it.each([
		['zone.json', '"kind": "area"', '"kind": "district"', /zone\.json: parks\[0\]\.kind: /],
		['zone.json', '"Asia/Shanghai"', '"Asia/Nowhere"', /zone\.json: timeZone: not an IANA time zone/],
		['zone.json', '"nameZh": "盘锦式示例高新区",', '', /zone\.json: nameZh: /],
		['zone.json', '"plan.geojson"', '"plans.geojson"', /plans\.geojson: there is no such file$/],
		[
			'plan.geojson',
			'"classCode": "0802"',
			'"classCode": 802',
			/plan\.geojson: features\[\d+\]\.classCode: /,
		],
		['plan.geojson', '[', '', /plan\.geojson: the text is not JSON at line \d+, column \d+$/],
		['current.geojson', '"FeatureCollection"', '"Topology"', /current\.geojson: type: /],
		['outlines.geojson', /122\.0625,/, '"122",', /outlines\.geojson: features\[0\]\.geometry\.coordinates/],
	])('is refused with file and place: %s, %s', async (name, from, to, message) => {
		await edit(name, from, to);
		const error: unknown = await loadZone(database, folder).catch((cause: unknown) => cause);
		expect(error).toBeInstanceOf(ZoneFolderError);
		expect((error as Error).message).toMatch(message);
		expect((error as Error).message).not.toContain('\n');
		expect(await countRows()).toEqual(NOTHING);
	});

	it.each([
		['an unknown class', 'current.geojson', '"0103"', '"9999"', 'parcel_class_fk'],
		['a code twice', 'plan.geojson', '"PJ-26"', '"PJ-25"', 'parcel_code_current_unique'],
		[
			'an impossible limit',
			'plan.geojson',
			'"farMax": 2.5',
			'"farMax": -2.5',
			'planning_condition_far_range',
		],
	])('leaves nothing behind: %s', async (_, name, from, to, constraint) => {
		await edit(name, from, to);
		const refusal = loadZone(database, folder);
		await expect(refusal).rejects.toBeInstanceOf(ZoneFolderError);
		await expect(refusal).rejects.toMatchObject({
			message: expect.stringContaining(constraint),
			cause: { constraint_name: constraint },
		});
		expect(await countRows()).toEqual(NOTHING);
	});

	interface Feature {
		properties: { code?: string };
		geometry: { coordinates: [number, number][][] };
	}

	async function editFeatures(name: string, change: (features: Feature[]) => Feature[]): Promise<void> {
		const file = join(folder, name);
		const collection = JSON.parse(await readFile(file, 'utf8')) as { features: Feature[] };
		await writeFile(file, JSON.stringify({ ...collection, features: change(collection.features) }));
	}

	async function refusal(): Promise<string> {
		const error: unknown = await loadZone(database, folder).catch((cause: unknown) => cause);
		expect(error).toBeInstanceOf(ZoneFolderError);
		expect(await countRows()).toEqual(NOTHING);
		return (error as Error).message;
	}

	it('is refused when parcels overlap, by file, features and place', async () => {
		await editFeatures('current.geojson', (features) => [...features, features[0]]);
		expect(await refusal()).toMatch(
			/current\.geojson: parcel\.overlaps at 122\.06\d+, 41\.12\d+, \d+\.\d\d m²: features\[0\], features\[9\]$/,
		);
	});

	it('is refused when parcels leave ground of a park uncovered, by file, neighbours and place', async () => {
		await editFeatures('plan.geojson', (features) =>
			features.filter(({ properties }) => properties.code !== 'PJ-11'),
		);
		const message = await refusal();
		expect(message).toMatch(/plan\.geojson: coverage\.gap at 122\.065\d+, 41\.127\d+, \d+\.\d\d m²: /);
		expect(message).toContain('features[1] (PJ-01)');
		expect(message).toContain('(PJ-12)');
	});

	it('is loaded once by two programs, and kept when its folder changes', async () => {
		const outcomes = await Promise.all([loadZone(database, folder), loadZone(database, folder)]);
		expect(outcomes.sort()).toEqual(['loaded', 'present']);
		await edit('zone.json', 'A zone like Panjin', 'Another name');
		const before = await countRows();
		expect(await loadZone(database, folder)).toBe('changed');
		expect(await countRows()).toEqual(before);
	});
});
