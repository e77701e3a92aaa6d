import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBareText, SAME_IN_EVERY_LANGUAGE } from '../support/bare-text.ts';

const SRC = join(import.meta.dirname, '../../src');
const paths = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) =>
	path.endsWith('.svelte'),
);
const read = (path: string) => readFileSync(join(SRC, path), 'utf8');

describe('components', () => {
	it('have every text that is shown or read out from the catalogues', () => {
		expect(paths.length).toBeGreaterThan(100);
		const found = paths.flatMap((path) => findBareText(path, read(path)));
		expect(found.map(({ path, detail }) => `${path} ${detail}`)).toEqual([]);
	});

	it('hold each text that is let through, whose reason is said', () => {
		for (const [text, reason] of Object.entries(SAME_IN_EVERY_LANGUAGE)) {
			expect(
				paths.some((path) => read(path).includes(text)),
				text,
			).toBe(true);
			expect(reason).not.toBe('');
		}
	});
});

describe('the rule of bare text', () => {
	it.each([
		['letters between tags', '<p>Save</p>'],
		['Han between tags', '<p>{t("a.b")}：保存</p>'],
		['letters in a branch', '{#if a}<b>yes</b>{/if}'],
		['letters in a loop’s else', '{#each rows as row}{row}{:else}none{/each}'],
		['letters in a snippet', '{#snippet head()}<th>Area</th>{/snippet}'],
		['letters in a component', '<Panel>Save</Panel>'],
		['a title of the page', '<svelte:head><title>Yuantu</title></svelte:head>'],
		['a title', '<button title="Save">{a}</button>'],
		['a name that is read out', '<button aria-label="Save">+</button>'],
		['a placeholder in braces', "<input placeholder={'Search'} />"],
		['a picture’s words', '<img alt="A map" src={a} />'],
		['a part of a label', '<Field label="{a} metres" />'],
		['a prop that is a text', '<Panel emptyText="none" />'],
		['a literal in braces', "<p>{'Save'}</p>"],
		['a branch of an expression', "<p>{a ? 'on' : b}</p>"],
		['what stands for nothing', "<p>{a ?? 'none'}</p>"],
		['a template', '<p>{`${a} metres`}</p>'],
		['a sum', "<p>{a + ' metres'}</p>"],
		['a list that is joined', "<p>{['north', a].join(' ')}</p>"],
		['raw markup', "{@html '<b>Save</b>'}"],
		['letters beside a unit', '<p>{a} m² each</p>'],
		['Han in a script', "<script>const a = '保存';</script>"],
		['Han in a handler', '<button onclick={() => alert(`保存${a}`)}>{a}</button>'],
		['Han in any attribute', '<Panel of="保存" />'],
	])('sees %s', (_, source) => {
		expect(findBareText('A.svelte', source)).toMatchObject([{ rule: 'text.bare', path: 'A.svelte' }]);
	});

	it.each([
		['keys and classes', "<p class=\"a {b ? 'on' : 'off'}\" data-state={c ? 'idle' : 'busy'}>{t('a.b')}</p>"],
		['signs, numbers and entities', '<p>{a} · 12 &nbsp;→ ×</p>'],
		['what an expression compares', "<p>{a === 'plan' ? b : c}</p>"],
		[
			'styles, scripts and comments',
			'<script>const a = "on";</script><!-- Save --><p>{a}</p><style>p { top: 0; }</style>',
		],
		['units and keys', '<p title="{a} (Ctrl+Z)">{a} km² (m²)</p>'],
	])('lets %s be', (_, source) => {
		expect(findBareText('A.svelte', source)).toEqual([]);
	});
});
