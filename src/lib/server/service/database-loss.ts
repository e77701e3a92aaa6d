/** What the driver and the server say when the connection, not the statement, failed: postgres.js, Node, SQLSTATE classes 08 and 57P. */
const LOSS = /^(CONNECTION_|CONNECT_|ECONN|ENOENT$|EPIPE$|EHOSTUNREACH$|ETIMEDOUT$|08|57P0)/;

/** Says whether something failed because the database does not answer; it may answer again. */
export function isDatabaseLost(error: unknown): boolean {
	if (error instanceof AggregateError) return error.errors.some(isDatabaseLost);
	if (typeof error !== 'object' || error === null) return false;
	if ('cause' in error && isDatabaseLost(error.cause)) return true;
	return 'code' in error && typeof error.code === 'string' && LOSS.test(error.code);
}
