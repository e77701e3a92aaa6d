import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { insertProgramme } from '$lib/server/db/supply-programme.ts';
import { actOnSupply } from '$lib/server/service/supply/act.ts';
import { enterSupply } from '$lib/server/service/supply/enter.ts';
import { readPlotMap } from '$lib/server/service/supply/plot-map.ts';
import { makePlot } from '$lib/server/service/supply/make-plot.ts';
import {
	listSignatories,
	readPlotShape,
	readRegister,
	type RegisterWish,
} from '$lib/server/service/supply/register.ts';
import { loadLaw } from '../../seeds/load/load-law.ts';
import {
	clientId,
	failureOf,
	numberOf,
	openWorkshop,
	valueOf,
	type Workshop,
} from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { CADASTRAL_CODE } from '../support/supply-rows.ts';
import { SEEDS_FOLDER } from '../support/zone-service.ts';

describe.each(DATABASE_KINDS)('the register of plots on the %s database', (kind) => {
	let shop: Workshop;
	beforeAll(async () => {
		shop = await openWorkshop(kind);
		await loadLaw(shop.database, SEEDS_FOLDER);
		const made = { approvedOn: null, source: 'a source', isSynthetic: true };
		await asOwner(shop.database, (sql) =>
			insertProgramme(sql, PANJIN_ID, { year: 2026, number: 'a number', ...made }),
		);
		await plot('first plot', 'PJ-00', { cadastralCode: CADASTRAL_CODE, codeStatus: 'provisional' });
		await plot('second plot', 'PJ-02', { documentAreaDm2: 123_456, isAreaConfirmed: true });
		await plot('third plot', 'PJ-10');
		await supply(1);
		await supply(2);
		await shop.database.sql.begin(async (sql) => {
			await sql`select set_config('search_path', 'yuantu,public', true)`;
			await sql`update supply set due_on = '2026-01-05' where supply_no = 2`;
		});
	});
	afterAll(() => shop.database.close());

	async function plot(name: string, code: string, changes: Partial<Parameters<typeof makePlot>[2]> = {}) {
		const order = {
			clientId: clientId(),
			name,
			parcelNos: [await numberOf(shop.database, code)],
			within: null,
			batchNo: null,
			cadastralCode: null,
			unitCode: null,
			codeStatus: 'none',
			documentAreaDm2: null,
			reason: 'a reason',
			...changes,
		} as const;
		return valueOf(await makePlot(shop.as('sue'), PANJIN_ID, order));
	}
	async function supply(plotNo: number) {
		const entry = { clientId: clientId(), plotNo, mode: 'grant', year: 2026, quarter: 4 } as const;
		return valueOf(await enterSupply(shop.as('sue'), PANJIN_ID, entry));
	}
	const read = async (wish: Partial<RegisterWish> = {}) =>
		valueOf(
			await readRegister(shop.as('guest'), PANJIN_ID, {
				sort: 'plot',
				order: 'up',
				offset: 0,
				limit: 50,
				...wish,
			}),
		);
	const names = async (wish: Partial<RegisterWish>) => (await read(wish)).rows.map(({ name }) => name);

	it('lists every plot once, with its newest supply, counts them and sums their areas', async () => {
		const { rows, total, totalAreaDm2 } = await read();
		expect(rows.map(({ name, state }) => [name, state])).toEqual([
			['first plot', 'programmed'],
			['second plot', 'programmed'],
			['third plot', null],
		]);
		expect(rows[1]).toMatchObject({ areaDm2: 123_456, areaKind: 'document', dueOn: '2026-01-05' });
		expect(rows[2]).toMatchObject({ areaKind: 'ellipsoidal', holder: null, isAstray: false });
		expect([total, totalAreaDm2]).toEqual([3, rows.reduce((sum, { areaDm2 }) => sum + areaDm2, 0)]);

		const page = await read({ limit: 1, offset: 1 });
		expect([page.rows.map(({ name }) => name), page.total]).toEqual([['second plot'], 3]);
	});

	it('shows the supply after the one that was cancelled', async () => {
		const cancelled = { event: 'cancel', facts: { reason: 'a reason' } } as const;
		const act = { ...cancelled, acknowledged: [], expectedEdit: 0 };
		valueOf(await actOnSupply(shop.as('sue'), PANJIN_ID, 1, act));
		expect((await read()).rows[0]).toMatchObject({ supplyNo: 1, state: 'cancelled' });
		const { supplyNo } = await supply(1);
		expect((await read()).rows[0]).toMatchObject({ supplyNo, state: 'programmed' });
	});

	it('filters by state, mark, words and what is due, and sorts', async () => {
		expect(await names({ state: 'none' })).toEqual(['third plot']);
		expect(await names({ mode: 'grant' })).toEqual(['first plot', 'second plot']);
		expect(await names({ flag: 'provisional' })).toEqual(['first plot']);
		expect(await names({ flag: 'astray' })).toEqual([]);
		expect(await names({ words: 'SECOND' })).toEqual(['second plot']);
		expect(await names({ words: CADASTRAL_CODE.slice(4) })).toEqual(['first plot']);
		expect(await names({ due: 'overdue' })).toEqual(['second plot']);
		expect(await names({ due: 'quarter' })).toEqual(['first plot']);
		expect(await names({ park: 'nowhere' })).toEqual([]);
		expect(await names({ sort: 'name', order: 'down' })).toEqual(['third plot', 'second plot', 'first plot']);
		expect(await names({ sort: 'due', order: 'down' })).toEqual(['first plot', 'second plot', 'third plot']);
	});

	it('is for who may read supplies', async () => {
		const wish = { sort: 'plot', order: 'up', offset: 0, limit: 50 } as const;
		const guest = shop.as('guest');
		const stranger = { ...guest, actor: { ...guest.actor, grants: [] } };
		expect(failureOf(await readRegister(stranger, PANJIN_ID, wish))[0]).toBe('forbidden');
		expect(failureOf(await listSignatories(stranger, PANJIN_ID))[0]).toBe('forbidden');
		expect(failureOf(await readPlotShape(stranger, PANJIN_ID, 1))[0]).toBe('not-found');
	});

	it('draws a plot among the plan parcels round it', async () => {
		const { coordinates, neighbours } = valueOf(await readPlotShape(shop.as('guest'), PANJIN_ID, 3));
		const [areaM2] = ellipsoidalAreasM2(flattenMultiPolygons([coordinates]));
		const { rows } = await read();
		expect(Math.round(areaM2 * 100)).toBe(rows[2].areaDm2);
		expect(neighbours.length).toBeGreaterThan(1);
	});

	it('maps the plots of a box with their shapes, filtered as the list is', async () => {
		const map = async (box: readonly [number, number, number, number], wish = {}) =>
			valueOf(await readPlotMap(shop.as('guest'), PANJIN_ID, wish, box)).plots;
		const all = await map([-180, -90, 180, 90]);
		expect(all.map(({ name, state }) => [name, state])).toEqual([
			['first plot', 'programmed'],
			['second plot', 'programmed'],
			['third plot', null],
		]);
		for (const { lon, lat, coordinates } of all) {
			const lons = coordinates?.flat(2).map(([east]) => east) ?? [];
			expect([Math.min(...lons) < lon, lon < Math.max(...lons)]).toEqual([true, true]);
			const around = await map([lon - 1e-6, lat - 1e-6, lon + 1e-6, lat + 1e-6]);
			expect(around.length).toBeGreaterThan(0);
		}
		expect((await map([-180, -90, 180, 90], { state: 'none' })).map(({ name }) => name)).toEqual([
			'third plot',
		]);
		expect(await map([0, 0, 1, 1])).toEqual([]);
		const guest = shop.as('guest');
		const stranger = { ...guest, actor: { ...guest.actor, grants: [] } };
		expect(failureOf(await readPlotMap(stranger, PANJIN_ID, {}, [0, 0, 1, 1]))[0]).toBe('forbidden');
	});
});
