import { interiorPoint } from '$geo/arrangement/interior-point.ts';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { joinFeatures, sliceFeature, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { severityAt, type ChangesetIssue, type Moment } from './issue.ts';
import type { TouchedGround } from './touched-ground.ts';

/** What kind of land classes stand for, as far as it is said of them (土地管理法 第4条). */
export interface LandKinds {
	/** 农用地 agricultural, 建设用地 construction, 未利用地 unused; null: what stands on the land decides. */
	categoryOf(landUse: string | null): 'agricultural' | 'construction' | 'unused' | null;
	/** 耕地, a part of agricultural land. */
	isFarmland(landUse: string | null): boolean;
}

/** Ground that a draft newly plans as construction land and that is none today. */
export interface ConversionGround {
	/** The parcel of the plan after the draft. */
	readonly parcelNo: number;
	/** Its class today; null: no class, or no parcel of the current coverage. */
	readonly landUse: string | null;
	/** Null: not known, which is no pass. */
	readonly category: 'agricultural' | 'unused' | null;
	/** Ellipsoidal. */
	readonly areaM2: number;
	/** One feature, degrees (EPSG:4490). */
	readonly shape: FlatPolygons;
}

/** Less ground is what noding moves. */
const LEAST_M2 = 0.01;
const SOURCE = '土地管理法 第23条、第30条';

/** The ground that a draft plans as construction land and the plan before it did not. */
export function newConstruction(
	touched: readonly TouchedGround[],
	{ categoryOf }: LandKinds,
): TouchedGround[] {
	return touched.filter(
		({ landUseBefore, landUseAfter }) =>
			categoryOf(landUseAfter) === 'construction' && categoryOf(landUseBefore) !== 'construction',
	);
}

/**
 * Cuts newly planned construction land by the current parcels under it; what is construction land today needs no conversion and is left out.
 *
 * `current` are the parcels near it, `landUseOf` their classes. O(positions log positions).
 */
export function conversionGround(
	planned: readonly TouchedGround[],
	current: ParcelSet,
	landUseOf: (parcelNo: number) => string | null,
	{ categoryOf }: LandKinds,
): ConversionGround[] {
	if (planned.length === 0) return [];
	const { parcelNos, areaM2, polygons } = overlayParcelSets([piecesOf(planned), current]);
	return [...areaM2.keys()].flatMap((piece) => {
		const [place, currentNo] = [parcelNos[0][piece] - 1, parcelNos[1][piece]];
		const landUse = currentNo === 0 ? null : landUseOf(currentNo);
		const category = categoryOf(landUse);
		if (place < 0 || category === 'construction' || areaM2[piece] < LEAST_M2) return [];
		const shape = sliceFeature(polygons, piece);
		return [{ parcelNo: planned[place].afterNo, landUse, category, areaM2: areaM2[piece], shape }];
	});
}

/** How much of some ground lies inside areas that are given one feature each, in m². O(positions log positions). */
export function areaInsideM2(
	ground: readonly Pick<ConversionGround, 'shape'>[],
	areas: FlatPolygons,
): number {
	const count = areas.featureOffsets.length - 1;
	if (ground.length === 0 || count === 0) return 0;
	const { parcelNos, areaM2 } = overlayParcelSets([
		piecesOf(ground),
		{ parcelNos: new Int32Array(count).fill(1), polygons: areas },
	]);
	return areaM2.reduce(
		(sum, size, piece) => (parcelNos[0][piece] > 0 && parcelNos[1][piece] > 0 ? sum + size : sum),
		0,
	);
}

function piecesOf(ground: readonly Pick<ConversionGround, 'shape'>[]): ParcelSet {
	return {
		parcelNos: Int32Array.from(ground, (_, i) => i + 1),
		polygons: joinFeatures(ground.map(({ shape }) => shape)),
	};
}

/** Sums of conversion ground in m²: farmland is a part of what is agricultural. */
export function conversionSums(ground: readonly ConversionGround[], { isFarmland }: LandKinds) {
	const sumOf = (holds: (one: ConversionGround) => boolean) =>
		ground.reduce((sum, one) => (holds(one) ? sum + one.areaM2 : sum), 0);
	return {
		agriculturalM2: sumOf(({ category }) => category === 'agricultural'),
		farmlandM2: sumOf(({ landUse }) => isFarmland(landUse)),
		unusedM2: sumOf(({ category }) => category === 'unused'),
		unknownM2: sumOf(({ category }) => category === null),
	};
}

/**
 * Warns of land that has to be converted before it may be built on, as `conversion.needed`, and of permanent basic farmland in it, as
 * `conversion.basic-farmland`.
 *
 * Quota and farmland balance are consumed when the conversion is approved, so nothing is charged here. O(pieces).
 */
export function checkConversion(
	ground: readonly ConversionGround[],
	basicFarmlandM2: number,
	kinds: LandKinds,
	moment: Moment,
): ChangesetIssue[] {
	if (ground.length === 0) return [];
	const parcelNos = [...new Set(ground.map(({ parcelNo }) => parcelNo))].sort((a, b) => a - b);
	const largest = ground.reduce((a, b) => (b.areaM2 > a.areaM2 ? b : a));
	const at = interiorPoint(largest.shape, 0);
	const sums = Object.entries(conversionSums(ground, kinds)).filter(([, areaM2]) => areaM2 > 0);
	const issueOf = (code: string, params: ChangesetIssue['params']): ChangesetIssue => {
		return { code, severity: severityAt(code, moment), parcelNos, at, params, source: SOURCE };
	};
	return [
		issueOf('conversion.needed', Object.fromEntries(sums)),
		...(basicFarmlandM2 < LEAST_M2
			? []
			: [issueOf('conversion.basic-farmland', { areaM2: basicFarmlandM2 })]),
	];
}
