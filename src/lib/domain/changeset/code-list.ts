import type { ParcelCode } from './parcel-facts.ts';

/** A parcel that a list may name, by its code or by its number. */
export interface ListedParcel {
	readonly parcelNo: number;
	readonly code: ParcelCode | null;
}

/** A line of a list of codes: the parcel that it names and the code for it, or what is wrong with it. */
export interface CodeRow {
	/** Counted from 1. */
	readonly line: number;
	/** The parcel as it is written. */
	readonly key: string;
	readonly code: string;
	readonly parcelNo: number | null;
	/** `same`: the parcel has that code already, known as far as it would be. */
	readonly state: 'fits' | 'same' | 'refused';
	readonly issue: { readonly code: string; readonly params: Readonly<Record<string, string>> } | null;
}

const MOST_CHARACTERS = 100;

/**
 * Reads a list of codes of a status, a line for each parcel: its code of today or its number (negative: new in the draft), then its code to be.
 *
 * Cells are parted by tabs, commas or semicolons, and may stand in double quotes; blank lines are passed over, and so is a first line that names no
 * parcel and whose code has no digit: a heading. Refused are `list.cell-missing`, `list.parcel-unknown`, `list.parcel-repeated`, `code.blank`, `code.too-long`,
 * `code.repeated` (in the list) and `code.taken` (by a parcel that keeps its own, be it that its line is refused). O(parcels + lines).
 */
export function readCodeList(
	text: string,
	parcels: readonly ListedParcel[],
	status: ParcelCode['status'],
): CodeRow[] {
	const byNo = new Map(parcels.map((parcel) => [parcel.parcelNo, parcel]));
	const byCode = new Map(
		parcels.flatMap((parcel) => (parcel.code === null ? [] : [[parcel.code.text, parcel]])),
	);
	const find = (key: string) =>
		byCode.get(key) ?? (/^[-−]?\d+$/.test(key) ? byNo.get(Number(key.replace('−', '-'))) : undefined);
	const lines = text
		.split(/\r\n?|\n/)
		.map((content, i) => ({ line: i + 1, cells: cellsOf(content) }))
		.filter(({ cells }) => cells.some((cell) => cell !== ''))
		.map(({ line, cells: [key, code] }) => ({ line, key, code, parcel: find(key) }));
	const [first] = lines;
	const isHeading = first?.parcel === undefined && !/\d/.test(first?.code ?? '0');
	const rows = isHeading ? lines.slice(1) : lines;
	const seen = { parcels: new Set<number>(), codes: new Set<string>() };
	const read = rows.map(({ line, key, code, parcel }): CodeRow => {
		const row = { line, key, code: code ?? '', parcelNo: parcel?.parcelNo ?? null };
		const refused = (issue: string, params = {}): CodeRow => ({
			...row,
			state: 'refused',
			issue: { code: issue, params },
		});
		if (code === undefined) return refused('list.cell-missing');
		if (parcel === undefined) return refused('list.parcel-unknown', { key });
		if (seen.parcels.has(parcel.parcelNo)) return refused('list.parcel-repeated', { key });
		seen.parcels.add(parcel.parcelNo);
		if (code === '') return refused('code.blank');
		if (code.length > MOST_CHARACTERS) return refused('code.too-long');
		if (seen.codes.has(code)) return refused('code.repeated', { code });
		seen.codes.add(code);
		const isSame = code === parcel.code?.text && status === parcel.code.status;
		return { ...row, state: isSame ? 'same' : 'fits', issue: null };
	});
	return withoutTaken(read, (code) => byCode.get(code)?.parcelNo);
}

/** Refuses the lines that give the code of a parcel that keeps it; a refused line's parcel keeps its own. O(lines), as a code is given once. */
function withoutTaken(rows: CodeRow[], holderOf: (code: string) => number | undefined): CodeRow[] {
	const settled = [...rows];
	const giving = new Set(rows.flatMap(({ parcelNo, state }) => (state === 'fits' ? [parcelNo] : [])));
	const takers = new Map<number | null, number>();
	rows.forEach(({ code, state }, i) => {
		const holder = state === 'fits' ? holderOf(code) : undefined;
		if (holder !== undefined) takers.set(holder, i);
	});
	const refuse = (i: number) => {
		const { parcelNo, code } = rows[i];
		settled[i] = { ...rows[i], state: 'refused', issue: { code: 'code.taken', params: { code } } };
		giving.delete(parcelNo);
		return parcelNo;
	};
	for (const [holder, first] of takers) {
		if (giving.has(holder)) continue;
		let next: number | undefined = first;
		while (next !== undefined && settled[next].state === 'fits') next = takers.get(refuse(next));
	}
	return settled;
}

/** The codes that fit, as a step gives them. */
export function listedCodes(
	rows: readonly CodeRow[],
	status: ParcelCode['status'],
): { parcelNo: number; code: ParcelCode }[] {
	return rows.flatMap(({ parcelNo, code, state }) =>
		parcelNo === null || state !== 'fits' ? [] : [{ parcelNo, code: { text: code, status } }],
	);
}

const CELL = {
	byTab: / *("(?:[^"]|"")*" *|[^\t]*)(\t|$)/y,
	bySign: / *("(?:[^"]|"")*" *|[^,，;；]*)([,，;；]|$)/y,
};

/** The cells of a line of a list, parted by tabs where it has any, else by commas or semicolons; in quotes, a doubled quote is one. O(characters). */
export function cellsOf(line: string): string[] {
	const pattern = new RegExp(line.includes('\t') ? CELL.byTab : CELL.bySign);
	const cells: string[] = [];
	for (;;) {
		const [, cell, separator] = pattern.exec(line) ?? ['', '', ''];
		const content = cell.trim();
		const isQuoted = content.length > 1 && content.startsWith('"') && content.endsWith('"');
		cells.push(isQuoted ? content.slice(1, -1).replaceAll('""', '"') : content);
		if (separator === '') return cells;
	}
}
