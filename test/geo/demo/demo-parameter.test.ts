import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_DEMO, generateDemoZone } from '$seeds/demo/generate.ts';
import { readZoneFile, zoneFileOf } from '$seeds/load/zone-file.ts';
import { ZoneFolderError } from '$seeds/load/zone-folder-error.ts';

const SEED = 'seed: a whole number from 0 to 40,000,000';
const COUNT = 'parcelCount: a whole number from 1,000 to 100,000';
const EAST = 'eastDeg: a whole number from -50 to 50';

const WRONG: readonly (readonly [field: 'seed' | 'parcelCount' | 'eastDeg', value: number, said: string])[] =
	[
		['seed', -1, SEED],
		['seed', 1.5, SEED],
		['seed', 2 ** 40, SEED],
		['parcelCount', 0, COUNT],
		['parcelCount', 999, COUNT],
		['parcelCount', 1000.7, COUNT],
		['parcelCount', 100_001, COUNT],
		['eastDeg', 0.3, EAST],
		['eastDeg', 51, EAST],
	];

async function readWith(demo: object): Promise<unknown> {
	const folder = await mkdtemp(join(tmpdir(), 'yuantu-demo-'));
	try {
		await cp('seeds/shenyang', folder, { recursive: true });
		const zone = JSON.parse(await readFile(zoneFileOf(folder), 'utf8')) as object;
		await writeFile(zoneFileOf(folder), JSON.stringify({ ...zone, geometry: { demo } }));
		return (await readZoneFile(folder)).geometry;
	} finally {
		await rm(folder, { recursive: true });
	}
}

describe('numbers that no demo is made from', () => {
	it.each([...WRONG, ['seed', NaN, SEED] as const, ['parcelCount', NaN, COUNT] as const])(
		'%s %d is refused by the generator with the field and its range',
		(field, value, said) => {
			const attempt = () => generateDemoZone({ ...DEFAULT_DEMO, [field]: value });
			expect(attempt).toThrow(RangeError);
			expect(attempt).toThrow(said);
		},
	);

	it.each(WRONG)('%s %d is refused where zone.json is read, with file, field and range', async (...wrong) => {
		const [field, value, said] = wrong;
		const error: unknown = await readWith({ ...DEFAULT_DEMO, [field]: value }).catch((e: unknown) => e);
		expect(error).toBeInstanceOf(ZoneFolderError);
		expect(String(error)).toMatch(/zone\.json: geometry\.demo\./);
		expect(String(error)).toContain(said);
	});

	it('are told all at once, and the ends of the ranges are taken', async () => {
		expect(() => generateDemoZone({ seed: -1, parcelCount: 0 })).toThrow(`${SEED}; ${COUNT}`);
		const least = { seed: 0, parcelCount: 1000, eastDeg: -50 };
		const most = { seed: 40_000_000, parcelCount: 100_000, eastDeg: 50 };
		for (const demo of [least, most]) expect(await readWith(demo)).toEqual({ demo });
	});
});
