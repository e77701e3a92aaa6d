import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEwkbPolygons, writeEwkbMultiPolygon } from '../../../geo/format/ewkb.ts';
import { featureCount, flattenMultiPolygons, type LonLat } from '../../../geo/flat-polygons.ts';

const position = fc.tuple(
	fc.double({ min: -180, max: 180, noNaN: true }),
	fc.double({ min: -90, max: 90, noNaN: true }),
);
const ring = fc
	.array(position, { minLength: 3, maxLength: 8 })
	.filter((positions) => positions[0].some((value, k) => value !== positions[positions.length - 1][k]))
	.map((positions): LonLat[] => [...positions, positions[0]]);
const feature = fc.array(fc.array(ring, { minLength: 1, maxLength: 3 }), { maxLength: 3 });

const SQUARE =
	'0103000020 8A110000 01000000 05000000' +
	'0000000000005E40 0000000000804440' +
	'0000000000405E40 0000000000804440' +
	'0000000000405E40 0000000000C04440' +
	'0000000000005E40 0000000000C04440' +
	'0000000000005E40 0000000000804440';

function bytesOf(hex: string): Uint8Array {
	const digits = hex.replaceAll(' ', '');
	return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
		Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
	);
}

/** Big-endian WKB without SRID of nested polygons, written the plain way. */
function bigEndianWkb(polygons: readonly (readonly LonLat[])[][]): Uint8Array {
	const bytes: number[] = [];
	const put = (write: (view: DataView) => void, size: number) => {
		const view = new DataView(new ArrayBuffer(size));
		write(view);
		bytes.push(...new Uint8Array(view.buffer));
	};
	const putUint32 = (value: number) => put((view) => view.setUint32(0, value), 4);
	bytes.push(0);
	putUint32(6);
	putUint32(polygons.length);
	for (const rings of polygons) {
		bytes.push(0);
		putUint32(3);
		putUint32(rings.length);
		for (const positions of rings) {
			putUint32(positions.length);
			for (const value of positions.flat()) put((view) => view.setFloat64(0, value), 8);
		}
	}
	return Uint8Array.from(bytes);
}

describe('EWKB of polygons', () => {
	it('reads back to the bit what it wrote', () => {
		fc.assert(
			fc.property(fc.array(feature, { maxLength: 4 }), (features) => {
				const polygons = flattenMultiPolygons(features);
				const rows = features.map((_, f) => writeEwkbMultiPolygon(polygons, f, 4490));
				expect(readEwkbPolygons(rows)).toEqual(polygons);
			}),
		);
	});

	it('reads big-endian bytes without SRID as the same polygons', () => {
		fc.assert(
			fc.property(feature, (polygons) => {
				expect(readEwkbPolygons([bigEndianWkb(polygons)])).toEqual(flattenMultiPolygons([polygons]));
			}),
		);
	});

	it('reads a Polygon of PostGIS with SRID 4490, also from the middle of a buffer', () => {
		const bytes = bytesOf(SQUARE);
		const buffer = new Uint8Array(bytes.length + 7);
		buffer.set(bytes, 5);
		for (const row of [bytes, buffer.subarray(5, 5 + bytes.length)]) {
			const polygons = readEwkbPolygons([row]);
			expect([...polygons.coordinates]).toEqual([120, 41, 121, 41, 121, 41.5, 120, 41.5]);
			expect(featureCount(polygons)).toBe(1);
		}
	});

	it('reads POLYGON EMPTY and no rows as nothing', () => {
		expect([...readEwkbPolygons([bytesOf('010300000000000000')]).featureOffsets]).toEqual([0, 0]);
		expect(featureCount(readEwkbPolygons([]))).toBe(0);
	});

	it.each([
		['a point', '0101000000 0000000000005E40 0000000000804440', /row 1, byte \d+: geometry type 1/],
		['Z', '0103000080 00000000', /Z or M/],
		['ISO Z', '01EB030000 00000000', /geometry type 1003/],
		['a byte order of 2', '0203000000 00000000', /byte order 2/],
		['an end inside a ring', SQUARE.slice(0, -10), /end too early/],
		['more rings than bytes', '0103000000 FFFFFFFF', /end too early/],
		['surplus bytes', `${SQUARE}00`, /1 bytes too many/],
		['nothing', '', /end too early/],
		['an open ring', `${SQUARE.slice(0, -4)}C040`, /not closed/],
		['a ring of three positions', `0103000000 01000000 03000000 ${'00'.repeat(48)}`, /a ring of 3 positions/],
		['a multipolygon of points', '0106000000 01000000 0101000000', /no Polygon/],
	])('refuses %s, naming the row', (_, hex, message) => {
		expect(() => readEwkbPolygons([bytesOf(SQUARE), bytesOf(hex)])).toThrow(message);
	});
});
