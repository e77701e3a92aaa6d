/** A seed that cannot be read; the message is one line that names the file and the place in it. */
export class ZoneFolderError extends Error {
	override readonly name = 'ZoneFolderError';
	readonly file: string;

	constructor(file: string, message: string, cause?: unknown) {
		super(`${file}: ${message}`, { cause });
		this.file = file;
	}
}
