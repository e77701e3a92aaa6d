import { ensureBuilt } from '../../bin/build.js';

/** Builds what the tests run, unless it is built already. */
export default async function setup(): Promise<void> {
	await ensureBuilt('start');
	await ensureBuilt('app');
}
