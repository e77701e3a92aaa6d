import { readFile } from 'node:fs/promises';
import type { Connection } from './postgis-tile.ts';

const KB_A_MB = 1e6 / 1024;
const MS_A_TICK = 10;
/** Places of user and system time in /proc/…/stat behind the name of the program. */
const [USER, SYSTEM] = [11, 12];

/** What a process takes of memory, in MB of 1,000,000 bytes: now, and at most so far. */
export async function residentMb(pid: number): Promise<{ now: number; most: number }> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const mb = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / KB_A_MB;
	return { now: mb('VmRSS'), most: mb('VmHWM') };
}

/** The processor time that the connections of a database have taken so far: on this machine, whoever else uses it. */
export async function backendCpuMs(connection: Connection): Promise<number> {
	const backends = await connection<{ pid: number }[]>`
		select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`;
	const stats = await Promise.all(backends.map(({ pid }) => readFile(`/proc/${pid}/stat`, 'utf8')));
	return stats.reduce((sum, text) => {
		const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
		return sum + MS_A_TICK * (Number(fields[USER]) + Number(fields[SYSTEM]));
	}, 0);
}
