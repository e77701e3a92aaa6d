import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { isOnGrid } from '$geo/grid.ts';
import { issueText } from '$lib/i18n/issue-text.ts';
import { readTypedPlace } from '$lib/map/edit/typed-place.ts';
import { positionText } from '$lib/map/position-text.ts';

const EXTENT = { west: 123.2, south: 41.5, east: 123.7, north: 42 };
const SRID = 4529;
const anyPlace = fc.tuple(
	fc.double({ min: 123.201, max: 123.699, noNaN: true }),
	fc.double({ min: 41.501, max: 41.999, noNaN: true }),
);
const read = (text: string, crs: 'geographic' | 'projected') => readTypedPlace(text, crs, SRID, EXTENT);

describe('a typed place', () => {
	it('is the one that was meant, on the grid, in degrees and in metres', () => {
		const projection = gaussKruger(SRID);
		fc.assert(
			fc.property(anyPlace, ([lon, lat]) => {
				const [eastM, northM] = projection.forward([lon, lat]);
				const texts = [
					read(`${lon.toFixed(11)}, ${lat.toFixed(11)}`, 'geographic'),
					read(`X=${northM.toFixed(5)} Y=${eastM.toFixed(5)}`, 'projected'),
				];
				for (const typed of texts) {
					if (!typed.ok) throw new Error(typed.codes.join());
					expect(typed.place.every(isOnGrid)).toBe(true);
					expect(Math.abs(typed.place[0] - lon)).toBeLessThan(2e-10);
					expect(Math.abs(typed.place[1] - lat)).toBeLessThan(2e-10);
				}
			}),
		);
	});

	it('may have the figures of a Chinese keyboard', () => {
		const typed = read('１２３．４５，４１．７１', 'geographic');
		expect(typed.ok && Math.abs(typed.place[0] - 123.45) < 1e-9).toBe(true);
	});

	it('may be what the status bar shows, copied', () => {
		for (const crs of ['geographic', 'projected'] as const) {
			const { first, second } = positionText([123.45678, 41.71234], crs, SRID);
			const typed = read(`${first.value} ${second.value}`, crs);
			expect(typed.ok && Math.abs(typed.place[0] - 123.45678) < 1e-5).toBe(true);
		}
	});

	it.each([
		['', 'geographic', 'position.unreadable'],
		['123.45', 'geographic', 'position.unreadable'],
		['123.45 41.7 12', 'geographic', 'position.unreadable'],
		['about 123.45, 41.7', 'geographic', 'position.unreadable'],
		['41619000, 9', 'geographic', 'position.not-degrees'],
		['10, 20', 'projected', 'position.not-metres'],
		['200, 300', 'geographic', 'position.elsewhere'],
		['41.7, 123.45', 'geographic', 'position.latitude-first'],
		['4619000 41537000', 'geographic', 'position.not-degrees'],
		['41537000 4619000', 'geographic', 'position.not-degrees'],
		['41.7 123.45', 'projected', 'position.not-metres'],
		['123.45 41.7', 'projected', 'position.not-metres'],
		['4619000 537000', 'projected', 'zone-prefix.missing'],
		['41537000 4619000', 'projected', 'position.east-first'],
		['537000 4619000', 'projected', 'position.east-first zone-prefix.missing'],
		['123.45, 51.7', 'geographic', 'extent.outside'],
	] as const)('refuses %j as %s: %s', (text, crs, codes) => {
		expect(read(text, crs)).toMatchObject({ ok: false, codes: codes.split(' ') });
	});

	it.each([
		['41537000 4619000', 'projected', ['横坐标 Y（东）', '先 X（北）、后 Y（东）']],
		['41.7, 123.45', 'geographic', ['纬度', '先经度、后纬度']],
	] as const)('in the other order (%s, %s) is told as it was typed and as it is asked', (text, crs, said) => {
		const typed = read(text, crs);
		if (typed.ok) throw new Error('a place');
		const sentence = issueText('zh', { code: typed.codes[0], params: typed.params });
		for (const part of [...said, ...text.split(/[ ,]+/)]) expect(sentence).toContain(part);
		const [first, second] = text.split(/[ ,]+/);
		expect(read(`${second} ${first}`, crs).ok).toBe(true);
	});
});
