import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner } from '$lib/server/db/connect.ts';
import { corner, numberOf, openWorkshop, type Workshop } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { published } from '../support/published-history.ts';

type Attributes = Readonly<Record<string, unknown>>;

describe.each(DATABASE_KINDS)('attributes of parcels on the %s database', (kind) => {
	let shop: Workshop;
	let [a, b] = [0, 0];
	beforeAll(async () => {
		shop = await openWorkshop(kind);
		[a, b] = [await numberOf(shop.database, 'PJ-00'), await numberOf(shop.database, 'PJ-01')];
		await asOwner(shop.database, async (sql) => {
			await sql`alter table parcel disable trigger user`;
			const given: readonly (readonly [number, Attributes])[] = [
				[a, { road: '一号路', lots: 2, note: null, own: { by: '示例', of: 1 }, only: true }],
				[b, { road: '一号路', lots: 3, note: null, own: { by: '示例', of: 1 } }],
			];
			for (const [no, attributes] of given)
				await sql`
					update parcel set attributes = ${JSON.stringify(attributes)}::text::jsonb
					where zone_id = ${PANJIN_ID} and parcel_no = ${no}`;
			await sql`alter table parcel enable trigger user`;
		});
	});
	afterAll(() => shop.database.close());

	const attributesIn = async (revision: number) => {
		const rows = await shop.database.sql<{ attributes: Attributes }[]>`
			select attributes from yuantu.parcel
			where zone_id = ${PANJIN_ID} and coverage_id = 'plan' and rev_from = ${revision}
				and parcel_no in (select to_no from yuantu.parcel_lineage where revision = ${revision})
			order by parcel_no`;
		return rows.map(({ attributes }) => attributes);
	};

	it('go to every part of a parcel, and of several to what is made of them as far as all say the same', async () => {
		const shared = { road: '一号路', note: null, own: { by: '示例', of: 1 } };
		const carved = await published(shop, undefined, {
			verb: 'carve_corridor',
			params: {
				centreLine: [corner(-0.5, 0.5), corner(2.5, 0.5)],
				breadth: { widthM: 10 },
				landUse: 'cn-land-use/2023/1207',
				parcelNos: [a, b],
			},
		});
		const made = await attributesIn(carved);
		expect(made).toContainEqual(shared);
		expect(made).toContainEqual({ ...shared, lots: 2, only: true });
		expect(made).toContainEqual({ ...shared, lots: 3 });
		expect(new Set(made.map((one) => JSON.stringify(one))).size).toBe(3);
	});
});
