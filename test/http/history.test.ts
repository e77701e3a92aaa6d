import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { timelineSchema } from '$lib/api/history.ts';
import { zoneSchema } from '$lib/api/zone.ts';
import { copyDataFolder, startProgram, type Program } from '../support/run-program.ts';
import { openBrowser, type Browser } from './browser.ts';
import { ask, type Answer } from './client.ts';

const REVISIONS = '/api/v1/zones/shenyang/coverages/plan/revisions';
/** Sample people: what each may do to a revision. */
const PEOPLE = {
	'planner-a': ['restore'],
	'planner-park': [],
	reviewer: [],
	approver: ['view'],
	auditor: [],
	handler: [],
	district: [],
} as const satisfies Readonly<Record<string, readonly ('view' | 'restore')[]>>;

describe('history over HTTP', () => {
	let program: Program;
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	let address: string;
	const people = new Map<string, Browser>();
	beforeAll(async () => {
		folder = await copyDataFolder(inject('preparedDataFolder'));
		program = startProgram({ DATA_DIR: folder.path, ZONE_FOLDERS: 'seeds/shenyang' });
		address = await program.address();
		people.set('the public', openBrowser(address));
		for (const name of Object.keys(PEOPLE)) {
			const browser = openBrowser(address);
			const answered = await browser.signIn(`${name}@shenyang.invalid`, inject('samplePassword'));
			expect(answered.status, name).toBe(303);
			people.set(name, browser);
		}
	});
	afterAll(async () => {
		await program.stop();
		await folder.remove();
	});

	const browserOf = (name: string) => people.get(name) ?? openBrowser(address);
	function post(name: string, path: string, body: unknown): Promise<Answer> {
		const cookie = [...browserOf(name).cookies].map(([key, value]) => `${key}=${value}`).join('; ');
		const headers = { cookie, origin: new URL(address).origin, 'content-type': 'application/json' };
		return ask(address, path, { method: 'POST', headers, body: JSON.stringify(body) });
	}
	const view = (name: string, event: string) => post(name, `${REVISIONS}/1/view`, { event, reason: '涉密' });
	const publicPlan = async () => {
		const zone = zoneSchema.parse((await browserOf('the public').get('/api/v1/zones/shenyang')).json());
		return zone.coverages.find(({ kind }) => kind === 'plan') ?? null;
	};

	it('lets withdraw, give back and restore whose role it is, and nobody else', async () => {
		const draft = { clientId: 'client-of-history', kind: 'technical_correction', title: '恢复', reason: '' };
		for (const [name, may] of [...Object.entries(PEOPLE), ['the public', []] as const]) {
			const allowed: readonly string[] = may;
			// Nothing was withdrawn, and nothing published since: those who may are told so.
			expect((await view(name, 'give_back')).status, name).toBe(allowed.includes('view') ? 422 : 403);
			const restored = await post(name, `${REVISIONS}/1/restore`, draft);
			const mayDraft = allowed.includes('restore') || name === 'planner-park';
			expect(restored.status, name).toBe(mayDraft ? 422 : 403);
		}
	});

	it('names people and reasons to the office only', async () => {
		for (const name of people.keys()) {
			const { revisions } = timelineSchema.parse((await browserOf(name).get(REVISIONS)).json());
			expect(
				revisions.map(({ source }) => source !== null),
				name,
			).toEqual([name !== 'the public']);
		}
	});

	it('leaves the public pages without a plan that is withdrawn, and brings it back', async () => {
		const plan = await publicPlan();
		const tile = `/tiles/public/${plan?.contentId}/`;
		expect(plan?.revision).toBe(1);
		expect((await browserOf('the public').get('/?zone=shenyang')).text()).toContain(tile);
		expect((await view('approver', 'withdraw')).status).toBe(200);
		expect(await publicPlan()).toBeNull();
		for (const path of ['/?zone=shenyang', '/balance?zone=shenyang', '/about?zone=shenyang']) {
			const page = await browserOf('the public').get(path);
			expect(page.status, path).toBe(200);
			expect(page.text()).not.toContain(tile);
			expect((await browserOf('reviewer').get(path)).status, path).toBe(200);
		}
		expect((await view('approver', 'give_back')).status).toBe(200);
		expect((await publicPlan())?.revision).toBe(1);
	});
});
