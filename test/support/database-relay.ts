import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a program and a PostgreSQL server, and loses connections when it is told to. */
export interface DatabaseRelay {
	readonly port: number;
	/** Ends every connection, then the next one as it asks for the types of arrays, and resets the one after that; settles then. */
	loseWhileTypesAreAsked(): Promise<void>;
	close(): Promise<void>;
}

/** What only the driver's own first statement on a connection names. */
const TYPES_ASKED = 'typarray';

export async function openDatabaseRelay(serverPort: number): Promise<DatabaseRelay> {
	const clients = new Set<Socket>();
	let loss: 'types' | 'next' | null = null;
	let settle = () => {};
	const relay = createServer((client) => {
		if (loss === 'next') {
			loss = null;
			client.resetAndDestroy();
			settle();
			return;
		}
		const server = connect({ host: '127.0.0.1', port: serverPort });
		clients.add(client);
		client.on('data', (sent) => {
			if (loss !== 'types' || !sent.includes(TYPES_ASKED)) return void server.write(sent);
			loss = 'next';
			client.end();
		});
		server.on('data', (sent) => client.write(sent));
		client.on('error', () => server.destroy());
		client.on('close', () => {
			clients.delete(client);
			server.destroy();
		});
		// As a server says that takes no connections.
		server.on('error', () => client.resetAndDestroy());
		server.on('close', () => client.destroy());
	});
	await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
	return {
		port: (relay.address() as AddressInfo).port,
		loseWhileTypesAreAsked() {
			loss = 'types';
			for (const client of clients) client.destroy();
			return new Promise((resolve) => (settle = resolve));
		},
		close() {
			for (const client of clients) client.destroy();
			return new Promise((resolve) => relay.close(() => resolve()));
		},
	};
}
