import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { issueParcels, issueValue } from '$lib/i18n/issue-value.ts';
import { LOCALES } from '$lib/i18n/locale.ts';
import { ISSUE_TEXTS, issueText, WORD_NAMES } from '$lib/i18n/issue-text.ts';
import { placeholdersOf } from '$lib/i18n/wording.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { problemSchema } from '$lib/api/issue.ts';
import { changesetInstances } from '../support/changeset-instance.ts';
import { supplyInstances } from '../support/supply-instance.ts';
import { kernelInstances, type Instance } from '../support/issue-instance.ts';

const nameOfParcel = (parcelNo: number) => `No. ${parcelNo};`;

const querySchema = z.strictObject({
	limit: z.coerce.number().min(1).max(5),
	unit: z.enum(['ha', 'mu']).default('ha'),
});

async function queryIssues(): Promise<Instance[]> {
	const found: Instance[] = [];
	for (const query of ['', 'limit=0', 'limit=9', 'limit=many', 'limit=2&unit=acre', 'limit=2&colour=red']) {
		const read = readQuery(querySchema, new URL(`http://zone.test/?${query}`));
		if (read.ok) throw new Error(`${query} was read`);
		const { issues } = problemSchema.parse(await read.response.json());
		found.push(...issues.map(({ code, params }) => ({ code, params, parcelNos: [] })));
	}
	return found;
}

describe('the sentences of issues', async () => {
	const instances = [
		...kernelInstances(),
		...changesetInstances(),
		...supplyInstances(),
		...(await queryIssues()),
	];
	const byCode = new Map<string, Instance[]>();
	for (const instance of instances)
		byCode.set(instance.code, [...(byCode.get(instance.code) ?? []), instance]);

	it('are tried on a real instance of every code that says a figure, a reason or a parcel', () => {
		const { unknown, ...texts } = ISSUE_TEXTS.zh.issue;
		expect(placeholdersOf(unknown)).toEqual(['code']);
		const untried = Object.entries(texts)
			.filter(([, text]) => placeholdersOf(text).length > 0)
			.filter(([code]) => !byCode.has(code));
		expect(untried.map(([code]) => code)).toEqual([]);
	});

	it('are tried on every placeholder that they have', () => {
		const untried = Object.entries(ISSUE_TEXTS.zh.issue).flatMap(([code, text]) => {
			const tried = (byCode.get(code) ?? []).flatMap(({ params, parcelNos }) => [
				...Object.keys(params),
				...(parcelNos.length > 0 ? ['parcels'] : []),
			]);
			return placeholdersOf(text)
				.filter((name) => name !== 'code' && !tried.includes(name))
				.map((name) => `${code} ${name}`);
		});
		expect(untried).toEqual([]);
	});

	describe.each(LOCALES)('in %s', (locale) => {
		it.each([...byCode.keys()].sort())('say all that is known: %s', (code) => {
			const texts: Readonly<Record<string, string>> = ISSUE_TEXTS[locale].issue;
			const placeholders = placeholdersOf(texts[code]);
			for (const instance of byCode.get(code) ?? []) {
				const sentence = issueText(locale, instance, nameOfParcel);
				expect(sentence).not.toMatch(/[[\]{}]|undefined|null|NaN|Infinity/);
				for (const [name, value] of Object.entries(instance.params)) {
					const written = issueValue(locale, name, value);
					const reasons: Readonly<Record<string, string>> = ISSUE_TEXTS[locale].reason;
					if (written === null) continue;
					expect(placeholders).toContain(name);
					expect(sentence, name).toContain(reasons[written] ?? written);
				}
				const parcels = issueParcels(locale, instance.parcelNos, nameOfParcel);
				if (parcels !== null) expect(sentence).toContain(parcels);
			}
		});

		it('are whole where nothing is known but the code', () => {
			for (const code of Object.keys(ISSUE_TEXTS[locale].issue)) {
				if (code === 'unknown') continue;
				const sentence = issueText(locale, { code });
				expect(sentence).not.toMatch(/[[\]{}]|\s[。，,.]|[：，；,:;]+[。.]|\s{2}/);
				expect(sentence).toMatch(/[。.]$/);
			}
		});
	});

	it('put every reason that there is in words, and no other', () => {
		const reasons = instances.flatMap(({ params }) =>
			Object.entries(params).flatMap(([name, value]) => (WORD_NAMES.includes(name) ? [String(value)] : [])),
		);
		expect([...new Set(reasons)].sort()).toEqual(Object.keys(ISSUE_TEXTS.zh.reason).sort());
	});
});
