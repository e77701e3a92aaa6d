/** A reason not to start that the user can act on: its message is the one line that they read. */
export class StartProblem extends Error {
	override readonly name = 'StartProblem';
}

/** The code that Node and PostgreSQL put on their errors, or an empty text. */
export function codeOf(error: unknown): string {
	return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
