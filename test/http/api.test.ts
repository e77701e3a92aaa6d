import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { balanceSchema } from '$lib/api/balance.ts';
import { problemSchema } from '$lib/api/issue.ts';
import { parcelAtSchema, parcelSchema, parcelSearchSchema, viewLegendSchema } from '$lib/api/parcel.ts';
import { landUseClassSchema, zoneSchema, zoneSummarySchema } from '$lib/api/zone.ts';
import { copyDataFolder, startProgram, type Program } from '../support/run-program.ts';
import { ask, FROM_OUTSIDE } from './client.ts';

const ZONES = 'seeds/shenyang,test/fixtures/zones/panjin-like';

describe('the built server with two zones', () => {
	let program: Program;
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	let address: string;

	beforeAll(async () => {
		folder = await copyDataFolder(inject('preparedDataFolder'));
		program = startProgram({ DATA_DIR: folder.path, OFFICE_ON_LOCALHOST: 'on', ZONE_FOLDERS: ZONES });
		address = await program.address();
	});
	afterAll(async () => {
		await program.stop();
		await folder.remove();
	});

	const get = (path: string, headers: Record<string, string> = {}) => ask(address, path, { headers });

	it('lists both zones, and answers everything for the second as for the first', async () => {
		const { zones } = z
			.object({ zones: z.array(zoneSummarySchema) })
			.parse((await get('/api/v1/zones')).json());
		expect(zones.map((zone) => zone.zoneId)).toEqual(['panjin-like', 'shenyang']);
		for (const { zoneId } of zones) {
			const zone = zoneSchema.parse((await get(`/api/v1/zones/${zoneId}`)).json());
			const classes = z
				.object({ classes: z.array(landUseClassSchema) })
				.parse((await get(`/api/v1/zones/${zoneId}/land-use-classes`)).json());
			expect(classes.classes.length).toBeGreaterThan(150);
			const balance = balanceSchema.parse((await get(`/api/v1/zones/${zoneId}/balance`)).json());
			expect(balance.totals).toHaveLength(zone.parks.length + 1);
			const bbox = zone.bbox.join(',');
			const legend = viewLegendSchema.parse(
				(await get(`/api/v1/zones/${zoneId}/coverages/plan/legend?bbox=${bbox}`)).json(),
			);
			expect(legend.rows.length).toBeGreaterThan(3);
			expect((await get(`/parcel/${zoneId}/plan/1`)).status).toBe(200);
			expect((await get(`/balance?zone=${zoneId}`)).text()).toContain(zone.nameZh);
			expect((await get(`/?zone=${zoneId}`)).text()).toContain(zone.nameZh);
		}
	});

	it('balances Shenyang to 243 + 7 + 33 + 74 = 357 km², plan and current alike, to 0.01 m²', async () => {
		const balance = balanceSchema.parse((await get('/api/v1/zones/shenyang/balance?unit=m2')).json());
		const km2 = (text: string | null) => Number(text) / 1e6;
		expect(balance.totals.map((total) => [total.parkId, km2(total.nominalM2)])).toEqual([
			['hunnan', 243],
			['heping', 7],
			['huanggu', 33],
			['dadong', 74],
			[null, 357],
		]);
		for (const total of balance.totals) {
			expect(total.planM2).toBe(total.outlineM2);
			expect(total.currentM2).toBe(total.outlineM2);
			expect(total.outlineM2).toBe(total.nominalM2);
			expect(total.verdict.verdict).toBe('within');
		}
		expect(balance.exceptions.map((one) => one.parcels)).toEqual([0, 0, 0, 0, 0, 0]);
		expect(balance.synthetic).toBe(true);
	});

	it('finds a parcel by its code and shows its card and its page under a permanent address', async () => {
		const found = parcelSearchSchema.parse(
			(await get('/api/v1/zones/shenyang/parcels?q=hn-&limit=3')).json(),
		);
		expect(found.hits).toHaveLength(3);
		expect(found.more).toBe(true);
		const [hit] = found.hits;
		const card = parcelSchema.parse(
			(await get(`/api/v1/zones/shenyang/coverages/plan/parcels/${hit.parcelNo}`)).json(),
		);
		expect(card.code).toBe(hit.code);
		expect(card.codeStatus).toBe('provisional');
		const page = await get(`/parcel/shenyang/plan/${hit.parcelNo}`, { cookie: 'locale=en' });
		expect(page.text()).toContain(hit.code);
		expect(page.text()).toMatch(/<html lang="en"/);
	});

	it('shows the office only to browsers on this machine, on pages as on the API', async () => {
		const audience = async (headers: Record<string, string>) =>
			zoneSchema.parse((await get('/api/v1/zones/shenyang', headers)).json()).audience;
		expect(await audience({})).toBe('office');
		const foreign: Record<string, string>[] = [
			FROM_OUTSIDE,
			{ forwarded: 'for=203.0.113.7' },
			{ via: '1.1 proxy' },
			{ host: 'evil.example' },
			{ host: 'localhost.evil.example' },
			{ 'x-yuantu-page-actor': 'office_on_localhost', host: 'evil.example' },
		];
		for (const headers of foreign) {
			expect(await audience(headers)).toBe('public');
			const page = (await get('/?zone=shenyang', headers)).text();
			expect(page).toContain('/tiles/public/');
			expect(page).not.toContain('/tiles/office/');
			expect(page).not.toContain('labels-current');
		}
		expect((await get('/?zone=shenyang')).text()).toContain('/tiles/office/');
		const parcels = '/api/v1/zones/shenyang/coverages/current/parcels';
		const found = parcelAtSchema.parse((await get(`${parcels}?at=123.45,41.71`)).json());
		const current = `${parcels}/${found.parcel?.parcelNo}`;
		expect((await get(current)).status).toBe(200);
		expect((await get(current, FROM_OUTSIDE)).status).toBe(404);
	});

	it('withholds special land from the public but keeps it in the sum', async () => {
		const of = async (headers: Record<string, string>) =>
			balanceSchema.parse((await get('/api/v1/zones/shenyang/balance?level=2&unit=m2', headers)).json())
				.tables[0];
		const office = await of({});
		const open = await of(FROM_OUTSIDE);
		const special = office.lines.filter((line) => line.code?.startsWith('15'));
		expect(special.length).toBeGreaterThan(0);
		const withheld = open.lines.find((line) => line.line === 'withheld');
		const sum = special.reduce((total, line) => total + BigInt(line.total.replace('.', '')), 0n);
		expect(BigInt(withheld?.total.replace('.', '') ?? '0')).toBe(sum);
		expect(open.lines.some((line) => line.code?.startsWith('15'))).toBe(false);
		expect(open.total).toBe(office.total);
	});

	it('answers bad requests with problem+json that names the place', async () => {
		const problem = async (path: string, status: number) => {
			const answer = await get(path);
			expect([path, answer.status]).toEqual([path, status]);
			expect(answer.headers['content-type']).toBe('application/problem+json');
			return problemSchema.parse(answer.json());
		};
		expect((await problem('/api/v1/zones/nowhere', 404)).issues[0].code).toBe('zone.not-found');
		expect((await problem('/api/v1/zones/nowhere/balance', 404)).title).toBe('zone.not-found');
		const refused = async (path: string) =>
			(await problem(`/api/v1/zones/shenyang/${path}`, 422)).issues[0].params;
		expect(await refused('balance?level=4')).toEqual({ parameter: 'level', reason: 'value-not-offered' });
		expect(await refused('balance?unit=acre')).toEqual({ parameter: 'unit', reason: 'value-not-offered' });
		expect(await refused('parcels?limit=0')).toEqual({ parameter: 'limit', reason: 'value-too-small' });
		expect(await refused('balance?park=nowhere')).toEqual({
			parameter: 'park',
			reason: 'value-not-offered',
		});
		expect((await problem('/api/v1/zones/%00', 400)).title).toBe('address.invalid');
		expect((await problem('/api/v1/zones/shenyang/parcels?q=%00', 400)).title).toBe('address.invalid');
		expect((await problem('/api/v1/nothing', 404)).title).toBe('address.unknown');
		await problem('/api/v1/zones/shenyang/parcels?coverage=nothing', 404);
		await problem('/api/v1/zones/shenyang/coverages/plan/parcels?at=123', 422);
		await problem('/api/v1/zones/shenyang/coverages/none/parcels?at=123,41', 404);
		await problem('/api/v1/zones/shenyang/coverages/plan/parcels/0', 404);
		await problem('/api/v1/zones/shenyang/coverages/plan/parcels/1e9', 404);
		await problem('/api/v1/zones/shenyang/coverages/plan/parcels/999999999', 404);
		for (const bbox of ['', '1,2,3', '1,2,3,x', '3,2,1,4', '0,0,400,1']) {
			await problem(`/api/v1/zones/shenyang/coverages/plan/legend?bbox=${bbox}`, 422);
		}
		await problem('/api/v1/zones/shenyang/coverages/plan/legend', 422);
	});

	it('shows planned against current with the margins of the class tables, in every park and unit', async () => {
		for (const park of ['hunnan', 'heping', 'huanggu', 'dadong', null])
			for (const unit of ['ha', 'mu', 'km2']) {
				const path = `/api/v1/zones/shenyang/balance?level=2&unit=${unit}${park === null ? '' : `&park=${park}`}`;
				const { change, tables } = balanceSchema.parse((await get(path)).json());
				const [plan, current] = tables;
				const shown = (table: typeof plan, key: string | null) => {
					const line = table.lines.find((one) => one.line === 'class' && one.classKey === key);
					return park === null ? line?.total : line?.cells[table.columns.indexOf(park)];
				};
				expect(change?.rowTotals).toEqual(change?.rows.map((row) => shown(plan, row.classKey)));
				expect(change?.columnTotals).toEqual(
					change?.columns.map((column) => shown(current, column.classKey)),
				);
			}
	});

	it('cuts the legend of the public out of coarse shapes, so that no box gives an exact vertex away', async () => {
		const legend = async (headers: Record<string, string>) => {
			const box = 'bbox=123.45,41.7,123.4501,41.7001';
			const answer = await get(`/api/v1/zones/shenyang/coverages/plan/legend?${box}`, headers);
			return viewLegendSchema.parse(answer.json());
		};
		const [office, open] = [await legend({}), await legend(FROM_OUTSIDE)];
		expect(open.totalM2).toBeGreaterThan(80);
		expect(Math.abs(open.totalM2 - office.totalM2)).toBeLessThan(1);
		const around = '/api/v1/zones/shenyang/coverages/plan/legend?bbox=123.44,41.7,123.4475,41.7075';
		const areas = async (headers: Record<string, string>) =>
			viewLegendSchema.parse((await get(around, headers)).json()).rows.map((row) => row.areaM2);
		expect(await areas(FROM_OUTSIDE)).not.toEqual(await areas({}));
	});

	it('downloads the balance as CSV that a spreadsheet opens in Chinese', async () => {
		const answer = await get('/api/v1/zones/shenyang/balance.csv?level=2&unit=mu');
		expect(answer.headers['content-disposition']).toMatch(
			/attachment; filename="balance-shenyang-[\d-]+-level2-mu\.csv"/,
		);
		expect([...answer.body.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		const text = answer.text();
		expect(text).toContain('示意数据');
		expect(text).toContain('浑南片区');
		expect(text.split('\r\n').length).toBeGreaterThan(40);
	});

	it('sends security headers, compresses text where the client takes it, and answers health checks', async () => {
		const page = await get('/balance?zone=shenyang', { 'accept-encoding': 'gzip' });
		expect(page.headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(page.body).toString('utf8')).toContain('357');
		expect(page.headers['x-content-type-options']).toBe('nosniff');
		expect(page.headers['content-security-policy']).toContain("default-src 'self'");
		expect((await get('/balance')).headers['content-encoding']).toBeUndefined();
		expect((await get('/healthz')).text()).toBe('ok\n');
		expect((await get('/no/such/page')).status).toBe(404);
	});

	it('gives park outlines as GeoJSON, to five decimals for the public', async () => {
		const answer = await get('/api/v1/zones/shenyang/parks.geojson', FROM_OUTSIDE);
		expect(answer.headers['content-type']).toMatch(/^application\/geo\+json/);
		const { features } = answer.json() as { features: { properties: { parkId: string } }[] };
		expect(features.map((one) => one.properties.parkId)).toEqual(['hunnan', 'heping', 'huanggu', 'dadong']);
		expect(/\d+\.\d{6,}/.exec(answer.text())?.[0]).toBeUndefined();
		const zone = (await get('/api/v1/zones/shenyang', FROM_OUTSIDE)).text();
		expect(/\d+\.\d{6,}/.exec(zone)?.[0]).toBeUndefined();
	});
});
