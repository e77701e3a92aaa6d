import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyInstallation, type Installation } from './database-installation.ts';

/** A PostgreSQL server of our own in a temporary folder; every login on this machine is trusted. */
export interface Cluster {
	readonly port: number;
	/** Kills it with all its processes, in the midst of whatever they do. */
	kill(): Promise<void>;
	/** Starts it again after it was killed; it recovers by itself. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

/** A server that was killed leaves its memory to processes that take a moment to end; so often it is tried again. */
const MOST_STARTS = 50;

export interface ClusterOptions {
	/** Lines of pg_hba.conf that count before the one that trusts everybody. */
	readonly access?: readonly string[];
	/** Offers encryption with a certificate that nobody has signed. */
	readonly tls?: boolean;
	/** Changes the installation that the server runs from; it is a copy of its own. */
	readonly alter?: (installation: Installation) => Promise<void>;
}

/** Starts a PostgreSQL with PostGIS for tests; refused by it as root, so it then runs as the user postgres. */
export async function startCluster({
	access = [],
	tls = false,
	alter,
}: ClusterOptions = {}): Promise<Cluster> {
	const binDir = await findBinDir();
	const folder = await mkdtemp(join(tmpdir(), 'yuantu-pg-'));
	const user = serverUser();
	if (user !== undefined) await chown(folder, user.uid, user.gid);
	const dataDir = join(folder, 'data');
	const init = spawnSync(
		join(binDir, 'initdb'),
		['-D', dataDir, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
		{ ...user, cwd: folder, encoding: 'utf8' },
	);
	if (init.status !== 0) throw new Error(`initdb: ${init.stderr || init.error?.message}`);
	const accessFile = join(dataDir, 'pg_hba.conf');
	await writeFile(accessFile, `${access.join('\n')}\n${await readFile(accessFile, 'utf8')}`);
	const port = await freePort();
	const options = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: folder,
		fsync: 'off',
		ssl: tls ? 'on' : 'off',
	};
	if (tls) makeCertificate(dataDir, user);
	let serverBinDir = binDir;
	if (alter !== undefined) {
		const installation = await copyInstallation(binDir, join(folder, 'installation'));
		await alter(installation);
		serverBinDir = installation.binDir;
	}
	const start = async () => {
		const started = spawn(
			join(serverBinDir, 'postgres'),
			[
				...['-D', dataDir, '-p', String(port)],
				...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
			],
			{ ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
		);
		await waitUntilReady(started.stderr);
		started.stderr.resume();
		return started;
	};
	let server = await start();
	const end = async (signal: NodeJS.Signals) => {
		const ended = new Promise((resolve) => server.once('exit', resolve));
		server.kill(signal);
		await ended;
	};
	return {
		port,
		kill: async () => {
			const children = await readFile(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8');
			const ended = end('SIGKILL');
			for (const child of children.trim().split(' ')) killIfThere(Number(child));
			await ended;
		},
		restart: async () => {
			for (let attempt = 1; ; attempt++)
				try {
					server = await start();
					return;
				} catch (error) {
					if (attempt === MOST_STARTS) throw error;
				}
		},
		stop: async () => {
			if (server.exitCode === null && server.signalCode === null) await end('SIGINT');
			await rm(folder, { recursive: true, force: true });
		},
	};
}

function killIfThere(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

async function findBinDir(): Promise<string> {
	const root = '/usr/lib/postgresql';
	const versions = existsSync(root) ? (await readdir(root)).filter((name) => Number(name) >= 15) : [];
	const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
	if (newest !== undefined) return join(root, newest, 'bin');
	const found = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
	if (found.status === 0) return found.stdout.trim();
	throw new Error('no PostgreSQL server programs found: install postgresql-15-postgis-3');
}

/** A key and a certificate where the server looks for them. */
function makeCertificate(dataDir: string, user: { uid: number; gid: number } | undefined): void {
	const made = spawnSync(
		'openssl',
		[
			...['req', '-new', '-x509', '-days', '2', '-nodes', '-subj', '/CN=localhost', '-newkey', 'rsa:2048'],
			...['-keyout', join(dataDir, 'server.key'), '-out', join(dataDir, 'server.crt')],
		],
		{ ...user, cwd: dataDir, encoding: 'utf8' },
	);
	if (made.status !== 0) throw new Error(`openssl: ${made.stderr || made.error?.message}`);
}

function serverUser(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
	return { uid: id('-u'), gid: id('-g') };
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
		});
	});
}

function waitUntilReady(log: NodeJS.ReadableStream): Promise<void> {
	return new Promise((resolve, reject) => {
		let text = '';
		log.setEncoding('utf8');
		log.on('data', (chunk: string) => {
			text += chunk;
			if (text.includes('database system is ready to accept connections')) resolve();
		});
		log.once('end', () => reject(new Error(`postgres ended: ${text}`)));
	});
}
