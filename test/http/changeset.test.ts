import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
	appendedStepsSchema,
	changesetSchema,
	draftHeadSchema,
	paperSchema,
	publishedSchema,
	rebasedSchema,
	rebaseOutlookSchema,
	stepListSchema,
} from '$lib/api/changeset.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { PUBLIC_ACTOR } from '$lib/server/access/actor.ts';
import { connectDatabase, type Database } from '$lib/server/db/connect.ts';
import { isDatabaseLost } from '$lib/server/service/database-loss.ts';
import { clientId } from '../support/changeset-service.ts';
import { untilSomeoneWaits } from '../support/database.ts';
import { startCluster, type Cluster } from '../support/database-cluster.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openDesk, type Desk, type DeskAnswer } from '../support/office-desk.ts';
import { makeFolder, startProgram, type Program } from '../support/run-program.ts';
import { expectSoundRevision } from '../support/sound-revision.ts';
import { serviceContexts } from '../support/zone-service.ts';
import { openBrowser } from './browser.ts';
import { ask } from './client.ts';

const CHANGESETS = `/api/v1/zones/${PANJIN_ID}/changesets`;
const CLASSES = ['0802', '0902', '1401'].map((code) => `cn-land-use/2023/${code}`);
const AT_ONCE = 20;
const SECONDS = Number(process.env.OFFICE_SECONDS ?? 20);
const KILLS = Number(process.env.OFFICE_KILLS ?? 5);
/** What publishing writes, in its order. */
const WRITTEN = ['parcel', 'parcel_change', 'revision', 'changeset_event', 'audit_event'];
const REPORT = {
	startsOn: null,
	endsOn: null,
	number: '1',
	office: null,
	issuedOn: null,
	summary: '写错',
	documentNo: null,
};

interface Published {
	readonly changesetNo: number;
	readonly revision: number;
}

/** What is answered once the database is there again, by a program that goes on. */
async function onceBack<T>(program: Program, ask: () => Promise<T>): Promise<T> {
	let isEnded = false;
	void program.ended.then(() => (isEnded = true));
	for (;;)
		try {
			return await ask();
		} catch (error) {
			const isAway = isDatabaseLost(error) || (error instanceof Error && error.message.includes(': 503 '));
			if (!isAway || isEnded) throw error;
		}
}

describe('an office at work over HTTP', () => {
	let folder: Awaited<ReturnType<typeof makeFolder>>;
	let cluster: Cluster;
	let database: Database;
	let program: Program;
	let address: string;
	let settings: Record<string, string>;
	let [planners, approver]: [Desk[], Desk | null] = [[], null];
	const cookieOf = new Map<string, string>();
	beforeAll(async () => {
		folder = await makeFolder();
		cluster = await startCluster();
		const url = `postgres://postgres@127.0.0.1:${cluster.port}/postgres`;
		database = connectDatabase({ kind: 'server', url });
		settings = {
			DATABASE_URL: url,
			DATA_DIR: folder.path,
			ZONE_FOLDERS: 'test/fixtures/zones/panjin-like',
			SAMPLE_ACCOUNTS: 'on',
			AUTH_SECRET: 'a secret of this test, long enough to be one',
			DOCUMENT_MAX_MB: '1',
		};
		program = startProgram(settings);
		address = await program.address();
		settings.PORT = new URL(address).port;
		const line = await program.line(/sample people {2}password/);
		const password = /sample people {2}password (\S+)/.exec(line)?.[1] ?? '';
		const signedIn = async (account: string) => {
			const browser = openBrowser(address);
			const signIn = await browser.signIn(`${account}@${PANJIN_ID}.invalid`, password);
			expect([signIn.status, signIn.text()]).toEqual([303, '']);
			cookieOf.set(account, [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
			return openDesk(address, browser);
		};
		planners = [await signedIn('planner-a'), await signedIn('planner-b')];
		approver = await signedIn('approver');
	});
	afterAll(async () => {
		program.signal('SIGKILL');
		const { stderr } = await program.ended;
		await database.close();
		await cluster.stop();
		await folder.remove();
		// What the program could not answer it says there: nothing, but what came while its database was away.
		const lines = stderr.split('\n').filter((line) => !line.endsWith(': the database does not answer'));
		expect(lines).toEqual(['']);
	});

	const chief = (): Desk => approver ?? planners[0];
	const at = (changesetNo: number, rest: string) => `${CHANGESETS}/${changesetNo}/${rest}`;
	const begin = (planner: Desk) =>
		planner.must(changesetSchema, 'POST', CHANGESETS, {
			clientId: clientId(),
			coverageId: 'plan',
			kind: 'technical_correction',
			title: '示例方案',
			reason: '示例理由',
		});
	const append = (planner: Desk, changesetNo: number, expectedEdit: number, ...steps: Step[]) => {
		const sent = steps.map((step) => ({ clientId: clientId(), step }));
		return planner.ask(appendedStepsSchema, 'POST', at(changesetNo, 'steps'), { expectedEdit, steps: sent });
	};
	const say = (desk: Desk, changesetNo: number, event: string, comment = '') =>
		desk.ask(changesetSchema, 'POST', at(changesetNo, 'events'), { event, comment });
	const publish = (changesetNo: number) =>
		chief().ask(publishedSchema, 'POST', at(changesetNo, 'events'), { event: 'publish', comment: '' });
	const report = (desk: Desk, changesetNo: number) =>
		desk.must(paperSchema, 'PUT', at(changesetNo, 'papers/error_report'), REPORT);
	const stepsOf = async (desk: Desk, changesetNo: number) => {
		const { changeset, steps } = await desk.must(stepListSchema, 'GET', at(changesetNo, 'steps'));
		return { changeset, ids: steps.slice(0, changeset.head).map((step) => step.clientId) };
	};
	const latest = async () => {
		const [{ revision }] = await database.sql<{ revision: number }[]>`
			select max(revision) as revision from yuantu.revision where coverage_id = 'plan'`;
		return revision;
	};
	const parcels = () =>
		database.sql<{ no: number; landUse: string; west: number; south: number; east: number; north: number }[]>`
			select parcel_no as no, class_system || '/' || class_version || '/' || class_code as "landUse",
				public.st_xmin(geom) as west, public.st_ymin(geom) as south, public.st_xmax(geom) as east, public.st_ymax(geom) as north
			from yuantu.parcel where coverage_id = 'plan' and rev_to is null and park_id is not null`;
	const expectSound = (revision: number) => {
		const context = serviceContexts(database)(PUBLIC_ACTOR);
		return expectSoundRevision({ database, as: () => context }, revision);
	};

	/** One draft from its beginning to its end, as it comes; the revision, a conflict, or null where nothing came of it. */
	async function oneDraft(planner: Desk, chance: () => number): Promise<Published | 'conflict' | null> {
		const all = await parcels();
		const one = () => all[Math.floor(chance() * all.length)];
		const [first, second] = [one(), one()];
		const { changesetNo } = await begin(planner);
		const reclassify = (parcelNo: number): Step => ({
			verb: 'reclassify',
			params: { parcelNos: [parcelNo], landUse: CLASSES[Math.floor(chance() * CLASSES.length)] },
		});
		// Two windows of one draft at once: one of them at most is first.
		const windows = await Promise.all(
			[first, second].map(({ no }) => append(planner, changesetNo, 0, reclassify(no))),
		);
		const acknowledged = windows.flatMap((window) =>
			window.ok ? window.value.stored.map((step) => step.clientId) : [],
		);
		for (const window of windows)
			if (!window.ok) expect([window.status, window.issues[0].code]).toEqual([412, 'changeset.moved']);
		expect(acknowledged.length).toBeLessThan(2);
		let { editNo, head } = (await stepsOf(planner, changesetNo)).changeset;
		for (const to of [0, head])
			({ editNo } = await planner.must(draftHeadSchema, 'PUT', at(changesetNo, 'head'), {
				expectedEdit: editNo,
				head: to,
			}));
		const { no, west, south, east, north } = first;
		const [lon, high] = [west + (east - west) * (0.3 + 0.4 * chance()), north - south];
		const cut = await append(planner, changesetNo, editNo, {
			verb: 'split_by_line',
			params: {
				line: [
					[lon, south - high],
					[lon, north + high],
				],
				parcelNos: [no],
			},
		});
		if (!cut.ok) throw new Error(JSON.stringify(cut));
		acknowledged.push(...cut.value.stored.map((step) => step.clientId));
		({ head } = cut.value);
		expect((await stepsOf(planner, changesetNo)).ids).toEqual(acknowledged);
		const giveUp = async () => {
			const withdrawn = await say(planner, changesetNo, 'withdraw');
			expect(withdrawn.ok).toBe(true);
			return null;
		};
		await report(planner, changesetNo);
		if (head === 0 || !(await say(planner, changesetNo, 'submit')).ok) return giveUp();
		if (!(await say(chief(), changesetNo, 'approve')).ok) return giveUp();
		const published = await publish(changesetNo);
		if (published.ok) {
			expect((await stepsOf(planner, changesetNo)).ids).toEqual(acknowledged);
			return { changesetNo, revision: published.value.revision };
		}
		for (const { code, params } of published.issues)
			if (code === 'changeset.outdated')
				expect(params).toMatchObject({ who: /示例规划员/, revision: expect.any(Number) });
		expect(published.status, JSON.stringify(published.issues)).not.toBe(404);
		expect((await say(chief(), changesetNo, 'return', '请看冲突')).ok).toBe(true);
		const outlook = await planner.must(rebaseOutlookSchema, 'GET', at(changesetNo, 'rebase'));
		const drop = outlook.groups.map(({ groupNo }) => groupNo);
		const rebased = await planner.ask(rebasedSchema, 'POST', at(changesetNo, 'rebase'), {
			expectedEdit: outlook.editNo,
			drop,
		});
		if (rebased.ok) {
			const kept = acknowledged.filter((id) => rebased.value.dropped.every((step) => step.clientId !== id));
			expect((await stepsOf(planner, changesetNo)).ids).toEqual(kept);
		}
		await giveUp();
		return published.status === 409 ? 'conflict' : null;
	}

	it(`loses nothing and publishes nothing invalid with ${AT_ONCE} at once, and explains every conflict`, async () => {
		const [seed] = fc.sample(fc.nat(), 1);
		const until = performance.now() + SECONDS * 1000;
		const work = async (worker: number) => {
			let state = (seed + worker * 7919) >>> 0;
			const chance = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
			const outcomes: Awaited<ReturnType<typeof oneDraft>>[] = [];
			while (performance.now() < until) outcomes.push(await oneDraft(planners[worker % 2], chance));
			return outcomes;
		};
		const outcomes = (await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => work(i)))).flat();
		const published = outcomes.filter((one) => one !== null && one !== 'conflict');
		const revisions = published.map(({ revision }) => revision).sort((a, b) => a - b);
		expect(revisions).toEqual(revisions.map((_, i) => i + 2));
		expect(await latest()).toBe(revisions.length + 1);
		expect(published.length).toBeGreaterThan(3);
		expect(outcomes).toContain('conflict');
		const recorded = await database.sql<Published[]>`
			select distinct revision, changeset_no as "changesetNo" from yuantu.parcel_change order by revision`;
		expect(recorded.map((row) => ({ ...row }))).toEqual(published.sort((a, b) => a.revision - b.revision));
		await expectSound(revisions.length + 1);
	});

	/** A draft that another class is given in, approved; with the revision before it. */
	async function approved(planner: Desk) {
		const [parcel] = await parcels();
		const landUse = CLASSES.find((one) => one !== parcel.landUse) ?? '';
		const { changesetNo } = await begin(planner);
		const step: Step = { verb: 'reclassify', params: { parcelNos: [parcel.no], landUse } };
		await append(planner, changesetNo, 0, step);
		await report(planner, changesetNo);
		expect((await say(planner, changesetNo, 'submit')).ok).toBe(true);
		expect((await say(chief(), changesetNo, 'approve')).ok).toBe(true);
		return { changesetNo, before: await latest(), draft: await stepsOf(planner, changesetNo) };
	}

	it('does nothing to a draft that is not as whoever acts has seen it', async () => {
		const [planner] = planners;
		const [parcel] = await parcels();
		const { changesetNo } = await begin(planner);
		const landUse = CLASSES.find((one) => one !== parcel.landUse) ?? '';
		const step: Step = { verb: 'reclassify', params: { parcelNos: [parcel.no], landUse } };
		await append(planner, changesetNo, 0, step);
		await report(planner, changesetNo);
		const moved = [412, 'changeset.moved', 1];
		const saidOf = async (asked: Promise<DeskAnswer<unknown>>) => {
			const answered = await asked;
			if (answered.ok) return 'done';
			const [{ code, params }] = answered.issues;
			return [answered.status, code, params['editNo']];
		};
		const act = (desk: Desk, event: string, expectedEdit: number) =>
			saidOf(
				desk.ask(z.unknown(), 'POST', at(changesetNo, 'events'), { event, comment: '看过', expectedEdit }),
			);
		expect(await saidOf(append(planner, changesetNo, 0, step))).toEqual(moved);
		const head = { expectedEdit: 0, head: 0 };
		expect(await saidOf(planner.ask(draftHeadSchema, 'PUT', at(changesetNo, 'head'), head))).toEqual(moved);
		const rebase = { expectedEdit: 0, drop: [] };
		expect(await saidOf(planner.ask(rebasedSchema, 'POST', at(changesetNo, 'rebase'), rebase))).toEqual(
			moved,
		);
		for (const [desk, event] of [
			[planner, 'submit'],
			[chief(), 'return'],
			[planner, 'submit'],
			[chief(), 'approve'],
			[chief(), 'publish'],
		] as const) {
			expect([event, await act(desk, event, 0), await act(desk, event, 2)]).toEqual([event, moved, moved]);
			expect([event, await act(desk, event, 1)]).toEqual([event, 'done']);
		}
		expect((await stepsOf(planner, changesetNo)).changeset).toMatchObject({ state: 'published', editNo: 1 });
	});

	it(`keeps the old revision whole, drafts and audit, when it is killed while it publishes, ${KILLS} times`, async () => {
		const [planner] = planners;
		for (let kill = 0; kill < KILLS; kill++) {
			const { changesetNo, before, draft } = await approved(planner);
			await database.sql.begin(async (sql) => {
				await sql`lock table ${sql(`yuantu.${WRITTEN[kill % WRITTEN.length]}`)} in share mode`;
				const lost = publish(changesetNo).then(
					() => false,
					() => true,
				);
				await untilSomeoneWaits(database);
				program.signal('SIGKILL');
				await program.ended;
				expect(await lost).toBe(true);
			});
			program = startProgram(settings);
			await program.address();
			expect(await latest()).toBe(before);
			expect(await stepsOf(planner, changesetNo)).toEqual(draft);
			expect(draft.changeset.state).toBe('approved');
			expect(await publish(changesetNo)).toMatchObject({ ok: true, value: { revision: before + 1 } });
			await expectSound(before + 1);
		}
	});

	/** Holds a table against writers for as long as the database lives. */
	function hold(table: string): Promise<{ readonly ended: Promise<void> }> {
		return new Promise((resolve, reject) => {
			const holding = database.sql.begin(async (sql) => {
				await sql`lock table ${sql(`yuantu.${table}`)} in share mode`;
				resolve({ ended: holding.then(reject, () => {}) });
				await new Promise(() => {});
			});
		});
	}

	it(`goes on by itself when its database is killed while it publishes: old or new, whole, ${KILLS} times`, async () => {
		const [planner] = planners;
		const moments = fc.sample(fc.nat(60), KILLS);
		for (const [kill, moment] of moments.entries()) {
			const { changesetNo, before, draft } = await approved(planner);
			const held = kill % 2 === 0 ? WRITTEN[(kill / 2) % WRITTEN.length] : null;
			const holding = held === null ? null : await hold(held);
			const answer = publish(changesetNo).then(
				({ ok }) => (ok ? 'published' : 'refused'),
				({ message }: Error) => (message.includes(': 503 ') ? 'lost' : message),
			);
			if (holding !== null) await untilSomeoneWaits(database);
			else for (let i = 0; i < moment; i++) await database.sql`select 1`;
			await cluster.kill();
			await holding?.ended;
			const said = await answer;
			await cluster.restart();
			const now = await onceBack(program, latest);
			const { changeset, ids } = await onceBack(program, () => stepsOf(planner, changesetNo));
			expect(ids).toEqual(draft.ids);
			const isPublished = now > before;
			expect(changeset.state).toBe(isPublished ? 'published' : 'approved');
			if (held !== null) expect([said, isPublished]).toEqual(['lost', false]);
			else expect(isPublished ? ['published', 'lost'] : ['lost']).toContain(said);
			if (!isPublished) expect((await publish(changesetNo)).ok).toBe(true);
			expect(await latest()).toBe(before + 1);
			await expectSound(before + 1);
		}
	});

	it('takes large bodies where documents go, and nowhere else', async () => {
		const [planner] = planners;
		const { changesetNo } = await begin(planner);
		const cookie = cookieOf.get('planner-a') ?? '';
		const send = (path: string, headers: Record<string, string>, body: string) =>
			ask(address, at(changesetNo, path), {
				method: 'POST',
				headers: { cookie, 'content-type': 'application/pdf', connection: 'close', ...headers },
				body,
			});
		const large = `%PDF-1.7 ${' '.repeat(700 * 1024)}`;
		const taken = await send('documents?name=a.pdf', {}, large);
		expect(z.object({ documentNo: z.int() }).parse(taken.json())).toEqual({ documentNo: 1 });
		const given = await ask(address, at(changesetNo, 'documents/1'), { headers: { cookie } });
		expect([given.headers['content-type'], given.text()]).toEqual(['application/pdf', large]);
		const claimed = { 'content-length': String(1024 * 1024 + 1) };
		const refused = [
			await send('documents?name=a.pdf', claimed, '%PDF'),
			await send('steps', { 'content-length': String(512 * 1024 + 1) }, '{'),
			await send('documents?name=a.pdf', { 'transfer-encoding': 'chunked' }, '%PDF'),
		];
		expect(refused.map(({ status }) => status)).toEqual([413, 413, 411]);
		expect((await ask(address, at(changesetNo, 'documents/1'))).status).toBe(404);
	});
});
