import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftBalanceSchema } from '$lib/api/changeset.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { balanceChangeset, type DraftBalance } from '$lib/server/service/changeset/draft-balance.ts';
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
