import { describe, expect, it } from 'vitest';
import { overviewTask } from '$lib/server/tile/overview.ts';
import type { OverviewSubject } from '$lib/server/tile/overview-subject.ts';
import { drawnOverview } from '../support/coverage-tile.ts';
import { demoSnapshot } from '../support/demo-snapshot.ts';
import { labelFits } from '../support/overview-law.ts';

const PARCELS = 8000;
/** Labels of so much of the ground are drawn within a hundredth of their area, others within so much of the ground. */
const LEAST_SHARE = 0.001;
const OFF = 0.01;
const OFF_GROUND = 2e-5;

describe.each([
	['plan', ['office', 'public', 'blocks']],
	['current', ['office', 'stock']],
] as const)('areas read off the overviews of the %s of the demo', (kind, subjects) => {
	const snapshot = demoSnapshot(kind, PARCELS);

	it.each<OverviewSubject>(subjects)('fit what each class, status or block has: %s', (subject) => {
		const task = overviewTask(snapshot, subject);
		if (task === null) throw new Error('no overview');
		const { levels } = drawnOverview(snapshot, subject);
		expect(levels.size).toBeGreaterThan(2);
		for (const [zoom, level] of levels) {
			const wrong = labelFits(task, level).filter(({ share, off }) =>
				share < LEAST_SHARE ? Math.abs(off) * share > OFF_GROUND : Math.abs(off) > OFF,
			);
			expect([zoom, wrong]).toEqual([zoom, []]);
		}
	});
});
