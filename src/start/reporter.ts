import type { LogLevel } from '../lib/server/settings.ts';

/** Prints the progress of a start on standard output and its failures on standard error, never a secret. */
export interface Reporter {
	/** One line of progress with the seconds since the program began. */
	step(text: string): void;
	/** One line as it is. */
	line(text: string): void;
	/** One line on standard error; with level `debug` the details follow. */
	problem(text: string, cause?: unknown): void;
	setLevel(level: LogLevel): void;
	/** From here on this text is printed as `***`, also in its percent form. */
	hide(secret: string): void;
}

const SECONDS_WIDTH = 5;

export function createReporter(out: (text: string) => void, err: (text: string) => void): Reporter {
	let level: LogLevel = 'info';
	const secrets = new Set<string>();
	const clean = (text: string) => {
		let shown = text;
		for (const secret of secrets) shown = shown.replaceAll(secret, '***');
		return shown;
	};
	return {
		step(text) {
			const seconds = (performance.now() / 1000).toFixed(1).padStart(SECONDS_WIDTH);
			if (level !== 'error') out(`[${seconds} s] ${clean(oneLine(text))}\n`);
		},
		line: (text) => out(`${clean(text)}\n`),
		problem(text, cause) {
			err(`yuantu: ${clean(oneLine(text))}\n`);
			if (level === 'debug' && cause instanceof Error) err(`${clean(cause.stack ?? cause.message)}\n`);
		},
		setLevel(next) {
			level = next;
		},
		hide(secret) {
			if (secret === '') return;
			secrets.add(secret);
			secrets.add(encodeURIComponent(secret));
		},
	};
}

/** The text without its line breaks, so that a failure is one line whatever it quotes. */
function oneLine(text: string): string {
	return text.trim().replace(/\s*[\r\n]+\s*/g, ' · ');
}
