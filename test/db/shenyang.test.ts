import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScope, type Database, type Scope } from '$lib/server/db/connect.ts';
import { listRevisionAreas } from '$lib/server/db/coverage.ts';
import { listParkOutlines } from '$lib/server/db/park-outline.ts';
import { listRuleValues } from '$lib/server/db/rule-value.ts';
import {
	listLeadIndustries,
	listNamedProjects,
	listParkNominalAreas,
	listParks,
	listZoneAreas,
} from '$lib/server/db/zone.ts';
import { loadLandUse } from '$seeds/load/load-land-use.ts';
import { loadZone } from '$seeds/load/load-zone.ts';
import { freshDatabase } from '../support/database.ts';
import { LAND_USE } from '../support/database-rows.ts';

const SHENYANG = fileURLToPath(new URL('../../seeds/shenyang', import.meta.url));
const OFFICE: Scope = { role: 'read', zoneId: 'shenyang', grade: 'office' };
const NOMINAL_KM2: Readonly<Record<string, number>> = { hunnan: 243, heping: 7, huanggu: 33, dadong: 74 };

describe('the demo of Shenyang in a real PostgreSQL', () => {
	let database: Database;
	beforeAll(async () => {
		database = await freshDatabase('server');
		await loadLandUse(database, LAND_USE);
		expect(await loadZone(database, SHENYANG)).toBe('loaded');
	});
	afterAll(() => database.close());

	it('adds up to 243 + 7 + 33 + 74 = 357 km² in both coverages, to the last 0.01 m²', async () => {
		await inScope(database, OFFICE, async (sql) => {
			const outlines = await listParkOutlines(sql, 'shenyang');
			for (const { parkId, areaDm2 } of outlines) expect(areaDm2).toBe(NOMINAL_KM2[parkId] * 1e8);
			for (const coverageId of ['plan', 'current']) {
				const sums = await listRevisionAreas(sql, 'shenyang', coverageId, 1);
				expect(Object.fromEntries(sums.map((sum) => [sum.parkId, sum.areaDm2 / 1e8]))).toEqual(NOMINAL_KM2);
			}
		});
	});

	it('says since when each figure holds, and what was not known before', async () => {
		await inScope(database, OFFICE, async (sql) => {
			const areas = await listZoneAreas(sql, 'shenyang');
			expect(areas.map(({ kind, areaKm2 }) => [kind, areaKm2])).toEqual([
				['approved', null],
				['managed', '357.0000'],
			]);
			const before = (await listParkNominalAreas(sql, 'shenyang')).filter((area) => area.validFrom === null);
			expect(before.map(({ parkId, areaKm2, validTo }) => [parkId, areaKm2, validTo])).toEqual([
				['hunnan', '170.0000', '2022-03-10'],
				['heping', null, '2022-03-10'],
				['huanggu', null, '2022-03-10'],
				['dadong', null, '2022-03-10'],
			]);
			expect((await listParks(sql, 'shenyang')).map(({ kind }) => kind)).toEqual([
				'area',
				'sub_park',
				'sub_park',
				'sub_park',
			]);
		});
	});

	it('has five industries of Hunnan and eleven that the sub-parks share', async () => {
		const industries = await inScope(database, OFFICE, (sql) => listLeadIndustries(sql, 'shenyang'));
		expect(industries.filter((one) => one.parkId === 'hunnan')).toHaveLength(5);
		expect(industries.filter((one) => one.parkKind === 'sub_park')).toHaveLength(11);
	});

	it('lists the projects that its document names, each once and with its item', async () => {
		const projects = await inScope(database, OFFICE, (sql) => listNamedProjects(sql, 'shenyang'));
		const ofItem = (item: number) => projects.filter(({ source }) => source.endsWith(`第${item}项`)).length;
		expect([1, 7, 8, 9].map(ofItem)).toEqual([9, 7, 7, 6]);
		expect(projects).toHaveLength(29);
		expect(projects.every(({ status }) => status === 'verified')).toBe(true);
	});

	it('sets no rule that its sources do not state', async () => {
		const rules = await inScope(database, OFFICE, (sql) => listRuleValues(sql, 'shenyang'));
		const set = rules.filter((rule) => rule.value !== null);
		expect(set.map(({ key, value, status }) => `${key} ${value} ${status}`)).toEqual([
			'balance.park.tolerance 0.5 example',
			'balance.zone.tolerance 0.5 example',
			'changeset.notice.days 30 unverified',
			'control.permanent-basic-farmland.changed-ground 0 unverified',
			'parcel.current.least-area.agricultural 400 unverified',
			'parcel.current.least-area.construction 200 unverified',
			'parcel.current.least-area.unused 600 unverified',
		]);
	});
});
