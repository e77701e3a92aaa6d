import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase } from '$lib/server/db/connect.ts';
import { startCluster, type Cluster } from '../support/database-cluster.ts';
import { openDatabaseRelay, type DatabaseRelay } from '../support/database-relay.ts';
import { openBrowser } from '../http/browser.ts';
import { startProgram, type Program } from '../support/run-program.ts';

const urlOf = ({ port }: { readonly port: number }) => `postgres://postgres@127.0.0.1:${port}/postgres`;

describe('a database that goes away while the program runs', () => {
	let cluster: Cluster;
	let relay: DatabaseRelay;
	let program: Program;
	beforeAll(async () => {
		cluster = await startCluster();
		relay = await openDatabaseRelay(cluster.port);
		program = startProgram({
			DATABASE_URL: urlOf(relay),
			ZONE_FOLDERS: 'test/fixtures/zones/panjin-like',
			SAMPLE_ACCOUNTS: 'on',
			AUTH_SECRET: 'a secret of this test, long enough to be one',
		});
	});
	afterAll(async () => {
		await program.stop();
		await relay.close();
	});

	it('is not seen where only connections were lost, and others can be had', async () => {
		const zones = `${await program.address()}api/v1/zones`;
		const watcher = connectDatabase({ kind: 'server', url: urlOf(cluster), maxConnections: 1 });
		const askThrice = () => Promise.all([1, 2, 3].map(async () => (await fetch(zones)).status));
		for (let loss = 0; loss < 5; loss++) {
			await askThrice();
			const ended = await watcher.sql`
				select pg_terminate_backend(pid) from pg_stat_activity
				where application_name = 'yuantu' and pid <> pg_backend_pid()`;
			expect(ended.length).toBeGreaterThan(0);
			expect(await askThrice()).toEqual([200, 200, 200]);
		}
		await watcher.close();
	});

	it('does not end it where a connection is lost as the driver asks it for types, which nobody else waits for', async () => {
		const zones = `${await program.address()}api/v1/zones`;
		for (let loss = 0; loss < 3; loss++) {
			const lost = relay.loseWhileTypesAreAsked();
			const asked = fetch(zones);
			await Promise.race([lost, program.ended]);
			expect([200, 503]).toContain((await asked).status);
			expect((await fetch(zones)).status).toBe(200);
		}
	});

	it('is said by every address, and in one line of the log', async () => {
		const address = await program.address();
		const zones = `${address}api/v1/zones`;
		expect((await fetch(zones)).status).toBe(200);
		const line = await program.line(/sample people {2}password/);
		const planner = openBrowser(address);
		const account = 'planner-a@panjin-like.invalid';
		await planner.signIn(account, /password (\S+)/.exec(line)?.[1] ?? '');
		const drafts = '/api/v1/zones/panjin-like/changesets';
		expect((await planner.get(drafts)).status).toBe(200);
		await cluster.stop();
		const answer = await fetch(zones);
		expect(answer.status).toBe(503);
		expect(answer.headers.get('content-type')).toBe('application/problem+json');
		expect(await answer.json()).toMatchObject({ status: 503, title: 'database.lost' });
		expect((await fetch(`${address}healthz`)).status).toBe(503);
		expect((await planner.get(drafts)).status).toBe(503);
		const { stderr } = await program.stop();
		expect(stderr).toContain('the database does not answer');
		expect(stderr).not.toContain('    at ');
	});
});
