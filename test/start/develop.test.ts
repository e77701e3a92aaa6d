import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { zoneSchema } from '$lib/api/zone.ts';
import { ask } from '../http/client.ts';
import { copyDataFolder, startProgram, type Program } from '../support/run-program.ts';

/** What `npm run dev` executes. */
const DEVELOP = [process.execPath, 'bin/start.js', '--dev'] as const;

describe('the program for developing', () => {
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	let program: Program;
	let address: string;
	beforeAll(async () => {
		folder = await copyDataFolder(inject('preparedDataFolder'));
		program = startProgram({ DATA_DIR: folder.path, OFFICE_ON_LOCALHOST: 'on' }, DEVELOP);
		address = await program.address();
	});
	afterAll(async () => {
		program.signal('SIGKILL');
		await program.ended;
		await folder.remove();
	});

	it('serves its pages from the sources', async () => {
		for (const path of ['/', '/balance', '/parcel/shenyang/plan/1', '/about']) {
			const page = await ask(address, path);
			const isFromSources = page.text().includes('/node_modules/@sveltejs/kit/src/runtime/client/entry.js');
			expect([path, page.status, isFromSources]).toEqual([path, 200, true]);
		}
		const script = await ask(address, '/src/lib/state/map-desk.svelte.ts');
		expect([script.status, script.headers['content-type']]).toEqual([200, 'text/javascript']);
	});

	it('serves a tile, and planned against current', async () => {
		const zone = zoneSchema.parse((await ask(address, '/api/v1/zones/shenyang')).json());
		const url = zone.tiles.find(({ theme }) => theme === 'plan')?.url ?? '';
		const tile = await ask(address, url.replace('{z}/{x}/{y}', '8/215/95'));
		expect(tile.status).toBe(200);
		expect(new VectorTile(new PbfReader(tile.body)).layers['parcel'].length).toBeGreaterThan(0);
		const balance = (await ask(address, '/api/v1/zones/shenyang/balance')).json();
		expect(balance).toMatchObject({ change: { rows: expect.any(Array) } });
	});

	it('stops on Ctrl-C', async () => {
		program.signal('SIGINT');
		expect(await program.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
		await expect(ask(address, '/')).rejects.toThrow();
	});
});
