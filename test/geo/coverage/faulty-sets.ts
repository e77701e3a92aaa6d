import fc from 'fast-check';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { flattenMultiPolygons, nestFeature } from '$geo/flat-polygons.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG, snapToGrid } from '$geo/grid.ts';
import { arrange } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import { streetCoverage } from '../../support/street-coverage.ts';
import { polygonsOfSteps } from './random-polygons.ts';
import type { Steps } from './random-polygons.ts';

/** Parcels and the outline that they should fill. */
export interface OutlinedSet {
	readonly set: ParcelSet;
	readonly outline: FlatPolygons;
}

type Place = readonly [lon: number, lat: number];
type Ring = readonly Place[];
type Shape = readonly (readonly Ring[])[];

/** What can be wrong with a set; `far` is a place anywhere in it, `near` some steps. */
const FAULTS = [
	'vertex moved near',
	'vertex moved far',
	'vertex dropped',
	'vertex added',
	'vertex moved everywhere',
	'spike',
	'vertex unusable',
	'parcel dropped',
	'parcel emptied',
	'parcel doubled near',
	'parcel doubled inside itself',
	'parcel moved near',
	'box added',
	'triangle added',
	'line added',
	'chord added',
	'number taken',
	'number zero',
	'set doubled, smaller',
	'outline moved near',
] as const;

/** One thing gone wrong. */
export interface Fault {
	readonly kind: (typeof FAULTS)[number];
	readonly at: number;
	readonly vertex: number;
	readonly near: Steps;
	readonly far: readonly [Place, Place, Place];
}

/** Some faults of any kind. */
export function anyFaults(most: number): fc.Arbitrary<Fault[]> {
	const share = fc.double({ min: 0, max: 1, noNaN: true });
	const place = fc.tuple(share, share);
	const step = fc.integer({ min: -3, max: 3 });
	return fc.array(
		fc.record({
			kind: fc.constantFrom(...FAULTS),
			at: fc.nat(),
			vertex: fc.nat(),
			near: fc.tuple(step, step),
			far: fc.tuple(place, place, place),
		}),
		{ minLength: 1, maxLength: most },
	);
}

/** A coverage of cells, some grid steps or some hundred of them wide, none of them square. */
export function anyLattice(): fc.Arbitrary<OutlinedSet> {
	return fc
		.record({
			pitch: fc.constantFrom(2, 3, 4, 5, 7, 1000),
			count: fc.integer({ min: 6, max: 9 }),
			offsets: fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 20, maxLength: 60 }),
		})
		.map(({ pitch, count, offsets }) => {
			const side = count * pitch;
			const along = (k: number, use: number) =>
				k === 0 || k === count ? k * pitch : k * pitch + Math.floor(offsets[use % offsets.length] * pitch);
			const node = (i: number, j: number): Steps => [
				along(i, 31 * i + 17 * j),
				along(j, 31 * i + 17 * j + 1),
			];
			const cells = Array.from({ length: count * count }, (_, cell) => {
				const [i, j] = [cell % count, Math.floor(cell / count)];
				return [[[node(i, j), node(i + 1, j), node(i + 1, j + 1), node(i, j + 1)]]];
			});
			const corners: Steps[] = [[0, 0], [side, 0], [side, side], [0, side]]; // prettier-ignore
			const outline = polygonsOfSteps([[[corners]]]);
			const arrangement = arrange([outline, polygonsOfSteps(cells)]);
			const [{ offsets: inside }, { offsets: cover, features }] = arrangement.covers;
			const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) => {
				if (inside[face] === inside[face + 1]) return 0;
				return cover[face] === cover[face + 1] ? 1000 + face : 1 + features[cover[face]];
			});
			return { set: dissolveFaces(arrangement, labels), outline };
		});
}

/** A made-up town of some hundred parcels. */
export function anyTown(): fc.Arbitrary<OutlinedSet> {
	return fc
		.record({ count: fc.integer({ min: 60, max: 250 }), seed: fc.nat() })
		.map(({ count, seed }) => streetCoverage(count, { seed, riverVertices: 60 }));
}

/** The set with the faults made one after the other. */
export function makeFaults(given: OutlinedSet, faults: readonly Fault[]): OutlinedSet {
	return faults.reduce(makeFault, given);
}

function makeFault({ set, outline }: OutlinedSet, fault: Fault): OutlinedSet {
	const shapes = Array.from(set.parcelNos, (_, f) => openShape(set.polygons, f));
	if (shapes.length === 0) return { set, outline };
	const nos = [...set.parcelNos];
	const f = fault.at % shapes.length;
	const ring: Ring = shapes[f][0]?.[0] ?? [];
	const v = ring.length === 0 ? 0 : fault.vertex % ring.length;
	const [a, b, c] = placesIn(outline, fault.far);
	const near = (place: Place): Place => [
		place[0] + fault.near[0] * GRID_STEP_DEG,
		place[1] + fault.near[1] * GRID_STEP_DEG,
	];
	const withRing = (next: Ring) =>
		shapes.map((shape, g): Shape =>
			g === f && ring.length > 0 ? [[next, ...shape[0].slice(1)], ...shape.slice(1)] : shape,
		);
	const spliced = (drop: number, ...places: Place[]) => withRing(ring.toSpliced(v, drop, ...places));
	const put = (next: readonly Shape[], nextNos: readonly number[] = nos) => ({
		set: { parcelNos: Int32Array.from(nextNos), polygons: flattenMultiPolygons(next) },
		outline,
	});
	const add = (...added: Shape[]) =>
		put([...shapes, ...added], [...nos, ...added.map((_, i) => 900_000 + nos.length + i)]);
	const mapped = (shape: Shape, move: (place: Place) => Place): Shape =>
		shape.map((rings) => rings.map((r) => r.map(move)));
	/** Shrinks about a place; equal places stay equal. */
	const shrink = ([x, y]: Place): Place => [
		snapToGrid(a[0] + (x - a[0]) * (0.2 + 0.6 * fault.far[1][0])),
		snapToGrid(a[1] + (y - a[1]) * (0.2 + 0.6 * fault.far[1][0])),
	];
	switch (fault.kind) {
		case 'vertex moved near':
			return put(ring.length > 0 ? spliced(1, near(ring[v])) : shapes);
		case 'vertex moved far':
			return put(spliced(1, a));
		case 'vertex dropped':
			return put(spliced(1));
		case 'vertex added':
			return put(spliced(0, a));
		case 'vertex moved everywhere': {
			const isThere = (place: Place) => place[0] === ring[v][0] && place[1] === ring[v][1];
			const move = (place: Place) => (isThere(place) ? near(place) : place);
			return put(ring.length > 0 ? shapes.map((shape) => mapped(shape, move)) : shapes);
		}
		case 'spike':
			return put(ring.length > 0 ? spliced(0, ring[v], a) : shapes);
		case 'vertex unusable':
			return put(spliced(1, [Number.NaN, 1]));
		case 'parcel dropped':
			return put(shapes.toSpliced(f, 1), nos.toSpliced(f, 1));
		case 'parcel emptied':
			return put(shapes.with(f, []));
		case 'parcel doubled near':
			return add(mapped(shapes[f], near));
		case 'parcel doubled inside itself': {
			const middle = (k: 0 | 1) => ring.reduce((sum, place) => sum + place[k] / ring.length, 0);
			const [x, y] = [middle(0), middle(1)];
			return add([[ring.map((place): Place => [(x + place[0]) / 2, (y + place[1]) / 2])]]);
		}
		case 'parcel moved near':
			return put(shapes.with(f, mapped(shapes[f], near)));
		case 'box added':
			return add([[[a, [b[0], a[1]], b, [a[0], b[1]]]]]);
		case 'triangle added':
			return add([[[a, b, c]]]);
		case 'line added':
			return add([[[a, b, c, b]]]);
		case 'chord added': {
			const [p, q, r] = [0, 1, 2].map((k) => ring[(v + k) % ring.length]);
			return ring.length > 3 ? add([[[p, r, near(q)]]]) : put(shapes);
		}
		case 'number taken':
			return put(shapes, nos.with(f, nos[fault.vertex % nos.length]));
		case 'number zero':
			return put(shapes, nos.with(f, 0));
		case 'set doubled, smaller':
			return shapes.length > 500 ? put(shapes) : add(...shapes.map((shape) => mapped(shape, shrink)));
		case 'outline moved near': {
			const [[first, ...rest], ...others] = openShape(outline, 0);
			const moved = first.with(fault.vertex % first.length, near(first[fault.vertex % first.length]));
			return { set, outline: flattenMultiPolygons([[[moved, ...rest], ...others]]) };
		}
	}
}

function openShape(polygons: FlatPolygons, feature: number): Shape {
	return nestFeature(polygons, feature).map((rings) => rings.map((ring) => ring.slice(0, -1)));
}

/** Places on the grid at shares of the outline's box. */
function placesIn({ coordinates }: FlatPolygons, shares: readonly Place[]): Place[] {
	const lons = coordinates.filter((_, i) => i % 2 === 0);
	const lats = coordinates.filter((_, i) => i % 2 === 1);
	const within = (values: Float64Array, share: number) => {
		const least = Math.min(...values);
		return snapToGrid(least + share * (Math.max(...values) - least));
	};
	return shares.map(([east, north]): Place => [within(lons, east), within(lats, north)]);
}
