/** What the driver and Node say where no connection comes about. */
export const UNREACHED = /^(CONNECT_|ENOENT$|EHOSTUNREACH$)/;
/** What the driver, Node and the server say where one does not, or ends: postgres.js, Node, SQLSTATE classes 08 and 57P. */
export const CUT = /^(CONNECTION_|ECONN|EPIPE$|ETIMEDOUT$|08|57P0)/;

/** Says whether the connection of a transaction that had begun may be what failed. */
export function isConnectionCut(error: unknown): boolean {
	return error instanceof Error && 'code' in error && CUT.test(String(error.code));
}
