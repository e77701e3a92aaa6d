import type { Problem, WireIssue } from '../api/issue.ts';
import { checkDocument, TELLING_BYTES } from '../domain/changeset/document-type.ts';
import { newClientId } from './client-id.ts';
import { issuesOf, ReadProblem } from './read-json.ts';

/** A file on its way to the server. */
export interface Upload {
	readonly id: string;
	readonly file: File;
	/** Bytes that are sent. */
	readonly sent: number;
	/** Why it was not taken; it can be tried again or dismissed. */
	readonly issue: WireIssue | null;
}

/** Documents that are being added to a changeset, one after the other; those that were taken are in the changeset and here no more. */
export class DocumentUploads {
	list = $state.raw<readonly Upload[]>([]);
	readonly isBusy: boolean = $derived.by(() => this.list.some(({ issue }) => issue === null));
	readonly #address: string;
	readonly #ontaken: () => Promise<void>;
	#sending: { readonly id: string; readonly request: XMLHttpRequest } | null = null;

	/** `address`: of the changeset in the API. */
	constructor(address: string, ontaken: () => Promise<void>) {
		this.#address = address;
		this.#ontaken = ontaken;
	}

	/** Adds files; what the server would refuse is not sent. */
	async add(files: Iterable<File>, maxMb: number): Promise<void> {
		for (const file of files) {
			const issue = await findFault(file, maxMb);
			this.list = [...this.list, { id: newClientId(), file, sent: 0, issue }];
		}
		this.#next();
	}

	retry(id: string): void {
		this.#change(id, { sent: 0, issue: null });
		this.#next();
	}

	/** Takes one off, sent in part or refused. */
	dismiss(id: string): void {
		if (this.#sending?.id === id) this.#sending.request.abort();
		this.list = this.list.filter((upload) => upload.id !== id);
	}

	#change(id: string, to: Partial<Upload>): void {
		this.list = this.list.map((upload) => (upload.id === id ? { ...upload, ...to } : upload));
	}

	#next(): void {
		const upload = this.#sending === null ? this.list.find(({ issue }) => issue === null) : undefined;
		if (upload !== undefined) this.#send(upload);
	}

	// Only this kind of request tells how far it is.
	#send({ id, file }: Upload): void {
		const request = new XMLHttpRequest();
		this.#sending = { id, request };
		request.open('POST', `${this.#address}/documents?name=${encodeURIComponent(file.name)}`);
		request.setRequestHeader('accept', 'application/json');
		request.setRequestHeader('content-type', 'application/octet-stream');
		request.upload.onprogress = ({ loaded }) => this.#change(id, { sent: loaded });
		request.onloadend = () => void this.#ended(id, request);
		request.send(file);
	}

	async #ended(id: string, request: XMLHttpRequest): Promise<void> {
		if (request.status === 200) {
			// It is taken, whether or not the changeset can be read again now.
			await this.#ontaken().catch(() => undefined);
			this.dismiss(id);
		} else {
			const [issue] = issuesOf(new ReadProblem(request.status, problemIn(request.responseText)));
			this.#change(id, { issue });
		}
		this.#sending = null;
		this.#next();
	}
}

async function findFault(file: File, maxMb: number): Promise<WireIssue | null> {
	const begin = new Uint8Array(await file.slice(0, TELLING_BYTES).arrayBuffer());
	const check = checkDocument(file.name, begin, maxMb * 1024 * 1024, file.size);
	if (check.ok) return null;
	const [{ code, params }] = check.issues;
	return { code, severity: 'error', entities: [], params };
}

function problemIn(text: string): Problem | null {
	try {
		return JSON.parse(text) as Problem;
	} catch {
		return null;
	}
}
