import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { flatten, pointOnFeature, type AllGeoJSON } from '@turf/turf';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import { parcelAtSchema, parcelSchema } from '$lib/api/parcel.ts';
import { zoneSchema, type WireZone } from '$lib/api/zone.ts';
import { copyDataFolder, startProgram, type Program } from '../support/run-program.ts';
import { ask, FROM_OUTSIDE } from './client.ts';

describe('tiles over HTTP', () => {
	let program: Program;
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	let address: string;
	let open: WireZone;

	beforeAll(async () => {
		folder = await copyDataFolder(inject('preparedDataFolder'));
		program = startProgram({ DATA_DIR: folder.path, OFFICE_ON_LOCALHOST: 'on' });
		address = await program.address();
		const answer = await ask(address, '/api/v1/zones/shenyang', { headers: FROM_OUTSIDE });
		open = zoneSchema.parse(answer.json());
	});
	afterAll(async () => {
		await program.stop();
		await folder.remove();
	});

	const themeUrl = (theme: string) => open.tiles.find((one) => one.theme === theme)?.url ?? '';
	const tileUrl = (theme: string, zoom: number, lon = 123.45, lat = 41.71) =>
		themeUrl(theme)
			.replace('{z}', String(zoom))
			.replace('{x}', String(Math.floor(lonToWorldX(lon) * 2 ** zoom)))
			.replace('{y}', String(Math.floor(latToWorldY(lat) * 2 ** zoom)));

	/** A parcel of special land, as the office knows it. */
	async function specialParcel() {
		const low = await ask(address, tileUrl('plan', 8));
		const layer = new VectorTile(new PbfReader(low.body)).layers['parcel'];
		const features = Array.from({ length: layer.length }, (_, i) => layer.feature(i));
		const withheld = features.filter((one) => one.properties['k'] === -2);
		expect(withheld.map(({ id }) => id)).toEqual([undefined]);
		const [z, x, y] = tileUrl('plan', 8).split('/').slice(-3).map(Number);
		const [shape] = flatten(withheld[0].toGeoJSON(x, y, z) as AllGeoJSON).features;
		const [lon, lat] = pointOnFeature(shape).geometry.coordinates;
		const found = await ask(address, `/api/v1/zones/shenyang/coverages/plan/parcels?at=${lon},${lat}`);
		const id = parcelAtSchema.parse(found.json()).parcel?.parcelNo ?? 0;
		const answer = await ask(address, `/api/v1/zones/shenyang/coverages/plan/parcels/${id}`);
		const { code, classKey, labelPoint } = parcelSchema.parse(answer.json());
		expect(classKey).toMatch(/\/15\d*$/);
		return { id, code, lon: labelPoint[0], lat: labelPoint[1] };
	}

	it('are immutable, compressed, tagged, and not sent again to a client that has them', async () => {
		const url = tileUrl('plan', 12);
		const first = await ask(address, url, { headers: { 'accept-encoding': 'gzip, br' } });
		expect(first.status).toBe(200);
		expect(first.headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
		expect(first.headers['content-encoding']).toBe('gzip');
		expect(first.headers['cache-control']).toBe('public, max-age=31536000, immutable');
		expect(first.headers['vary']).toMatch(/accept-encoding/i);
		const plain = await ask(address, url);
		expect(plain.headers['content-encoding']).toBeUndefined();
		expect(plain.headers.etag).not.toBe(first.headers.etag);
		expect(gunzipSync(first.body).equals(plain.body)).toBe(true);
		const layer = new VectorTile(new PbfReader(plain.body)).layers['parcel'];
		expect(layer.length).toBeGreaterThan(50);
		const again = await ask(address, url, {
			headers: { 'accept-encoding': 'gzip', 'if-none-match': first.headers.etag ?? '' },
		});
		expect([again.status, again.body.length]).toEqual([304, 0]);
	});

	it('are 204 where nothing lies, and stay so', async () => {
		const empty = await ask(address, tileUrl('plan', 12, 120, 41));
		expect([empty.status, empty.body.length]).toEqual([204, 0]);
		expect(empty.headers['cache-control']).toMatch(/immutable/);
	});

	it('tell a bad address apart, as problem+json', async () => {
		const good = tileUrl('plan', 12);
		const status = async (path: string, headers: Record<string, string> = {}) => {
			const answer = await ask(address, path, { headers });
			expect(answer.headers['content-type']).toBe('application/problem+json');
			return answer.status;
		};
		expect(await status(good.replace('/plan/12/', '/plan/x/'))).toBe(400);
		expect(await status(good.replace('/plan/12/', '/plan/15/'))).toBe(404);
		expect(await status(good.replace('/plan/', '/secret/'))).toBe(404);
		for (const path of [good, tileUrl('blocks', 12)])
			expect(await status(path.replace(/[0-9a-f]{64}/, 'f'.repeat(64)))).toBe(404);
		expect(await status(good.replace('/tiles/public/', '/tiles/office/'), FROM_OUTSIDE)).toBe(403);
	});

	it('have the themes of their own coverage only: the plan is no current land use', async () => {
		const { tiles } = zoneSchema.parse((await ask(address, '/api/v1/zones/shenyang')).json());
		const urlOf = (theme: string) => tiles.find((one) => one.theme === theme)?.url ?? '';
		const contentOf = (theme: string) => /[0-9a-f]{64}/.exec(urlOf(theme))?.[0] ?? '';
		const foreign = tiles
			.filter(({ theme }) => theme !== 'control')
			.map(({ theme, url, minZoom }) => {
				const own = contentOf(theme);
				const other = contentOf(own === contentOf('plan') ? 'current' : 'plan');
				const place = url.replace('{z}', String(minZoom)).replace('{x}', '0').replace('{y}', '0');
				return place.replace(own, other);
			});
		expect(foreign.length).toBe(7);
		for (const path of foreign) {
			const answer = await ask(address, path);
			expect([answer.status, answer.json()]).toMatchObject([404, { title: 'tile.content-unknown' }]);
		}
	});

	it('show the public the blocks of the plan', async () => {
		const tile = await ask(address, tileUrl('blocks', 14), { headers: FROM_OUTSIDE });
		expect(tile.status).toBe(200);
		const { block } = new VectorTile(new PbfReader(tile.body)).layers;
		expect(block.feature(0).properties).toEqual({ b: expect.stringMatching(/^hunnan-/) as string });
		expect((await ask(address, tileUrl('blocks', 15), { headers: FROM_OUTSIDE })).status).toBe(404);
	});

	it('are private where they are for the office', async () => {
		const answer = await ask(address, '/api/v1/zones/shenyang');
		const zone = zoneSchema.parse(answer.json());
		const current = zone.tiles.find((one) => one.theme === 'current')?.url ?? '';
		const path = current.replace('{z}', '8').replace('{x}', '215').replace('{y}', '95');
		const tile = await ask(address, path);
		expect(tile.status).toBe(200);
		expect(tile.headers['cache-control']).toMatch(/^private/);
		expect((await ask(address, path, { headers: FROM_OUTSIDE })).status).toBe(403);
	});

	it('show the public neither class nor code of special land', async () => {
		const plain = await ask(address, tileUrl('plan', 8));
		const layer = new VectorTile(new PbfReader(plain.body)).layers['parcel'];
		const numbers = Array.from({ length: layer.length }, (_, i) => Number(layer.feature(i).properties['k']));
		expect(numbers).toContain(-2);
		const special = await specialParcel();
		const shownAt = async (theme: string, layer: string, headers: Record<string, string>) => {
			const path = tileUrl(theme, 14, special.lon, special.lat);
			const isPublic = headers === FROM_OUTSIDE;
			const tile = await ask(address, isPublic ? path : path.replace('/public/', '/office/'), { headers });
			const shown = new VectorTile(new PbfReader(tile.body)).layers[layer];
			return Array.from({ length: shown.length }, (_, i) => shown.feature(i)).find(
				(one) => one.id === special.id,
			);
		};
		expect((await shownAt('plan', 'parcel', {}))?.properties['c']).toBe(special.code);
		expect((await shownAt('plan', 'parcel', FROM_OUTSIDE))?.properties).toMatchObject({ k: -2 });
		expect((await shownAt('plan', 'parcel', FROM_OUTSIDE))?.properties).not.toHaveProperty('c');
		expect((await shownAt('labels-plan', 'label', {}))?.properties['c']).toBe(special.code);
		expect(await shownAt('labels-plan', 'label', FROM_OUTSIDE)).toBeUndefined();
	});
});
