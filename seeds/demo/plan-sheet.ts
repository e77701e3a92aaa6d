import { drawBands } from './bands.ts';
import type { Band } from './bands.ts';
import { between, chance, pick, smoothNoise } from './chance.ts';
import { distanceToRingM, isInside, ringAreaM2, ringCentroid } from './curve.ts';
import { RANK, Sheet } from './draft-parcel.ts';
import type { PointM, RingM } from './frame.ts';
import { hasRoomFor, lotSizeM2 } from './lot-size.ts';
import { drawLot } from './lot.ts';
import type { ParkLayout } from './park-layout.ts';
import { PLAN_DISTRICTS, servicesOf } from './plan-uses.ts';
import type { DistrictRule, Weighted } from './plan-uses.ts';
import { pondIn } from './pond.ts';
import type { Quarter } from './quarter.ts';
import { mainDirection } from './ring-cut.ts';
import type { Mouth } from './street-grid.ts';
import { layStreets } from './street-plan.ts';
import type { StreetPlan } from './street-plan.ts';
import { subdivide } from './subdivide.ts';

/** Lots of one use in a row: a theme keeps over about this distance. */
const THEME_M = 1500;
/** A block larger than this is no park, but has parks in it. */
const LARGEST_PARK_M2 = 600_000;
/** Ground this narrow between two bands is planted. */
const NARROW_M = 48;

const LARGE_SITES = /^(1001|0804|0802|1101)/;
/** What stands inside a large site and is not its own. */
const ENCLAVES: Weighted = [
	['1303', 4],
	['1302', 2],
	['1305', 2],
	['1309', 1],
];

/** What a coverage of a park is drawn on. */
export interface Ground {
	readonly layout: ParkLayout;
	readonly bands: readonly Band[];
	readonly quarters: readonly Quarter[];
	/** Lengths of blocks and widths of streets against those of the default parcel count. */
	readonly scale: number;
}

/** A drawn plan, with the streets of each quarter. */
export interface PlanSheet {
	readonly sheet: Sheet;
	readonly streets: readonly StreetPlan[];
}

/** Draws the plan of one park: bands, streets, and blocks cut into lots by the rules of their districts. O(lots + streets · quarters). */
export function planSheet(ground: Ground, seed: number): PlanSheet {
	const { layout, bands, quarters, scale } = ground;
	const sheet = new Sheet();
	const mouths: Mouth[] = [];
	const laid = quarters.map((quarter, q) => {
		const rule = PLAN_DISTRICTS[quarter.district];
		const reach = scale * layout.grain;
		const streets = {
			lengthM: rule.blockM[0] * reach,
			depthM: rule.blockM[1] * reach,
			halfM: rule.halfM * scale,
			branchHalfM: rule.branchHalfM * scale,
			cornerM: 11 * Math.min(1, scale),
			openings: rule.openings,
		};
		const { plan, pieces } = layStreets(quarter.ring, streets, mouths, seed, q);
		mouths.push(...pieces.mouths);
		const classCode = quarter.district === 'country' ? '060102' : '1207';
		for (const street of pieces.streets) sheet.add({ kind: 'street', classCode }, RANK.collector, street);
		for (const corner of pieces.corners) sheet.add({ kind: 'street', classCode }, RANK.lane, corner);
		pieces.blocks.forEach((block, b) => drawBlock(sheet, ground, quarter, block, seed, 500 * q + b));
		return plan;
	});
	drawBands(
		sheet,
		bands,
		mouths.map(({ point }) => point),
		scale,
	);
	return { sheet, streets: laid };
}

function drawBlock(
	sheet: Sheet,
	ground: Ground,
	quarter: Quarter,
	block: RingM,
	seed: number,
	k: number,
): void {
	const { layout, scale } = ground;
	const centre = ringCentroid(block);
	const areaM2 = ringAreaM2(block);
	const { district } = quarter;
	const rule = PLAN_DISTRICTS[district];
	const theme = pick(rule.themes, themeDraw(centre, layout.grain, seed, k));
	if (isNarrow(block, areaM2, NARROW_M * Math.min(1, scale)) && district !== 'country') {
		sheet.add({ kind: 'lot', classCode: chance(seed, 60, k) < 0.6 ? '1402' : '1401' }, RANK.lot, block);
		return;
	}
	if (theme === '1401' && areaM2 < LARGEST_PARK_M2 * Math.max(1, scale * scale)) {
		drawPark(sheet, block, seed, k);
		return;
	}
	const salt = 1000 * k;
	const sizeScale = Math.min(1, scale * scale);
	const isCountry = district === 'country';
	const { lots, lanes } = subdivide(
		block,
		{
			targetM2:
				lotSizeM2(isCountry ? '0103' : theme, chance(seed, 62, k)) * scale * scale * layout.grain ** 0.6,
			skewRad: isCountry ? 0.22 : 0.09,
			laneM: chance(seed, 63, k) < rule.lanes ? 19 * scale : 0,
			deadEnds: 0.3,
			fans: 0.03,
		},
		seed,
		salt,
	);
	for (const lane of lanes)
		sheet.add({ kind: 'street', classCode: isCountry ? '060102' : '1207' }, RANK.lane, lane);
	const services = servicePlan(rule, servicesOf(district), lots.length, seed, k);
	lots.forEach((lot, m) => {
		const middle = ringCentroid(lot);
		const frontage = distanceToRingM(quarter.ring, middle) < 0.75 * Math.sqrt(ringAreaM2(lot));
		const wanted = isCountry ? countryClass(middle, seed) : lotClass(rule, theme, frontage, seed, k, m);
		const hasRoom = (code: string) => hasRoomFor(code, ringAreaM2(lot), sizeScale);
		const smaller = hasRoom(wanted) ? [] : rule.others.filter(([code]) => hasRoom(code));
		const classCode = smaller.length > 0 ? pick(smaller, chance(seed, 81, k, m)) : wanted;
		drawLot(sheet, { kind: 'lot', classCode }, services.get(m) ?? null, lot, sizeScale, seed, salt + 10 * m);
		if (LARGE_SITES.test(classCode)) drawEnclave(sheet, lot, sizeScale, seed, salt + m);
	});
}

/** Says whether a ring is as narrow as a rectangle of its area and circumference. */
function isNarrow(ring: RingM, areaM2: number, widthM: number): boolean {
	let halfM = 0;
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
		halfM += Math.hypot(ring[i][0] - ring[j][0], ring[i][1] - ring[j][1]) / 2;
	return halfM - Math.sqrt(Math.max(0, halfM * halfM - 4 * areaM2)) < 2 * widthM;
}

/** A draw in [0, 1) that is alike for near blocks, so that like uses gather. */
function themeDraw([eastM, northM]: PointM, grain: number, seed: number, k: number): number {
	if (chance(seed, 64, k) < 0.22) return chance(seed, 65, k);
	const noise = smoothNoise(seed, 66, eastM, northM, THEME_M * grain);
	return Math.min(0.999, Math.max(0, 0.5 + 0.75 * noise));
}

function lotClass(
	rule: DistrictRule,
	theme: string,
	frontage: boolean,
	seed: number,
	k: number,
	m: number,
): string {
	if (frontage && chance(seed, 74, k, m) < rule.frontage)
		return chance(seed, 75, k, m) < 0.7 ? '0901' : '0902';
	return chance(seed, 67, k, m) < 0.87 ? theme : pick(rule.others, chance(seed, 68, k, m));
}

function countryClass([eastM, northM]: PointM, seed: number): string {
	const hills = smoothNoise(seed, 69, eastM, northM, 1900);
	if (hills > 0.12) return '0301';
	const fields = smoothNoise(seed, 70, eastM, northM, 1300);
	return fields > 0.35 ? '0201' : fields > -0.15 ? '0103' : '0102';
}

/** Which lots of a block give up a corner for which service. */
function servicePlan(
	rule: DistrictRule,
	choices: Weighted,
	lots: number,
	seed: number,
	k: number,
): Map<number, string> {
	const plan = new Map<number, string>();
	for (let s = 0; s < rule.services && s < lots; s++) {
		if (chance(seed, 71, k, s) < 0.42) continue;
		plan.set(Math.floor(chance(seed, 72, k, s) * lots), pick(choices, chance(seed, 73, k, s)));
	}
	return plan;
}

function drawPark(sheet: Sheet, block: RingM, seed: number, k: number): void {
	sheet.add({ kind: 'lot', classCode: '1401' }, RANK.lot, block);
	if (chance(seed, 76, k) < 0.5) return;
	const centre = ringCentroid(block);
	if (!isInside(block, centre)) return;
	const pond = pondIn(centre, between(0.35, 0.7, seed, 77, k) * distanceToRingM(block, centre), seed, k);
	if (pond) sheet.add({ kind: 'open', classCode: '1704' }, RANK.open, pond);
}

/** Now and then a utility that stands in the middle of a large site. */
function drawEnclave(sheet: Sheet, lot: RingM, sizeScale: number, seed: number, salt: number): void {
	if (chance(seed, 78, salt) > 0.03) return;
	const [x, y] = ringCentroid(lot);
	const [dx, dy] = mainDirection(lot);
	const [along, across] = [36, 24].map(
		(halfM) => halfM * Math.sqrt(sizeScale) * between(0.8, 1.3, seed, 79, salt),
	);
	if (!isInside(lot, [x, y]) || distanceToRingM(lot, [x, y]) < 1.5 * along) return;
	const corner = (a: number, b: number): PointM => [x + a * dx - b * dy, y + a * dy + b * dx];
	const ring = [
		corner(-along, -across),
		corner(along, -across),
		corner(along, across),
		corner(-along, across),
	];
	const classCode = pick(ENCLAVES, chance(seed, 80, salt));
	sheet.add({ kind: 'open', classCode }, RANK.open, ring);
}
