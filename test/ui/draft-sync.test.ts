import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DrawnDraft, DrawnStep } from '$lib/domain/changeset/resume-draft.ts';
import { DraftSync, type ServedDraft, type SyncState } from '$lib/state/draft-sync.ts';

/** A server that keeps a draft as ours does: writers name the edit that they built on, steps after the head give way. */
class DraftServer {
	readonly ids: string[] = [];
	head = 0;
	editNo = 0;
	/** Does what is asked and then cuts the line. */
	losesAnswers = false;
	refuses: string | null = null;
	/** The status of a refusal of all that is written; null: none. */
	forbids: number | null = null;
	readonly batches: number[] = [];
	readonly http: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const text = Buffer.concat(chunks).toString();
			const body = (text === '' ? {} : JSON.parse(text)) as Body;
			const url = new URL(request.url ?? '', 'http://draft.test');
			const [status, answer] = this.#answer(request.method ?? '', url, body);
			if (this.losesAnswers && request.method !== 'GET') response.destroy();
			else say(response, status, answer);
		});
	});

	#answer(method: string, { searchParams }: URL, body: Body): [number, unknown] {
		if (method === 'GET') {
			const [after, limit] = [Number(searchParams.get('after')), Number(searchParams.get('limit'))];
			const steps = this.ids.slice(after, after + limit).map((clientId) => ({ clientId }));
			const { head, editNo, ids } = this;
			return [200, { changeset: { head, editNo, stepCount: ids.length, baseRevision: 1 }, steps }];
		}
		const status = this.forbids;
		if (status !== null) return [status, { status, issues: [{ code: 'changeset.not-draft' }] }];
		if (body.expectedEdit !== this.editNo) return [412, { issues: [{ code: 'changeset.moved' }] }];
		if (method === 'PUT') {
			this.head = body.head ?? 0;
			return [200, { head: this.head, editNo: ++this.editNo }];
		}
		this.ids.splice(this.head);
		const sent = (body.steps ?? []).map(({ clientId }) => clientId);
		this.batches.push(sent.length);
		const at = sent.indexOf(this.refuses ?? '');
		const stored = at < 0 ? sent : sent.slice(0, at);
		this.ids.push(...stored);
		this.head = this.ids.length;
		if (stored.length > 0) this.editNo++;
		const refused = at < 0 ? null : { clientId: sent[at], issue: { code: 'parcel.unknown' } };
		const named = stored.map((clientId) => ({ clientId }));
		return [200, { head: this.head, editNo: this.editNo, stored: named, refused }];
	}
}

interface Body {
	readonly expectedEdit?: number;
	readonly head?: number;
	readonly steps?: readonly { readonly clientId: string }[];
}

function say(response: ServerResponse, status: number, answer: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify(answer));
}

const step = (clientId: string): DrawnStep => ({
	clientId,
	step: { verb: 'delete_vertex', params: { at: [0, 0] } },
	made: [],
});
const drawing = (ids: readonly string[], head = ids.length): DrawnDraft => ({ steps: ids.map(step), head });

describe('a draft on its way to the server', () => {
	let server: DraftServer;
	let sync: DraftSync;
	let drawn: DrawnDraft;
	/** What lies on the shelf, by the ids of its steps. */
	let kept: readonly string[] | null;
	let told: { moved: ServedDraft[]; refused: string[]; forGood: string[] };
	beforeEach(async () => {
		server = new DraftServer();
		await new Promise<void>((listening) => server.http.listen(0, '127.0.0.1', listening));
		const { port } = server.http.address() as AddressInfo;
		const state: SyncState = { status: 'saved', problem: null, editNo: 0 };
		[drawn, kept, told] = [drawing([]), null, { moved: [], refused: [], forGood: [] }];
		const shelf = {
			put: async ({ steps }: DrawnDraft) => void (kept = steps.map(({ clientId }) => clientId)),
			clear: async () => void (kept = null),
		};
		sync = new DraftSync(
			`http://127.0.0.1:${port}`,
			shelf,
			{
				drawn: () => drawn,
				onstored: () => undefined,
				onrefused: ({ clientId }) => {
					told.refused.push(clientId);
					drawn = drawing(drawn.steps.map((one) => one.clientId).filter((id) => id !== clientId));
				},
				onmoved: (served) => {
					told.moved.push(served);
					const there = served.steps.map(({ clientId }) => clientId);
					const here = drawn.steps.map(({ clientId }) => clientId);
					drawn = drawing([...there, ...here.filter((id) => !there.includes(id))]);
				},
				onrefusedforgood: ({ code }) => told.forGood.push(code),
			},
			state,
		);
		await sync.read();
	});
	afterEach(() => {
		sync.close();
		server.http.closeAllConnections();
		server.http.close();
	});

	/** Draws, and sends at once. */
	const draw = (ids: readonly string[], head = ids.length) => {
		drawn = drawing(ids, head);
		sync.changed();
		return sync.flush();
	};
	const letters = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `s${from + i}`);

	it('lies on the shelf from the moment it is drawn until it is stored', async () => {
		drawn = drawing(['a', 'b']);
		sync.changed();
		expect([sync.status, kept]).toEqual(['saving', ['a', 'b']]);
		expect(await sync.flush()).toBe(true);
		expect([sync.status, kept, server.ids, server.head]).toEqual(['saved', null, ['a', 'b'], 2]);
	});

	it('goes in batches, and is read back whole in pages', async () => {
		const ids = letters(450);
		expect(await draw(ids)).toBe(true);
		expect(server.batches).toEqual([100, 100, 100, 100, 50]);
		const { steps, head } = await sync.read();
		expect([steps.map(({ clientId }) => clientId), head]).toEqual([ids, 450]);
	});

	it('is undone and drawn on: what was undone gives way', async () => {
		await draw(['a', 'b', 'c']);
		await draw(['a', 'b', 'c'], 1);
		expect([server.ids.length, server.head]).toEqual([3, 1]);
		await draw(['a', 'x']);
		expect([server.ids, server.head]).toEqual([['a', 'x'], 2]);
	});

	it('is stored once where the answer is lost', async () => {
		server.losesAnswers = true;
		expect(await draw(['a', 'b'])).toBe(false);
		expect([sync.status, kept, server.ids]).toEqual(['offline', ['a', 'b'], ['a', 'b']]);
		server.losesAnswers = false;
		expect(await sync.flush()).toBe(false);
		// The server has gone on, it seems; what it has gone on to is what was sent.
		expect(told.moved).toHaveLength(1);
		expect(await sync.flush()).toBe(true);
		expect([sync.status, kept, server.ids]).toEqual(['saved', null, ['a', 'b']]);
	});

	it('goes on behind what another window wrote', async () => {
		await draw(['a']);
		server.ids.push('z');
		server.head = 2;
		server.editNo++;
		await draw(['a', 'b']);
		expect(await sync.flush()).toBe(true);
		expect([told.moved.length, server.ids]).toEqual([1, ['a', 'z', 'b']]);
	});

	it('tells a step that the server refuses and stores the others', async () => {
		server.refuses = 'b';
		expect(await draw(['a', 'b', 'c'])).toBe(true);
		expect([told.refused, server.ids]).toEqual([['b'], ['a', 'c']]);
	});

	it('stops where it may not be written any more, keeps what is drawn, and says why to who wants it stored', async () => {
		server.forbids = 422;
		expect(await draw(['a'])).toBe(false);
		expect([sync.status, sync.problem?.issues[0].code, kept]).toEqual([
			'stopped',
			'changeset.not-draft',
			['a'],
		]);
		expect([sync.isRefusedForGood, told.forGood]).toEqual([true, ['changeset.not-draft']]);
		await expect(sync.store()).rejects.toMatchObject({
			problem: { issues: [{ code: 'changeset.not-draft' }] },
		});
		server.forbids = null;
		sync.retry();
		await sync.store();
		expect(server.ids).toEqual(['a']);
	});

	it('waits where a refusal passes, as one of a session that has ended', async () => {
		server.forbids = 401;
		expect(await draw(['a'])).toBe(false);
		expect([sync.status, sync.isRefusedForGood, told.forGood, kept]).toEqual(['stopped', false, [], ['a']]);
	});

	it('waits while there is no server', async () => {
		server.http.close();
		server.http.closeAllConnections();
		expect(await draw(['a'])).toBe(false);
		expect([sync.status, kept]).toEqual(['offline', ['a']]);
	});
});
