import { drawBands, PLAN_BANDS } from './bands.ts';
import { chance, pick, smoothNoise } from './chance.ts';
import { distanceToRingM, isInside, ringAreaM2, ringCentroid } from './curve.ts';
import { districtAt } from './district.ts';
import { RANK, Sheet } from './draft-parcel.ts';
import type { PointM, RingM } from './frame.ts';
import { runsAlongBand } from './ground.ts';
import type { Ground } from './ground.ts';
import { drawLot } from './lot.ts';
import { PLAN_DISTRICTS, servicesOf } from './plan-uses.ts';
import type { DistrictRule, Weighted } from './plan-uses.ts';
import { pondIn } from './pond.ts';
import { streetGraph } from './street-graph.ts';
import { isArterial } from './street-mesh.ts';
import { drawStreets } from './street-sheet.ts';
import { subdivide } from './subdivide.ts';

/** Lots of one use in a row: a theme keeps over about this distance. */
const THEME_M = 1500;
/** A block larger than this is no park, but has parks in it. */
const LARGEST_PARK_M2 = 800000;

/** Draws the plan of one park: bands, streets, and blocks cut into lots by the rules of their districts. O(lots). */
export function planSheet(ground: Ground, seed: number): Sheet {
	const { layout, mesh, near } = ground;
	const sheet = new Sheet();
	drawBands(sheet, layout, mesh, PLAN_BANDS, seed);
	const graph = streetGraph(mesh, near.around, (column, row, arm) => {
		if (!ground.isNearInside(column, row)) return true;
		if (runsAlongBand(ground, column, row, arm)) return false;
		if (isArterial(arm === 0 ? row : column)) return true;
		const here = districtAt(layout, ground.cellCentre(column, row), seed);
		const there = districtAt(layout, ground.cellCentre(column - arm, row - 1 + arm), seed);
		return here !== there || chance(seed, 61 + arm, column, row) >= PLAN_DISTRICTS[here].openings;
	});
	const blocks = drawStreets(sheet, ground, graph, { arterialM: 32, collectorM: 19, cornerM: 13 });
	blocks.forEach((block, k) => drawBlock(sheet, ground, block, seed, k));
	return sheet;
}

function drawBlock(sheet: Sheet, ground: Ground, block: RingM, seed: number, k: number): void {
	const centre = ringCentroid(block);
	const district = districtAt(ground.layout, centre, seed);
	const rule = PLAN_DISTRICTS[district];
	const theme = pick(rule.themes, themeDraw(centre, ground.layout.grain, seed, k));
	if (
		(theme === '1401' && ringAreaM2(block) < LARGEST_PARK_M2) ||
		(theme === '080403' && ringAreaM2(block) < 90000)
	) {
		drawPark(sheet, theme, block, seed, k);
		return;
	}
	const salt = 1000 * k;
	const { lots, lanes } = subdivide(
		block,
		{
			targetM2: rule.targetM2 * ground.lotScale * (0.75 + 0.5 * chance(seed, 62, k)),
			skewRad: district === 'country' ? 0.22 : 0.09,
			laneM: chance(seed, 63, k) < rule.lanes ? 16 * ground.widthScale : 0,
		},
		seed,
		salt,
	);
	for (const lane of lanes) {
		const classCode = district === 'country' ? '060102' : '1207';
		sheet.add({ kind: 'street', classCode }, RANK.lane, lane);
	}
	const services = servicePlan(rule, servicesOf(district), lots.length, seed, k);
	lots.forEach((lot, m) => {
		const classCode =
			district === 'country' ? countryClass(ringCentroid(lot), seed) : lotClass(rule, theme, seed, k, m);
		drawLot(sheet, { kind: 'lot', classCode }, services.get(m) ?? null, lot, seed, salt + 10 * m);
	});
}

/** A draw in [0, 1) that is alike for near blocks, so that like uses gather. */
function themeDraw([eastM, northM]: PointM, grain: number, seed: number, k: number): number {
	if (chance(seed, 64, k) < 0.3) return chance(seed, 65, k);
	const noise = smoothNoise(seed, 66, eastM, northM, THEME_M * grain);
	return Math.min(0.999, Math.max(0, 0.5 + 0.75 * noise));
}

function lotClass(rule: DistrictRule, theme: string, seed: number, k: number, m: number): string {
	return chance(seed, 67, k, m) < 0.8 ? theme : pick(rule.others, chance(seed, 68, k, m));
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

function drawPark(sheet: Sheet, classCode: string, block: RingM, seed: number, k: number): void {
	sheet.add({ kind: 'lot', classCode }, RANK.lot, block);
	if (classCode !== '1401') return;
	const centre = ringCentroid(block);
	if (!isInside(block, centre)) return;
	const pond = pondIn(centre, 0.55 * distanceToRingM(block, centre), seed, k);
	if (pond) sheet.add({ kind: 'open', classCode: '1704' }, RANK.open, pond);
}
