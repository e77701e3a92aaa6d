import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '$lib/domain/access/permission.ts';
import { ISSUE_TEXTS } from '$lib/i18n/issue-text.ts';
import { LOCALES } from '$lib/i18n/locale.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Where issues, refusals and problems are made; a quoted `thing.finding` there is a code, but for keys of texts. */
const SOURCES = [
	'geo',
	'src/lib/domain/access/password-policy.ts',
	'src/lib/domain/changeset',
	'src/lib/domain/rule/rule-definition.ts',
	'src/lib/domain/rule/rule-history.ts',
	'src/lib/domain/supply/check-codes.ts',
	'src/lib/domain/supply/idle-proceeding.ts',
	'src/lib/domain/supply/fact-fault.ts',
	'src/lib/domain/supply/permit-chain.ts',
	'src/lib/domain/supply/plot-code-list.ts',
	'src/lib/domain/supply/promised-ground.ts',
	'src/lib/domain/supply/read-outline.ts',
	'src/lib/domain/survey',
	'src/lib/map/edit',
	'src/lib/state/read-json.ts',
	'src/lib/server/http',
	'src/lib/server/service',
	'src/lib/server/sign-in',
	'src/hooks.server.ts',
	'src/routes/(public)/sign-in/+page.server.ts',
	'src/routes/(public)/account/password/+page.server.ts',
];
const CODE = /(?<!\bt\()'([a-z][a-z-]*\.[a-z][a-z-]*)'/g;
/** Dotted names of other things: what one may do, and acts in the audit. */
const OTHER_NAMES: ReadonlySet<string> = new Set([
	...PERMISSIONS,
	...['person.invited', 'role.granted', 'role.ended', 'office.added'],
	...['plot.made', 'plot.stated', 'plot.permitted', 'plot.batch-given', 'supply.entered', 'supply.corrected'],
	...['supply.paid', 'supply.kept-secret', 'supply.recorded', 'land.noted'],
	...[
		'plot.redrawn',
		'plot.area-stated',
		'plot.codes-given',
		'permit.voided',
		'batch.corrected',
		'batch.withdrawn',
	],
	...['programme.corrected', 'programme.withdrawn'],
	...['batch.entered', 'programme.entered', 'building.measured'],
	...['rule.ended', 'rule.voided'],
	...['account.disabled', 'account.enabled', 'account.password-reset'],
]);
/** The one code that is put together: `http/problem.ts` says of these that they are not there. */
const NOT_FOUND = /notFound\('([a-z]+)'/g;

function sourceFiles(path: string): string[] {
	if (path.endsWith('.ts')) return [path];
	return readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(path, name));
}

function emittedCodes(): Set<string> {
	const codes = new Set<string>();
	for (const path of SOURCES.flatMap(sourceFiles)) {
		const text = readFileSync(join(ROOT, path), 'utf8').replace(/^(import|export) .* from .*$/gm, '');
		for (const [, code] of text.matchAll(CODE)) if (!OTHER_NAMES.has(code)) codes.add(code);
	}
	for (const path of sourceFiles('src/routes')) {
		for (const [, thing] of readFileSync(join(ROOT, path), 'utf8').matchAll(NOT_FOUND)) {
			codes.add(`${thing}.not-found`);
		}
	}
	return codes;
}

describe('the codes of issues', () => {
	const emitted = emittedCodes();

	it('are found in the sources', () => {
		for (const code of ['coverage.gap', 'query.invalid', 'tile.theme-unknown', 'zone.not-found']) {
			expect(emitted).toContain(code);
		}
	});

	it.each(LOCALES)('have a sentence each, and no sentence is without a code: %s', (locale) => {
		const worded = Object.keys(ISSUE_TEXTS[locale].issue).filter((key) => key !== 'unknown');
		expect(worded.sort()).toEqual([...emitted].sort());
	});
});
