/** What the driver and Node say where no connection comes about. */
export const UNREACHED = /^(CONNECT_|ENOENT$|EHOSTUNREACH$)/;
/** What the driver, Node and the server say where one does not, or ends: postgres.js, Node, SQLSTATE classes 08 and 57P. */
export const CUT = /^(CONNECTION_|ECONN|EPIPE$|ETIMEDOUT$|08|57P0)/;

/** Says whether the connection of a transaction that had begun may be what failed. */
export function isConnectionCut(error: unknown): boolean {
	return error instanceof Error && 'code' in error && CUT.test(String(error.code));
}

/** What is said of a connection that had come about and waits no longer: closed, reset, or ended by the server. A server that takes none says otherwise. */
const LOST_IN_POOL = /^(CONNECTION_CLOSED|ECONNRESET|EPIPE|57P0[125])$/;

/** Says whether a transaction failed because its connection was gone before, so that another may do. */
export function isLostInPool(error: unknown): boolean {
	return error instanceof Error && 'code' in error && LOST_IN_POOL.test(String(error.code));
}

/** Says whether a connection was waited for in vain. */
export function isUnanswered(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'CONNECT_TIMEOUT';
}
