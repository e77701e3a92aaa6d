import { changesetError, type ChangesetIssue } from './issue.ts';

const ZIP = [0x50, 0x4b];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** The documents that are taken, by the end of their names: their media types, and how they begin where that is known. */
const TYPES: Readonly<Record<string, { readonly mediaType: string; readonly begins: readonly number[] }>> = {
	pdf: { mediaType: 'application/pdf', begins: [0x25, 0x50, 0x44, 0x46] },
	ofd: { mediaType: 'application/ofd', begins: ZIP },
	jpg: { mediaType: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
	jpeg: { mediaType: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
	png: { mediaType: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47] },
	doc: { mediaType: 'application/msword', begins: OLE },
	docx: { mediaType: `${OFFICE}.wordprocessingml.document`, begins: ZIP },
	xls: { mediaType: 'application/vnd.ms-excel', begins: OLE },
	xlsx: { mediaType: `${OFFICE}.spreadsheetml.sheet`, begins: ZIP },
	zip: { mediaType: 'application/zip', begins: ZIP },
	txt: { mediaType: 'text/plain', begins: [] },
	csv: { mediaType: 'text/csv', begins: [] },
};

/** The ends of names of documents that are taken. */
export const DOCUMENT_ENDINGS: readonly string[] = Object.keys(TYPES);

const NAME = /^(?=.*\S)[^/\\\p{Cc}\p{Cf}\p{Cs}]{1,200}$/u;

/** So much of a document's beginning tells its type. */
export const TELLING_BYTES = Math.max(...Object.values(TYPES).map(({ begins }) => begins.length));

/** A document as it is to be kept, or what keeps it from that. */
export type DocumentCheck =
	| { readonly ok: true; readonly mediaType: string }
	| { readonly ok: false; readonly issues: readonly ChangesetIssue[] };

/**
 * Says of what type a document is by the end of its name. `begin` is its content, or no more than how it begins where `byteCount` says how large it is.
 *
 * Refuses `document.name-invalid` (blank, above 200 characters, with slashes or control characters), `document.type-not-taken`, `document.empty`,
 * `document.too-large` and `document.not-its-type`, where it does not begin as its type does.
 */
export function checkDocument(
	name: string,
	begin: Uint8Array,
	mostBytes: number,
	byteCount = begin.length,
): DocumentCheck {
	const refuse = (code: string, params = {}): DocumentCheck => ({
		ok: false,
		issues: [changesetError(code, params)],
	});
	if (!NAME.test(name)) return refuse('document.name-invalid', { name });
	const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
	if (!DOCUMENT_ENDINGS.includes(ending))
		return refuse('document.type-not-taken', { name, endings: DOCUMENT_ENDINGS.join(' ') });
	const { mediaType, begins } = TYPES[ending];
	if (byteCount === 0) return refuse('document.empty', { name });
	if (byteCount > mostBytes)
		return refuse('document.too-large', { name, mostMb: Math.floor(mostBytes / 1024 / 1024) });
	if (begins.some((byte, i) => begin[i] !== byte)) return refuse('document.not-its-type', { name, ending });
	return { ok: true, mediaType };
}
