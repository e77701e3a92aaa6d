import type { BlockSource } from '$seeds/load/coverage-source.ts';
import { featureAlone } from './flat-edit.ts';
import type { ParkCoverage, ParkMap } from './park-map.ts';

/** A superblock with fewer plan parcels joins a neighbour. */
const LEAST_PARCELS = 8;

/** The blocks of a park and the code of the block of any superblock. */
export interface ParkBlocks {
	readonly blocks: readonly BlockSource[];
	/** `A03` style; rows are letters from the north. */
	readonly codeAt: (superblock: readonly [column: number, row: number]) => string;
}

/** The stored id of a park's block. */
export function blockId(parkId: string, code: string): string {
	return `${parkId}-${code}`;
}

/** Makes planning units of a park's arterial superblocks; small ones at the rim join their fullest neighbour. O(parcels). */
export function parkBlocks({ layout, plan }: ParkMap): ParkBlocks {
	const counts = new Map<string, number>();
	for (const superblock of plan.superblocks)
		counts.set(key(superblock), (counts.get(key(superblock)) ?? 0) + 1);
	const hosts = new Map<string, string>();
	for (const [small, count] of [...counts].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))) {
		if (count >= LEAST_PARCELS) continue;
		const [column, row] = small.split(',').map(Number);
		const beside = [
			[column + 1, row],
			[column - 1, row],
			[column, row + 1],
			[column, row - 1],
		].map(key);
		const host = beside.reduce((best, k) => ((counts.get(k) ?? 0) > (counts.get(best) ?? 0) ? k : best));
		if ((counts.get(host) ?? 0) <= count) continue;
		hosts.set(small, host);
		counts.set(host, (counts.get(host) ?? 0) + count);
	}
	const hostOf = (superblock: readonly number[]): string => {
		let host = key(superblock);
		for (let next = hosts.get(host); next !== undefined; next = hosts.get(host)) host = next;
		return host;
	};
	const used = [...new Set(plan.superblocks.map(hostOf))].map((host) => host.split(',').map(Number));
	const north = Math.max(...used.map(([, row]) => row));
	const west = Math.min(...used.map(([column]) => column));
	const codeOf = ([column, row]: readonly number[]): string =>
		`${letters(north - row)}${String(column - west + 1).padStart(2, '0')}`;
	const codeAt = (superblock: readonly [number, number]): string => {
		const host = hostOf(superblock);
		const known = counts.has(host) ? host.split(',').map(Number) : nearest(used, superblock);
		return codeOf(known);
	};
	const codes = [...new Set(used.map(codeOf))].sort();
	return {
		codeAt,
		blocks: shapes(plan, codes, codeAt).map(({ code, polygons }) => ({
			blockId: blockId(layout.parkId, code),
			parkId: layout.parkId,
			nameZh: `${layout.nameZh}示意单元 ${code}`,
			nameEn: `${layout.nameEn} demo unit ${code}`,
			polygons,
		})),
	};
}

function shapes(plan: ParkCoverage, codes: readonly string[], codeAt: ParkBlocks['codeAt']) {
	const labels = Int32Array.from(plan.superblocks, (superblock) => codes.indexOf(codeAt(superblock)) + 1);
	const united = plan.united(labels);
	return Array.from(united.labels, (label, f) => ({
		code: codes[label - 1],
		polygons: featureAlone(united.polygons, f),
	}));
}

function key([column, row]: readonly number[]): string {
	return `${column},${row}`;
}

function letters(k: number): string {
	return k < 26 ? String.fromCharCode(65 + k) : letters(Math.floor(k / 26) - 1) + letters(k % 26);
}

function nearest(used: readonly number[][], [column, row]: readonly [number, number]): number[] {
	const far = ([c, r]: readonly number[]): number => (c - column) ** 2 + (r - row) ** 2;
	return used.reduce((best, candidate) => (far(candidate) < far(best) ? candidate : best));
}
