import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '$lib/api/issue.ts';
import { issueListSchema } from '$lib/api/changeset.ts';
import { parcelSchema } from '$lib/api/parcel.ts';
import { parcelBoundarySchema, surveyListSchema, surveyNoSchema } from '$lib/api/survey.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { listAuditFaults } from '$lib/server/db/audit-event.ts';
import { insertRuleValues } from '$lib/server/db/rule-value.ts';
import { publishChangeset } from '$lib/server/service/changeset/publish.ts';
import { recordPaper } from '$lib/server/service/changeset/record.ts';
import * as parcelRoute from '../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/parcels/[no]/+server.ts';
import * as boundaryRoute from '../../src/routes/api/v1/zones/[zone]/coverages/[coverage]/parcels/[no]/boundary/+server.ts';
import * as issueRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/issues/+server.ts';
import * as surveyRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/surveys/[survey]/+server.ts';
import * as surveysRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/surveys/+server.ts';
import { PUBLIC_ACTOR } from '$lib/server/access/actor.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import {
	act,
	added,
	begun,
	corner,
	numberOf,
	openWorkshop,
	valueOf,
	type Colleague,
	type Workshop,
} from '../support/changeset-service.ts';
import { openRoutes, type Asker } from '../support/route-call.ts';

const REPORT = {
	kind: 'error_report',
	startsOn: null,
	endsOn: null,
	number: '1',
	office: null,
	issuedOn: null,
	summary: '写错',
	documentNo: null,
} as const;
/** The cell PJ-01, as a shell goes, from the south-west. */
const CELL: readonly LonLat[] = [corner(1, 0), corner(2, 0), corner(2, 1), corner(1, 1)];

describe('surveys of changesets', () => {
	let shop: Workshop;
	let routes: Awaited<ReturnType<typeof openRoutes>>;
	beforeAll(async () => {
		shop = await openWorkshop('server');
		routes = await openRoutes(shop);
	});
	afterAll(async () => {
		await routes.close();
		await shop.database.close();
	});

	const survey = (places: readonly LonLat[] = CELL, part = {}) => ({
		number: '沈测-2026-1',
		title: '勘测定界',
		surveyor: '示例测绘单位',
		surveyedOn: '2026-05-01',
		accuracyM: '0.05',
		method: null,
		srid: 4490 as number | null,
		parts: [
			{
				label: 'DK-001',
				title: null,
				areaM2: null as string | null,
				areaKind: 'planar',
				...part,
				points: places.map(([lon, lat], i) => ({
					name: `J${i + 1}`,
					ring: 1,
					east: lon.toFixed(11),
					north: lat.toFixed(11),
				})),
			},
		],
	});
	const at = (no: number) => ({ changeset: String(no) });
	const add = (no: number, body: unknown, who: Asker = 'ann') =>
		routes.call(surveysRoute.POST, who, { params: at(no), body });
	const surveyed = async (no: number, body: unknown = survey()) =>
		surveyNoSchema.parse((await add(no, body)).body).surveyNo;
	const read = async (no: number, who: Asker = 'rita') =>
		(await routes.get(surveysRoute.GET, who, surveyListSchema, { params: at(no) })).surveys;
	const found = async (no: number) =>
		(await routes.get(issueRoute.GET, 'rita', issueListSchema, { params: at(no) })).issues;
	const told = async (no: number) => (await found(no)).filter(({ code }) => code.startsWith('survey.'));
	const codes = async (no: number) => (await found(no)).map(({ code }) => code);
	const publish = async (no: number) => {
		valueOf(await recordPaper(shop.as('ann'), PANJIN_ID, no, REPORT));
		valueOf(await act(shop.as('ann'), no, 'submit'));
		valueOf(await act(shop.as('paul'), no, 'approve'));
		return valueOf(
			await publishChangeset(shop.as('paul'), PANJIN_ID, no, { comment: '', effectiveOn: null }),
		);
	};
	const boundary = async (parcelNo: number, query = '') => {
		const params = { coverage: 'plan', no: String(parcelNo) };
		return routes.get(boundaryRoute.GET, 'localhost', parcelBoundarySchema, { params, query });
	};
	const cardOf = async (parcelNo: number) => {
		const params = { coverage: 'plan', no: String(parcelNo) };
		return routes.get(parcelRoute.GET, 'localhost', parcelSchema, { params });
	};
	const provenance = async (parcelNo: number, query = '') =>
		(await boundary(parcelNo, query)).stretches
			.map(({ from, to, line }) => `${from ?? ''}–${to ?? ''} ${line === null ? '-' : line.from + line.to}`)
			.sort();
	const move = (from: LonLat, to: LonLat): Step => ({
		verb: 'move_vertices',
		params: { moves: [{ at: from, to }] },
	});

	it('are kept with their numbers as written, and held against the draft', async () => {
		const no = await begun(shop.as('ann'));
		await surveyed(no, survey([corner(1.001, 0), ...CELL.slice(1)], { areaM2: '1000' }));
		const [{ accuracyM, parts }] = await read(no);
		expect(accuracyM).toBe('0.0500');
		expect(parts[0]).toMatchObject({ areaM2: '1000.0000', verdict: 'no_rule' });
		expect(parts[0].parcelNos).toEqual([await numberOf(shop.database, 'PJ-01')]);
		expect(parts[0].points[1]).toMatchObject({ east: corner(2, 0)[0].toFixed(11), vertexDistanceM: 0 });
		expect(parts[0].points[0].vertexDistanceM).toBeGreaterThan(0.1);
		expect(await found(no)).toMatchObject([
			{
				code: 'survey.point-off-boundary',
				severity: 'warning',
				params: { survey: '沈测-2026-1', points: 'J1' },
			},
		]);
	});

	it('are taken as a file of boundary points, with the system that it names or the zone’s own', async () => {
		const no = await begun(shop.as('ann'));
		const plane = gaussKruger(4529);
		const lines = CELL.map((place, i) => {
			const [east, north] = plane.forward(place);
			return `J${i + 1},1,${north.toFixed(4)},${east.toFixed(4)}`;
		});
		const file = (rows: readonly string[]) =>
			`数据产生单位=某院\n几度分带=3\n带号=41\n[地块坐标]\n4,3.0,DK-1,示例,面,,,,@\n${rows.join('\n')}`;
		const url = new URL('http://zone.test/?number=TXT-1&areaKind=planar');
		const hand = async (text: string) => {
			const event = {
				locals: { actor: shop.as('ann').actor },
				params: { zone: PANJIN_ID, ...at(no) },
				request: new Request(url, {
					method: 'POST',
					body: text,
					headers: { 'content-type': 'application/octet-stream' },
				}),
				url,
			};
			const response = await surveysRoute.POST(event as never);
			return { status: response.status, body: (await response.json()) as unknown };
		};
		surveyNoSchema.parse((await hand(file(lines))).body);
		const [{ srid, surveyor, parts }] = await read(no);
		expect([srid, surveyor, parts[0].areaM2]).toEqual([4529, '某院', '30000.0000']);
		for (const { vertexDistanceM } of parts[0].points) expect(vertexDistanceM).toBeLessThan(0.001);
		const broken = await hand(file(['J1,1,x,y', ...lines.slice(1)]));
		expect([broken.status, problemSchema.parse(broken.body).issues.map(({ code }) => code)]).toEqual([
			422,
			['boundary-txt.line-unreadable', 'boundary-txt.count-differs'],
		]);
		const swapped = await hand(file(lines.map((line) => line.replace(/,(\d{7}\.\d+),(.+)$/, ',$2,$1'))));
		expect(problemSchema.parse(swapped.body).issues.map(({ code }) => code)).toEqual(['axes.swapped']);
	});

	it('are read of nobody who may not add them, and never beyond what the database holds', async () => {
		const no = await begun(shop.as('ann'));
		const url = new URL('http://zone.test/?number=TXT-2&areaKind=planar');
		const hand = async (who: 'public' | 'rita' | 'ann', text: string) => {
			const request = new Request(url, { method: 'POST', body: text });
			const actor = who === 'public' ? PUBLIC_ACTOR : shop.as(who).actor;
			const event = { locals: { actor }, params: { zone: PANJIN_ID, ...at(no) }, request, url };
			const response = await surveysRoute.POST(event as never);
			const { issues } = problemSchema.parse(await response.json());
			return { status: response.status, isRead: request.bodyUsed, issues };
		};
		expect(await hand('public', '?')).toMatchObject({ status: 404, isRead: false });
		expect(await hand('rita', '?')).toMatchObject({ status: 403, isRead: false });
		const ring = CELL.map(([lon, lat], i) => `J${i},1,${lat.toFixed(11)},${lon.toFixed(11)}`).join('\n');
		expect(await hand('ann', `,-5,DK,示例,@\n${ring}`)).toMatchObject({
			status: 422,
			issues: [{ code: 'boundary-txt.value-not-taken', params: { line: 1 } }],
		});
		const longHeader = `数据产生单位=${'某'.repeat(201)}\n,1,DK,示例,@\n${ring}`;
		expect(await hand('ann', longHeader)).toMatchObject({
			status: 422,
			issues: [{ code: 'query.invalid', params: { parameter: 'surveyor' } }],
		});
		const zero = await add(no, survey(CELL, { areaM2: '0' }));
		expect([zero.status, problemSchema.parse(zero.body).issues[0].params.parameter]).toEqual([
			422,
			'parts.0.areaM2',
		]);
		const [part] = survey().parts;
		const points = Array.from({ length: 5000 }, (_, i) => ({ ...part.points[i % 4], name: `J${i % 4}` }));
		const parts = Array.from({ length: 5 }, () => ({ ...part, points }));
		const many = await add(no, { ...survey(), parts });
		expect([many.status, problemSchema.parse(many.body).issues[0]]).toMatchObject([
			422,
			{ code: 'survey.too-many-points', params: { count: 25_000 } },
		]);
	});

	it('come and go with their author’s draft alone', async () => {
		const no = await begun(shop.as('ann'));
		const surveyNo = await surveyed(no);
		const remove = (who: Colleague) =>
			routes.call(surveyRoute.DELETE, who, { params: { ...at(no), survey: String(surveyNo) }, body: {} });
		for (const who of ['bob', 'rita', 'paul'] as const) {
			expect((await add(no, survey(), who)).status).toBe(403);
			expect((await remove(who)).status).toBe(403);
		}
		for (const who of ['guest', 'public', 'localhost'] as const) {
			expect((await add(no, survey(), who)).status).toBe(404);
			expect((await routes.call(surveysRoute.GET, who, { params: at(no) })).status).toBe(404);
		}
		expect((await add(no, { ...survey(), parts: [] })).status).toBe(422);
		expect((await remove('ann')).status).toBe(200);
		expect((await remove('ann')).status).toBe(404);
		await surveyed(no);
		await added(shop.as('ann'), no, 0, move(corner(6, 1), corner(6.01, 1.01)));
		valueOf(await act(shop.as('ann'), no, 'submit'));
		expect((await add(no, survey())).status).toBe(422);
	});

	it('become facts of their revision, which cuts, merges and later drafts keep or are told that they lose', async () => {
		const cell = await numberOf(shop.database, 'PJ-01');
		const no = await begun(shop.as('ann'));
		await surveyed(no, survey(CELL, { areaM2: '1000' }));
		await added(shop.as('ann'), no, 0, move(corner(6, 2), corner(6.01, 2.01)));
		expect(await codes(no)).toEqual([]);
		expect((await boundary(cell)).surveys).toEqual([]);
		const { revision } = await publish(no);
		expect(await provenance(cell)).toEqual(['J1–J2 J1J2', 'J2–J3 J2J3', 'J3–J4 J3J4', 'J4–J1 J4J1']);
		expect(await provenance(cell, `revision=${revision - 1}`)).toHaveLength(1);
		const whole = await boundary(cell);
		expect(whole.surveys).toMatchObject([{ number: '沈测-2026-1', revision, accuracyM: '0.0500' }]);
		// Its area is stated of the parcel as it is drawn, and of no part of it.
		const { planarAreaM2 } = await cardOf(cell);
		expect(whole.stated).toMatchObject({ survey: 0, areaM2: '1000.0000', areaKind: 'planar' });
		expect(whole.stated?.computedM2).toBeCloseTo(Number(planarAreaM2), 2);

		const cut = await begun(shop.as('ann'));
		await added(shop.as('ann'), cut, 0, {
			verb: 'split_by_line',
			params: { line: [corner(1.4, -0.1), corner(1.6, 1.1)], parcelNos: [cell] },
		});
		expect(await codes(cut)).toEqual([]);
		await publish(cut);
		const [{ newest }] = await shop.database.sql<{ newest: number }[]>`
			select max(parcel_no) as newest from yuantu.parcel where zone_id = ${PANJIN_ID}`;
		for (const part of [newest, newest - 1]) {
			expect((await boundary(part)).stated).toBeNull();
			expect(
				(await provenance(part)).map((one) => one.split(' ')[1]).filter((line) => line !== '-'),
			).toHaveLength(3);
		}
		expect(await provenance(await numberOf(shop.database, 'PJ-00'))).toContain('J1–J4 J4J1');

		const moved = await begun(shop.as('ann'));
		await added(shop.as('ann'), moved, 0, move(corner(1, 1), corner(1.01, 1.02)));
		expect(await told(moved)).toMatchObject([
			{ code: 'survey.points-lost', severity: 'warning', params: { points: 'J4' }, at: corner(1, 1) },
		]);
		const faults = await asOwner(shop.database, (sql) => listAuditFaults(sql, PANJIN_ID));
		expect(faults).toEqual([]);
	});

	it('show no vertex of a boundary to those who are not of the office', async () => {
		const params = { coverage: 'plan', no: String(await numberOf(shop.database, 'PJ-00')) };
		expect((await routes.call(boundaryRoute.GET, 'public', { params })).status).toBe(404);
		expect((await routes.call(boundaryRoute.GET, 'guest', { params })).status).toBe(200);
	});

	it('are judged by the rule of area differences where there is one: told in a draft, stopping its publishing', async () => {
		await asOwner(shop.database, async (sql) => {
			await sql`delete from rule_value where zone_id = ${PANJIN_ID}`;
			await insertRuleValues(sql, PANJIN_ID, [
				{
					key: 'survey.area-difference.planar',
					parkId: null,
					value: '10',
					unit: 'm2',
					areaKind: 'planar',
					comparison: '<=',
					publicationGrade: 'office',
					note: null,
					source: '示例规则',
					status: 'example',
					validFrom: null,
					validTo: null,
				},
			]);
		});
		const no = await begun(shop.as('ann'));
		const cell = [corner(2, 2), corner(2, 3), corner(3, 3), corner(3, 2)];
		await surveyed(no, survey(cell, { areaM2: '1000' }));
		const [{ parts }] = await read(no);
		expect(parts[0].verdict).toBe('outside');
		expect(await found(no)).toMatchObject([
			{ code: 'survey.area-differs', severity: 'warning', source: '示例规则' },
		]);
		const { issues } = await routes.get(issueRoute.GET, 'rita', issueListSchema, {
			params: at(no),
			query: 'moment=publish',
		});
		expect(issues).toContainEqual(
			expect.objectContaining({ code: 'survey.area-differs', severity: 'error' }),
		);
	});
});
