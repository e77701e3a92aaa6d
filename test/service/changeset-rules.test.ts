import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Moment } from '$lib/domain/changeset/issue.ts';
import { controlRuleKey } from '$lib/domain/changeset/check-control.ts';
import { leastAreaRuleKey } from '$lib/domain/changeset/check-least-area.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import type { ControlKind } from '$lib/domain/control/control-kind.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { insertRuleValues, type RuleValueRow } from '$lib/server/db/rule-value.ts';
import { checkChangeset } from '$lib/server/service/changeset/check.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import {
	corner,
	failureOf,
	numberOf,
	openWorkshop,
	valueOf,
	type Workshop,
} from '../support/changeset-service.ts';
import { drafted, published, publishing } from '../support/published-history.ts';

const CLASS = 'cn-land-use/2023/0902';
describe('rules and control lines', () => {
	let shop: Workshop;
	beforeAll(async () => {
		shop = await openWorkshop('server');
		await addLayer('farmland', 'permanent_basic_farmland', 0, null);
		await addLayer('old-farmland', 'permanent_basic_farmland', 2, '2026-11-21');
		await addLayer('red-line', 'ecological_red_line', 3, '2026-11-22');
		await asOwner(shop.database, async (sql) => {
			await sql`delete from rule_value where zone_id = ${PANJIN_ID}`;
			await insertRuleValues(sql, PANJIN_ID, [
				rule(controlRuleKey('permanent_basic_farmland'), '0'),
				rule(leastAreaRuleKey('plan', 'construction'), '10000'),
			]);
		});
	});
	afterAll(() => shop.database.close());

	const rule = (key: string, value: string): RuleValueRow => ({
		key,
		parkId: null,
		value,
		unit: 'm2',
		areaKind: 'ellipsoidal',
		comparison: '<=',
		publicationGrade: 'office',
		note: null,
		source: '示例规则',
		status: 'example',
		validFrom: null,
		validTo: null,
	});
	/** A line round the western half of a cell of the first row, in force before a day. */
	async function addLayer(id: string, kind: ControlKind, column: number, validTo: string | null) {
		const [[west, south], [east, north]] = [corner(column, 0), corner(column + 0.5, 1)];
		await asOwner(shop.database, async (sql) => {
			await sql`
				insert into control_layer (zone_id, control_layer_id, kind, name_zh, name_en, publication_grade, is_synthetic,
					source, status)
				values (${PANJIN_ID}, ${id}, ${kind}, ${id}, ${id}, 'office', true, 'test', 'example')`;
			await sql`
				insert into control_area (zone_id, control_layer_id, control_area_no, name_zh, name_en, geom, valid_to)
				values (${PANJIN_ID}, ${id}, 1, ${id}, ${id}, st_multi(st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4490)),
					${validTo})`;
			await sql`select seal_control_layer(${PANJIN_ID}, ${id})`;
		});
	}
	const reclassify = async (...codes: string[]): Promise<Step> => ({
		verb: 'reclassify',
		params: {
			parcelNos: await Promise.all(codes.map((code) => numberOf(shop.database, code))),
			landUse: CLASS,
		},
	});
	/** What is found of rules and lines: whose class changes, keeps its conditions here, which is another matter. */
	const found = async (no: number, moment?: Moment) =>
		valueOf(await checkChangeset(shop.as('rita'), PANJIN_ID, no, moment)).flatMap(({ code, severity }) =>
			code === 'condition.of-former-class' ? [] : [[code, severity]],
		);

	it('find nothing in a draft that changes nothing', async () => {
		expect(await found(await drafted(shop, 'ann'))).toEqual([]);
	});

	it('warn of changed ground inside a line in a draft, and stop its publishing', async () => {
		const no = await drafted(shop, 'ann', await reclassify('PJ-00'));
		expect(await found(no)).toEqual([['control.touched', 'warning']]);
		expect(await found(no, 'submit')).toEqual([['control.touched', 'warning']]);
		expect(await found(no, 'publish')).toEqual([
			['paper.missing', 'error'],
			['control.touched', 'error'],
		]);
		const issues = valueOf(await checkChangeset(shop.as('ann'), PANJIN_ID, no));
		const issue = issues.find(({ code }) => code === 'control.touched');
		expect(issue).toMatchObject({
			source: '示例规则',
			params: { control: 'permanent_basic_farmland', mostM2: 0 },
		});
		expect(failureOf(await publishing(shop, 'ann', no))).toEqual(['refused', 'control.touched']);
	});

	it('leave ground beside a line alone, and lines that are no longer in force', async () => {
		const half = { verb: 'split_by_line', params: { line: [corner(0.5, -0.1), corner(0.5, 1.1)] } } as const;
		const first = await numberOf(shop.database, 'PJ-00');
		const east: Step = { verb: 'reclassify', params: { parcelNos: [-2], landUse: CLASS } };
		const west: Step = { verb: 'reclassify', params: { parcelNos: [-1], landUse: CLASS } };
		const cut: Step = { ...half, params: { ...half.params, parcelNos: [first] } };
		const outcomes = [
			await found(await drafted(shop, 'ann', cut, east)),
			await found(await drafted(shop, 'ann', cut, west)),
		];
		expect(outcomes.flat()).toEqual([['control.touched', 'warning']]);
		expect(await found(await drafted(shop, 'ann', await reclassify('PJ-02')))).toEqual([]);
	});

	it('name a line for which no rule is set, which is no pass, and does not stop publishing', async () => {
		const no = await drafted(shop, 'ann', await reclassify('PJ-03'));
		for (const moment of ['draft', 'submit'] as const)
			expect(await found(no, moment)).toEqual([['control.rule-unset', 'warning']]);
		expect((await publishing(shop, 'ann', no)).ok).toBe(true);
	});

	it('warn of parcels below the least area of their category', async () => {
		const sliver: Step = {
			verb: 'split_by_line',
			params: {
				line: [corner(4.02, -0.1), corner(4.02, 1.1)],
				parcelNos: [await numberOf(shop.database, 'PJ-04')],
			},
		};
		expect(await found(await drafted(shop, 'ann', sliver))).toEqual([['parcel.below-least-area', 'warning']]);
	});

	it('say at publishing what others have published of the same parcels', async () => {
		const mine = await drafted(shop, 'ann', await reclassify('PJ-16'));
		await published(shop, undefined, await reclassify('PJ-16', 'PJ-06'));
		expect(await found(mine)).toEqual([]);
		expect(await found(mine, 'publish')).toEqual([
			['paper.missing', 'error'],
			['changeset.outdated', 'error'],
		]);
	});
});
