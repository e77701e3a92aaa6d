import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPriceFloor } from '$lib/domain/tenure/price.ts';
import { checkTerm } from '$lib/domain/tenure/term.ts';
import { checkMx } from '$lib/domain/supply/mx.ts';
import { FINDING_TEXTS, findingText } from '$lib/i18n/finding-text.ts';
import { LOCALES } from '$lib/i18n/locale.ts';
import { placeholdersOf } from '$lib/i18n/wording.ts';
import { rulesWith, SUPPLY_RULES } from '../support/supply-rules.ts';

const DOMAIN = join(import.meta.dirname, '../../src/lib/domain');
/** Where findings and explained values are made; a quoted `thing.finding` there is a code, but for keys of rules. */
const SOURCES = [
	'rule/explained.ts',
	...readdirSync(join(DOMAIN, 'tenure')).map((file) => `tenure/${file}`),
	...[
		'agreement',
		'batch',
		'check-value',
		'competition',
		'contract-questions',
		'control-indicator',
		'decided-question',
		'document-area',
		'due',
		'event-days',
		'exit',
		'fact-question',
		'guard',
		'idle-decision',
		'land-scan',
		'mx',
		'notice-days',
	].map((name) => `supply/${name}.ts`),
	...['reserve', 'supervised-date', 'supervision', 'transfer'].map((name) => `supply/${name}.ts`),
];
const CODE = /'([a-z]+\.[a-z][a-z-]*)'/g;

function emittedCodes(): string[] {
	const keys = new Set(SUPPLY_RULES.map(({ key }) => key));
	const codes = SOURCES.flatMap((source) => {
		const text = readFileSync(join(DOMAIN, source), 'utf8').replace(/^import .*$/gm, '');
		return Array.from(text.matchAll(CODE), ([, code]) => code);
	});
	return [...new Set(codes)].filter((code) => !keys.has(code)).sort();
}

describe('the codes of findings', () => {
	it.each(LOCALES)('have a sentence each, and no sentence is without a code: %s', (locale) => {
		expect(Object.keys(FINDING_TEXTS[locale].finding).sort()).toEqual(emittedCodes());
	});

	it('have the same placeholders in every language', () => {
		const [zh, en] = LOCALES.map((locale) => FINDING_TEXTS[locale]);
		for (const section of ['finding', 'findingWord', 'findingUnit'] as const) {
			const other: Readonly<Record<string, string>> = en[section];
			expect(Object.keys(other)).toEqual(Object.keys(zh[section]));
			for (const [key, text] of Object.entries(zh[section]))
				expect(placeholdersOf(other[key] ?? ''), key).toEqual(placeholdersOf(text));
		}
	});

	it('write Chinese with Chinese punctuation, and English without Han', () => {
		const all = (locale: (typeof LOCALES)[number]) =>
			Object.values(FINDING_TEXTS[locale]).flatMap(Object.values<string>);
		expect(all('zh').filter((text) => /[,;:?!()]|\.$/.test(text))).toEqual([]);
		expect(all('en').filter((text) => /\p{Script=Han}|[，。；：（）’]/u.test(text))).toEqual([]);
	});
});

describe('the sentence of a finding', () => {
	const on = '2026-11-23';

	it('writes modes, uses and limits in words', () => {
		const asked = { mode: 'lease_then_grant', use: 'industrial', leaseMonths: 60, grantYears: 46 } as const;
		const [, , over] = checkTerm(asked, SUPPLY_RULES, on);
		expect(findingText('zh', over)).toBe('租赁 60 个月与出让 46 年合计，超过工业用地最高年限 50 年。');
		expect(findingText('en', over)).toBe(
			'The lease of 60 months and the grant of 46 years together are beyond the longest term of industrial land, 50 years.',
		);
	});

	it('writes money in yuan and measured numbers with their unit', () => {
		const land = { use: 'industrial', totalFen: 123_456_789, areaDm2: 1, areaKind: 'document' } as const;
		const rules = rulesWith('price.floor.industrial', { value: '600' });
		expect(findingText('zh', checkPriceFloor(land, rules, on)[0])).toBe(
			'总价 1,234,567.89 元，不低于最低价标准（每平方米 600 元）。',
		);
		const facts = {
			plotDm2: 100,
			areaKind: 'document',
			industryFloorDm2: 200,
			supportFloorDm2: 100,
			livingFloorDm2: 0,
			leastUnitDm2: 'none',
			splitFloorDm2: null,
			selfHeldFloorDm2: null,
			suppliedInYearDm2: null,
			planned: null,
		} as const;
		const support = rulesWith('mx.support-share-max', { value: '30' });
		const [, , share] = checkMx(facts, support, on);
		expect(findingText('en', share)).toBe('Support takes 33.3333% of the floor, more than 30%.');
	});

	it('names the rule that is not set, and an unknown code', () => {
		const [none] = checkPriceFloor(
			{ use: 'industrial', totalFen: 1, areaDm2: 1, areaKind: 'document' },
			[],
			on,
		);
		expect(findingText('zh', none)).toBe('没有设定规则：出让的最低价（工业用地）。');
		expect(findingText('en', { code: 'thing.odd', params: {}, rule: null })).toBe('thing.odd');
	});

	it('fills every placeholder of what is found', () => {
		for (const locale of LOCALES)
			for (const leaseMonths of [12, 300, null])
				for (const grantYears of [10, 90, null])
					for (const mode of [
						'lease',
						'long_lease',
						'flexible_term_grant',
						'lease_then_grant',
						'grant',
					] as const)
						for (const one of checkTerm(
							{ mode, use: 'industrial', leaseMonths, grantYears },
							SUPPLY_RULES,
							on,
						))
							expect(findingText(locale, one)).not.toMatch(/[{}]|undefined|_/);
	});
});
