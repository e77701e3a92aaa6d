import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, StartProblem } from './start-problem.ts';

/** File in the data folder that holds the secret, readable by this user alone. */
export const SECRET_NAME = 'sign-in-secret';

/** The secret that signs sessions, kept in the data folder and made there once, so that a restart signs nobody out. */
export async function keptSecret(dataDir: string): Promise<string> {
	const file = join(dataDir, SECRET_NAME);
	const secret = randomBytes(32).toString('hex');
	try {
		await mkdir(dataDir, { recursive: true, mode: 0o700 });
		await writeFile(file, secret, { mode: 0o600, flag: 'wx' });
		return secret;
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw unusable(file, `it cannot be written (${codeOf(error)})`, error);
	}
	const kept = (
		await readFile(file, 'utf8').catch((error: unknown) => {
			throw unusable(file, `it cannot be read (${codeOf(error)})`, error);
		})
	).trim();
	if (kept.length < 32) throw unusable(file, 'it is cut short: delete it, which signs everybody out');
	return kept;
}

function unusable(file: string, reason: string, cause?: unknown): StartProblem {
	return new StartProblem(`the sign-in secret ${file} cannot be used, ${reason}; or set AUTH_SECRET`, {
		cause,
	});
}
