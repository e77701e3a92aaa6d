import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planarAreasM2 } from '$geo/area/planar.ts';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { sliceFeature } from '$geo/flat-polygons.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { asOwner, inScope } from '$lib/server/db/connect.ts';
import type { PaperRow } from '$lib/server/db/changeset-record.ts';
import { findLatestRevision, type RevisionRow } from '$lib/server/db/coverage.ts';
import { findParcel } from '$lib/server/db/parcel.ts';
import { listParcelVersions } from '$lib/server/db/parcel-version.ts';
import { insertRuleValues } from '$lib/server/db/rule-value.ts';
import { describeChangeset } from '$lib/server/service/changeset/begin.ts';
import { checkChangeset } from '$lib/server/service/changeset/check.ts';
import { openChangeset } from '$lib/server/service/changeset/read.ts';
import { publishChangeset, type PublishedRevision } from '$lib/server/service/changeset/publish.ts';
import type { Outcome } from '$lib/server/service/changeset/outcome.ts';
import { recordPaper } from '$lib/server/service/changeset/record.ts';
import { landUseTile } from '$lib/server/tile/coverage-layer.ts';
import { rowsOf } from '$lib/server/tile/snapshot.ts';
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
	type Workshop,
} from '../support/changeset-service.ts';
import { expectSoundRevision, READING, snapshotAt } from '../support/sound-revision.ts';

const CLASS = 'cn-land-use/2023/0902';
const SAID = { comment: '', effectiveOn: null };
const BLANK = {
	startsOn: null,
	endsOn: null,
	number: null,
	office: null,
	issuedOn: null,
	summary: null,
	documentNo: null,
};
const REPORT = { ...BLANK, kind: 'error_report', number: '更正〔2026〕1号', summary: '界线写错' } as const;

const cut = (
	from: readonly [number, number],
	to: readonly [number, number],
	...parcelNos: number[]
): Step => ({
	verb: 'split_by_line',
	params: { line: [corner(...from), corner(...to)], ...(parcelNos.length > 0 ? { parcelNos } : {}) },
});
const reclassify = (...parcelNos: number[]): Step => ({
	verb: 'reclassify',
	params: { parcelNos, landUse: CLASS },
});

describe.each(DATABASE_KINDS)('publishing changesets on the %s database', (kind) => {
	let shop: Workshop;
	beforeAll(async () => {
		shop = await openWorkshop(kind);
	});
	afterAll(() => shop.database.close());

	const no = (code: string) => numberOf(shop.database, code);
	const publish = (changesetNo: number, name: 'paul' | 'both' | 'ann' = 'paul') =>
		publishChangeset(shop.as(name), PANJIN_ID, changesetNo, SAID);

	/** Drafts steps as a planner, as a correction with its report, up to approval. */
	async function approved(author: 'ann' | 'bob', ...steps: Step[]): Promise<number> {
		const changesetNo = await begun(shop.as(author));
		await added(shop.as(author), changesetNo, 0, ...steps);
		await approve(changesetNo, author);
		return changesetNo;
	}
	async function approve(changesetNo: number, author: 'ann' | 'bob'): Promise<void> {
		valueOf(await recordPaper(shop.as(author), PANJIN_ID, changesetNo, REPORT));
		valueOf(await act(shop.as(author), changesetNo, 'submit'));
		valueOf(await act(shop.as('paul'), changesetNo, 'approve'));
	}
	const latest = (coverageId = 'plan') =>
		inScope(shop.database, READING, async (sql) => {
			const revision = await findLatestRevision(sql, PANJIN_ID, coverageId);
			if (revision === null) throw new Error('there is a revision');
			return revision;
		});
	const snapshotOf = ({ checksum }: Pick<RevisionRow, 'checksum'>) => snapshotAt(shop, checksum);
	const changesOf = async (revision: number) => {
		const rows = await shop.database.sql<{ change: string }[]>`
			select kind || ' ' || parcel_no || ' v' || version as change from yuantu.parcel_change
			where zone_id = ${PANJIN_ID} and coverage_id = 'plan' and revision = ${revision} order by parcel_no, kind`;
		return rows.map(({ change }) => change);
	};

	const expectSound = ({ revision }: Pick<PublishedRevision, 'revision'>, coverageId = 'plan') =>
		expectSoundRevision(shop, revision, coverageId);

	it('closes and opens what the draft changed, and nothing else, with kinds and lineage', async () => {
		const [a, b, c] = [await no('PJ-00'), await no('PJ-01'), await no('PJ-02')];
		const before = await latest();
		const [was] = await inScope(shop.database, READING, (sql) =>
			listParcelVersions(sql, PANJIN_ID, 'plan', [a]),
		);
		const changesetNo = await approved(
			'ann',
			cut([0.4, -0.1], [0.4, 1.1], a),
			reclassify(-1),
			{ verb: 'merge', params: { parcelNos: [b, c], intoNo: b } },
			{ verb: 'set_code', params: { codes: [{ parcelNo: b, code: { text: 'GB-1', status: 'official' } }] } },
		);
		expect(failureOf(await publish(changesetNo, 'ann'))).toEqual(['forbidden', 'event.not-permitted']);
		const published = valueOf(await publish(changesetNo));
		expect(published).toMatchObject({ revision: before.revision + 1, coverageId: 'plan', changesetNo });
		await expectSound(published);
		const parts = await shop.database.sql<{ to: number }[]>`
			select to_no as to from yuantu.parcel_lineage where zone_id = ${PANJIN_ID} and from_no = ${a} order by 1`;
		const [first, second] = parts.map(({ to }) => to);
		expect(second).toBe(first + 1);
		const north = await no('PJ-10');
		expect(await changesOf(published.revision)).toEqual(
			[
				`retired ${a} v1`,
				`recoded ${b} v2`,
				`reshaped ${b} v2`,
				`retired ${c} v1`,
				`noded ${north} v2`,
				`created ${first} v1`,
				`created ${second} v1`,
			].sort((x, y) => Number(x.split(' ')[1]) - Number(y.split(' ')[1]) || (x < y ? -1 : 1)),
		);
		await inScope(shop.database, READING, async (sql) => {
			const [west, east] = await listParcelVersions(sql, PANJIN_ID, 'plan', [first, second]);
			expect(west).toMatchObject({
				landUse: CLASS,
				code: `P${String(first).padStart(6, '0')}`,
				codeStatus: 'provisional',
				parkId: 'liaodongwan',
				blockId: 'PJ-A',
				condition: { farMax: 2.5 },
			});
			expect(east).toMatchObject({ landUse: was.landUse, condition: was.condition });
			expect(west.areaDm2 + east.areaDm2).toBe(was.areaDm2);
			const [merged, noded] = await listParcelVersions(sql, PANJIN_ID, 'plan', [b, north]);
			expect(merged).toMatchObject({ code: 'GB-1', codeStatus: 'official', version: 2 });
			const old = await findParcel(sql, PANJIN_ID, north, before.revision);
			expect([noded.areaDm2, noded.planarAreaDm2]).toEqual([old?.areaDm2, old?.planarAreaDm2]);
			expect((await findParcel(sql, PANJIN_ID, a, before.revision))?.version).toBe(1);
		});
		const { base, delta } = await snapshotOf(published);
		const table = delta?.table ?? base;
		const at = table.parcelNo.indexOf(first);
		const [planarM2] = planarAreasM2(sliceFeature(table.polygons, at), gaussKruger(4529));
		const [row] = await inScope(shop.database, READING, (sql) =>
			listParcelVersions(sql, PANJIN_ID, 'plan', [first]),
		);
		expect(row.planarAreaDm2).toBe(Math.round(planarM2 * 100));
	});

	it('gives the revision a name and tiles of its own, at once, as a delta of what is held', async () => {
		const before = await latest();
		const held = await snapshotOf(before);
		const published = valueOf(await publish(await approved('ann', reclassify(await no('PJ-12')))));
		expect(published.checksum).not.toBe(before.checksum);
		const snapshot = await snapshotOf(published);
		expect(rowsOf(snapshot).reduce((sum, { rows }) => sum + rows.length, 0)).toBe(
			rowsOf(held).reduce((sum, { rows }) => sum + rows.length, 0),
		);
		const [lon, lat] = corner(2.5, 1.5);
		const tile = (of: typeof snapshot) =>
			landUseTile(of, 'office', {
				z: 14,
				x: Math.floor(lonToWorldX(lon) * 2 ** 14),
				y: Math.floor(latToWorldY(lat) * 2 ** 14),
			});
		expect(tile(snapshot)).not.toEqual(tile(held));
		await expectSound(published);
	});

	it('puts drafts on distant ground one after the other, whoever publishes first', async () => {
		const one = await approved('ann', cut([5, 2.5], [6, 2.5], await no('PJ-25')));
		const other = await approved('bob', reclassify(await no('PJ-20')));
		const [second, first] = [valueOf(await publish(other)), valueOf(await publish(one))];
		expect(first.revision).toBe(second.revision + 1);
		await expectSound(first);
	});

	it('puts drafts on two sides of one boundary together: nodes are no conflict', async () => {
		const [south, north] = [await no('PJ-16'), await no('PJ-26')];
		const one = await approved('ann', cut([6.3, 1], [6.41, 2], south), reclassify(-1, -2));
		const other = await approved('bob', cut([6.7, 2], [6.62, 3], north));
		await expectSound(valueOf(await publish(one)));
		const published = valueOf(await publish(other));
		await expectSound(published);
		const kinds = (await changesOf(published.revision)).map((change) => change.split(' ')[0]);
		expect(kinds.filter((what) => what !== 'noded').sort()).toEqual(['created', 'created', 'retired']);
	});

	it('names who has published the same parcels since, in which revision, group by group', async () => {
		const [parcel, far] = [await no('PJ-05'), await no('PJ-15')];
		const one = await approved('ann', cut([5.5, -0.1], [5.5, 1], parcel));
		const other = await approved('bob', cut([5, 0.5], [6, 0.5], parcel), reclassify(far));
		const published = valueOf(await publish(one));
		const refused = await publish(other);
		expect(failureOf(refused)).toEqual(['conflict', 'changeset.outdated']);
		expect(refused).toMatchObject({
			issues: [
				{
					parcelNos: [parcel],
					params: { revision: published.revision, changesetNo: one, who: 'Person ann' },
				},
			],
		});
		expect((await latest()).revision).toBe(published.revision);
		expect(valueOf(await openChangeset(shop.as('paul'), PANJIN_ID, other)).changeset.state).toBe('approved');
	});

	it('takes two classes for one parcel for a conflict, the same boundary apart', async () => {
		const parcel = await no('PJ-21');
		const one = await approved('ann', {
			verb: 'reclassify',
			params: { parcelNos: [parcel], landUse: 'cn-land-use/2023/1401' },
		});
		const other = await approved('bob', {
			verb: 'reclassify',
			params: { parcelNos: [parcel], landUse: 'cn-land-use/2023/0801' },
		});
		const published = valueOf(await publish(one));
		expect(failureOf(await publish(other))).toEqual(['conflict', 'changeset.outdated']);
		expect(await changesOf(published.revision)).toEqual([`reclassified ${parcel} v2`]);
	});

	it('publishes once, and different changesets one after the other, when all start at once', async () => {
		const before = await latest();
		const codes = ['PJ-22', 'PJ-23', 'PJ-10'];
		const drafts: number[] = [];
		for (const code of codes)
			drafts.push(
				await approved('ann', {
					verb: 'set_code',
					params: { codes: [{ parcelNo: await no(code), code: { text: `N-${code}`, status: 'official' } }] },
				}),
			);
		const outcomes: Outcome<PublishedRevision>[] = await Promise.all(
			[...drafts, drafts[0]].map((changesetNo) => publish(changesetNo)),
		);
		const done = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.revision] : []));
		expect(done.sort((x, y) => x - y)).toEqual([1, 2, 3].map((i) => before.revision + i));
		const [twice] = outcomes.filter((outcome) => !outcome.ok);
		expect(failureOf(twice)).toEqual(['refused', 'event.impossible']);
		await expectSound(await latest());
	});

	it('keeps ground in its park', async () => {
		const [west, east] = [await no('PJ-03'), await no('PJ-04')];
		const across = await begun(shop.as('ann'));
		await added(shop.as('ann'), across, 0, { verb: 'merge', params: { parcelNos: [west, east] } });
		expect(failureOf(await act(shop.as('ann'), across, 'submit'))).toEqual([
			'refused',
			'publish.park-crossed',
		]);
		const beside = await approved('ann', cut([3, 0.5], [5, 0.5], west, east));
		await expectSound(valueOf(await publish(beside)));
	});

	it('carries what stands on current land', async () => {
		const [{ parcel }] = await shop.database.sql<{ parcel: number }[]>`
			select min(parcel_no) as parcel from yuantu.stock_status where stock_status = 'built'`;
		const changesetNo = await begun(shop.as('ann'), 'current_use_update', 'current');
		await added(shop.as('ann'), changesetNo, 0, cut([2.5, -0.1], [2.5, 1.1], parcel));
		const paper = {
			...BLANK,
			kind: 'survey_update',
			number: '变更〔2026〕',
			issuedOn: '2026-02-01',
		} as const;
		valueOf(await recordPaper(shop.as('ann'), PANJIN_ID, changesetNo, paper));
		valueOf(await act(shop.as('ann'), changesetNo, 'submit'));
		valueOf(await act(shop.as('paul'), changesetNo, 'approve'));
		const published = valueOf(await publish(changesetNo));
		await expectSound(published, 'current');
		const rows = await shop.database.sql<{ code: string; status: string }[]>`
			select p.code, s.stock_status as status from yuantu.parcel p
			join yuantu.stock_status s using (zone_id, coverage_id, parcel_no, version)
			where p.coverage_id = 'current' and p.rev_from = 2 and p.rev_to is null and p.version = 1 order by 1`;
		expect(rows.map(({ status }) => status)).toEqual(['built', 'built']);
		expect(rows[0].code).toMatch(/^C\d{6}$/);
	});

	it('asks a plan amendment for thirty days of notice, opinions and an approval', async () => {
		const changesetNo = await begun(shop.as('ann'), 'plan_amendment');
		await added(shop.as('ann'), changesetNo, 0, reclassify(await no('PJ-06')));
		valueOf(await act(shop.as('ann'), changesetNo, 'submit'));
		valueOf(await act(shop.as('paul'), changesetNo, 'approve'));
		expect(failureOf(await publish(changesetNo))).toEqual([
			'refused',
			'paper.missing',
			'paper.missing',
			'paper.missing',
		]);
		const put = async (paper: Partial<PaperRow> & Pick<PaperRow, 'kind'>) =>
			valueOf(await recordPaper(shop.as('paul'), PANJIN_ID, changesetNo, { ...BLANK, ...paper }));
		const late = { ...BLANK, kind: 'opinions_summary', summary: '没有意见' } as const;
		expect(failureOf(await recordPaper(shop.as('ann'), PANJIN_ID, changesetNo, late))).toEqual([
			'forbidden',
			'paper.after-approval',
		]);
		await put({ kind: 'public_notice', startsOn: '2026-02-01', endsOn: '2026-03-01' });
		await put({ kind: 'opinions_summary', summary: '没有意见' });
		await put({ kind: 'approval', number: '示例〔2026〕9号', office: '示例机关', issuedOn: '2026-03-20' });
		expect(failureOf(await publish(changesetNo))).toEqual(['refused', 'notice.rule-unset']);
		await asOwner(shop.database, async (sql) => {
			await sql`delete from rule_value where zone_id = ${PANJIN_ID}`;
			await insertRuleValues(sql, PANJIN_ID, [
				{
					key: 'changeset.notice.days',
					parkId: null,
					value: '30',
					unit: 'day',
					areaKind: null,
					comparison: '>=',
					publicationGrade: 'office',
					note: null,
					source: 'test',
					status: 'example',
					validFrom: null,
					validTo: null,
				},
			]);
		});
		expect(failureOf(await publish(changesetNo))).toEqual(['refused', 'notice.too-short']);
		await put({ kind: 'public_notice', startsOn: '2026-02-01', endsOn: '2026-03-02' });
		const published = valueOf(await publish(changesetNo));
		expect(await latest()).toMatchObject({
			revision: published.revision,
			approvalNumber: '示例〔2026〕9号',
			approvalOffice: '示例机关',
			approvedOn: '2026-03-20',
		});
		await expectSound(published);
	});

	it('asks that notice and approval are of the content as it is, by the day of the zone', async () => {
		await asOwner(shop.database, async (sql) => {
			await sql`delete from rule_value where zone_id = ${PANJIN_ID}`;
			await insertRuleValues(sql, PANJIN_ID, [
				{
					...{ key: 'changeset.papers.days-after-change', value: '0', unit: 'day', comparison: '>=' },
					...{ parkId: null, areaKind: null, publicationGrade: 'office', note: null, source: 'test' },
					...{ status: 'example', validFrom: null, validTo: null },
				},
			]);
		});
		const lastMinute = new Date('2026-02-10T15:59:00Z');
		const midnight = new Date('2026-02-10T16:00:00Z');
		const changesetNo = await begun(shop.as('ann', lastMinute), 'plan_amendment');
		const [{ parcel }] = await shop.database.sql<{ parcel: number }[]>`
			select min(parcel_no) as parcel from yuantu.parcel
			where coverage_id = 'plan' and rev_to is null and class_code is distinct from '0902'`;
		await added(shop.as('ann', lastMinute), changesetNo, 0, reclassify(parcel));
		const put = async (startsOn: string, issuedOn: string) => {
			const notice = { ...BLANK, kind: 'public_notice', startsOn, endsOn: '2026-03-20' } as const;
			const approval = { ...BLANK, kind: 'approval', number: '1', office: '示例机关', issuedOn } as const;
			for (const paper of [notice, approval])
				valueOf(await recordPaper(shop.as('ann'), PANJIN_ID, changesetNo, paper));
		};
		const found = async () =>
			valueOf(await checkChangeset(shop.as('ann'), PANJIN_ID, changesetNo, 'publish'))
				.map(({ code, params }) => [code, params.paper, params.changedOn])
				.filter(([code]) => code === 'paper.before-change' || code === 'paper.before-first');
		await put('2026-02-10', '2026-02-10');
		expect(await found()).toEqual([]);
		await put('2026-02-09', '2026-02-10');
		expect(await found()).toEqual([['paper.before-change', 'public_notice', '2026-02-10']]);
		await put('2026-02-10', '2026-02-10');
		const text = { title: '改了名称', reason: '示例理由' };
		valueOf(await describeChangeset(shop.as('ann', midnight), PANJIN_ID, changesetNo, text));
		expect(await found()).toEqual([]);
		const without: Step = { verb: 'reclassify', params: { parcelNos: [parcel], landUse: null } };
		await added(shop.as('ann', midnight), changesetNo, 1, without);
		expect(await found()).toEqual([
			['paper.before-change', 'public_notice', '2026-02-11'],
			['paper.before-change', 'approval', '2026-02-11'],
		]);
		await put('1990-01-01', '1990-03-01');
		expect((await found()).map(([code, paper]) => `${code} ${paper}`)).toEqual([
			'paper.before-change public_notice',
			'paper.before-first approval',
			'paper.before-change approval',
		]);
	});
});
