import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { neighboursInBase } from '$geo/coverage/coverage-base.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { cleanParcelSet } from '$geo/repair/clean.ts';
import type { CleanOptions } from '$geo/repair/clean.ts';
import { streetCoverage } from '../../support/street-coverage.ts';
import { toGeos } from '../coverage/geos-oracle.ts';

/** Metres that a degree of latitude has, and one of longitude in the town. */
const [NORTH_M, EAST_M] = [111_195, 111_195 * Math.cos((41.5 * Math.PI) / 180)];

/** Moves every vertex of every parcel, each by itself and the same every time, by up to so many metres either way. */
function shaken(set: ParcelSet, byM: number): ParcelSet {
	let state = 1;
	const next = () => 2 * ((state = (state * 48271) % 2147483647) / 2147483647) - 1;
	const shares = Math.SQRT1_2 * byM;
	const coordinates = set.polygons.coordinates.map(
		(deg, i) => deg + (next() * shares) / (i % 2 === 0 ? EAST_M : NORTH_M),
	);
	return { ...set, polygons: { ...set.polygons, coordinates } };
}

function neighbourPairs(set: ParcelSet, outline: FlatPolygons): Set<string> {
	const build = buildCoverage(set, outline);
	if (!build.ok) throw new Error(JSON.stringify(build.issues[0]));
	const { base } = build.coverage;
	const pairs = new Set<string>();
	base.parcelNos.forEach((no, i) => {
		for (const j of neighboursInBase(base, i)) if (j > i) pairs.add(`${no} ${base.parcelNos[j]}`);
	});
	return pairs;
}

/** The pairs of parcels with a common vertex. */
function meetingPairs({ parcelNos, polygons }: ParcelSet): Set<string> {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const nosAt = new Map<string, Set<number>>();
	parcelNos.forEach((no, f) => {
		const [from, to] = [f, f + 1].map((g) => ringOffsets[polygonOffsets[featureOffsets[g]]]);
		for (let i = from; i < to; i++) {
			const place = `${coordinates[2 * i]} ${coordinates[2 * i + 1]}`;
			nosAt.set(place, (nosAt.get(place) ?? new Set()).add(no));
		}
	});
	const pairs = new Set<string>();
	for (const nos of nosAt.values())
		for (const a of nos) for (const b of nos) if (a < b) pairs.add(`${a} ${b}`);
	return pairs;
}

describe('cleaning a town that was digitised parcel by parcel', () => {
	const { set, outline } = streetCoverage(400, { riverVertices: 200 });
	const expected = neighbourPairs(set, outline);
	const meeting = meetingPairs(set);
	const options: Readonly<Record<string, CleanOptions>> = {
		'by its slivers': { outline },
		'noded in the survey plane': { outline, plane: { projection: gaussKruger(4529), toleranceM: 0.012 } },
	};

	/*
	 * Where every vertex is within s of its place, so is every place of a boundary, and what lies between two boundaries that are one is up to 2 s wide.
	 * What is given away is cut where neighbours change, so a parcel's boundary moves across such a strip once, or along it from one such cut to the next at a
	 * junction, whose corners here are hardly sharper than right angles: 4 s. Unbounded where boundaries meet at any angle.
	 */
	it.each(Object.keys(options))(
		'%s: no place of any boundary moves farther than four times a vertex was off; every neighbour is kept',
		(how) => {
			for (const offM of [0.0005, 0.003]) {
				const given = shaken(set, offM);
				const { set: cleaned, report } = cleanParcelSet(given, options[how]);
				expect(report.unresolved).toEqual([]);
				expect(report.farthest?.byM).toBeGreaterThan(offM / 2);
				expect(report.farthest?.byM).toBeLessThan(4 * offM);
				expect([...cleaned.parcelNos]).toEqual([...set.parcelNos]);
				const pairs = neighbourPairs(cleaned, outline);
				expect([...expected].filter((pair) => !pairs.has(pair))).toEqual([]);
				expect([...pairs].filter((pair) => !meeting.has(pair))).toEqual([]);
				const geos = toGeos(cleaned.polygons);
				expect([...cleaned.parcelNos].filter((_, f) => !geos.isValid(f))).toEqual([]);
				geos.free();
			}
		},
	);

	it('takes the plane’s tolerance for what it is: hardly a sliver is left to settle', () => {
		const slivers = Object.values(options).map(
			(option) => cleanParcelSet(shaken(set, 0.003), option).report.slivers.length,
		);
		expect(slivers[1]).toBeLessThan(slivers[0] / 20);
	});
});
