import { describe, expect, it } from 'vitest';
import { checkDocument, DOCUMENT_ENDINGS } from '$lib/domain/changeset/document-type.ts';

const PDF = new TextEncoder().encode('%PDF-1.7 …');

describe('documents of a changeset', () => {
	it.each([
		['批复.PDF', PDF, 'application/pdf'],
		['a.b.txt', Uint8Array.of(1), 'text/plain'],
		[`${'图'.repeat(196)}.pdf`, PDF, 'application/pdf'],
	])('are taken by their names: %s', (name, content, mediaType) => {
		expect(checkDocument(name, content, 100)).toEqual({ ok: true, mediaType });
	});

	it.each([
		['document.name-invalid', '', PDF],
		['document.name-invalid', `${'图'.repeat(197)}.pdf`, PDF],
		['document.name-invalid', '../a.pdf', PDF],
		['document.name-invalid', 'a\\b.pdf', PDF],
		['document.name-invalid', 'a\n.pdf', PDF],
		['document.name-invalid', 'exe.\u202efdp.pdf', PDF],
		['document.name-invalid', '\ud800.pdf', PDF],
		['document.type-not-taken', 'page.html', PDF],
		['document.type-not-taken', 'picture.svg', PDF],
		['document.type-not-taken', 'pdf.', PDF],
		['document.type-not-taken', 'constructor', PDF],
		['document.empty', 'a.pdf', new Uint8Array()],
		['document.too-large', 'a.pdf', new Uint8Array(101)],
		['document.not-its-type', 'a.png', PDF],
		['document.not-its-type', 'a.pdf', PDF.subarray(0, 3)],
	])('are refused: %s %j', (code, name, content) => {
		expect(checkDocument(name, content, 100)).toMatchObject({ ok: false, issues: [{ code }] });
	});

	it('of a type that has a signature are not taken without it', () => {
		const taken = DOCUMENT_ENDINGS.filter((ending) => checkDocument(`a.${ending}`, Uint8Array.of(60), 1).ok);
		expect(taken).toEqual(['txt', 'csv']);
	});
});
