import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { draftBalanceSchema } from '$lib/api/changeset.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { insertRuleValues } from '$lib/server/db/rule-value.ts';
import { checkChangeset } from '$lib/server/service/changeset/check.ts';
import { balanceChangeset, type DraftBalance } from '$lib/server/service/changeset/draft-balance.ts';
import { OverlayStore } from '$lib/server/service/overlay-store.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import {
	corner,
	failureOf,
	numberOf,
	openWorkshop,
	valueOf,
	type Workshop,
} from '../support/changeset-service.ts';
import { drafted, publishDraft } from '../support/published-history.ts';

const INDUSTRY = 'cn-land-use/2023/100101';
const CLASS = 'cn-land-use/2023/0803';
describe('the balance of a draft', () => {
	let shop: Workshop;
	beforeAll(async () => {
		shop = await openWorkshop('server');
	});
	afterAll(() => shop.database.close());

	const balance = async (no: number) => {
		const found = valueOf(await balanceChangeset(shop.as('rita'), PANJIN_ID, no));
		expect(draftBalanceSchema.parse(found)).toEqual(found);
		return found;
	};
	const cutAndReclassify = async (code: string, x: number): Promise<Step[]> => [
		{
			verb: 'split_by_line',
			params: {
				line: [corner(x, -0.1), corner(x + 0.03, 3.1)],
				parcelNos: [await numberOf(shop.database, code)],
			},
		},
		{ verb: 'reclassify', params: { parcelNos: [-1], landUse: CLASS } },
	];
	const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
	const columnSums = ({ lines, columns }: DraftBalance, side: 'beforeDm2' | 'afterDm2') =>
		columns.map((_, column) => sum(lines.map((line) => line[side][column])));
	/** What is there of each class and park, after a draft or stored. */
	const afterOf = ({ lines }: DraftBalance) =>
		lines
			.map(({ landUse, afterDm2 }) => `${landUse} ${afterDm2.join(' ')}`)
			.filter((line) => / [1-9]/.test(line));
	const stored = async (revision: number) => {
		const rows = await shop.database.sql<{ landUse: string | null; column: number; areaDm2: number }[]>`
			select class_system || '/' || class_version || '/' || class_code as "landUse",
				case park_relation when 'inside' then (select count(*) from yuantu.park b where b.zone_id = p.zone_id and b.sort < a.sort)
					when 'outside' then 2 else 3 end::integer as column, sum(p.area_dm2)::bigint as "areaDm2"
			from yuantu.parcel p left join yuantu.park a on a.zone_id = p.zone_id and a.park_id = p.park_id
			where p.zone_id = ${PANJIN_ID} and coverage_id = 'plan' and rev_from <= ${revision}
				and (rev_to is null or rev_to > ${revision}) group by 1, 2`;
		const classes = [...new Set(rows.map(({ landUse }) => landUse))];
		return classes.map((landUse) => {
			const areas = [0, 1, 2, 3].map(
				(column) => rows.find((row) => row.landUse === landUse && row.column === column)?.areaDm2 ?? 0,
			);
			return `${landUse} ${areas.join(' ')}`;
		});
	};

	it('is the revision itself where nothing is changed', async () => {
		const found = await balance(await drafted(shop, 'ann'));
		expect(found.lines.map(({ beforeDm2 }) => beforeDm2)).toEqual(
			found.lines.map(({ afterDm2 }) => afterDm2),
		);
		expect(found.matrix).toEqual({ rows: [], columns: [], cellsDm2: [] });
		expect(afterOf(found).sort()).toEqual((await stored(1)).sort());
		expect(found.columns.map(({ parkId, relation }) => parkId ?? relation)).toEqual([
			'liaodongwan',
			'xinglongtai',
			'outside',
			'several',
		]);
	});

	it('moves ground from class to class within its park, to 0.01 m², and says from which to which', async () => {
		const other = await numberOf(shop.database, 'PJ-21');
		const found = await balance(
			await drafted(shop, 'ann', ...(await cutAndReclassify('PJ-00', 0.4)), {
				verb: 'reclassify',
				params: { parcelNos: [other], landUse: null },
			}),
		);
		expect(columnSums(found, 'afterDm2')).toEqual(columnSums(found, 'beforeDm2'));
		const gained = (landUse: string | null) => {
			const line = found.lines.find((one) => one.landUse === landUse);
			return sum(line?.afterDm2 ?? []) - sum(line?.beforeDm2 ?? []);
		};
		const { rows, columns, cellsDm2 } = found.matrix;
		const cell = (from: string, to: string | null) => cellsDm2[rows.indexOf(from)][columns.indexOf(to)];
		expect(cell(INDUSTRY, CLASS)).toBeGreaterThan(0);
		const into = columns.map((_, column) => sum(cellsDm2.map((row) => row[column])));
		const outOf = cellsDm2.map(sum);
		for (const landUse of new Set([...rows, ...columns])) {
			const [row, column] = [rows.indexOf(landUse), columns.indexOf(landUse)];
			expect(gained(landUse)).toBe((into[column] ?? 0) - (outOf[row] ?? 0));
		}
	});

	it('is what publishing stores, also after others have published', async () => {
		const [mine, theirs] = [
			await drafted(shop, 'ann', ...(await cutAndReclassify('PJ-05', 5.3))),
			await drafted(shop, 'ann', ...(await cutAndReclassify('PJ-15', 5.61))),
		];
		const first = await publishDraft(shop, 'ann', theirs);
		const promised = await balance(mine);
		expect(promised.revision).toBe(first);
		const revision = await publishDraft(shop, 'ann', mine);
		expect(afterOf(promised).sort()).toEqual((await stored(revision)).sort());
		expect((await balance(mine)).revision).toBe(1);
	});

	it('holds totals and targets beside what the draft makes of them', async () => {
		const rule = {
			key: 'target.area.construction',
			unit: 'ha',
			areaKind: 'ellipsoidal',
			publicationGrade: 'office',
			note: null,
			source: '示例规则',
			status: 'example',
			validFrom: null,
			validTo: null,
		} as const;
		const before = await balance(await drafted(shop, 'ann'));
		expect(before.targets).toEqual([]);
		await asOwner(shop.database, async (sql) => {
			await sql`delete from rule_value where zone_id = ${PANJIN_ID}`;
			await insertRuleValues(sql, PANJIN_ID, [
				{ ...rule, parkId: null, value: '1', comparison: '<=' },
				{ ...rule, parkId: 'liaodongwan', value: null, comparison: '<=' },
			]);
		});
		const no = await drafted(shop, 'ann', {
			verb: 'reclassify',
			params: { parcelNos: [await numberOf(shop.database, 'PJ-20')], landUse: 'cn-land-use/2023/0101' },
		});
		const found = await balance(no);
		const totals = found.totals.map(({ parkId, beforeDm2, afterDm2 }) => [parkId, beforeDm2, afterDm2]);
		const whole = sum(columnSums(found, 'beforeDm2'));
		expect(totals.at(-1)).toEqual([null, whole, whole]);
		expect(found.totals.map(({ beforeDm2 }) => beforeDm2).slice(0, 2)).toEqual(
			columnSums(found, 'beforeDm2').slice(0, 2),
		);
		expect(found.targets.map(({ parkId, targetDm2, verdict }) => [parkId, targetDm2, verdict])).toEqual([
			[null, 1_000_000, 'missed'],
			['liaodongwan', null, 'no_rule'],
		]);
		const [zone, park] = found.targets;
		expect(zone.afterDm2 - zone.beforeDm2).toBe(park.afterDm2 - park.beforeDm2);
		expect(zone.afterDm2).toBeLessThan(zone.beforeDm2);
		const missed = valueOf(await checkChangeset(shop.as('rita'), PANJIN_ID, no)).filter(
			({ code }) => code === 'balance.target-missed',
		);
		const params = { measure: 'construction', areaM2: zone.afterDm2 / 100, mostM2: 10_000 };
		expect(missed).toMatchObject([{ severity: 'warning', params, source: '示例规则' }]);
		await asOwner(shop.database, (sql) => sql`delete from rule_value where zone_id = ${PANJIN_ID}`);
	});

	it('warns of land that would have to be converted, by park and by what it is today', async () => {
		const farmed = await numberOf(shop.database, 'PJ-20');
		const unclassified = await numberOf(shop.database, 'PJ-11');
		const no = await drafted(shop, 'ann', {
			verb: 'reclassify',
			params: { parcelNos: [unclassified], landUse: INDUSTRY },
		});
		let made = 0;
		const overlays = new OverlayStore(async (sets) => {
			made++;
			return overlayParcelSets(sets);
		});
		const reader = { ...shop.as('rita'), overlays };
		const { conversion } = valueOf(await balanceChangeset(reader, PANJIN_ID, no));
		expect(conversion?.currentRevision).toBe(1);
		expect(conversion?.lines).toMatchObject([
			{ parkId: 'liaodongwan', landUse: 'cn-land-use/2023/0103', category: 'agricultural', isFarmland: true },
		]);
		const [{ areaDm2 }] = await shop.database.sql<{ areaDm2: number }[]>`
			select area_dm2 as "areaDm2" from yuantu.parcel
			where zone_id = ${PANJIN_ID} and coverage_id = 'plan' and parcel_no = ${unclassified} and rev_to is null`;
		expect(Math.abs((conversion?.lines[0].areaDm2 ?? 0) - areaDm2)).toBeLessThan(100);
		const issues = valueOf(await checkChangeset(reader, PANJIN_ID, no));
		expect(made).toBe(1);
		expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['conversion.needed', 'warning']]);
		// What was planned as construction land before needs nothing new.
		const again = await drafted(shop, 'ann', {
			verb: 'reclassify',
			params: { parcelNos: [farmed], landUse: CLASS },
		});
		expect((await balance(again)).conversion).toBeNull();
	});

	it('is refused with its reasons where ground would change its park, and to those who may not read it', async () => {
		const pair = await Promise.all(['PJ-03', 'PJ-04'].map((code) => numberOf(shop.database, code)));
		const across = await drafted(shop, 'ann', { verb: 'merge', params: { parcelNos: pair } });
		expect(failureOf(await balanceChangeset(shop.as('ann'), PANJIN_ID, across))).toEqual([
			'refused',
			'publish.park-crossed',
		]);
		expect(failureOf(await balanceChangeset(shop.as('guest'), PANJIN_ID, across))[0]).toBe('not-found');
	});
});
