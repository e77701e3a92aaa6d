import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balanceSchema } from '$lib/api/balance.ts';
import { comparisonSchema, type WireComparison } from '$lib/api/history.ts';
import * as balanceRoute from '../../../src/routes/api/v1/zones/[zone]/balance/+server.ts';
import * as compareRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/compare/+server.ts';
import * as viewRoute from '../../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/revisions/[revision]/view/+server.ts';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { PUBLIC_ACTOR, type Actor } from '$lib/server/access/actor.ts';
import { compareRevisions } from '$lib/server/service/history/compare.ts';
import { ComparisonStore } from '$lib/server/service/history/comparison-store.ts';
import { OverlayStore } from '$lib/server/service/overlay-store.ts';
import {
	corner,
	failureOf,
	numberOf,
	openWorkshop,
	valueOf,
	type Workshop,
} from '../../support/changeset-service.ts';
import { PANJIN_ID } from '../../support/database-rows.ts';
import { published } from '../../support/published-history.ts';
import { openRoutes, type Asker } from '../../support/route-call.ts';

const [GREEN, MILITARY] = ['cn-land-use/2023/1401', 'cn-land-use/2023/1501'];
const dm2 = (text: string) => Math.round(Number(text) * 100);

describe('comparing two revisions', () => {
	let shop: Workshop;
	let routes: Awaited<ReturnType<typeof openRoutes>>;
	let [cut, merged, into, hidden, west, east] = [0, 0, 0, 0, 0, 0];
	beforeAll(async () => {
		shop = await openWorkshop('server');
		routes = await openRoutes(shop);
		[cut, merged, into, hidden] = await Promise.all(
			['PJ-00', 'PJ-02', 'PJ-12', 'PJ-25'].map((code) => numberOf(shop.database, code)),
		);
		await published(
			shop,
			undefined,
			{ verb: 'split_by_line', params: { line: [corner(0.4, -0.1), corner(0.4, 1.1)], parcelNos: [cut] } },
			{ verb: 'reclassify', params: { parcelNos: [-1], landUse: GREEN } },
		);
		await published(
			shop,
			undefined,
			{ verb: 'merge', params: { parcelNos: [merged, into], intoNo: into } },
			{ verb: 'reclassify', params: { parcelNos: [into], landUse: GREEN } },
			{ verb: 'reclassify', params: { parcelNos: [hidden], landUse: MILITARY } },
		);
		const parts = await shop.database.sql<{ no: number }[]>`
			select to_no as no from yuantu.parcel_lineage where from_no = ${cut} order by 1`;
		[west, east] = parts.map(({ no }) => no);
	});
	afterAll(async () => {
		await routes.close();
		await shop.database.close();
	});

	const compare = (who: Asker, from: number, to: number, level = 3) =>
		routes.get(compareRoute.GET, who, comparisonSchema, {
			params: { coverage: 'plan' },
			query: `from=${from}&to=${to}&level=${level}`,
		});
	const kindsOf = ({ changes }: WireComparison) =>
		Object.fromEntries(changes.map(({ parcelNo, kinds }) => [parcelNo, kinds]));
	/** Whole areas by line of one side, in 0.01 m². */
	const sums = ({ matrices, lines }: WireComparison, side: 'from' | 'to') => {
		const found: Record<string, number> = {};
		for (const { cells } of matrices)
			for (const cell of cells) {
				const name = lines[cell[side]].code ?? lines[cell[side]].line;
				found[name] = (found[name] ?? 0) + dm2(cell.areaM2);
			}
		return found;
	};

	it('lists what is otherwise, whatever was published between', async () => {
		const compared = await compare('ann', 1, 3);
		expect(kindsOf(compared)).toEqual({
			[cut]: ['retired'],
			[merged]: ['retired'],
			[into]: ['reshaped', 'reclassified'],
			[hidden]: ['reclassified'],
			[west]: ['created'],
			[east]: ['created'],
		});
		expect(compared.counts).toEqual({ retired: 2, reshaped: 1, reclassified: 2, created: 2 });
		expect(compared.changes.find(({ parcelNo }) => parcelNo === into)).toMatchObject({
			before: { classKey: 'cn-land-use/2023/1207', code: 'PJ-12', parkId: 'liaodongwan' },
			after: { classKey: GREEN },
		});
		expect(kindsOf(await compare('ann', 2, 3))).not.toHaveProperty(String(cut));
		expect(kindsOf(await compare('ann', 3, 1))).toMatchObject({ [cut]: ['created'], [west]: ['retired'] });
	});

	it.each([1, 2, 3])('closes with both balances to 0.01 m², park by park (level %i)', async (level) => {
		const compared = await compare('ann', 1, 3, level);
		for (const [side, revision] of [
			['from', 1],
			['to', 3],
		] as const) {
			const query = `unit=m2&level=${level}&revision=${revision}`;
			const { tables } = await routes.get(balanceRoute.GET, 'ann', balanceSchema, { query });
			const plan = tables.find(({ coverageId }) => coverageId === 'plan');
			if (plan === undefined) throw new Error('there is a plan');
			expect(sums(compared, side)).toEqual(
				Object.fromEntries(plan.lines.map((one) => [one.code ?? one.line, dm2(one.total)])),
			);
			for (const { parkId, place, totalM2, cells } of compared.matrices) {
				const column = plan.columns.indexOf(parkId ?? place);
				expect(totalM2).toBe(plan.columnTotals[column]);
				for (const [index, line] of compared.lines.entries()) {
					const own = cells.filter((cell) => cell[side] === index);
					const row = plan.lines.find((one) => one.code === line.code && one.line === line.line);
					expect(own.reduce((sum, { areaM2 }) => sum + dm2(areaM2), 0)).toBe(dm2(row?.cells[column] ?? '0'));
				}
			}
		}
	});

	it('tells where, to the decimals of the reader', async () => {
		const boxOf = async (who: Asker, no: number) =>
			(await compare(who, 1, 3)).changes.find(({ parcelNo }) => parcelNo === no)?.bbox;
		const box = [...corner(0, 0), ...corner(1, 1)];
		expect(await boxOf('ann', cut)).toEqual(box);
		expect(await boxOf('public', cut)).toEqual(box.map((degrees) => Number(degrees.toFixed(5))));
		const [west, south, east, north] = (await boxOf('ann', into)) ?? [0, 0, 0, 0];
		expect([(east - west) * 512, (north - south) * 512].sort()).toEqual([1, 2]);
	});

	it('says which ground became what', async () => {
		const { lines, matrices } = await compare('ann', 1, 3);
		const at = (code: string) => lines.findIndex((line) => line.code === code);
		const [own] = matrices.filter(({ parkId }) => parkId === 'liaodongwan');
		const became = own.cells.find(({ from, to }) => from === at('070102') && to === at('1401'));
		const { changes } = await compare('ann', 1, 3);
		const before = changes.find(({ parcelNo }) => parcelNo === merged)?.before;
		expect(Math.abs(dm2(became?.areaM2 ?? '0') - dm2(before?.areaM2 ?? '0'))).toBeLessThanOrEqual(5);
	});

	it('shows the public land that is not published as one named line, and only counts its parcels', async () => {
		const [office, open] = [await compare('ann', 1, 3), await compare('public', 1, 3)];
		expect(open.lines.map(({ line }) => line)).toContain('withheld');
		expect(open.lines.map(({ code }) => code)).not.toContain('1501');
		expect(sums(open, 'to')['withheld']).toBe(sums(office, 'to')['1501']);
		expect([office.withheld, open.withheld]).toEqual([0, 1]);
		const others = office.changes.filter(({ parcelNo }) => parcelNo !== hidden);
		const rounded = ({ bbox, ...change }: (typeof others)[number]) => ({
			...change,
			bbox: bbox.map((degrees) => Number(degrees.toFixed(5))),
		});
		expect(open.changes).toEqual(others.map(rounded));
		expect(open.counts).toEqual({ retired: 2, reshaped: 1, reclassified: 1, created: 2 });
	});

	it('is made once for readers of a grade, and refused where too much is otherwise', async () => {
		const counted = (most: number) => {
			const made: string[] = [];
			const comparisons = new ComparisonStore(most);
			const overlays = new OverlayStore(async (sets) => {
				made.push('overlay');
				return overlayParcelSets(sets);
			});
			const ask = (actor: Actor, from: number, to: number) => {
				const context = { ...shop.as('ann'), actor, comparisons, overlays };
				return compareRevisions(context, PANJIN_ID, 'plan', { from, to, level: 1 });
			};
			return { made, ask };
		};
		const { actor } = shop.as('ann');
		const { made, ask } = counted(20);
		const [first, second] = await Promise.all([ask(PUBLIC_ACTOR, 1, 3), ask(PUBLIC_ACTOR, 1, 3)]);
		expect([made, second]).toEqual([['overlay'], first]);
		expect(valueOf(await ask(actor, 1, 3)).withheld).toBe(0);
		expect(valueOf(await ask(PUBLIC_ACTOR, 1, 3)).withheld).toBe(1);
		expect(made).toHaveLength(1);
		const few = counted(5);
		for (const who of [PUBLIC_ACTOR, actor]) {
			expect(failureOf(await few.ask(who, 1, 3))).toEqual(['refused', 'comparison.too-large']);
			expect((await few.ask(who, 2, 3)).ok).toBe(true);
		}
	});

	it('has nothing to tell of one revision, but all its land', async () => {
		const { changes, matrices } = await compare('ann', 2, 2);
		expect(changes).toEqual([]);
		expect(matrices.every(({ cells }) => cells.every(({ from, to }) => from === to))).toBe(true);
	});

	it('is not for those who may not see one of them', async () => {
		const asking = { params: { coverage: 'plan' }, query: 'from=1&to=3' };
		const withdraw = {
			params: { coverage: 'plan', revision: '3' },
			body: { event: 'withdraw', reason: '涉密' },
		};
		expect((await routes.call(viewRoute.POST, 'paul', withdraw)).status).toBe(200);
		expect((await routes.call(compareRoute.GET, 'public', asking)).status).toBe(404);
		expect((await routes.call(compareRoute.GET, 'guest', asking)).status).toBe(200);
		const unknown = { params: { coverage: 'plan' }, query: 'from=1&to=9' };
		expect((await routes.call(compareRoute.GET, 'ann', unknown)).body).toMatchObject({
			title: 'revision.not-found',
		});
		const wrong = { params: { coverage: 'plan' }, query: 'from=1' };
		expect((await routes.call(compareRoute.GET, 'ann', wrong)).status).toBe(422);
	});
});
