/** Where a text stops being JSON, counted from 1; the column in UTF-16 units. */
export interface JsonFault {
	readonly line: number;
	readonly column: number;
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

type Wanted = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'next' | 'end';

/**
 * Finds the first place at which a text is not JSON, or null where all of it is; JSON.parse names no place for some faults, and on each
 * Node in another way. O(characters).
 */
export function findJsonFault(text: string): JsonFault | null {
	const open: ('{' | '[')[] = [];
	let wanted: Wanted = 'value';
	for (let at = lengthAt(SPACE, text, 0); ;) {
		if (at >= text.length) return wanted === 'end' ? null : placeOf(text, at);
		const char = text[at];
		const length: number = tokenLength(text, at, wanted);
		if (char === '{' || char === '[') open.push(char);
		else if ((char === '}' && open.at(-1) === '{') || (char === ']' && open.at(-1) === '[')) open.pop();
		else if (char === '}' || char === ']') return placeOf(text, at);
		if (length === 0) return placeOf(text, at);
		wanted = wantedAfter(char, wanted, open);
		at += length;
		at += lengthAt(SPACE, text, at);
	}
}

/** Characters of the token at a place if it is one that may stand there, else 0. */
function tokenLength(text: string, at: number, wanted: Wanted): number {
	const char = text[at];
	switch (wanted) {
		case 'value':
		case 'value or end':
			if (char === '{' || char === '[') return 1;
			if (char === ']') return wanted === 'value' ? 0 : 1;
			return lengthAt(STRING, text, at) || lengthAt(SCALAR, text, at);
		case 'key':
		case 'key or end':
			return char === '}' && wanted === 'key or end' ? 1 : lengthAt(STRING, text, at);
		case 'colon':
			return char === ':' ? 1 : 0;
		case 'next':
			return [',', '}', ']'].includes(char) ? 1 : 0;
		case 'end':
			return 0;
	}
}

function wantedAfter(char: string, wanted: Wanted, open: readonly string[]): Wanted {
	if (char === '{') return 'key or end';
	if (char === '[') return 'value or end';
	if (char === ':') return 'value';
	if (char === ',') return open.at(-1) === '{' ? 'key' : 'value';
	if (wanted.startsWith('key') && char !== '}') return 'colon';
	return open.length === 0 ? 'end' : 'next';
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0].length ?? 0;
}

function placeOf(text: string, at: number): JsonFault {
	const before = text.slice(0, at).split('\n');
	return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
