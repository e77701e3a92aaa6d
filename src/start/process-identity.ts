import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { codeOf } from './start-problem.ts';

/**
 * What tells a process from a later one with the same number: the time at which it began, in the form of the platform
 * (Linux: boot id and clock ticks from /proc; elsewhere the text of `ps`). Null when no such process runs.
 */
export async function processStart(pid: number): Promise<string | null> {
	if (!isRunning(pid)) return null;
	return process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

async function startFromProc(pid: number): Promise<string | null> {
	try {
		const [stat, boot] = await Promise.all([
			readFile(`/proc/${pid}/stat`, 'utf8'),
			readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
		]);
		// The second field is the program's name in brackets and may hold spaces; the fields after it are counted from there.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const [state, startTicks] = [fields[0], fields[19]];
		return state === 'Z' ? null : `${boot.trim()} ${startTicks}`;
	} catch (error) {
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return null;
		throw error;
	}
}

async function startFromPs(pid: number): Promise<string | null> {
	try {
		const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], {
			env: { ...process.env, LC_ALL: 'C' },
		});
		return stdout.trim() || null;
	} catch {
		return null;
	}
}
