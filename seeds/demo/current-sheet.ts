import { drawBands } from './bands.ts';
import { between, chance, pick, smoothNoise } from './chance.ts';
import { distanceToLineM, distanceToRingM, isInside, ringAreaM2, ringCentroid } from './curve.ts';
import { BUILT_MORE, CURRENT_DISTRICTS, FIELD_M2 } from './current-uses.ts';
import type { LotState } from './current-uses.ts';
import { districtAt } from './district.ts';
import { RANK, Sheet } from './draft-parcel.ts';
import type { PointM, RingM } from './frame.ts';
import { drawLot } from './lot.ts';
import type { ParkLayout } from './park-layout.ts';
import type { Ground } from './plan-sheet.ts';
import { isService, PLAN_DISTRICTS } from './plan-uses.ts';
import { pondIn } from './pond.ts';
import { layStreets } from './street-plan.ts';
import type { StreetPlan } from './street-plan.ts';
import { subdivide } from './subdivide.ts';

/** Land this far from the river is neither low nor hilly. */
const FLAT_M = 4500;

/** The ground of a survey, with the plan's streets at any place: streets that are built are where they are planned. */
export interface SurveyedGround extends Ground {
	readonly streetsAt: (point: PointM) => StreetPlan;
}

/** Draws the surveyed state of one park: what is built, half built, and still fields and villages. O(lots). */
export function currentSheet(ground: SurveyedGround, seed: number): Sheet {
	const { layout, bands, quarters, scale, streetsAt } = ground;
	const sheet = new Sheet();
	const mouths: PointM[] = [];
	quarters.forEach((quarter, q) => {
		const stage = stageOf(layout, quarter.centre, seed);
		if (stage === 'rural') {
			drawFields(sheet, ground, quarter.ring, seed, 500 * q);
			return;
		}
		const rule = PLAN_DISTRICTS[quarter.district];
		const streets = {
			lengthM: rule.blockM[0] * scale * layout.grain,
			depthM: rule.blockM[1] * scale * layout.grain,
			halfM: 13 * scale,
			branchHalfM: 9 * scale,
			cornerM: 6 * Math.min(1, scale),
			openings: stage === 'built' ? 0.24 : 0.45,
		};
		const { pieces } = layStreets(quarter.ring, streets, [], seed + 5, q, streetsAt(quarter.centre));
		mouths.push(...pieces.mouths.map(({ point }) => point));
		const built = { kind: 'street', classCode: '1207', state: 'built' } as const;
		for (const street of pieces.streets) sheet.add(built, RANK.collector, street);
		for (const corner of pieces.corners) sheet.add(built, RANK.lane, corner);
		pieces.blocks.forEach((block, b) => {
			const here = stageOf(layout, ringCentroid(block), seed);
			if (here === 'rural') drawFields(sheet, ground, block, seed, 500 * q + b);
			else drawBuilt(sheet, ground, block, here, seed, 500 * q + b);
		});
	});
	drawBands(sheet, bands, mouths, scale);
	return sheet;
}

type Stage = 'built' | 'half' | 'rural';

function stageOf(layout: ParkLayout, point: PointM, seed: number): Stage {
	const { built } = CURRENT_DISTRICTS[districtAt(layout, point, seed)];
	const more = built > 0.3 ? (BUILT_MORE[layout.parkId] ?? 0) : 0;
	const value = built + more + 0.34 * smoothNoise(seed, 105, point[0], point[1], 2300 * layout.grain);
	return value > 0.56 ? 'built' : value > 0.43 ? 'half' : 'rural';
}

function drawBuilt(sheet: Sheet, ground: Ground, block: RingM, stage: Stage, seed: number, k: number): void {
	const centre = ringCentroid(block);
	const rule = CURRENT_DISTRICTS[districtAt(ground.layout, centre, seed)];
	const theme = pick(
		rule.themes,
		0.5 + 0.499 * smoothNoise(seed, 106, centre[0], centre[1], 1100 * ground.layout.grain),
	);
	const area2 = ground.scale * ground.scale * ground.layout.grain ** 0.6;
	const targetM2 = rule.targetM2 * area2 * between(0.8, 1.25, seed, 107, k);
	const laneM = chance(seed, 108, k) < 0.4 ? 12 * ground.scale : 0;
	const { lots, lanes } = subdivide(
		block,
		{ targetM2, skewRad: 0.14, laneM, deadEnds: 0.4 },
		seed + 7,
		1000 * k,
	);
	for (const lane of lanes) sheet.add({ kind: 'street', classCode: '1207', state: 'built' }, RANK.lane, lane);
	lots.forEach((lot, m) => {
		const draw = chance(seed, 109, k, m);
		const use = chance(seed, 110, k, m) < 0.76 ? theme : pick(rule.others, chance(seed, 111, k, m));
		const state: LotState =
			stage === 'half'
				? draw < 0.3
					? 'built'
					: draw < 0.58
						? 'building'
						: 'vacant'
				: draw < 0.93
					? 'built'
					: 'vacant';
		const worn = state === 'built' && use.startsWith('1001') && chance(seed, 112, k, m) < 0.22;
		const classCode = state === 'vacant' ? '2301' : use;
		const service = state === 'built' && isService(use) ? use : null;
		const draft = {
			kind: 'lot',
			classCode: service ? theme : classCode,
			state: worn ? 'worn' : state,
		} as const;
		drawLot(sheet, draft, service, lot, Math.min(1, area2), seed + 3, 1000 * k + m);
	});
}

function drawFields(sheet: Sheet, ground: Ground, block: RingM, seed: number, k: number): void {
	const area2 = ground.scale * ground.scale * ground.layout.grain ** 0.6;
	const targetM2 = FIELD_M2 * area2 * between(0.75, 1.3, seed, 113, k);
	const laneM = chance(seed, 114, k) < 0.7 ? 7 : 0;
	const { lots, lanes } = subdivide(block, { targetM2, skewRad: 0.2, laneM }, seed + 9, 1000 * k);
	for (const lane of lanes)
		sheet.add({ kind: 'street', classCode: '060102', state: 'rural' }, RANK.lane, lane);
	lots.forEach((lot, m) => {
		const classCode = fieldClass(ground, ringCentroid(lot), chance(seed, 115, k, m), seed);
		sheet.add({ kind: 'lot', classCode, state: 'rural' }, RANK.lot, lot);
		drawEnclave(sheet, lot, seed, 1000 * k + m);
	});
	const villages = Math.round(ringAreaM2(block) / 3.2e6 + between(-0.3, 0.6, seed, 116, k));
	for (let v = 0; v < villages; v++) drawVillage(sheet, ground, block, lots, area2, seed, 20 * k + v);
}

/** Now and then a pond or a farm in the middle of a field. */
function drawEnclave(sheet: Sheet, lot: RingM, seed: number, salt: number): void {
	if (chance(seed, 123, salt) > 0.04) return;
	const centre = ringCentroid(lot);
	if (!isInside(lot, centre)) return;
	const radiusM = Math.min(60, 0.5 * distanceToRingM(lot, centre));
	const ring = pondIn(centre, radiusM, seed, salt);
	const classCode = chance(seed, 124, salt) < 0.7 ? '1704' : '060202';
	if (ring) sheet.add({ kind: 'open', classCode, state: 'rural' }, RANK.open, ring);
}

function fieldClass({ bands }: Ground, point: PointM, draw: number, seed: number): string {
	const [eastM, northM] = point;
	const river = bands.find(({ kind }) => kind === 'river');
	if (draw < 0.03) return draw < 0.012 ? '060201' : draw < 0.02 ? '060202' : '1704';
	const fromRiverM = river ? distanceToLineM(river.course, point) : FLAT_M;
	const hills = smoothNoise(seed, 69, eastM, northM, 1900) + 0.8 * Math.min(0.6, fromRiverM / 9000 - 0.5);
	if (hills > 0.28) return draw < 0.8 ? '0301' : '0303';
	const fields = smoothNoise(seed, 117, eastM, northM, 1500);
	if (fields > 0.45) return '0201';
	if (fromRiverM < 3200 && fields < 0.1) return '0101';
	return draw < 0.75 ? (fields > -0.2 ? '0103' : '0102') : draw < 0.9 ? '0102' : '0403';
}

function drawVillage(
	sheet: Sheet,
	ground: Ground,
	block: RingM,
	lots: readonly RingM[],
	area2: number,
	seed: number,
	salt: number,
): void {
	const near = lots[Math.floor(chance(seed, 118, salt) * lots.length)];
	const [eastM, northM] = ringCentroid(near);
	const centre: PointM = [
		eastM + between(-120, 120, seed, 119, salt),
		northM + between(-120, 120, seed, 120, salt),
	];
	if (!isInside(block, centre)) return;
	const radiusM = between(130, 290, seed, 121, salt) * Math.min(1.2, 1.15 * ground.scale ** 0.5);
	const ring = pondIn(centre, radiusM, seed, 7000 + salt);
	if (!ring) return;
	const { lots: parts, lanes } = subdivide(
		ring,
		{ targetM2: 48000 * area2, skewRad: 0.2, laneM: 8, fans: 0.1 },
		seed,
		salt,
	);
	for (const lane of lanes)
		sheet.add({ kind: 'street', classCode: '060101', state: 'built' }, RANK.open, lane);
	parts.forEach((part, m) => {
		const draw = chance(seed, 122, salt, m);
		const classCode = draw < 0.86 ? '0703' : draw < 0.92 ? '0704' : draw < 0.97 ? '1001' : '2301';
		const state: LotState = classCode === '1001' ? 'worn' : classCode === '2301' ? 'vacant' : 'built';
		sheet.add({ kind: 'open', classCode, state }, RANK.open, part);
	});
}
