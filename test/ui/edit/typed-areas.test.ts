import { describe, expect, it } from 'vitest';
import { readAreas } from '$lib/map/edit/typed-areas.ts';

describe('typed areas', () => {
	it.each([
		['', []],
		['300 400.5', [300, 400.5]],
		['300, 400；500、600', [300, 400, 500, 600]],
		['３００，４０', [300, 40]],
		['12,50', [12, 50]],
	])('%j is read', (text, areas) => {
		expect(readAreas(text)).toEqual(areas);
	});

	it.each(['abc', '-5', '0', '1,000', '300,400', '1e3', '1.2.3', '5 x'])('%j is refused', (text) => {
		expect(readAreas(text)).toBeNull();
	});
});
