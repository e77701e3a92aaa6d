/** What the driver and Node say where no connection comes about. */
const UNREACHED = /^(CONNECT_|ENOENT$|EHOSTUNREACH$)/;
/** What the driver, Node and the server say where one does not, or ends: postgres.js, Node, SQLSTATE classes 08 and 57P. */
const CUT = /^(CONNECTION_|ECONN|EPIPE$|ETIMEDOUT$|08|57P0)/;

/** Says whether something failed because the database does not answer; it may answer again. */
export function isDatabaseLost(error: unknown): boolean {
	if (error instanceof AggregateError) return error.errors.some(isDatabaseLost);
	if (typeof error !== 'object' || error === null) return false;
	if ('cause' in error && isDatabaseLost(error.cause)) return true;
	return (
		'code' in error && typeof error.code === 'string' && (UNREACHED.test(error.code) || CUT.test(error.code))
	);
}

/** Says whether the connection of a transaction that had begun may be what failed. */
export function isConnectionCut(error: unknown): boolean {
	return error instanceof Error && 'code' in error && CUT.test(String(error.code));
}
