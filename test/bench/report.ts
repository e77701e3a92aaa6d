import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Connection } from './postgis-tile.ts';
import type { Timing } from './timing.ts';

const OUTPUT = fileURLToPath(new URL('../output', import.meta.url));

/** What the figures were measured on. */
export async function machineOf(connection: Connection) {
	const [versions] = await connection<{ postgres: string; postgis: string; geos: string; proj: string }[]>`
		select current_setting('server_version') as postgres, postgis_lib_version() as postgis,
			postgis_geos_version() as geos, split_part(postgis_proj_version(), ' ', 1) as proj`;
	return {
		date: new Date().toISOString(),
		cores: cpus().length,
		cpu: cpus()[0]?.model.trim() ?? 'unknown',
		memoryGb: Math.round(totalmem() / 1024 ** 3),
		load: loadavg().map((value) => Number(value.toFixed(2))),
		node: process.version,
		...versions,
	};
}

/** Lines of a table: the first column to the left, the others to the right. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const widths = head.map((name, k) => Math.max(name.length, ...rows.map((row) => row[k].length)));
	const line = (cells: readonly string[]) =>
		cells.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join('  ');
	return [head, widths.map((width) => '─'.repeat(width)), ...rows].map(line).join('\n');
}

/** Milliseconds with three digits that count. */
export function ms(value: number): string {
	return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3);
}

/** Kilobytes of 1,000 bytes. */
export function kb(bytes: number): string {
	return (bytes / 1000).toFixed(1);
}

/** p50 and p95 as two cells. */
export function timeCells({ p50Ms, p95Ms }: Timing): [string, string] {
	return [ms(p50Ms), ms(p95Ms)];
}

/** Writes the figures beside the reports of the tests, a file for each bench; returns the file. */
export function writeFigures(figures: unknown, name = 'bench-figures'): string {
	mkdirSync(OUTPUT, { recursive: true });
	const file = `${OUTPUT}/${name}.json`;
	writeFileSync(file, `${JSON.stringify(figures, null, '\t')}\n`);
	return file;
}
