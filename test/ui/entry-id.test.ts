import { describe, expect, it } from 'vitest';
import { EntryId, isAnswered } from '$lib/state/entry-id.ts';
import { ReadProblem } from '$lib/state/read-json.ts';

const entry = { cause: '等规划' };

describe('the id of what is entered', () => {
	it('stays while it is not known what came of it, in the form and in one that is opened anew', () => {
		const form = new EntryId();
		const first = form.idOf('/notes', entry);
		expect(form.idOf('/notes', { cause: '另一个' })).toBe(first);
		expect(new EntryId().idOf('/notes', entry)).toBe(first);
		expect(new EntryId().idOf('/notes', { cause: '别的' })).not.toBe(first);
		expect(new EntryId().idOf('/others', entry)).not.toBe(first);
	});

	it('is another one once it is known', () => {
		const form = new EntryId();
		const first = form.idOf('/done', entry);
		form.answered('/done', entry);
		expect(form.idOf('/done', entry)).not.toBe(first);
	});

	it.each([400, 401, 403, 404, 409, 412, 422])('is known with a refusal %i', (status) => {
		expect(isAnswered(new ReadProblem(status, null))).toBe(true);
	});

	it.each([408, 425, 429, 500, 502, 504])('is not known with %i', (status) => {
		expect(isAnswered(new ReadProblem(status, null))).toBe(false);
	});

	it('is not known where the server could not be reached', () => {
		expect(isAnswered(new TypeError('Failed to fetch'))).toBe(false);
	});
});
