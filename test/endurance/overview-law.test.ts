import { describe, expect, it } from 'vitest';
import { overviewTask } from '$lib/server/tile/overview.ts';
import type { OverviewSubject } from '$lib/server/tile/overview-subject.ts';
import { drawnOverview } from '../support/coverage-tile.ts';
import { demoSnapshot } from '../support/demo-snapshot.ts';
import { heaviestTileBytes, labelFits } from '../support/overview-law.ts';

const PARCELS = 100_000;
const SEED = 77;
const MOST_BYTES = 250_000;
/** Of labels of so much of the ground the areas are held. */
const LEAST_SHARE = 0.001;
const OFF = 0.01;

describe.each([
	['plan', ['office', 'public', 'blocks']],
	['current', ['office', 'stock']],
] as const)('the overviews of the %s of 100,000 parcels', (kind, subjects) => {
	const snapshot = demoSnapshot(kind, PARCELS, { seed: SEED });

	it.each<OverviewSubject>(subjects)('are light and keep areas: %s', (subject) => {
		const task = overviewTask(snapshot, subject);
		if (task === null) throw new Error('no overview');
		const overview = drawnOverview(snapshot, subject);
		for (const zoom of [...overview.levels.keys()].filter((one) => one < 14))
			expect([zoom, heaviestTileBytes(overview, task, zoom) <= MOST_BYTES]).toEqual([zoom, true]);
		for (const [zoom, level] of overview.levels) {
			const fits = labelFits(task, level).filter(({ share }) => share >= LEAST_SHARE);
			expect([zoom, fits.filter(({ off }) => Math.abs(off) > OFF)]).toEqual([zoom, []]);
		}
	});
});
