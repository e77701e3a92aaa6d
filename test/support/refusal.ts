import { join } from 'node:path';
import { expect } from 'vitest';
import { makeFolder, startProgram } from './run-program.ts';

/** Runs the program with settings that it must refuse, checks what holds for every refusal, and returns its line. */
export async function refusalOf(
	settings: Readonly<Record<string, string>>,
	{ secrets = [], details = false }: { secrets?: readonly string[]; details?: boolean } = {},
): Promise<string> {
	const folder = await makeFolder();
	const program = startProgram({ DATA_DIR: join(folder.path, 'data'), ...settings });
	try {
		const ended = await program.ended;
		const printed = ended.stdout + ended.stderr;
		expect(ended.code, printed).toBe(1);
		for (const secret of secrets) expect(printed).not.toContain(secret);
		const lines = ended.stderr.trimEnd().split('\n');
		expect(lines[0]).toMatch(/^yuantu: /);
		if (!details) {
			expect(printed).not.toMatch(/^\s+at .*:\d+:\d+/m);
			expect(lines).toHaveLength(1);
		}
		return lines[0];
	} finally {
		program.signal('SIGKILL');
		await folder.remove();
	}
}
