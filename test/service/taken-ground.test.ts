import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import { inScope } from '$lib/server/db/connect.ts';
import { insertPlot, insertPlotVersion } from '$lib/server/db/plot.ts';
import type { SupplyRow } from '$lib/server/db/supply.ts';
import { enterSupply } from '$lib/server/service/supply/enter.ts';
import { makePlot } from '$lib/server/service/supply/make-plot.ts';
import { writeShape } from '$lib/server/db/shape.ts';
import { clientId, corner, failureOf, numberOf, valueOf } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';

/** Ground between two meridians of the cells of the small zone, over its whole height. */
const between = (west: number, east: number) =>
	flattenMultiPolygons([
		[[[corner(west, -1), corner(east, -1), corner(east, 4), corner(west, 4), corner(west, -1)]]],
	]);

describe.each(DATABASE_KINDS)('ground of plots on the %s database', (kind) => {
	let desk: SupplyDesk;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
	});
	afterAll(() => desk.database.close());

	const make = async (code: string, within: ReturnType<typeof between> | null, name = '示例宗地') =>
		makePlot(desk.as('sue'), PANJIN_ID, {
			...{ clientId: clientId(), name, within, parcelNos: [await numberOf(desk.database, code)] },
			...{ batchNo: null, cadastralCode: null, unitCode: null, codeStatus: 'none' },
			...{ documentAreaDm2: null, reason: 'a reason' },
		});
	const enter = (plotNo: number, mode: SupplyRow['mode'] = 'grant') => {
		const supply = { clientId: clientId(), plotNo, mode, year: 2026, quarter: 4 };
		return enterSupply(desk.as('sue'), PANJIN_ID, supply);
	};
	const cancel = (supplyNo: number) => desk.act(supplyNo, 'sue', 'cancel', { reason: 'a reason' });

	it('belongs to one plot, whole and in part; what only touches it is free', async () => {
		const west = valueOf(await make('PJ-22', between(2, 2.5), '西半'));
		const refused = async (within: ReturnType<typeof between> | null) => {
			const outcome = await make('PJ-22', within);
			expect(failureOf(outcome)).toEqual(['refused', 'plot.ground-taken']);
			return outcome.ok ? null : outcome.issues[0].params;
		};
		const whole = { plotNo: west.plotNo, name: '西半', areaM2: west.areaDm2 / 100 };
		expect(await refused(between(2, 2.5))).toEqual(whole);
		expect(await refused(null)).toEqual(whole);
		const part = Number((await refused(between(2.25, 2.75)))?.areaM2);
		expect(Math.abs(part - west.areaDm2 / 200)).toBeLessThanOrEqual(0.02);
		const east = valueOf(await make('PJ-22', between(2.5, 3)));
		expect(east.plotNo).toBeGreaterThan(west.plotNo);
		valueOf(await enter(west.plotNo));
		valueOf(await enter(east.plotNo));
	});

	it('goes to another plot once every supply of the first is over, and the first is not supplied beside it', async () => {
		const first = valueOf(await make('PJ-06', null));
		const { supplyNo } = valueOf(await enter(first.plotNo));
		expect(failureOf(await make('PJ-06', null))).toEqual(['refused', 'plot.ground-taken']);
		await cancel(supplyNo);
		const second = valueOf(await make('PJ-06', null));
		const { supplyNo: after } = valueOf(await enter(second.plotNo));
		expect(failureOf(await enter(first.plotNo))).toEqual(['conflict', 'plot.ground-taken']);
		await cancel(after);
		valueOf(await enter(first.plotNo));
		expect(failureOf(await enter(second.plotNo))).toEqual(['conflict', 'plot.ground-taken']);
	});

	it('is not supplied twice where two plots had it before', async () => {
		const first = valueOf(await make('PJ-25', null));
		const { plotNo, areaDm2, planarAreaDm2, planarSrid, coverageId, revision } = first;
		const of = { areaDm2, planarAreaDm2, planarSrid, coverageId, revision, documentAreaDm2: null };
		const shape = writeShape(between(5, 6));
		const scope = { role: 'app', zoneId: PANJIN_ID, grade: 'office', userId: 'sue' } as const;
		const twice = await inScope(desk.database, scope, async (sql) => {
			const no = await insertPlot(sql, PANJIN_ID, { ...first, clientId: clientId() });
			await insertPlotVersion(sql, PANJIN_ID, no, { ...of, shape, reason: '' }, []);
			return no;
		});
		valueOf(await enter(twice));
		const refused = await enter(plotNo);
		expect(failureOf(refused)).toEqual(['conflict', 'plot.ground-taken']);
		expect(refused).toMatchObject({ issues: [{ params: { plotNo: twice } }] });
	});

	it('has one winner of two who make a plot of it at once', async () => {
		const made = await Promise.all([
			make('PJ-01', null),
			make('PJ-01', null),
			make('PJ-01', between(1, 1.5)),
		]);
		expect(made.filter(({ ok }) => ok)).toHaveLength(1);
		for (const one of made) if (!one.ok) expect(failureOf(one)).toEqual(['refused', 'plot.ground-taken']);
	});

	it('of strips side by side is granted strip by strip', async () => {
		const [one, other] = [await desk.grant(), await desk.grant()];
		expect(other).not.toBe(one);
	});
});
