/*
 * The thread of the embedded database: opens PGlite and serves it on a Unix socket until told to close.
 * Plain JavaScript, because Node 20 cannot load TypeScript in a worker and tests start this file from source.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { postgis } from '@electric-sql/pglite-postgis';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** More than every pool of the program together may open; the default of 1 would refuse the second connection. */
const MAX_CONNECTIONS = 64;

const port = parentPort;
if (!port) throw new Error('embedded-worker.js runs as a worker thread only');

/** @type {{ dataDir: string, socketPath: string }} */
const { dataDir, socketPath } = workerData;

const database = await PGlite.create({ dataDir, extensions: { postgis, btree_gist } });
let closing = false;

// The socket server swallows a failure of the engine and then answers nobody: tell the program instead.
const execProtocolRawStream = database.execProtocolRawStream.bind(database);
database.execProtocolRawStream = async (...call) => {
	try {
		await execProtocolRawStream(...call);
	} catch (error) {
		if (!closing) port.postMessage({ type: 'failed', message: String(error) });
		throw error;
	}
};

const server = new PGLiteSocketServer({ db: database, path: socketPath, maxConnections: MAX_CONNECTIONS });
await server.start();

port.on('message', async () => {
	closing = true;
	await server.stop();
	await database.close();
	port.postMessage({ type: 'closed' });
	port.close();
});
port.postMessage({ type: 'ready' });
