import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SHENYANG_FOLDER } from '../support/zone-service.ts';
import { makeFolder } from '../support/run-program.ts';

/** A zone to be made up: a folder's demo with another seed, size and place. */
export interface ZoneParameters {
	readonly zoneId: string;
	readonly seed: number;
	readonly parcelCount: number;
	readonly eastDeg: number;
}

/** Ten zones of 100,000 parcels, two degrees apart: no map tile from zoom 8 on meets two of them. */
export const TEN_ZONES: readonly ZoneParameters[] = Array.from({ length: 10 }, (_, k) => ({
	zoneId: `zone-${k + 1}`,
	seed: k + 1,
	parcelCount: 100_000,
	eastDeg: -2 * k,
}));

interface ZoneModel {
	readonly localLandUse: object;
}

/** Longitude of the demo's middle, and of the first central meridian of the projections by 3 degrees. */
const DEMO_LON = 123.5;
const FIRST_MERIDIAN = { epsg: 4513, deg: 75 };

/** Writes the folder of each zone; the caller removes them. */
export async function makeZoneFolders(
	zones: readonly ZoneParameters[],
): Promise<{ paths: string[]; remove(): Promise<void> }> {
	const folder = await makeFolder();
	const model = JSON.parse(await readFile(join(SHENYANG_FOLDER, 'zone.json'), 'utf8')) as ZoneModel;
	const paths: string[] = [];
	for (const { zoneId, ...demo } of zones) {
		const path = join(folder.path, zoneId);
		const number = Math.round((DEMO_LON + demo.eastDeg - FIRST_MERIDIAN.deg) / 3);
		const localLandUse = { ...model.localLandUse, system: zoneId };
		const changes = { zoneId, projectSrid: FIRST_MERIDIAN.epsg + number, localLandUse, geometry: { demo } };
		await mkdir(path);
		await writeFile(join(path, 'zone.json'), JSON.stringify({ ...model, ...changes }));
		paths.push(path);
	}
	return { paths, remove: () => folder.remove() };
}
