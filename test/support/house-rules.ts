import type { Breach, Files } from './architecture.ts';

interface SizeRule {
	readonly holds: RegExp;
	readonly lines: number;
}

const SIZES: readonly SizeRule[] = [
	{ holds: /^(geo|src\/lib\/domain)\/.*\.ts$/, lines: 300 },
	{ holds: /\/\+server\.ts$/, lines: 60 },
	{ holds: /\/\+(page|layout)\.server\.ts$/, lines: 120 },
	{ holds: /\.svelte$/, lines: 250 },
	{ holds: /^test\/.*\.ts$/, lines: 400 },
];

interface TextRule {
	readonly rule: string;
	/** Files that it looks at. */
	readonly looksAt: RegExp;
	readonly except?: RegExp;
	readonly forbids: RegExp;
	readonly because: string;
}

const CODE = /\.(ts|js|svelte)$/;
/** The checker's own files name what they forbid. */
const CHECKER = /^test\/(architecture\.test|support\/(house-rules|architecture|layers))\.ts$/;

const TEXT_RULES: readonly TextRule[] = [
	{
		rule: 'sql.unsafe',
		looksAt: /^(src|seeds|bin)\/.*\.(ts|js|svelte)$/,
		except: /^src\/lib\/server\/db\/migrate\.ts$/,
		forbids: /\.unsafe\s*\(/,
		because: 'text becomes SQL in the migrator only',
	},
	{
		rule: 'domain.impure',
		looksAt: /^src\/lib\/domain\/.*\.ts$/,
		forbids: /\b(Date\.now|Math\.random|performance\.now|crypto\.)|new Date\(\s*\)/,
		because: 'the domain knows no clock and no chance: pass them in',
	},
	{
		rule: 'geo.impure',
		looksAt: /^(geo|seeds\/demo)\/.*\.ts$/,
		forbids: /\b(Date\.now|Math\.random|performance\.now)\b/,
		because: 'the same input gives the same output',
	},
	{
		rule: 'colour.literal',
		looksAt: /\.(svelte|css)$/,
		except: /^src\/lib\/styles\/tokens\.css$/,
		forbids:
			/(?<![\w&/'"(-])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?!["'][^>]*>)|\b(?:rgb|hsl|oklch|oklab|lab|lch)a?\((?!\s*from\b)/i,
		because: 'colours are named in src/lib/styles/tokens.css',
	},
	{
		rule: 'test.skipped',
		looksAt: /^test\/.*\.ts$/,
		forbids: /\b(?:it|test|describe)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fixme|fails)\b/,
		because: 'a test that does not run shows nothing',
	},
	{
		rule: 'test.sleeps',
		looksAt: /^test\/.*\.ts$/,
		// A runner's own limit (test.setTimeout) waits for nothing.
		forbids: /(?<!\btest\.)\bsetTimeout\s*\(|timers\/promises|waitForTimeout\s*\(/,
		because: 'wait for an event, not for a time',
	},
	{
		rule: 'check.disabled',
		looksAt: CODE,
		forbids: /eslint-disable|@ts-(?:ignore|nocheck|expect-error)/,
		because: 'the checks hold everywhere',
	},
	{
		rule: 'path.machine',
		looksAt: /^/,
		forbids: /(?<![\w.-])\/(?:work|root|Users|home\/\w+)\/|\b[A-Z]:\\\\?Users/,
		because: 'it exists on one machine only',
	},
];

const FORBIDDEN_NAMES = /(^|[-/.])(utils?|helpers?|managers?|common|misc)([-/.]|$)/i;
const KEBAB = /^\+?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/;
const PASCAL = /^[A-Z][A-Za-z0-9]*\.svelte$/;

/** Checks sizes, names and forbidden words; complexity linear in the text. */
export function checkHouseRules(files: Files): Breach[] {
	const breaches: Breach[] = [];
	for (const [path, text] of files) {
		const size = SIZES.find(({ holds }) => holds.test(path));
		const lines = text.trimEnd().split('\n').length;
		if (size && lines > size.lines) {
			breaches.push({ rule: 'file.size', path, detail: `${lines} lines, at most ${size.lines}` });
		}
		breaches.push(...checkName(path));
		if (CHECKER.test(path)) continue;
		for (const { rule, looksAt, except, forbids, because } of TEXT_RULES) {
			if (!looksAt.test(path) || except?.test(path)) continue;
			const at = text.split('\n').findIndex((line) => forbids.test(line));
			if (at >= 0) breaches.push({ rule, path, detail: `line ${at + 1}: ${because}` });
		}
	}
	return breaches;
}

function checkName(path: string): Breach[] {
	if (!/^(geo|src|seeds|test|bin)\//.test(path) || !CODE.test(path)) return [];
	const name = path.slice(path.lastIndexOf('/') + 1);
	const breach = (detail: string): Breach[] => [{ rule: 'file.name', path, detail }];
	if (FORBIDDEN_NAMES.test(path)) return breach('says nothing: name the thing that it holds');
	if (name.endsWith('.svelte') && !name.startsWith('+'))
		return PASCAL.test(name) ? [] : breach('components are PascalCase');
	return KEBAB.test(name) ? [] : breach('files are kebab-case');
}

/** Dependencies of package.json that the text does not name between back-ticks. */
export function findUnreasoned(packageJson: string, architectureText: string): string[] {
	const { dependencies = {}, devDependencies = {} } = JSON.parse(packageJson) as {
		dependencies?: Record<string, string>;
		devDependencies?: Record<string, string>;
	};
	return [...Object.keys(dependencies), ...Object.keys(devDependencies)].filter(
		(name) => !architectureText.includes(`\`${name}\``),
	);
}
