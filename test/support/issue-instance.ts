import { adjustLevels } from '$geo/area/adjust-levels.ts';
import { adjustToControl } from '$geo/area/adjust.ts';
import { apportionToTotal } from '$geo/area/apportion.ts';
import { controlledRounding } from '$geo/area/controlled-rounding.ts';
import { fitToMargins } from '$geo/area/fit-to-margins.ts';
import { DEFAULT_LIMITS } from '$geo/check/check-limits.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { readGeoJsonPolygons } from '$geo/format/geojson.ts';
import { drawing } from '$test/geo/coverage/drawing.ts';
import { refusalsOfEdits } from './edit-refusal.ts';

/** An issue or a refusal as the program makes it. */
export interface Instance {
	readonly code: string;
	readonly params: object;
	readonly parcelNos: readonly number[];
}

/** Issues and refusals of every kind that the kernel makes, each from what it is made of in earnest. */
export function kernelInstances(): Instance[] {
	return [...checkIssues(), ...refusalsOfEdits(), ...areaRefusals(), ...geoJsonIssues()];
}

function checkIssues(): Instance[] {
	const plan = drawing(`
		A-----B-----C-----X
		| E-F | I-J |
		| G-H | K-L |
		M-----N-----O
		P-----Q-----R
	`);
	const bow = drawing(`
		A---B
		  X
		C---D
	`);
	const thin = drawing(
		`
		A----------------------------------------B
		C----------------------------------------D
		E----------------------------------------F
		`,
		2 ** -24 * 1.3,
	);
	const nested = drawing(`
		A-----------B
		| E-------F |
		| | I---J | |
		| | K---L | |
		| G-------H |
		C-----------D
	`);
	const limits = { ...DEFAULT_LIMITS, minAreaM2: () => 1e6, maxVertices: 3 };
	const far = drawing('A---B').parcels({ 1: 'AB' });
	const unusable = plan.parcels({ 1: 'AMNB' });
	unusable.polygons.coordinates[0] = 1e9;
	const faulty: Record<number, string>[] = [
		{ 1: 'AMNB', 2: 'AMOC', 3: 'PQN' },
		{ 1: 'AMNB -EFHG', 2: 'BNOC' },
		{ 1: 'AMNB + CXO', 2: 'BCON', 3: 'BXCB' },
		{ 1: 'AMNB -IJLK' },
		{ 1: 'ABNM -EGHF' },
		{ 1: 'AAMNB' },
	];
	return [
		...faulty.flatMap((rings) => checkParcelSet(plan.parcels(rings), plan.polygons('AMNB'), limits)),
		...['ADBC', 'ABXDCX', 'ABXBDC', 'AXD'].flatMap((ring) =>
			checkParcelSet(bow.parcels({ 1: ring }), undefined, limits),
		),
		...checkParcelSet(thin.parcels({ 1: 'ACDB', 2: 'AEFB' }), undefined, limits),
		...checkParcelSet(nested.parcels({ 1: 'ABDC -EFHG -IJLK' })),
		...checkParcelSet(plan.parcels({ 1: 'AMNB -BNOC' })),
		...checkParcelSet({ ...plan.parcels({ 1: 'AMNB', 2: 'BNOC' }), parcelNos: Int32Array.of(7, 7) }),
		...checkParcelSet(far),
		...checkParcelSet(unusable),
	];
}

/** The refusals of `geo/area`, whose parameters stand beside the code. */
function areaRefusals(): Instance[] {
	const half = { numerator: 1, denominator: 2 };
	const m2 = (limit: number) => ({ limit: { m2: limit } });
	const levels = adjustLevels([{ areasM2: Float64Array.of(1), wholeOf: new Uint32Array() }], 1, m2(1));
	const found: object[] = [
		adjustToControl(Float64Array.of(60, 40), 12_000, { limit: { relative: 0.05 } }),
		adjustToControl(Float64Array.of(60, 40), 1.5, m2(1)),
		adjustToControl(Float64Array.of(60, 40), 1, m2(-1)),
		adjustToControl(Float64Array.of(60, 40), 1, { ...m2(1), unitM2: 0 }),
		adjustToControl(Float64Array.of(60, -1), 1, m2(1)),
		adjustToControl(Float64Array.of(0), 1, m2(1)),
		adjustToControl(Float64Array.of(1e300), 1, m2(1)),
		...(levels.ok ? [] : levels.refusals),
	].map((result) => ('refusal' in result ? (result.refusal as object) : result));
	found.push(
		controlledRounding([[1, NaN]], half),
		controlledRounding([[1, 2], [3]], half),
		controlledRounding([[1]], { numerator: 0, denominator: 1 }),
		controlledRounding([[2 ** 53]], half),
		fitToMargins([[1], [1]], [1, -1], [2]),
		fitToMargins([[1, 1]], [2], [1, 0.5]),
		fitToMargins([[1, 1]], [2], [1, 2]),
		apportionToTotal(Float64Array.of(1, -1), 3),
		apportionToTotal(Float64Array.of(0), 3),
		apportionToTotal(Float64Array.of(1), 0.5),
	);
	return found.flatMap((refusal) => {
		if (!('code' in refusal) || typeof refusal.code !== 'string') return [];
		const params = Object.fromEntries(
			Object.entries(refusal).filter(([name]) => !['ok', 'code'].includes(name)),
		);
		return [{ code: refusal.code, params, parcelNos: [] }];
	});
}

function geoJsonIssues(): Instance[] {
	const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
	const polygon = (...ring: unknown[]) => ({
		type: 'Feature',
		geometry: { type: 'Polygon', coordinates: [ring] },
	});
	const documents = [
		{ type: 'Feature' },
		{ ...collection(), crs: { type: 'name', properties: { name: 'EPSG:4528' } } },
		collection({ type: 'Polygon' }),
		collection({ type: 'Feature', geometry: { type: 'Point', coordinates: [1, 2] } }),
		collection(polygon([1, 2], [1, 3], [2, 3])),
		collection(polygon([1, 2], [1, 'x'], [2, 3], [1, 2])),
		collection(polygon([500_000, 4_600_000], [1, 3], [2, 3], [500_000, 4_600_000])),
	];
	return documents.flatMap((document) => {
		const result = readGeoJsonPolygons(document);
		if (result.ok) return [];
		return result.issues.map(({ code, params, featureIndex }) => ({
			code,
			params: { ...params, featureIndex },
			parcelNos: [],
		}));
	});
}
