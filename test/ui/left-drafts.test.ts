import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DrawnStep, LostStep } from '$lib/domain/changeset/resume-draft.ts';
import { DraftSync } from '$lib/state/draft-sync.ts';
import { LeftDrafts } from '$lib/state/left-drafts.ts';

const step = (clientId: string): DrawnStep => ({
	clientId,
	step: { verb: 'delete_vertex', params: { at: [0, 0] } },
	made: [],
});
const entry = { key: 'k', draft: { steps: [step('a'), step('b')], head: 2, editNo: 0 } };

describe('what windows have left of a draft', () => {
	/** What the server answers to every step. */
	let status: number;
	let server: Server;
	let left: LeftDrafts;
	let sync: DraftSync;
	let lost: LostStep[];
	let aside: boolean[];
	let shelf: { lying: (typeof entry)[]; aside: string[] };
	beforeEach(async () => {
		server = createServer((request, response) => {
			const changeset = { head: 0, editNo: 0, stepCount: 0, baseRevision: 1 };
			const isRead = request.method === 'GET';
			const issues = [{ code: 'changeset.not-yours', entities: [], params: {} }];
			response.writeHead(isRead ? 200 : status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(isRead ? { changeset, steps: [] } : { status, issues }));
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		const { port } = server.address() as AddressInfo;
		[lost, aside, shelf] = [[], [], { lying: [entry], aside: [] }];
		sync = new DraftSync(
			`http://127.0.0.1:${port}`,
			{ put: async () => undefined, clear: async () => undefined },
			{
				drawn: () => left.sending,
				onstored: (stored) => left.stored(stored),
				onrefused: ({ clientId, issue }) => left.refused(clientId, issue),
				onmoved: () => undefined,
				onrefusedforgood: () => undefined,
			},
			{ status: 'saved', problem: null, editNo: 0 },
		);
		const place = {
			findLeft: async () => shelf.lying,
			remove: async () => void (shelf.lying = []),
			setAside: async ({ key }: { key: string }) => {
				shelf.lying = shelf.lying.filter((one) => one.key !== key);
				shelf.aside.push(key);
			},
		};
		left = new LeftDrafts(sync, place, (one, isAside) => {
			lost.push(one);
			aside.push(isAside);
		});
	});
	afterEach(() => {
		sync.close();
		server.closeAllConnections();
		server.close();
	});

	it('is told as lost and set aside where the server refuses it for good, and the draft opens', async () => {
		status = 403;
		expect(await left.read('steps')).toMatchObject({ steps: [], head: 0 });
		expect(lost.map(({ refusal }) => refusal.code)).toEqual(Array(2).fill('changeset.not-yours'));
		expect(aside).toEqual([true, true]);
		expect([shelf, sync.status]).toEqual([{ lying: [], aside: ['k'] }, 'saved']);
		shelf.lying = [entry];
		await left.read('steps');
		expect(lost).toHaveLength(2);
	});

	it('stays where the refusal passes', async () => {
		status = 401;
		expect(await left.read('steps')).toBeNull();
		expect([lost, shelf]).toEqual([[], { lying: [entry], aside: [] }]);
	});

	it('is told as lost when the changeset is sealed, and waits while it is under review', async () => {
		expect(await left.read('not-now')).toMatchObject({ head: 0 });
		expect([lost, shelf.lying, left.waiting]).toEqual([[], [entry], 2]);
		expect(await left.read('never')).toMatchObject({ head: 0 });
		expect(lost.map(({ refusal }) => refusal.code)).toEqual(['changeset.sealed', 'changeset.sealed']);
		expect(shelf).toEqual({ lying: [], aside: ['k'] });
	});
});
