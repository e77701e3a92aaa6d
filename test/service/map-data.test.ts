import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parcelAtSchema, parcelSchema, parcelSearchSchema, viewLegendSchema } from '$lib/api/parcel.ts';
import { zoneSchema } from '$lib/api/zone.ts';
import { lonToWorldX, latToWorldY } from '$geo/crs/web-mercator.ts';
import { OFFICE_ON_LOCALHOST, PUBLIC_ACTOR, type Actor } from '$lib/server/access/actor.ts';
import type { Database } from '$lib/server/db/connect.ts';
import { findParcelCard, searchParcels } from '$lib/server/service/parcel.ts';
import { findParcelAt } from '$lib/server/service/parcel-at.ts';
import { findTile } from '$lib/server/service/tile.ts';
import { findViewLegend } from '$lib/server/service/view-legend.ts';
import { findClassViews, findZoneView, listZoneSummaries } from '$lib/server/service/zone.ts';
import { zoneThemes } from '$lib/server/tile/theme.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { databaseWithZones, PANJIN_FOLDER, serviceContexts } from '../support/zone-service.ts';

const ZONE = 'panjin-like';

describe.each(DATABASE_KINDS)('what the map asks for (%s)', (kind) => {
	let database: Database;
	let contextFor: ReturnType<typeof serviceContexts>;

	beforeAll(async () => {
		database = await databaseWithZones(kind, [PANJIN_FOLDER]);
		contextFor = serviceContexts(database);
	});
	afterAll(() => database.close());

	const zoneFor = async (actor: Actor) => zoneSchema.parse(await findZoneView(contextFor(actor), ZONE));

	/** The tile at a point of an address template, decoded; null when it is empty or refused. */
	async function tileOf(actor: Actor, template: string, zoom: number, [lon, lat]: readonly [number, number]) {
		const [, , audience, contentId, encoder, theme] = template.split('/');
		const x = String(Math.floor(lonToWorldX(lon) * 2 ** zoom));
		const y = String(Math.floor(latToWorldY(lat) * 2 ** zoom));
		const address = { audience, contentId, encoder, theme, z: String(zoom), x, y };
		const answer = await findTile(contextFor(actor), address);
		if (!answer.ok || answer.value.tile.plain === null) return null;
		return new VectorTile(new PbfReader(answer.value.tile.plain));
	}

	/** The tile at a point of a theme. */
	async function tileAt(actor: Actor, theme: string, zoom: number, at: readonly [number, number]) {
		const zone = await zoneFor(actor);
		return tileOf(actor, zone.tiles.find((one) => one.theme === theme)?.url ?? '', zoom, at);
	}

	it('draws a control layer for those who may see it, with its name and days', async () => {
		const office = await zoneFor(OFFICE_ON_LOCALHOST);
		const [layer] = office.controlLayers;
		expect(office.controlLayers).toHaveLength(1);
		expect(layer).toMatchObject({
			kind: 'urban_growth_boundary',
			grade: 'registered',
			dataDate: '2023-12-31',
		});
		const [west, south] = office.bbox;
		const tile = await tileOf(OFFICE_ON_LOCALHOST, layer.tiles.url, 8, [west, south]);
		const control = tile?.layers['control'];
		expect(control?.length).toBe(1);
		expect(control?.feature(0).properties).toMatchObject({ nameZh: expect.stringMatching(/./) as string });
		expect(control?.feature(0).properties).not.toHaveProperty('from');

		expect((await zoneFor(PUBLIC_ACTOR)).controlLayers).toEqual([]);
		const stolen = layer.tiles.url.replace('/office/', '/public/').split('/');
		const [, , audience, contentId, encoder, theme] = stolen;
		const refused = await findTile(contextFor(PUBLIC_ACTOR), {
			...{ audience, contentId, encoder, theme },
			...{ z: '8', x: '0', y: '0' },
		});
		expect(refused).toMatchObject({ ok: false, status: 404, code: 'tile.content-unknown' });
	});

	it('lists the zones and shows one with its parks, coverages and tile addresses as far as the reader may see', async () => {
		expect((await listZoneSummaries(contextFor(PUBLIC_ACTOR))).map((zone) => zone.zoneId)).toEqual([ZONE]);
		const open = await zoneFor(PUBLIC_ACTOR);
		const office = await zoneFor(OFFICE_ON_LOCALHOST);
		expect(open.coverages.map((one) => one.coverageId)).toEqual(['plan']);
		expect(office.coverages.map((one) => one.coverageId)).toEqual(['plan', 'current']);
		expect(open.tiles.map((one) => one.theme)).toEqual(['plan', 'labels-plan', 'parks', 'blocks']);
		expect(open.tiles.every((one) => one.maxZoom <= 14 && one.url.startsWith('/tiles/public/'))).toBe(true);
		expect(open.synthetic).toBe(true);
		expect(await findZoneView(contextFor(PUBLIC_ACTOR), 'nowhere')).toBeNull();
	});

	it('draws every parcel with the class that its card names', async () => {
		const classes = (await findClassViews(contextFor(OFFICE_ON_LOCALHOST), ZONE)) ?? [];
		const { hits } = parcelSearchSchema.parse(
			await searchParcels(contextFor(OFFICE_ON_LOCALHOST), ZONE, 'plan', 'PJ', 100),
		);
		expect(hits.length).toBeGreaterThan(15);
		for (const hit of hits) {
			const tile = await tileAt(OFFICE_ON_LOCALHOST, 'plan', 16, hit.labelPoint);
			const layer = tile?.layers['parcel'];
			const feature = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i)).find(
				(one) => one?.id === hit.parcelNo,
			);
			const landUse = feature?.properties['k'];
			expect(landUse === -1 ? null : classes[Number(landUse)].key).toBe(hit.classKey);
		}
	});

	it('finds the parcel at a place as its reader may know it', async () => {
		const office = contextFor(OFFICE_ON_LOCALHOST);
		const open = contextFor(PUBLIC_ACTOR);
		const at = async (context: typeof open, coverage: string, place: readonly [number, number]) =>
			parcelAtSchema.parse(await findParcelAt(context, ZONE, coverage, place)).parcel;
		const { hits } = parcelSearchSchema.parse(await searchParcels(office, ZONE, 'plan', 'PJ', 100));
		let withheld = 0;
		for (const { parcelNo, code, classKey, labelPoint } of hits) {
			expect(await at(office, 'plan', labelPoint)).toMatchObject({ parcelNo, code, classKey });
			const known = await at(open, 'plan', labelPoint);
			expect(known?.parcelNo).toBe(parcelNo);
			if (known?.withheld === true) withheld++;
			expect([known?.code, known?.classKey]).toEqual(known?.withheld ? ['', null] : [code, classKey]);
		}
		expect(withheld).toBeGreaterThan(0);
		expect(await at(open, 'plan', [0, 0])).toBeNull();
		expect(await findParcelAt(open, ZONE, 'current', hits[0].labelPoint)).toBeNull();
	});

	it('gives the office exact vertices and the public five decimals', async () => {
		const card = async (actor: Actor) =>
			parcelSchema.parse(await findParcelCard(contextFor(actor), ZONE, 'plan', 1));
		const exact = await card(OFFICE_ON_LOCALHOST);
		const open = await card(PUBLIC_ACTOR);
		expect(exact.coordinateDecimals).toBeNull();
		expect(open.coordinateDecimals).toBe(5);
		const lons = open.geometry.coordinates.flat(2).map(([lon]) => lon);
		expect(lons.every((lon) => Number(lon.toFixed(5)) === lon)).toBe(true);
		expect(exact.geometry.coordinates.flat(2).every(([lon]) => Number.isInteger(lon * 2 ** 33))).toBe(true);
		expect(open.ellipsoidalAreaM2).toBe(exact.ellipsoidalAreaM2);
	});

	it('keeps the current coverage from the public on every path', async () => {
		const open = contextFor(PUBLIC_ACTOR);
		const office = await zoneFor(OFFICE_ON_LOCALHOST);
		const current = office.coverages.find((one) => one.kind === 'current');
		expect(await searchParcels(open, ZONE, 'current', 'P', 10)).toBeNull();
		expect(await findParcelCard(open, ZONE, 'current', 22)).toBeNull();
		expect(await findViewLegend(open, ZONE, 'current', office.bbox)).toBeNull();
		const encoder = office.tiles[0].url.split('/')[4];
		const address = { contentId: current?.contentId ?? '', encoder, theme: 'plan', z: '12', x: '0', y: '0' };
		expect(await findTile(open, { ...address, audience: 'public' })).toMatchObject({
			ok: false,
			status: 404,
		});
		expect(await findTile(open, { ...address, audience: 'office' })).toMatchObject({
			ok: false,
			status: 403,
		});
	});

	it('draws blocks for all who may see the plan, the ids of its parcels on them, none where a zone has none', async () => {
		for (const actor of [PUBLIC_ACTOR, OFFICE_ON_LOCALHOST]) {
			const { bbox } = await zoneFor(actor);
			const tile = await tileAt(actor, 'blocks', 8, [bbox[0], bbox[3]]);
			const names = (layer: string) =>
				Array.from({ length: tile?.layers[layer]?.length ?? 0 }, (_, i) =>
					String(tile?.layers[layer].feature(i).properties['b']),
				);
			expect([...new Set(names('block'))].sort()).toEqual(['PJ-A', 'PJ-B']);
			expect(names('block-label').sort()).toEqual(['PJ-A', 'PJ-B']);
		}
		const { tiles } = await zoneFor(PUBLIC_ACTOR);
		const url = tiles.find(({ theme }) => theme === 'blocks')?.url ?? '';
		expect(await tileOf(PUBLIC_ACTOR, url.replace(/[0-9a-f]{64}/, '0'.repeat(64)), 8, [0, 0])).toBeNull();
		const withoutBlocks = zoneThemes('office', 'list', [{ kind: 'plan', contentId: 'c' }], false);
		expect(withoutBlocks.map(({ theme }) => theme)).toEqual(['plan', 'labels-plan', 'parks']);
	});

	it('encodes a tile once for all who ask at once, and for those who ask later', async () => {
		const context = serviceContexts(database)(PUBLIC_ACTOR);
		const { tiles, bbox } = await zoneFor(PUBLIC_ACTOR);
		const [, , audience, contentId, encoder, theme] = tiles[0].url.split('/');
		const x = String(Math.floor(lonToWorldX(bbox[0]) * 2 ** 10));
		const y = String(Math.floor(latToWorldY(bbox[3]) * 2 ** 10));
		const askOnce = () => findTile(context, { audience, contentId, encoder, theme, z: '10', x, y });
		const answers = [...(await Promise.all([askOnce(), askOnce(), askOnce()])), await askOnce()];
		const made = new Set(answers.map((answer) => (answer.ok ? answer.value.tile.plain : null)));
		expect(made.size).toBe(1);
		expect([...made][0]).not.toBeNull();
	});

	it('is the office’s for whoever holds a role in the zone, and the public’s for others', async () => {
		const holderIn = (zoneId: string): Actor => ({
			...{ kind: 'user', userId: 'u', name: 'U', email: 'u@people.invalid' },
			grants: [{ zoneId, role: 'viewer', parkId: 'xinglongtai', officeId: null }],
		});
		const office = await zoneFor(OFFICE_ON_LOCALHOST);
		expect(await zoneFor(holderIn(ZONE))).toEqual(office);
		expect(await zoneFor(holderIn('elsewhere'))).toEqual(await zoneFor(PUBLIC_ACTOR));
		const url = office.tiles.find(({ theme }) => theme === 'current')?.url ?? '';
		const [, , audience, contentId, encoder, theme] = url.split('/');
		const address = { audience, contentId, encoder, theme, z: '9', x: '0', y: '0' };
		const ask = (actor: Actor) => findTile(contextFor(actor), address);
		const unknown = { ok: false, status: 404, code: 'tile.content-unknown' };
		// Before and after the tile is kept for those who may read it.
		expect(await ask(holderIn('elsewhere'))).toMatchObject(unknown);
		expect(await ask(holderIn(ZONE))).toMatchObject({ ok: true, value: { isPrivate: true } });
		expect(await ask(holderIn('elsewhere'))).toMatchObject(unknown);
		expect(await ask(PUBLIC_ACTOR)).toMatchObject({ ok: false, status: 403, code: 'tile.office-only' });
	});

	it('refuses addresses that name no tile, each with its reason', async () => {
		const zone = await zoneFor(PUBLIC_ACTOR);
		const [, , audience, contentId, encoder, theme] = zone.tiles[0].url.split('/');
		const good = { audience, contentId, encoder, theme, z: '12', x: '0', y: '0' };
		const refusal = async (over: Partial<typeof good>) => {
			const answer = await findTile(contextFor(PUBLIC_ACTOR), { ...good, ...over });
			return answer.ok ? 'found' : answer.code;
		};
		expect(await refusal({})).toBe('found');
		expect(await refusal({ audience: 'everyone' })).toBe('tile.audience-unknown');
		expect(await refusal({ theme: 'stock' })).toBe('tile.theme-unknown');
		expect(await refusal({ theme: '__proto__' })).toBe('tile.theme-unknown');
		expect(await refusal({ z: '12.5' })).toBe('tile.address-invalid');
		expect(await refusal({ x: '4096' })).toBe('tile.address-invalid');
		expect(await refusal({ y: '-1' })).toBe('tile.address-invalid');
		expect(await refusal({ z: '15' })).toBe('tile.zoom-unavailable');
		expect(await refusal({ contentId: '0'.repeat(64) })).toBe('tile.content-unknown');
		expect(await refusal({ contentId: "'; drop table parcel" })).toBe('tile.content-unknown');
		expect(await refusal({ encoder: 'e0-00000000' })).toBe('tile.encoder-unknown');
	});

	it('sums the legend of a view: everything in view of the whole, shares that add up in halves', async () => {
		const context = contextFor(OFFICE_ON_LOCALHOST);
		const { bbox } = await zoneFor(OFFICE_ON_LOCALHOST);
		const [west, south, east, north] = [bbox[0] - 0.1, bbox[1] - 0.1, bbox[2] + 0.1, bbox[3] + 0.1];
		const legend = async (box: readonly [number, number, number, number]) =>
			viewLegendSchema.parse(await findViewLegend(context, ZONE, 'plan', box));
		const whole = await legend([west, south, east, north]);
		const middle = (bbox[0] + bbox[2]) / 2;
		const halves = [await legend([west, south, middle, north]), await legend([middle, south, east, north])];
		expect(halves[0].totalM2 + halves[1].totalM2).toBeCloseTo(whole.totalM2, 0);
		expect(whole.rows.reduce((sum, row) => sum + row.areaM2, 0)).toBeCloseTo(whole.totalM2, 6);
		expect(whole.rows.some((row) => row.classKey === null && !row.withheld)).toBe(true);
		expect((await legend([0, 0, 1, 1])).rows).toEqual([]);
	});

	it('sums a view by stock status with the same whole, and for the office only', async () => {
		const office = contextFor(OFFICE_ON_LOCALHOST);
		const { bbox } = await zoneFor(OFFICE_ON_LOCALHOST);
		const byClass = viewLegendSchema.parse(await findViewLegend(office, ZONE, 'current', bbox));
		const byStock = viewLegendSchema.parse(await findViewLegend(office, ZONE, 'current', bbox, 'stock'));
		expect([byClass.by, byStock.by]).toEqual(['class', 'stock']);
		expect(byStock.totalM2).toBe(byClass.totalM2);
		expect(byStock.rows.every((row) => row.classKey === null)).toBe(true);
		expect(new Set(byStock.rows.map((row) => row.stockStatus)).size).toBe(byStock.rows.length);
		expect(await findViewLegend(contextFor(PUBLIC_ACTOR), ZONE, 'current', bbox, 'stock')).toBeNull();
	});
});
