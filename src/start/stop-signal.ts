import type { Reporter } from './reporter.ts';

/** npm passes on a Ctrl-C that the terminal has already sent to everybody: what follows so closely is the same request. */
const SAME_REQUEST_MS = 500;

/** Resolves at the first SIGINT, SIGTERM or SIGHUP; a second one ends the process at once. */
export function stopRequested(reporter: Reporter, endAtOnce: () => void): Promise<NodeJS.Signals> {
	let firstAt: number | null = null;
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.on(signal, () => {
				const now = performance.now();
				if (firstAt === null) {
					firstAt = now;
					reporter.step('stopping (once more: at once)');
					resolve(signal);
				} else if (now - firstAt > SAME_REQUEST_MS) {
					endAtOnce();
				}
			});
		}
	});
}
