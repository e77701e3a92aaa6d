import type { BlockSource } from '$seeds/load/coverage-source.ts';
import { featureAlone } from './flat-edit.ts';
import type { ParkCoverage, ParkMap } from './park-map.ts';
import type { Quarter } from './quarter.ts';

/** A quarter with fewer plan parcels or less ground joins a neighbour. */
const LEAST_PARCELS = 4;
const LEAST_M2 = 350_000;
/** Units whose middles lie in one belt of this height have one letter. */
const BELT_M = 1400;

/** The blocks of a park and the code of the block of any quarter. */
export interface ParkBlocks {
	readonly blocks: readonly BlockSource[];
	/** `A03` style; rows are letters from the north. */
	readonly codeAt: (quarter: number) => string;
}

/** The stored id of a park's block. */
export function blockId(parkId: string, code: string): string {
	return `${parkId}-${code}`;
}

/** Makes planning units of a park's quarters; small ones join the nearest large one. O(parcels + quarters²). */
export function parkBlocks({ layout, plan, quarters }: ParkMap): ParkBlocks {
	const counts = new Int32Array(quarters.length);
	for (const quarter of plan.quarters) counts[quarter]++;
	const isUnit = quarters.map(({ areaM2 }, q) => counts[q] >= LEAST_PARCELS && areaM2 >= LEAST_M2);
	const units = quarters.filter((_, q) => isUnit[q]);
	const codes = unitCodes(units);
	const codeOfQuarter = quarters.map((quarter) => codes[nearest(units, quarter)]);
	const codeAt = (quarter: number) => codeOfQuarter[quarter];
	const used = [...new Set(codes)].sort();
	return {
		codeAt,
		blocks: shapes(plan, used, codeAt).map(({ code, polygons }) => ({
			blockId: blockId(layout.parkId, code),
			parkId: layout.parkId,
			nameZh: `${layout.nameZh}示意单元 ${code}`,
			nameEn: `${layout.nameEn} demo unit ${code}`,
			polygons,
		})),
	};
}

/** Letters for belts from the north, numbers from the west in each. */
function unitCodes(units: readonly Quarter[]): string[] {
	const north = Math.max(...units.map(({ centre }) => centre[1]));
	const beltOf = ({ centre }: Quarter) => Math.floor((north - centre[1]) / BELT_M);
	const codes: string[] = [];
	const order = units.map((_, u) => u);
	order.sort((a, b) => beltOf(units[a]) - beltOf(units[b]) || units[a].centre[0] - units[b].centre[0]);
	let number = 0;
	order.forEach((u, k) => {
		const belt = beltOf(units[u]);
		number = k > 0 && beltOf(units[order[k - 1]]) === belt ? number + 1 : 1;
		codes[u] = `${String.fromCharCode(65 + belt)}${String(number).padStart(2, '0')}`;
	});
	return codes;
}

function nearest(units: readonly Quarter[], { centre: [east, north] }: Quarter): number {
	const far = ({ centre }: Quarter): number => (centre[0] - east) ** 2 + (centre[1] - north) ** 2;
	return units.reduce((best, unit, u) => (far(unit) < far(units[best]) ? u : best), 0);
}

function shapes(plan: ParkCoverage, codes: readonly string[], codeAt: ParkBlocks['codeAt']) {
	const labels = Int32Array.from(plan.quarters, (quarter) => codes.indexOf(codeAt(quarter)) + 1);
	const united = plan.united(labels);
	return Array.from(united.labels, (label, f) => ({
		code: codes[label - 1],
		polygons: featureAlone(united.polygons, f),
	}));
}
