import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { OFFICE_ON_LOCALHOST } from '$lib/server/access/actor.ts';
import type { Database } from '$lib/server/db/connect.ts';
import { findOpenCoverage } from '$lib/server/service/current-coverage.ts';
import { OverlayStore, type OverlayMaker } from '$lib/server/service/overlay-store.ts';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';
import { databaseWithZones, PANJIN_FOLDER, serviceContexts } from '../support/zone-service.ts';

describe('overlays of plan and current', () => {
	let database: Database;
	let plan: CoverageSnapshot;
	let current: CoverageSnapshot;
	beforeAll(async () => {
		database = await databaseWithZones('embedded', [PANJIN_FOLDER]);
		const context = serviceContexts(database)(OFFICE_ON_LOCALHOST);
		const open = async (id: string) => (await findOpenCoverage(context, 'panjin-like', id))?.snapshot;
		const [one, other] = [await open('plan'), await open('current')];
		if (one === undefined || other === undefined) throw new Error('the zone has both coverages');
		[plan, current] = [one, other];
	});
	afterAll(() => database.close());

	it('are made once for a pair, however many ask at once, and cover what both cover', async () => {
		let made = 0;
		const store = new OverlayStore(async (sets) => {
			made++;
			return overlayParcelSets(sets);
		});
		const all = await Promise.all([1, 2, 3].map(() => store.piecesOf(plan, current)));
		expect(new Set(all).size).toBe(1);
		expect(await store.piecesOf(plan, current)).toBe(all[0]);
		expect(made).toBe(1);
		expect(await store.piecesOf(current, plan)).not.toBe(all[0]);
		expect(made).toBe(2);
		const [pieces] = all;
		const sumM2 = pieces.areaM2
			.filter((_, i) => pieces.plan[i] >= 0)
			.reduce((sum, areaM2) => sum + areaM2, 0);
		const planM2 = plan.base.areaDm2.reduce((sum, areaDm2) => sum + areaDm2, 0) / 100;
		expect(Math.abs(sumM2 - planM2)).toBeLessThan(0.5);
	});

	it('that fail are tried again', async () => {
		const answers: OverlayMaker[] = [
			() => Promise.reject(new Error('no memory')),
			async (sets) => overlayParcelSets(sets),
		];
		const store = new OverlayStore((sets) => (answers.shift() ?? Promise.reject)(sets));
		await expect(store.piecesOf(plan, current)).rejects.toThrow('no memory');
		expect((await store.piecesOf(plan, current)).areaM2.length).toBeGreaterThan(0);
	});
});
