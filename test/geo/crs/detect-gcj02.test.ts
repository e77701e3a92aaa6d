import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectGcj02 } from '../../../geo/crs/detect-gcj02.ts';
import { toGcj02 } from '../../../geo/crs/gcj02.ts';
import { flattenMultiPolygons, type FlatPolygons, type LonLat } from '../../../geo/flat-polygons.ts';

const M_PER_DEG = 111_320;
const EAST_PER_DEG = M_PER_DEG * Math.cos((41.7 * Math.PI) / 180);

/** A place so many metres east and north of 123.4°E 41.7°N. */
const place = (eastM: number, northM: number): LonLat => [
	123.4 + eastM / EAST_PER_DEG,
	41.7 + northM / M_PER_DEG,
];

/** A park of some kilometres with a wavy outline. */
const outlineRing = Array.from({ length: 60 }, (_, k): LonLat => {
	const angle = (2 * Math.PI * k) / 60;
	const radius = 3000 + 500 * Math.sin(3 * angle) + 300 * Math.cos(7 * angle);
	return place(radius * Math.cos(angle), radius * Math.sin(angle));
});
const outline = flattenMultiPolygons([[[outlineRing]]]);

/** Blocks of unequal width, 90 to 250 m, between streets: a dense net of edges. */
function blocks(): FlatPolygons {
	const lines = [0];
	for (let k = 0; k < 24; k++) lines.push(lines[k] + 90 + ((k * 67) % 161));
	const features = lines.slice(1).flatMap((east, i) =>
		lines.slice(1).map((north, j) => {
			const [west, south] = [lines[i] + 12 + ((j * 31) % 40), lines[j] + 12 + ((i * 17) % 40)];
			return [[[place(west, south), place(east, south), place(east, north), place(west, north)]]];
		}),
	);
	return flattenMultiPolygons(features);
}

const flat = (lonLats: readonly LonLat[]) => Float64Array.from(lonLats.flat());

/** Noise of digitising, metres each way, from numbers between −1 and 1. */
const noisy = (lonLats: readonly LonLat[], noise: readonly number[], sizeM: number): LonLat[] =>
	lonLats.map(([lon, lat], i) => [
		lon + (sizeM * noise[(2 * i) % noise.length]) / EAST_PER_DEG,
		lat + (sizeM * noise[(2 * i + 1) % noise.length]) / M_PER_DEG,
	]);
/** Numbers below 1, the same for the same seed (mulberry32). */
function mulberry(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}
const noise = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 41, maxLength: 200 });
const shifted = (lonLats: readonly LonLat[]) => lonLats.map(toGcj02);

describe('detection of GCJ-02 against a known boundary', () => {
	it('finds an outline that was digitised on a shifted map, whatever the noise of digitising', () => {
		fc.assert(
			fc.property(noise, (metres) => {
				const finding = detectGcj02(flat(noisy(shifted(outlineRing), metres, 3)), outline);
				expect(finding).toMatchObject({ verdict: 'shifted', reason: null, positions: 60 });
				expect(finding.scores.unshifted.share).toBeGreaterThan(0.9);
				expect(finding.scores.asGiven.share).toBeLessThan(0.3);
			}),
		);
	});

	it('finds an outline that was not shifted', () => {
		fc.assert(
			fc.property(noise, (metres) => {
				const finding = detectGcj02(flat(noisy(outlineRing, metres, 3)), outline);
				expect(finding.verdict).toBe('as-given');
				expect(finding.scores.asGiven.share).toBeGreaterThan(0.9);
			}),
		);
	});

	it('finds six parcels within a dense net of blocks, some corners elsewhere: nearly always right, never wrong', () => {
		const known = blocks();
		const count = known.featureOffsets.length - 6;
		const metres = Array.from({ length: 97 }, (_, i) => Math.sin(1 + 37 * i));
		for (const isShifted of [false, true]) {
			const verdicts = Array.from({ length: Math.floor(count / 6) }, (_, sixth) => {
				const first = 6 * sixth;
				const corners = known.coordinates.subarray(8 * first, 8 * (first + 6));
				const ring = Array.from({ length: 24 }, (__, i): LonLat => [corners[2 * i], corners[2 * i + 1]]);
				const drawn = noisy(ring, metres, 1.5);
				const strays = [place(-60, -60), place(-70, -40), place(-300, -20)];
				return detectGcj02(flat([...(isShifted ? shifted(drawn) : drawn), ...strays]), known).verdict;
			});
			expect(verdicts).not.toContain(isShifted ? 'as-given' : 'shifted');
			expect(
				verdicts.filter((verdict) => verdict !== 'cannot-tell').length / verdicts.length,
			).toBeGreaterThan(0.95);
		}
	});

	it('cannot tell of positions that have nothing to do with what is known: one verdict in a thousand at most', () => {
		const known = blocks();
		const chance = mulberry(42);
		let verdicts = 0;
		for (let run = 0; run < 2000; run++) {
			const places = Array.from({ length: 16 }, () => place(2500 * chance(), 2500 * chance()));
			if (detectGcj02(flat(places), known).verdict !== 'cannot-tell') verdicts++;
		}
		expect(verdicts).toBeLessThanOrEqual(2);
		const far = detectGcj02(flat(outlineRing.map(([lon, lat]) => [lon + 1, lat] as LonLat)), outline);
		expect(far).toMatchObject({ verdict: 'cannot-tell', reason: 'nothing-known-near' });
	});

	describe.each([15, 20, 25, 30])(
		'against 20 × 20 lots of about %i m, known and nothing round about',
		(sizeM) => {
			const chance = mulberry(sizeM);
			const corners = Array.from({ length: 21 * 21 }, (_, k) =>
				[k % 21, Math.floor(k / 21)].map((line) => (line + 0.3 * (chance() - 0.5)) * sizeM),
			);
			const corner = (i: number, j: number) => place(corners[21 * j + i][0], corners[21 * j + i][1]);
			const lots = Array.from({ length: 400 }, (_, k) => {
				const [i, j] = [k % 20, Math.floor(k / 20)];
				return [[[corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)]]];
			});
			const known = flattenMultiPolygons(lots);
			/** The verdicts on sets that lie on the lots as given, and on sets that do so when shifted back. */
			const verdictsOn = (sets: readonly LonLat[][]) => ({
				asGiven: sets.map((set) => detectGcj02(flat(set), known).verdict),
				shifted: sets.map((set) => detectGcj02(flat(shifted(set)), known).verdict),
			});

			it('cannot tell of 60 positions anywhere on them: one verdict in fifty sets at most', () => {
				const anywhere = () => place(20 * sizeM * chance(), 20 * sizeM * chance());
				const sets = Array.from({ length: 25 }, () => Array.from({ length: 60 }, anywhere));
				const { asGiven, shifted: back } = verdictsOn(sets);
				expect(
					[...asGiven, ...back].filter((verdict) => verdict !== 'cannot-tell').length,
				).toBeLessThanOrEqual(1);
			});

			it('finds 10 × 6 of their own corners, drawn within a metre: in nineteen sets of twenty at least', () => {
				const sets = Array.from({ length: 20 }, () => {
					const [i, j] = [Math.floor(11 * chance()), Math.floor(15 * chance())];
					const drawn = Array.from({ length: 60 }, (_, k) => corner(i + (k % 10), j + Math.floor(k / 10)));
					return noisy(
						drawn,
						Array.from({ length: 120 }, () => 2 * chance() - 1),
						1,
					);
				});
				const { asGiven, shifted: back } = verdictsOn(sets);
				expect(asGiven).not.toContain('shifted');
				expect(back).not.toContain('as-given');
				expect(asGiven.filter((verdict) => verdict === 'as-given').length).toBeGreaterThanOrEqual(19);
				expect(back.filter((verdict) => verdict === 'shifted').length).toBeGreaterThanOrEqual(19);
			});
		},
	);

	it('cannot tell of positions inside the outline, away from its boundary', () => {
		const inside = outlineRing.map(([lon, lat]): LonLat => [
			123.4 + (lon - 123.4) / 3,
			41.7 + (lat - 41.7) / 3,
		]);
		expect(detectGcj02(flat(inside), outline)).toMatchObject({ verdict: 'cannot-tell', reason: 'no-match' });
	});

	it('cannot tell of too few positions, however often they are repeated', () => {
		const few = outlineRing.slice(0, 15);
		const finding = detectGcj02(flat([...few, ...few]), outline);
		expect(finding).toMatchObject({ verdict: 'cannot-tell', reason: 'too-few-positions', positions: 15 });
		expect(detectGcj02(flat(few), outline, { positionsMin: 15 }).verdict).toBe('as-given');
	});

	it('cannot tell where a straight line fits both ways', () => {
		const shift = toGcj02([123.4, 41.7]);
		const along = (t: number): LonLat => [123.4 + t * (shift[0] - 123.4), 41.7 + t * (shift[1] - 41.7)];
		const line = flattenMultiPolygons([[[[along(-20), along(20), along(0)]]]]);
		const positions = Array.from({ length: 40 }, (_, k) => along(k / 10 - 2));
		const finding = detectGcj02(flat(positions), line);
		expect(finding).toMatchObject({ verdict: 'cannot-tell', reason: 'not-distinct' });
	});

	it('takes a sample of very many positions', () => {
		const many = Array.from({ length: 30_000 }, (_, i): LonLat => {
			const [from, to] = [outlineRing[i % 60], outlineRing[(i + 1) % 60]];
			const t = i / 30_000;
			return [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
		});
		const finding = detectGcj02(flat(shifted(many)), outline);
		expect(finding.positions).toBe(2000);
		expect(finding.verdict).toBe('shifted');
	});

	it('answers any positions and any rule', () => {
		const any = fc.float64Array({ maxLength: 80 });
		const numbers = fc.oneof(fc.double(), fc.double({ min: 41, max: 124, noNaN: true }));
		fc.assert(
			fc.property(
				fc.oneof(
					any,
					fc.array(numbers, { maxLength: 80 }).map((values) => Float64Array.from(values)),
				),
				fc.record({ toleranceM: fc.double(), positionsMin: fc.double() }),
				(positions, rule) => {
					const finding = detectGcj02(positions, outline, rule);
					expect(['as-given', 'shifted', 'cannot-tell']).toContain(finding.verdict);
				},
			),
		);
		expect(detectGcj02(flat(outlineRing), flattenMultiPolygons([])).reason).toBe('nothing-known-near');
	});
});
