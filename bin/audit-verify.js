/*
 * Verifies the audit of every zone of the database that the settings name: `npm run audit:verify`, also while Yuantu runs on it. Ends with 1
 * where a chain is broken. An end that was cut off shows in the last hash only: compare it with one that was kept elsewhere.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ROOT } from './build.js';

try {
	await ensureBuilt('start');
	const { runAuditVerification } = await import(
		pathToFileURL(join(ROOT, 'build', 'start', 'verify-audit.js')).href
	);
	const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
	process.exit(await runAuditVerification(ROOT, process.env, say));
} catch (error) {
	process.stderr.write(`yuantu: ${error instanceof Error ? error.message.split('\n')[0] : error}\n`);
	process.exit(1);
}
