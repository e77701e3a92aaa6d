import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OFFICE_ON_LOCALHOST } from '$lib/server/access/actor.ts';
import { asOwner, type Database } from '$lib/server/db/connect.ts';
import { findBalance } from '$lib/server/service/balance.ts';
import { findParkFeatures } from '$lib/server/service/park-feature.ts';
import { findTile } from '$lib/server/service/tile.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import { loadLandUse } from '$seeds/load/load-land-use.ts';
import { loadZone } from '$seeds/load/load-zone.ts';
import { DATABASE_KINDS, freshDatabase } from '../support/database.ts';
import { insertVariant, LAND_USE, PANJIN, PANJIN_ID } from '../support/database-rows.ts';
import { serviceContexts } from '../support/zone-service.ts';

const SEEDED = new Date('2026-03-01T04:00:00Z');
/** Eight in the evening before, and eight in the morning of the day from which the second outline is in force. */
const [BEFORE, AFTER] = [new Date('2026-06-30T12:00:00Z'), new Date('2026-07-01T00:00:00Z')];

/** The same database, and how many transactions were begun through it. */
function counting(database: Database): { database: Database; begun: () => number } {
	let begun = 0;
	const sql = new Proxy(database.sql, {
		get(target, name) {
			if (name === 'begin') begun++;
			return Reflect.get(target, name) as unknown;
		},
	});
	const use = () => ({ ...database.use(), sql });
	return { database: { ...database, sql, use }, begun: () => begun };
}

describe.each(DATABASE_KINDS)('what is kept of the %s database', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await freshDatabase(kind);
		await loadLandUse(database, LAND_USE);
		await loadZone(database, PANJIN, { now: SEEDED });
		await asOwner(database, async (sql) => {
			for (const zone of ['second', 'third']) await insertVariant(sql, 'zone', { zone_id: `'${zone}'` });
			await sql`update park_outline set valid_to = '2026-07-01' where park_id = 'liaodongwan'`;
			await insertVariant(
				sql,
				'park_outline',
				{
					...{ outline_no: '2', valid_from: "'2026-07-01'", valid_to: 'null', is_synthetic: 'false' },
					...{ geom: 'st_translate(geom, 0.25, 0)', area_dm2: 'area_dm2 + 100' },
				},
				"park_id = 'liaodongwan'",
			);
		});
	});
	afterAll(() => database.close());

	const contextAt = (now: Date, of = database) => serviceContexts(of)(OFFICE_ON_LOCALHOST, now);
	async function contentId(): Promise<string> {
		const view = await findZoneView(contextAt(AFTER), PANJIN_ID);
		return view?.coverages.find(({ kind }) => kind === 'plan')?.contentId ?? '';
	}

	it('is asked once for a content that does not exist, however many zones there are', async () => {
		const { database: counted, begun } = counting(database);
		const { snapshots } = contextAt(AFTER, counted);
		const unknown = 'ab'.repeat(32);
		const found = await Promise.all([unknown, unknown, unknown].map((id) => snapshots.find(id)));
		expect([found, begun()]).toEqual([[null, null, null], 1]);
		expect([await snapshots.find('no checksum'), begun()]).toEqual([null, 1]);
	});

	it('is asked for the place and the parcels of a content, once', async () => {
		const { database: counted, begun } = counting(database);
		const { snapshots } = contextAt(AFTER, counted);
		const id = await contentId();
		const [one, two] = await Promise.all([snapshots.find(id), snapshots.find(id)]);
		expect(one).toBe(two);
		expect(one).toMatchObject({ zoneId: PANJIN_ID, coverageId: 'plan', revision: 1 });
		expect(begun()).toBe(2);
	});

	it('gives the shapes of outlines once', async () => {
		const { database: counted, begun } = counting(database);
		const context = contextAt(AFTER, counted);
		const first = await findParkFeatures(context, PANJIN_ID);
		expect(begun()).toBe(2);
		expect(await findParkFeatures(context, PANJIN_ID)).toEqual(first);
		expect(begun()).toBe(3);
	});

	it('shows parks and balance by the outlines of the day', async () => {
		const at = async (now: Date) => {
			const parks = await findParkFeatures(contextAt(now), PANJIN_ID);
			const view = await findZoneView(contextAt(now), PANJIN_ID);
			const balance = await findBalance(contextAt(now), PANJIN_ID, {
				level: 1,
				unit: 'm2',
				withChange: false,
			});
			const feature = parks?.features.find(({ properties }) => properties.parkId === 'liaodongwan');
			return {
				synthetic: feature?.properties.synthetic,
				west: feature?.bbox[0] ?? NaN,
				viewWest: view?.parks.find(({ parkId }) => parkId === 'liaodongwan')?.bbox[0],
				outlineM2: Number(balance?.totals.find(({ parkId }) => parkId === 'liaodongwan')?.outlineM2),
			};
		};
		const [before, after] = [await at(BEFORE), await at(AFTER)];
		expect([before.synthetic, after.synthetic]).toEqual([true, false]);
		expect(after.west - before.west).toBe(0.25);
		expect([before.viewWest, after.viewWest]).toEqual([before.west, after.west]);
		expect(after.outlineM2 - before.outlineM2).toBeCloseTo(1, 6);
	});

	/** A whole tile of parks of the plan's revision, encoded anew. */
	async function parkTileAt(now: Date): Promise<Uint8Array | null> {
		const url = (await findZoneView(contextAt(AFTER), PANJIN_ID))?.tiles.find(
			({ theme }) => theme === 'parks',
		)?.url;
		const [, , audience, id, encoder, theme] = (url ?? '').split('/');
		const address = { audience, contentId: id, encoder, theme, z: '7', x: '107', y: '47' };
		const answer = await findTile(contextAt(now), address);
		return answer.ok ? answer.value.tile.plain : null;
	}

	it('keeps a tile of parks as its address was given, whatever the day', async () => {
		const [seeded, after] = [await parkTileAt(SEEDED), await parkTileAt(AFTER)];
		expect(seeded?.length).toBeGreaterThan(0);
		expect(after).toEqual(seeded);
	});

	it('keeps a tile of parks also when an outline is dated back to before its revision', async () => {
		const sealed = await parkTileAt(AFTER);
		await asOwner(database, async (sql) => {
			await sql`update park_outline set valid_to = '2026-02-01' where park_id = 'liaodongwan' and outline_no = 1`;
			await insertVariant(
				sql,
				'park_outline',
				{
					...{ outline_no: '3', valid_from: "'2026-02-01'", valid_to: "'2026-07-01'" },
					geom: 'st_translate(geom, -0.25, 0)',
				},
				"park_id = 'liaodongwan' and outline_no = 1",
			);
		});
		expect(sealed?.length).toBeGreaterThan(0);
		expect(await parkTileAt(SEEDED)).toEqual(sealed);
		expect(await parkTileAt(AFTER)).toEqual(sealed);
	});
});
