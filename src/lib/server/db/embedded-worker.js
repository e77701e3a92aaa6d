/*
 * The thread of the embedded database: opens PGlite and serves it on a Unix socket until told to close.
 * Plain JavaScript, because Node 20 cannot load TypeScript in a worker and tests start this file from source.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { postgis } from '@electric-sql/pglite-postgis';
import { serveOnSocket } from './embedded-socket.js';

const port = parentPort;
if (!port) throw new Error('embedded-worker.js runs as a worker thread only');

/** @type {{ dataDir: string, socketPath: string }} */
const { dataDir, socketPath } = workerData;

const database = await PGlite.create({ dataDir, extensions: { postgis, btree_gist } });
const stop = await serveOnSocket(database, socketPath, (error) => {
	port.postMessage({ type: 'failed', message: String(error) });
});

port.on('message', async () => {
	await stop();
	await database.close();
	port.postMessage({ type: 'closed' });
	port.close();
});
port.postMessage({ type: 'ready' });
