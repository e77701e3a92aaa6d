import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '$seeds/load/json-fault.ts';

describe('the place at which a text stops being JSON', () => {
	it.each([
		['', 1, 1],
		['{"a": 1,}', 1, 9],
		['{"a":}', 1, 6],
		['{\n\t"a": [1, 2\n}', 3, 1],
		['{"a": 1}\n x', 2, 2],
		['["a\nb"]', 1, 2],
		['{"园": tru}', 1, 7],
		['[01]', 1, 3],
		['{"a" 1}', 1, 6],
		['[1 2]', 1, 4],
		['[,]', 1, 2],
		['{"a": 1', 1, 8],
	])('%j is %i:%i', (text, line, column) => {
		expect(findJsonFault(text)).toEqual({ line, column });
	});

	it('is nowhere exactly where JSON.parse takes the text', () => {
		const token = fc.constantFrom(...'{}[]:,', '"a"', '1', '-0.5e3', 'true', 'null', ' ', '\n', '"\\u56ed"');
		const near = fc.tuple(fc.json(), fc.nat(), token).map(([text, at, other]) => {
			const place = at % (text.length + 1);
			return text.slice(0, place) + other + text.slice(place + (at % 2));
		});
		const text = fc.oneof(
			fc.json(),
			near,
			fc.array(token, { maxLength: 8 }).map((parts) => parts.join('')),
		);
		fc.assert(
			fc.property(text, (given) => {
				expect(findJsonFault(given) === null).toBe(isJson(given));
			}),
			{ numRuns: 3000 },
		);
	});
});

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
