/** A seed that cannot be read; the message is one line that names the file and the place in it. */
export class ZoneFolderError extends Error {
	override readonly name = 'ZoneFolderError';
	readonly file: string;
	/** The message without the file. */
	readonly reason: string;

	constructor(file: string, reason: string, cause?: unknown) {
		super(`${file}: ${reason}`, { cause });
		this.file = file;
		this.reason = reason;
	}
}
