/*
 * Serves one PGlite to many PostgreSQL clients on a Unix socket.
 *
 * PGlite is one backend behind every client, and differs from a real one in two ways that this file makes good:
 * - clients may alternate only where the protocol rests, after ReadyForQuery and outside a transaction: from its first message
 *   until that point a client has the turn and the others wait;
 * - after a failed statement PGlite says ReadyForQuery at the end of every call into it, and once more at the client's Sync: an
 *   exchange is therefore given to it whole, up to its Sync, and a ReadyForQuery that is not the exchange's last word is dropped.
 * (`pglite-socket` hands over message by message: after one failing statement its clients read each other's answers.)
 */
import { createServer } from 'node:net';

const PROTOCOL_3 = 196608;
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const SYNC = Uint8Array.of(0x53, 0, 0, 0, 4);
const READY_FOR_QUERY = 0x5a;
/** Messages that the backend answers with ReadyForQuery: simple query, function call, sync. */
const COMPLETING = new Set(['Q', 'F', 'S']);
/** Messages after which the client may wait for an answer: the former, flush, and the end of a copy. */
const ENDING = new Set([...COMPLETING, 'H', 'c', 'f']);

/**
 * @typedef {object} Client
 * @property {import('node:net').Socket} socket
 * @property {Buffer} unread bytes that are not yet a whole message
 * @property {Buffer[]} arrived what came after them; joined to them once that makes a message whole, so that long ones are copied once
 * @property {number} missing bytes without which no further message is whole
 * @property {boolean} started whether the start-up packet has come (it has no type byte)
 * @property {Buffer[]} gathered whole messages of an exchange whose end has not come yet
 * @property {{ bytes: Uint8Array, completes: boolean }[]} exchanges what waits to be given to the backend
 * @property {boolean} gone
 */

/**
 * Listens on `path` and returns what stops it. `onFailure` hears of a failure of the engine itself (not of a statement), after
 * which no answer can be trusted.
 *
 * @param {import('@electric-sql/pglite').PGlite} database
 * @param {string} path
 * @param {(error: unknown) => void} onFailure
 * @returns {Promise<() => Promise<void>>}
 */
export async function serveOnSocket(database, path, onFailure) {
	/** @type {Set<Client>} */
	const clients = new Set();
	/** Clients in the order in which they asked for the turn. @type {Client[]} */
	const waiting = [];
	/** @type {Client | null} */
	let holder = null;
	let working = Promise.resolve();
	let busy = false;
	let stopped = false;

	const server = createServer((socket) => {
		/** @type {Client} */
		const client = {
			socket,
			unread: Buffer.alloc(0),
			arrived: [],
			missing: 0,
			started: false,
			gathered: [],
			exchanges: [],
			gone: false,
		};
		clients.add(client);
		socket.on('data', (bytes) => {
			client.arrived.push(bytes);
			client.missing -= bytes.length;
			if (client.missing > 0) return;
			client.unread = Buffer.concat([client.unread, ...client.arrived]);
			client.arrived = [];
			readMessages(client);
			if (client.exchanges.length > 0) askForTurn(client);
		});
		socket.on('error', () => socket.destroy());
		socket.on('close', () => {
			client.gone = true;
			client.exchanges = [];
			clients.delete(client);
			if (holder === client) wake();
		});
	});

	/** @param {Client} client */
	function askForTurn(client) {
		if (client !== holder && !waiting.includes(client)) waiting.push(client);
		wake();
	}

	function wake() {
		if (busy || stopped) return;
		busy = true;
		working = work()
			.catch((error) => {
				if (!stopped) onFailure(error);
				stopped = true;
			})
			.finally(() => (busy = false));
	}

	async function work() {
		while (!stopped) {
			holder ??= waiting.shift() ?? null;
			if (!holder) return;
			if (holder.gone) {
				await recover();
				holder = null;
				continue;
			}
			const exchange = holder.exchanges.shift();
			if (!exchange) {
				if (!rests) return;
				holder = null;
				continue;
			}
			rests = false;
			await answer(holder.socket, exchange);
			rests = exchange.completes && !database.isInTransaction();
		}
	}
	/** Whether the protocol rests, so that the turn may pass. */
	let rests = true;

	/** @param {import('node:net').Socket} socket @param {{ bytes: Uint8Array, completes: boolean }} exchange */
	async function answer(socket, { bytes, completes }) {
		const send = (/** @type {Buffer} */ reply) => void (socket.writable && socket.write(reply));
		const reply = holdReadyForQuery(send);
		await database.runExclusive(() =>
			database.execProtocolRawStream(bytes, {
				// A copy: the bytes lie in the engine's memory, which the next message overwrites.
				onRawData: (part) => reply.push(Buffer.from(part)),
			}),
		);
		const ready = reply.held();
		if (completes && ready) send(ready);
	}

	/** Brings the backend to rest after its client went away in the middle of an exchange or a transaction. */
	async function recover() {
		if (rests) return;
		await database.runExclusive(() => database.execProtocolRawStream(SYNC, { onRawData: () => {} }));
		if (database.isInTransaction()) await database.exec('rollback');
		rests = true;
	}

	await /** @type {Promise<void>} */ (
		new Promise((resolve, reject) => {
			server.once('error', reject);
			server.listen(path, resolve);
		})
	);

	return async () => {
		stopped = true;
		const closed = new Promise((resolve) => server.close(resolve));
		await working;
		for (const client of clients) client.socket.destroy();
		await closed;
	};
}

/**
 * Moves the whole messages of what has arrived to the client's list; answers requests for encryption, which a local socket has no
 * need of, and drops cancel requests, which one backend cannot hear while it works.
 *
 * @param {Client} client
 */
function readMessages(client) {
	for (;;) {
		const { unread } = client;
		const typed = client.started ? 1 : 0;
		const length = unread.length < typed + 4 ? typed + 4 : typed + unread.readInt32BE(typed);
		client.missing = length - unread.length;
		if (client.missing > 0) return;
		client.unread = unread.subarray(length);
		if (client.started) {
			const type = String.fromCharCode(unread[0]);
			if (type === 'X') {
				client.socket.end();
				return;
			}
			client.gathered.push(unread.subarray(0, length));
			if (ENDING.has(type)) {
				const bytes = new Uint8Array(Buffer.concat(client.gathered));
				client.gathered = [];
				client.exchanges.push({ bytes, completes: COMPLETING.has(type) });
			}
			continue;
		}
		const code = length >= 8 ? unread.readInt32BE(4) : 0;
		if (code === SSL_REQUEST || code === GSS_REQUEST) {
			client.socket.write('N');
		} else if (code === PROTOCOL_3) {
			client.started = true;
			client.exchanges.push({ bytes: new Uint8Array(unread.subarray(0, length)), completes: true });
		} else {
			if (code !== CANCEL_REQUEST) client.socket.write('This is a PostgreSQL socket.\n');
			client.socket.end();
			return;
		}
	}
}

/**
 * Passes a reply on as it comes, except for its last ReadyForQuery, which `held` gives; every other one is dropped.
 *
 * @param {(bytes: Buffer) => void} pass
 */
function holdReadyForQuery(pass) {
	/** @type {Buffer} the head of a message of which fewer than five bytes have come */
	let head = Buffer.alloc(0);
	/** Bytes of the message at hand that are still to come. */
	let rest = 0;
	/** @type {Buffer | null} */
	let ready = null;
	return {
		/** @param {Buffer} part */
		push(part) {
			const bytes = head.length === 0 ? part : Buffer.concat([head, part]);
			head = Buffer.alloc(0);
			let from = 0;
			let at = 0;
			while (at < bytes.length) {
				if (rest > 0) {
					const taken = Math.min(rest, bytes.length - at);
					at += taken;
					rest -= taken;
					continue;
				}
				const isReady = bytes[at] === READY_FOR_QUERY;
				if (bytes.length - at < (isReady ? 6 : 5)) break;
				if (isReady) {
					if (at > from) pass(bytes.subarray(from, at));
					ready = bytes.subarray(at, at + 6);
					at += 6;
					from = at;
				} else {
					ready = null;
					rest = 1 + bytes.readInt32BE(at + 1);
				}
			}
			if (at > from) pass(bytes.subarray(from, at));
			head = bytes.subarray(at);
		},
		held: () => ready,
	};
}
