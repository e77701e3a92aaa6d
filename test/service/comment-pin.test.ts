import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LonLat } from '$geo/flat-polygons.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import type { PaperRow } from '$lib/server/db/changeset-record.ts';
import type { WrittenComment } from '$lib/server/service/changeset/comment-pins.ts';
import { moveHead } from '$lib/server/service/changeset/move-head.ts';
import { publishChangeset } from '$lib/server/service/changeset/publish.ts';
import { openChangeset } from '$lib/server/service/changeset/read.ts';
import { rebaseChangeset } from '$lib/server/service/changeset/rebase-changeset.ts';
import { commentChangeset, recordPaper } from '$lib/server/service/changeset/record.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import {
	act,
	added,
	begun,
	corner,
	failureOf,
	numberOf,
	openWorkshop,
	valueOf,
	type Colleague,
	type Workshop,
} from '../support/changeset-service.ts';

const REPORT: PaperRow = {
	...{ kind: 'error_report', number: '更正〔2026〕1号', summary: '界线写错', startsOn: null, endsOn: null },
	...{ office: null, issuedOn: null, documentNo: null },
};

/** A cut from south to north through a cell of the first row. */
const cutAt = (x: number, parcelNo: number): Step => ({
	verb: 'split_by_line',
	params: { line: [corner(x, -0.1), corner(x, 1.1)], parcelNos: [parcelNo] },
});

describe.each(DATABASE_KINDS)('comments on parcels on the %s database', (kind) => {
	let shop: Workshop;
	let first: number;
	let second: number;
	beforeAll(async () => {
		shop = await openWorkshop(kind);
		[first, second] = [await numberOf(shop.database, 'PJ-00'), await numberOf(shop.database, 'PJ-01')];
	});
	afterAll(() => shop.database.close());

	const say = (no: number, parcelNo: number, over: Partial<WrittenComment> = {}, who: Colleague = 'rita') =>
		commentChangeset(shop.as(who), PANJIN_ID, no, {
			...{ body: '这一块太小', parcelNo, lon: null, lat: null },
			...over,
		});
	const commentsOf = async (no: number) => {
		const { comments } = valueOf(await openChangeset(shop.as('rita'), PANJIN_ID, no));
		return comments.map(({ parcelNo, lon, lat, pin }) => ({ parcelNo, at: [lon, lat], ...pin }));
	};
	const goTo = async (no: number, expectedEdit: number, head: number) =>
		valueOf(await moveHead(shop.as('ann'), PANJIN_ID, no, { expectedEdit, head }));
	const holds = async (parcelNo: number, at: readonly (number | null)[]) => {
		const [{ inside }] = await shop.database.sql<{ inside: boolean }[]>`
			select st_contains(geom, st_setsrid(st_point(${at[0]}, ${at[1]}), 4490)) as inside from yuantu.parcel
			where zone_id = ${PANJIN_ID} and parcel_no = ${parcelNo} and rev_to is null`;
		return inside;
	};

	it('speak of that parcel and of no other that gets its number after an undo', async () => {
		const no = await begun(shop.as('ann'));
		const { stored } = await added(shop.as('ann'), no, 0, cutAt(0.4, first));
		valueOf(await say(no, -1));
		const [told] = await commentsOf(no);
		const { stepId, at } = told;
		expect(told).toMatchObject({ parcelNo: -1, standing: 'there', stepId: stored[0].clientId });
		expect(await holds(first, at)).toBe(true);
		await goTo(no, 1, 0);
		expect(await commentsOf(no)).toMatchObject([{ standing: 'gone', at, code: null }]);
		await goTo(no, 2, 1);
		expect(await commentsOf(no)).toMatchObject([{ standing: 'there', at }]);
		await goTo(no, 3, 0);
		await added(shop.as('ann'), no, 4, cutAt(1.4, second));
		expect(await commentsOf(no)).toMatchObject([{ standing: 'gone', at, stepId }]);
		expect(failureOf(await say(no, -1, { stepId }))).toEqual(['stale', 'changeset.moved']);
		valueOf(await say(no, -1));
		const [old, fresh] = await commentsOf(no);
		expect([old.standing, fresh.standing]).toEqual(['gone', 'there']);
		expect([await holds(first, old.at), await holds(second, fresh.at)]).toEqual([true, true]);
	});

	it('say so where it was cut further or merged, and keep its place', async () => {
		const no = await begun(shop.as('ann'));
		await added(shop.as('ann'), no, 0, cutAt(0.4, first));
		valueOf(await say(no, -1));
		valueOf(await say(no, -2));
		valueOf(await say(no, second));
		const before = await commentsOf(no);
		expect(before.map(({ standing, code }) => [standing, code])).toEqual([
			['there', null],
			['there', null],
			['there', 'PJ-01'],
		]);
		const north: Step = {
			verb: 'split_by_line',
			params: { line: [corner(-0.1, 0.5), corner(1.1, 0.5)], parcelNos: [-1] },
		};
		await added(shop.as('ann'), no, 1, north, {
			verb: 'merge',
			params: { parcelNos: [-2, second], intoNo: -2 },
		});
		const after = await commentsOf(no);
		expect(after.map(({ standing, code }) => [standing, code])).toEqual([
			['gone', null],
			['there', null],
			['gone', 'PJ-01'],
		]);
		expect(after.map(({ at }) => at)).toEqual(before.map(({ at }) => at));
	});

	it('stay readable where an old one kept the number alone: as far as it can be told', async () => {
		const no = await begun(shop.as('ann'));
		await added(shop.as('ann'), no, 0, cutAt(0.4, first));
		await asOwner(shop.database, async (sql) => {
			await sql`alter table yuantu.changeset_comment drop constraint changeset_comment_pinned`;
			await sql`select set_config('yuantu.user_id', 'rita', true)`;
			await sql`
				insert into yuantu.changeset_comment (zone_id, changeset_no, comment_no, body, parcel_no)
				values (${PANJIN_ID}, ${no}, 1, '旧意见', -1)`;
			await sql`
				alter table yuantu.changeset_comment add constraint changeset_comment_pinned check (
					parcel_no is null or parcel_no >= 0 or (step_client_id is not null and lon is not null)) not valid`;
		});
		const [told] = await commentsOf(no);
		expect(told.standing).toBe('there');
		expect(await holds(first, told.at)).toBe(true);
		await goTo(no, 1, 0);
		await added(shop.as('ann'), no, 2, cutAt(1.4, second));
		expect(await commentsOf(no)).toMatchObject([{ standing: 'unknown', at: [null, null] }]);
	});

	it('name it by its number and code once it is published, on a newer revision too', async () => {
		const no = await begun(shop.as('ann'));
		await added(
			shop.as('ann'),
			no,
			0,
			cutAt(0.4, first),
			{ verb: 'merge', params: { parcelNos: [-1, -2], intoNo: -2 } },
			cutAt(1.4, second),
			{
				verb: 'set_code',
				params: { codes: [{ parcelNo: -4, code: { text: 'NEW-4', status: 'official' } }] },
			},
		);
		for (const parcelNo of [-2, -3, -4]) valueOf(await say(no, parcelNo));
		const other = await begun(shop.as('bob'));
		const reclassify: Step = {
			verb: 'reclassify',
			params: { parcelNos: [await numberOf(shop.database, 'PJ-06')], landUse: 'cn-land-use/2023/0902' },
		};
		await added(shop.as('bob'), other, 0, reclassify);
		const publish = async (changesetNo: number, author: Colleague) => {
			valueOf(await recordPaper(shop.as(author), PANJIN_ID, changesetNo, REPORT));
			valueOf(await act(shop.as(author), changesetNo, 'submit'));
			valueOf(await act(shop.as('paul'), changesetNo, 'approve'));
			const said = { comment: '', effectiveOn: null };
			return valueOf(await publishChangeset(shop.as('paul'), PANJIN_ID, changesetNo, said)).revision;
		};
		await publish(other, 'bob');
		const later = shop.as('ann', new Date('2030-01-01T00:00:00Z'));
		const { changeset } = valueOf(await openChangeset(later, PANJIN_ID, no));
		valueOf(await rebaseChangeset(later, PANJIN_ID, no, { expectedEdit: 1, drop: [] }));
		// Its steps do what they did: papers on them need not be given anew.
		const { contentChangedAt } = valueOf(await openChangeset(later, PANJIN_ID, no)).changeset;
		expect(contentChangedAt).toEqual(changeset.contentChangedAt);
		expect((await commentsOf(no)).map(({ standing }) => standing)).toEqual(['there', 'there', 'there']);
		const revision = await publish(no, 'ann');
		const told = await commentsOf(no);
		expect(told.map(({ standing }) => standing)).toEqual(['there', 'there', 'there']);
		for (const { publishedNo, code, at } of told) {
			const [row] = await shop.database.sql<{ code: string }[]>`
				select code from yuantu.parcel
				where zone_id = ${PANJIN_ID} and parcel_no = ${publishedNo ?? 0} and rev_from = ${revision}`;
			expect(row.code).toBe(code);
			expect(await holds(publishedNo ?? 0, at as unknown as LonLat)).toBe(true);
		}
		expect(told[2].code).toBe('NEW-4');
		expect(new Set(told.map(({ publishedNo }) => publishedNo)).size).toBe(3);
	});
});
