/*
 * Lets somebody in as administrator where nobody can: `npm run admin:restore -- <e-mail> [zone]`, also while Yuantu runs. Prints a one-time
 * password, once. It is for whoever has the machine; the audit tells of it.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ROOT } from './build.js';

try {
	await ensureBuilt('start');
	const { runAdministratorRestoration } = await import(
		pathToFileURL(join(ROOT, 'build', 'start', 'restore-administrator.js')).href
	);
	const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
	process.exit(await runAdministratorRestoration(ROOT, process.env, process.argv.slice(2), say));
} catch (error) {
	process.stderr.write(`yuantu: ${error instanceof Error ? error.message.split('\n')[0] : error}\n`);
	process.exit(1);
}
