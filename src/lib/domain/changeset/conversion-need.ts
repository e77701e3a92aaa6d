import { interiorPoint } from '$geo/arrangement/interior-point.ts';
import { overlayParcelSets, type Overlay } from '$geo/arrangement/overlay.ts';
import {
	joinFeatures,
	pickFeatures,
	sliceFeature,
	type FlatPolygons,
	type LonLat,
} from '$geo/flat-polygons.ts';
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
	/** How much of it is permanent basic farmland (永久基本农田). */
	readonly basicFarmlandM2: number;
	/** Which of the planned ground it is part of, and of which current parcel (0: none). */
	readonly place: number;
	readonly currentNo: number;
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

/** What newly planned construction land is cut by: the current parcels near it, and basic farmland, one feature each. */
export function conversionSets(
	planned: readonly TouchedGround[],
	current: ParcelSet,
	basicFarmland: FlatPolygons,
): readonly ParcelSet[] {
	const isThere = new Int32Array(basicFarmland.featureOffsets.length - 1).fill(1);
	return [setOf(planned), current, { parcelNos: isThere, polygons: basicFarmland }];
}

/**
 * Lists what an overlay of `conversionSets` finds: newly planned construction land by the current parcel under it. What is construction land today
 * needs no conversion and is left out. O(pieces).
 */
export function conversionGround(
	planned: readonly TouchedGround[],
	{ parcelNos: [places, currentNos, farmland], areaM2 }: Pick<Overlay, 'parcelNos' | 'areaM2'>,
	landUseOf: (parcelNo: number) => string | null,
	{ categoryOf }: LandKinds,
): ConversionGround[] {
	const parts = new Map<
		string,
		{ place: number; currentNo: number; areaM2: number; basicFarmlandM2: number }
	>();
	for (const [piece, size] of areaM2.entries()) {
		const [place, currentNo] = [places[piece] - 1, currentNos[piece]];
		if (place < 0) continue;
		const key = `${place} ${currentNo}`;
		const part = parts.get(key) ?? { place, currentNo, areaM2: 0, basicFarmlandM2: 0 };
		part.areaM2 += size;
		if (farmland[piece] > 0) part.basicFarmlandM2 += size;
		parts.set(key, part);
	}
	return [...parts.values()].flatMap((part) => {
		const landUse = part.currentNo === 0 ? null : landUseOf(part.currentNo);
		const category = categoryOf(landUse);
		if (category === 'construction' || part.areaM2 < LEAST_M2) return [];
		return [{ ...part, parcelNo: planned[part.place].afterNo, landUse, category }];
	});
}

/** A point inside the largest piece of some conversion ground, which is cut out for it. O(edges near that piece). */
export function conversionPlace(
	ground: readonly ConversionGround[],
	planned: readonly TouchedGround[],
	current: ParcelSet,
): LonLat {
	const { place, currentNo } = ground.reduce((a, b) => (b.areaM2 > a.areaM2 ? b : a));
	// Where no parcel lies, all of them bound the piece.
	const rows = [...current.parcelNos.keys()].filter((row) => [0, current.parcelNos[row]].includes(currentNo));
	const { parcelNos, polygons } = overlayParcelSets([
		setOf([planned[place]]),
		{
			parcelNos: current.parcelNos.filter((_, row) => rows.includes(row)),
			polygons: pickFeatures(current.polygons, rows),
		},
	]);
	const piece = parcelNos[0].findIndex((no, i) => no === 1 && parcelNos[1][i] === currentNo);
	return interiorPoint(sliceFeature(polygons, piece), 0);
}

function setOf(ground: readonly TouchedGround[]): ParcelSet {
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
		basicFarmlandM2: ground.reduce((sum, one) => sum + one.basicFarmlandM2, 0),
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
	at: LonLat,
	kinds: LandKinds,
	moment: Moment,
): ChangesetIssue[] {
	if (ground.length === 0) return [];
	const parcelNos = [...new Set(ground.map(({ parcelNo }) => parcelNo))].sort((a, b) => a - b);
	const { basicFarmlandM2, ...kindsM2 } = conversionSums(ground, kinds);
	const sums = Object.entries(kindsM2).filter(([, areaM2]) => areaM2 > 0);
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
