import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	appendedStepsSchema,
	changesetListSchema,
	changesetSchema,
	issueListSchema,
	openChangesetSchema,
	publishedSchema,
	stepListSchema,
	workingParcelsSchema,
} from '$lib/api/changeset.ts';
import { applyToDraft } from '$lib/domain/changeset/draft-state.ts';
import { digestOf } from '$lib/domain/changeset/digest.ts';
import { runStep } from '$lib/domain/changeset/run-step.ts';
import { differenceFromWire } from '$lib/domain/changeset/wire-difference.ts';
import { openWorkingArea } from '$lib/map/edit/open-working-area.ts';
import { differenceSchema } from '$lib/api/changeset-step.ts';
import { problemSchema } from '$lib/api/issue.ts';
import type { Actor } from '$lib/server/access/actor.ts';
import { closeApplication, openApplication } from '$lib/server/service/application.ts';
import * as listRoute from '../../src/routes/api/v1/zones/[zone]/changesets/+server.ts';
import * as openRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/+server.ts';
import * as commentRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/comments/+server.ts';
import * as documentsRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/documents/+server.ts';
import * as documentRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/documents/[document]/+server.ts';
import * as eventRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/events/+server.ts';
import * as headRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/head/+server.ts';
import * as issueRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/issues/+server.ts';
import * as paperRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/papers/[paper]/+server.ts';
import * as shapeRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/shapes/+server.ts';
import * as stepRoute from '../../src/routes/api/v1/zones/[zone]/changesets/[changeset]/steps/+server.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import {
	clientId,
	corner,
	openWorkshop,
	type Colleague,
	type Workshop,
} from '../support/changeset-service.ts';
import { serverUrl } from '../support/database.ts';

type Handler = (event: never) => Response | Promise<Response>;

describe('changesets by their addresses', () => {
	let shop: Workshop;
	beforeAll(async () => {
		shop = await openWorkshop('server');
		const [{ name }] = await shop.database.sql<{ name: string }[]>`select current_database()::text as name`;
		await openApplication({
			DATABASE_URL: serverUrl(name),
			AUTH_SECRET: 'a secret of this test, long enough to be one',
		});
	});
	afterAll(async () => {
		await closeApplication();
		await shop.database.close();
	});

	/** Calls a handler as somebody; a body makes it a request that writes. */
	async function call(
		handler: Handler | undefined,
		who: Colleague | null,
		params = {},
		body?: unknown,
		search = '',
	) {
		const actor: Actor = who === null ? { kind: 'public' } : shop.as(who).actor;
		const request =
			body === undefined
				? new Request(`http://zone.test/${search}`)
				: new Request('http://zone.test/', { method: 'POST', body: JSON.stringify(body) });
		const event = {
			locals: { actor },
			params: { zone: PANJIN_ID, ...params },
			request,
			url: new URL(request.url),
		};
		const response = await (handler as (event: unknown) => Response | Promise<Response>)(event);
		return { status: response.status, body: (await response.json()) as unknown };
	}

	it('go from a draft to a revision, every answer by its schema, every refusal with its issues', async () => {
		const draft = {
			clientId: clientId(),
			coverageId: 'plan',
			kind: 'technical_correction',
			title: '更正',
			reason: '写错',
		};
		const begun = await call(listRoute.POST, 'ann', {}, draft);
		expect(begun.status).toBe(200);
		const { changesetNo } = changesetSchema.parse(begun.body);
		const at = { changeset: String(changesetNo) };

		const line = [corner(0.5, -0.1), corner(0.5, 1)];
		const batch = {
			expectedEdit: 0,
			steps: [
				{ clientId: clientId(), step: { verb: 'split_by_line', params: { line } } },
				{ clientId: clientId(), step: { verb: 'reclassify', params: { parcelNos: [999], landUse: null } } },
			],
		};
		const appended = await call(stepRoute.POST, 'ann', at, batch);
		const { stored, refused, editNo } = appendedStepsSchema.parse(appended.body);
		expect([stored.length, refused?.issue.code, editNo]).toEqual([1, 'parcel.unknown', 1]);
		differenceSchema.parse(stored[0].difference);
		expect(await call(stepRoute.POST, 'ann', at, { ...batch, steps: batch.steps.slice(1) })).toMatchObject({
			status: 412,
			body: { title: 'changeset.moved', issues: [{ params: { head: 1, editNo: 1 } }] },
		});
		const read = stepListSchema.parse((await call(stepRoute.GET, 'rita', at)).body);
		expect(read.steps.map(({ verb }) => verb)).toEqual(['split_by_line']);
		expect(await call(headRoute.PUT, 'ann', at, { expectedEdit: 1, head: 0 })).toMatchObject({
			body: { head: 0, editNo: 2 },
		});
		expect(await call(headRoute.PUT, 'ann', at, { expectedEdit: 2, head: 1 })).toMatchObject({
			body: { head: 1, editNo: 3 },
		});
		expect(issueListSchema.parse((await call(issueRoute.GET, 'rita', at)).body).issues).toEqual([]);
		const comment = { body: '好', parcelNo: -1, lon: null, lat: null };
		expect((await call(commentRoute.POST, 'rita', at, comment)).body).toEqual({ commentNo: 1 });

		const say = (who: Colleague, event: string, more = {}) =>
			call(eventRoute.POST, who, at, { event, comment: '', ...more });
		expect((await say('bob', 'submit')).status).toBe(403);
		expect((await say('ann', 'submit')).status).toBe(200);
		expect((await say('rita', 'return')).status).toBe(422);
		expect((await say('paul', 'approve')).status).toBe(200);
		const early = await say('paul', 'publish');
		expect(early.status).toBe(422);
		expect(problemSchema.parse(early.body).issues.map(({ code }) => code)).toEqual(['paper.missing']);
		const stated = {
			startsOn: null,
			endsOn: null,
			number: '1',
			office: null,
			issuedOn: null,
			summary: '写错',
			documentNo: null,
		};
		expect((await call(paperRoute.PUT, 'paul', { ...at, paper: 'error_report' }, stated)).status).toBe(200);
		expect((await call(paperRoute.PUT, 'paul', { ...at, paper: 'newspaper' }, stated)).status).toBe(404);
		const tooEarly = await say('paul', 'publish', { effectiveOn: '1900-01-01' });
		expect([tooEarly.status, JSON.stringify(tooEarly.body)]).toEqual([
			422,
			expect.stringContaining('effective.before-first'),
		]);
		const seen = openChangesetSchema.parse((await call(openRoute.GET, 'paul', at)).body).papers;
		const other = [{ ...seen[0], number: '2' }];
		const moved = await say('paul', 'publish', { papers: other });
		expect([moved.status, problemSchema.parse(moved.body).issues]).toEqual([
			412,
			[expect.objectContaining({ code: 'paper.moved', params: { paper: 'error_report' } })],
		]);
		const published = publishedSchema.parse(
			(await say('paul', 'publish', { effectiveOn: '2026-12-01', papers: seen })).body,
		);
		expect(published.revision).toBe(2);

		const opened = openChangesetSchema.parse((await call(openRoute.GET, 'rita', at)).body);
		expect(opened.events.map(({ event }) => event)).toEqual(['submit', 'approve', 'publish']);
		expect(opened.changeset).toMatchObject({ state: 'published', publishedRevision: 2 });
		expect(opened.papers.map(({ kind }) => kind)).toEqual(['error_report']);
		const list = changesetListSchema.parse((await call(listRoute.GET, 'rita')).body);
		expect(list.changesets.map((one) => one.changesetNo)).toContain(changesetNo);
	});

	it('give a browser the parcels of a box and those that steps touch, on which the steps come to the same bits', async () => {
		const draft = {
			clientId: clientId(),
			coverageId: 'plan',
			kind: 'technical_correction',
			title: '分割',
			reason: '',
		};
		const { changesetNo } = changesetSchema.parse((await call(listRoute.POST, 'ann', {}, draft)).body);
		const at = { changeset: String(changesetNo) };
		const line = [corner(0.25, -0.1), corner(0.25, 1.1)];
		const sent = { clientId: clientId(), step: { verb: 'split_by_line' as const, params: { line } } };
		const batch = { expectedEdit: 0, steps: [sent] };
		const { stored } = appendedStepsSchema.parse((await call(stepRoute.POST, 'ann', at, batch)).body);
		const boxed = async (west: number, south: number, east: number, north: number) => {
			const bbox = [...corner(west, south), ...corner(east, north)].join(',');
			const answered = await call(shapeRoute.GET, 'rita', at, undefined, `?bbox=${bbox}`);
			return workingParcelsSchema.parse(answered.body);
		};
		const all = await boxed(-1, -1, 9, 9);
		const area = openWorkingArea(all, () => true);
		const redone = runStep(area.state, sent.step);
		expect(redone.ok && digestOf(redone.difference)).toBe(stored[0].digest);
		const applied = applyToDraft(area.state, differenceFromWire(stored[0].difference));
		expect(applied.ok).toBe(true);

		const nowhere = await boxed(-9, -9, -8, -8);
		const touched = stored[0].difference.shapes.map(({ parcelNo }) => parcelNo).filter((no) => no > 0);
		expect(nowhere.parcels.map(({ parcelNo }) => parcelNo)).toEqual(touched.sort((a, b) => a - b));
		expect(nowhere.parcels).toEqual(all.parcels.filter(({ parcelNo }) => touched.includes(parcelNo)));
		expect((await call(shapeRoute.GET, 'ann', at, undefined, '?bbox=1,2,1,3')).status).toBe(422);
	});

	it('take documents as they are, and give them back to be saved, never shown', async () => {
		const { changesetNo } = changesetSchema.parse(
			(
				await call(
					listRoute.POST,
					'ann',
					{},
					{
						clientId: clientId(),
						coverageId: 'plan',
						kind: 'technical_correction',
						title: '更正',
						reason: '写错',
					},
				)
			).body,
		);
		const params = { zone: PANJIN_ID, changeset: String(changesetNo) };
		const send = async (who: Colleague, name: string, content: string) => {
			const url = new URL(`http://zone.test/?name=${encodeURIComponent(name)}`);
			const request = new Request(url, { method: 'POST', body: content });
			const event = { locals: { actor: shop.as(who).actor }, params, request, url };
			return documentsRoute.POST(event as never);
		};
		const take = async (who: Colleague, document: string) => {
			const event = { locals: { actor: shop.as(who).actor }, params: { ...params, document } };
			return documentRoute.GET(event as never);
		};
		const content = '%PDF-1.7 <script>alert(1)</script>';
		expect(await (await send('ann', "批复'1'.pdf", content)).json()).toEqual({ documentNo: 1 });
		const refused = await send('ann', 'page.html', content);
		expect([refused.status, problemSchema.parse(await refused.json()).title]).toEqual([
			422,
			'document.type-not-taken',
		]);
		expect((await send('bob', 'a.pdf', content)).status).toBe(403);
		const taken = await take('rita', '1');
		expect(await taken.text()).toBe(content);
		expect(Object.fromEntries(taken.headers)).toMatchObject({
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('批复')}%271%27.pdf`,
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; sandbox",
		});
		for (const [who, no] of [
			['guest', '1'],
			['ann', '2'],
			['ann', 'x'],
		] as const)
			expect((await take(who, no)).status).toBe(404);
	});

	it('show nothing to those who may not read drafts', async () => {
		for (const who of ['guest', null] as const) {
			expect((await call(listRoute.GET, who)).status).toBe(403);
			for (const handler of [openRoute.GET, stepRoute.GET, issueRoute.GET, shapeRoute.GET]) {
				const answered = await call(handler, who, { changeset: '1' }, undefined, '?bbox=122,41,123,42');
				expect(answered.status).toBe(404);
			}
		}
	});

	it.each([
		['no JSON', undefined],
		['a list', []],
		[
			'another verb',
			{ expectedEdit: 0, steps: [{ clientId: 'client-x', step: { verb: 'drop', params: {} } }] },
		],
		[
			'a place off the Earth',
			{
				expectedEdit: 0,
				steps: [{ clientId: 'client-x', step: { verb: 'delete_vertex', params: { at: [999, 0] } } }],
			},
		],
		[
			'a text that no database keeps',
			{
				expectedEdit: 0,
				steps: [
					{ clientId: 'client-x', step: { verb: 'reclassify', params: { parcelNos: [1], landUse: 'a\0b' } } },
				],
			},
		],
		[
			'too many steps',
			{
				expectedEdit: 0,
				steps: Array.from({ length: 201 }, () => ({
					clientId: 'client-x',
					step: { verb: 'delete_vertex', params: { at: [1, 1] } },
				})),
			},
		],
	])('answer 422 to steps that are %s', async (_, body) => {
		const answered = await call(stepRoute.POST, 'ann', { changeset: '1' }, body ?? 'text');
		expect(answered.status).toBe(422);
		expect(problemSchema.parse(answered.body).title).toBe('query.invalid');
	});

	it.each(['0', '-1', '1.5', 'x', '99999999999'])('find nothing at the number %s', async (changeset) => {
		expect((await call(openRoute.GET, 'ann', { changeset })).status).toBe(404);
	});
});
