import { parse, type AST } from 'svelte/compiler';
import type { Breach } from './architecture.ts';

/** Attributes that are shown or read out; on components the names that stand for such a text, too. */
const SPOKEN =
	/^(?:title|alt|label|placeholder|abbr|download|aria-(?:label|description|placeholder|roledescription|valuetext|braillelabel|brailleroledescription))$/;
const SPOKEN_PROP =
	/^(?:text|caption|heading|hint|message|note|legend|description|summary|empty|\w*(?:Label|Title|Text|Hint))$/;
const LETTER = /\p{L}/u;
const HAN = /\p{Script=Han}/u;

/** What may stand in a component as it is, the same in every language, and why. */
export const SAME_IN_EVERY_LANGUAGE: Readonly<Record<string, string>> = {
	'km²': 'the sign of a unit',
	'm²': 'the sign of a unit',
	'Ctrl+Z': 'the signs on the keys',
	'Ctrl+Y': 'the signs on the keys',
};
const LET_THROUGH = new RegExp(
	`(?<!\\p{L})(?:${Object.keys(SAME_IN_EVERY_LANGUAGE)
		.map((text) => text.replace('+', '\\+'))
		.join('|')})(?!\\p{L})`,
	'gu',
);

interface Node {
	readonly type: string;
	readonly start: number;
	readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

function childrenOf(node: Node): Node[] {
	return Object.values(node)
		.flatMap((value) => (Array.isArray(value) ? value : [value]))
		.filter(isNode);
}

/** The string literals that an expression gives as its own value: not what it asks for, compares or passes on. */
function givenBy(expression: Node): { text: string; start: number }[] {
	const field = (name: string) => (isNode(expression[name]) ? givenBy(expression[name]) : []);
	switch (expression.type) {
		case 'Literal':
			return typeof expression['value'] === 'string'
				? [{ text: expression['value'], start: expression.start }]
				: [];
		case 'TemplateLiteral':
			return childrenOf(expression).flatMap((part) =>
				part.type === 'TemplateElement'
					? [{ text: (part['value'] as { cooked: string }).cooked, start: part.start }]
					: givenBy(part),
			);
		case 'ConditionalExpression':
			return [...field('consequent'), ...field('alternate')];
		case 'LogicalExpression':
			return [...field('left'), ...field('right')];
		case 'BinaryExpression':
			return expression['operator'] === '+' ? [...field('left'), ...field('right')] : [];
		case 'TSAsExpression':
		case 'TSSatisfiesExpression':
		case 'TSNonNullExpression':
			return field('expression');
		case 'ArrayExpression':
			return childrenOf(expression).flatMap(givenBy);
		// `[…].join(' ')` gives its elements.
		case 'CallExpression': {
			const callee = expression['callee'] as Node;
			return callee.type === 'MemberExpression' && isNode(callee['object']) ? givenBy(callee['object']) : [];
		}
		default:
			return [];
	}
}

/**
 * Finds texts written straight into a component: letters between its tags, in attributes that are shown or read out, in expressions that
 * stand there, and Han in any literal of its markup or scripts.
 */
export function findBareText(path: string, source: string): Breach[] {
	const found = new Map<number, string>();
	const note = (text: string, start: number, forbidden = LETTER) => {
		if (forbidden.test(text.replaceAll(LET_THROUGH, ''))) found.set(start, text.trim());
	};
	const noteValue = (value: unknown) => {
		for (const part of Array.isArray(value) ? value : [value]) {
			if (!isNode(part)) continue;
			if (part.type === 'Text') note(String(part['data']), part.start);
			else if (isNode(part['expression']))
				for (const { text, start } of givenBy(part['expression'])) note(text, start);
		}
	};
	const visit = (node: Node, of: Node | null) => {
		switch (node.type) {
			case 'Text':
				if (of?.type === 'Fragment') note(String(node['data']), node.start);
				else note(String(node['data']), node.start, HAN);
				break;
			case 'ExpressionTag':
			case 'HtmlTag':
				if (of?.type === 'Fragment') noteValue(node);
				break;
			case 'RegularElement':
			case 'Component':
			case 'SvelteElement':
			case 'SvelteComponent': {
				if (node['name'] === 'script' || node['name'] === 'style') return;
				const isComponent = node.type === 'Component' || node.type === 'SvelteComponent';
				for (const attribute of node['attributes'] as Node[]) {
					const name = String(attribute['name']);
					if (
						attribute.type === 'Attribute' &&
						(SPOKEN.test(name) || (isComponent && SPOKEN_PROP.test(name)))
					)
						noteValue(attribute['value']);
				}
				break;
			}
			case 'Literal':
				note(String(node['value']), node.start, HAN);
				break;
			case 'TemplateElement':
				note((node['value'] as { cooked: string }).cooked, node.start, HAN);
				break;
		}
		for (const child of childrenOf(node)) visit(child, node);
	};
	const root: AST.Root = parse(source, { modern: true, filename: path });
	for (const part of [root.fragment, root.instance?.content, root.module?.content])
		if (isNode(part)) visit(part, null);
	return [...found]
		.sort(([a], [b]) => a - b)
		.map(([start, text]) => ({
			rule: 'text.bare',
			path,
			detail: `line ${source.slice(0, start).split('\n').length}: ${JSON.stringify(text)} stands in src/lib/i18n`,
		}));
}
