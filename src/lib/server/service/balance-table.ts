import { controlledRounding } from '$geo/area/controlled-rounding.ts';
import { fitToMargins } from '$geo/area/fit-to-margins.ts';
import { areaStep, formatArea, formatSteps, type AreaUnit } from '$geo/area/unit.ts';
import { classTable } from '$lib/domain/balance/class-table.ts';
import type { ParcelColumns } from '$lib/domain/balance/parcel-columns.ts';
import { ancestorAtLevel, classKey } from '$lib/domain/land-use/class-key.ts';
import type { ZoneRecord } from './zone-record.ts';

export type Level = 1 | 2 | 3;

export interface TableChoice {
	readonly level: Level;
	readonly unit: AreaUnit;
}

type NamedLine = 'unclassified' | 'withheld' | 'uncovered';

/** Decimals of a table in each unit; m² are exact, the others are rounded together. */
const DECIMALS: Readonly<Record<AreaUnit, number>> = { m2: 2, ha: 2, mu: 2, km2: 4 };

/** An area of whole 0.01 m² as exact text in m². */
export function areaText(areaDm2: number): string {
	return formatArea(areaDm2, 'm2', 2);
}

/** For every class of the zone's list, the index of the class that it counts as in a table of a level. */
export function linesAtLevel({ classes, zone }: ZoneRecord, level: Level): Int32Array {
	const byKey = new Map(classes.map((row) => [classKey(row), row]));
	const indexOf = new Map(classes.map((row, index) => [classKey(row), index]));
	const national = { system: zone.landUseSystem, version: zone.landUseVersion };
	return Int32Array.from(classes, (row, index) => {
		const line = ancestorAtLevel(row, level, byKey, national);
		return indexOf.get(classKey(line)) ?? index;
	});
}

/** A coverage's areas by class and park in the chosen unit, with margins that add up. */
export function classTableOf(
	record: ZoneRecord,
	parcels: ParcelColumns,
	lines: Int32Array,
	withheld: readonly boolean[],
	{ level, unit }: TableChoice,
) {
	const table = classTable(parcels, record.parks.length, lines, withheld);
	const text = matrixText(
		table.map((line) => line.cellsDm2),
		unit,
	);
	return {
		level,
		unit,
		decimals: text.decimals,
		columns: [...record.parks.map((park) => park.parkId), 'outside', 'several'],
		lines: table.map(({ line, landUse, parcels: count }, index) => ({
			...axisOf(record, { line, landUse }),
			line,
			cells: text.cells[index],
			total: text.rowTotals[index],
			parcels: count,
		})),
		columnTotals: text.columnTotals,
		total: text.total,
		rounded: unit !== 'm2',
	};
}

/** What a line stands for: its class with names, or a named line, which the words of each language name. */
export function axisOf<Line extends 'class' | NamedLine>(
	{ classes }: ZoneRecord,
	entry: { readonly line: Line; readonly landUse: number | null },
) {
	if (entry.landUse === null) {
		return { line: entry.line, classKey: null, code: null, nameZh: null, nameEn: null };
	}
	const row = classes[entry.landUse];
	const { code, nameZh, nameEn } = row;
	return { line: entry.line, classKey: classKey(row), code, nameZh, nameEn };
}

/** Margins of a matrix as the class tables show them, in whole last digits; null where a table does not show one. */
export interface ShownMargins {
	readonly rows: readonly (number | null)[];
	readonly columns: readonly (number | null)[];
}

/** What a class table shows for the lines of a matrix, in one park's column or in the total. */
export function shownMargins(
	entries: readonly { readonly line: 'class' | NamedLine; readonly landUse: number | null }[],
	table: ReturnType<typeof classTableOf>,
	{ classes }: ZoneRecord,
	park: number | null,
): (number | null)[] {
	return entries.map(({ line, landUse }) => {
		const key = landUse === null ? null : classKey(classes[landUse]);
		const shown = table.lines.find((one) => one.line === line && one.classKey === key);
		if (shown === undefined) return null;
		return Number((park === null ? shown.total : shown.cells[park]).replace('.', ''));
	});
}

/** Writes a table of whole 0.01 m² in a unit with the margins that the reader sees elsewhere, where those add up. */
export function matrixWithMargins(
	cellsDm2: readonly (readonly number[])[],
	unit: AreaUnit,
	margins: ShownMargins,
) {
	const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
	const add = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
	const [rows, columns] = [known(margins.rows), known(margins.columns)];
	const isWhole = rows.length === margins.rows.length && columns.length === margins.columns.length;
	const total = add(rows);
	if (!isWhole || total !== add(columns)) return matrixText(cellsDm2, unit);
	const decimals = DECIMALS[unit];
	const { numerator, denominator } = areaStep(unit, decimals);
	const sizes = cellsDm2.map((row) => row.map((areaDm2) => (areaDm2 * denominator) / numerator));
	const fit = fitToMargins(sizes, rows, columns);
	if (!fit.ok) throw new Error(`the shown margins cannot be met: ${fit.code}`);
	const write = (steps: number) => formatSteps(steps, decimals);
	return {
		unit,
		decimals,
		cells: fit.cells.map((row) => row.map(write)),
		rowTotals: rows.map(write),
		columnTotals: columns.map(write),
		total: write(total),
	};
}

/** Writes a table of whole 0.01 m² in a unit: exact in m², else rounded so that rows, columns and the total agree. */
export function matrixText(cellsDm2: readonly (readonly number[])[], unit: AreaUnit) {
	const decimals = DECIMALS[unit];
	const rounding = controlledRounding(cellsDm2, areaStep(unit, decimals));
	if (!rounding.ok) throw new Error(`stored areas cannot be rounded: ${rounding.code}`);
	const rounded = rounding.table;
	const write = (steps: number) => formatSteps(steps, decimals);
	return {
		unit,
		decimals,
		cells: rounded.cells.map((row) => row.map(write)),
		rowTotals: rounded.rowTotals.map(write),
		columnTotals: rounded.columnTotals.map(write),
		total: write(rounded.total),
	};
}
