import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { balanceSchema } from '$lib/api/balance.ts';
import { zoneSchema } from '$lib/api/zone.ts';
import { copyDataFolder, startProgram, type Program } from '../support/run-program.ts';
import { ask } from './client.ts';

/** More answers than fit in before a server that computes the balance by itself gets to it (three), far fewer than come beside it. */
const SEVERAL = 20;

describe('planned against current over HTTP', () => {
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	let program: Program;
	let address: string;
	beforeAll(async () => {
		folder = await copyDataFolder(inject('preparedDataFolder'));
		program = startProgram({ DATA_DIR: folder.path, OFFICE_ON_LOCALHOST: 'on' });
		address = await program.address();
		const zone = zoneSchema.parse((await ask(address, '/api/v1/zones/shenyang')).json());
		for (const theme of ['plan', 'current']) {
			const url = zone.tiles.find((one) => one.theme === theme)?.url ?? '';
			expect((await ask(address, url.replace('{z}/{x}/{y}', '8/215/95'))).status).toBe(200);
		}
	});
	afterAll(async () => {
		await program.stop();
		await folder.remove();
	});

	it('is computed beside other answers, which do not wait for it', async () => {
		let isAnswered = false;
		const balance = ask(address, '/api/v1/zones/shenyang/balance').finally(() => (isAnswered = true));
		let answersBefore = 0;
		while (!isAnswered) {
			expect((await ask(address, '/healthz')).status).toBe(200);
			answersBefore++;
		}
		const { change } = balanceSchema.parse((await balance).json());
		expect(change?.rows.length).toBeGreaterThan(5);
		expect(answersBefore).toBeGreaterThanOrEqual(SEVERAL);
	});
});
