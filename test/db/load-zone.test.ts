import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAuditFaults, recomputeAuditChain } from '$lib/server/db/audit-event.ts';
import { asOwner, inScope, ZONE_DIRECTORY, type Database, type Scope } from '$lib/server/db/connect.ts';
import { findLatestRevision, listCoverages, listRevisionAreas } from '$lib/server/db/coverage.ts';
import { findParcelByCode, searchParcelsByCode } from '$lib/server/db/parcel.ts';
import {
	loadParcelRows,
	NONE,
	parcelColumnsOf,
	PARK_OUTSIDE,
	PARK_SEVERAL,
} from '$lib/server/db/parcel-columns.ts';
import { listParkOutlines } from '$lib/server/db/park-outline.ts';
import { listZones } from '$lib/server/db/zone.ts';
import { featureCount } from '$geo/flat-polygons.ts';
import { loadLandUse } from '$seeds/load/load-land-use.ts';
import { loadZone } from '$seeds/load/load-zone.ts';
import { DATABASE_KINDS, freshDatabase } from '../support/database.ts';

const LAND_USE = fileURLToPath(new URL('../../seeds/land-use', import.meta.url));
const PANJIN = fileURLToPath(new URL('../fixtures/zones/panjin-like', import.meta.url));
const OFFICE: Scope = { role: 'read', zoneId: 'panjin-like', grade: 'office' };

describe.each(DATABASE_KINDS)('a zone folder loads into the %s database', (kind) => {
	let database: Database;

	beforeAll(async () => {
		database = await freshDatabase(kind);
		await loadLandUse(database, LAND_USE);
		expect(await loadZone(database, PANJIN)).toBe('loaded');
	});
	afterAll(() => database.close());

	it('once: a second run writes nothing', async () => {
		expect(await loadLandUse(database, LAND_USE)).toBe(false);
		expect(await loadZone(database, PANJIN)).toBe('present');
	});

	it('with every parcel, also the one without a class, the one outside and the one across two parks', async () => {
		const plan = parcelColumnsOf(
			await inScope(database, OFFICE, (sql) => loadParcelRows(sql, 'panjin-like', 'plan', 1)),
		);
		expect(featureCount(plan.polygons)).toBe(21 - 2 + 2);
		const at = (code: string) => plan.code.indexOf(code);
		expect(plan.classIndex[at('PJ-11')]).toBe(NONE);
		expect(plan.parkIndex[at('PJ-ACROSS')]).toBe(PARK_SEVERAL);
		expect(plan.parkIndex[at('pj-outside')]).toBe(PARK_OUTSIDE);
		expect(plan.parkIds[plan.parkIndex[at('PJ-00')]]).toBe('liaodongwan');
		expect(plan.parkIds[plan.parkIndex[at('PJ-06')]]).toBe('xinglongtai');
	});

	it('with areas that sum exactly to the outline where the park is covered', async () => {
		await inScope(database, OFFICE, async (sql) => {
			const outlines = await listParkOutlines(sql, 'panjin-like');
			const sums = await listRevisionAreas(sql, 'panjin-like', 'current', 1);
			for (const { parkId, areaDm2 } of outlines)
				expect(sums.find((sum) => sum.parkId === parkId)?.areaDm2).toBe(areaDm2);
			const revision = await findLatestRevision(sql, 'panjin-like', 'plan');
			const planSums = await listRevisionAreas(sql, 'panjin-like', 'plan', 1);
			expect(planSums.reduce((sum, part) => sum + part.areaDm2, 0)).toBe(revision?.areaTotalDm2);
		});
	});

	it('found by code, from its beginning and in any letter case', async () => {
		await inScope(database, OFFICE, async (sql) => {
			const search = { revision: 1, prefix: 'pj-0', limit: 4 };
			const first = await searchParcelsByCode(sql, 'panjin-like', 'plan', search);
			expect(first.map((hit) => hit.code)).toEqual(['PJ-00', 'PJ-01', 'PJ-02', 'PJ-03']);
			const rest = await searchParcelsByCode(sql, 'panjin-like', 'plan', { ...search, after: first[3] });
			expect(rest.map((hit) => hit.code)).toEqual(['PJ-04', 'PJ-05', 'PJ-06']);
			const upper = await searchParcelsByCode(sql, 'panjin-like', 'plan', {
				prefix: 'PJ-O',
				revision: 1,
				limit: 4,
			});
			expect(upper.map((hit) => hit.code)).toEqual(['pj-outside']);
			const parcel = await findParcelByCode(sql, 'panjin-like', 'plan', 'PJ-00');
			expect(parcel?.condition?.farMax).toBe('2.500');
		});
	});

	it('and shows the public neither current use nor special land', async () => {
		const open: Scope = { role: 'read', zoneId: 'panjin-like', grade: 'public' };
		await inScope(database, open, async (sql) => {
			expect((await listCoverages(sql, 'panjin-like')).map((coverage) => coverage.kind)).toEqual(['plan']);
			const plan = parcelColumnsOf(await loadParcelRows(sql, 'panjin-like', 'plan', 1));
			expect(plan.classKeys).not.toContain('cn-land-use/2023/1501');
			expect(plan.classIndex.includes(NONE)).toBe(true);
			const current = parcelColumnsOf(await loadParcelRows(sql, 'panjin-like', 'current', 1));
			expect(featureCount(current.polygons)).toBe(0);
		});
	});

	it('into a chain of audit events that holds', async () => {
		await asOwner(database, async (sql) => {
			expect(await listAuditFaults(sql, 'panjin-like')).toEqual([]);
			expect(await recomputeAuditChain(sql, 'panjin-like')).toMatchObject({ brokenAt: null });
		});
	});

	it('and stands in the directory of zones', async () => {
		const directory: Scope = { role: 'read', zoneId: ZONE_DIRECTORY, grade: 'public' };
		const zones = await inScope(database, directory, listZones);
		expect(zones.map((zone) => zone.zoneId)).toEqual(['panjin-like']);
	});
});
