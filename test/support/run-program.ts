import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Ended {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** The real program in its own process. */
export interface Program {
	readonly pid: number;
	/** Settles when the process has ended, however. */
	readonly ended: Promise<Ended>;
	/** The first line of standard output that matches; rejects with everything printed if the program ends before. */
	line(pattern: RegExp): Promise<string>;
	/** The address that it prints once it is ready, with a slash at the end. */
	address(): Promise<string>;
	signal(signal: NodeJS.Signals): void;
	/** Ends it with SIGTERM and waits. */
	stop(): Promise<Ended>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The command of `npm start`, with what it tells the C library of memory. */
export const START_COMMAND = (
	JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } }
).scripts.start;

/** Starts the program as `npm start` does, or another command, on a free port with these settings and no others. */
export function startProgram(
	settings: Readonly<Record<string, string>>,
	[command, ...args]: readonly [string, ...string[]] = ['sh', '-c', START_COMMAND],
): Program {
	const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG'].flatMap((name) =>
		process.env[name] === undefined ? [] : [[name, process.env[name]] as const],
	);
	const child = spawn(command, args, {
		cwd: ROOT,
		env: { ...Object.fromEntries(kept), PORT: '0', ...settings },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stdout = '';
	let stderr = '';
	const watchers = new Set<() => void>();
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		for (const watch of watchers) watch();
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
	const ended = new Promise<Ended>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
	});
	const line = (pattern: RegExp) =>
		new Promise<string>((resolve, reject) => {
			const watch = () => {
				const whole = stdout.slice(0, stdout.lastIndexOf('\n') + 1).split('\n');
				const found = whole.find((text) => pattern.test(text));
				if (found === undefined) return;
				watchers.delete(watch);
				resolve(found);
			};
			watchers.add(watch);
			watch();
			ended.then(
				() => reject(new Error(`ended before a line matched ${pattern}:\n${stdout}${stderr}`)),
				reject,
			);
		});
	return {
		pid: child.pid ?? -1,
		ended,
		line,
		async address() {
			const text = await line(/^ {2}address /);
			await line(/^ {2}stop /);
			return /http:\/\/\S+/.exec(text)?.[0] ?? '';
		},
		signal: (signal) => void child.kill(signal),
		async stop() {
			child.kill('SIGTERM');
			return ended;
		},
	};
}

/** A temporary folder that the caller removes. */
export async function makeFolder(): Promise<{ path: string; remove(): Promise<void> }> {
	const path = await mkdtemp(join(tmpdir(), 'yuantu-test-'));
	return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A temporary data folder with a copy of a prepared one. */
export async function copyDataFolder(prepared: string): Promise<{ path: string; remove(): Promise<void> }> {
	const folder = await makeFolder();
	await cp(prepared, folder.path, { recursive: true });
	return folder;
}
