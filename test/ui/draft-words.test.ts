import { describe, expect, it } from 'vitest';
import { historyOf } from '$lib/domain/changeset/draft-history.ts';
import type { DraftDesk } from '$lib/state/draft-desk.svelte.ts';
import { draftIssueText } from '$lib/state/draft-words.ts';
import { townDraft } from '$test/support/draft-town.ts';

/** What is asked of a draft that is loaded. */
const draft = { history: historyOf(townDraft()), state: townDraft() } as unknown as DraftDesk;
const taken = (parcelNo: number, code: string) =>
	draftIssueText(draft, 'en', { code: 'code.taken', params: { code }, parcelNos: [parcelNo] });

describe('a code that is taken', () => {
	it('names its holder by code, be it that it is not loaded', () => {
		expect(taken(1, 'F-1')).toBe('The code F-1 is taken (parcel F-1).');
		expect(taken(4711, 'FAR-9')).toBe('The code FAR-9 is taken (parcel FAR-9).');
		expect(taken(-2, 'F-1')).toContain('2');
	});
});
