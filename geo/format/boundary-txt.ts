/** A boundary point (界址点) as a file has it: the numbers are kept as they are written. */
export interface BoundaryTxtPoint {
	readonly name: string;
	/** 圈号: 1 is the shell, the others are holes or further parts. */
	readonly ring: number;
	/** X of survey sheets. */
	readonly north: string;
	/** Y of survey sheets. */
	readonly east: string;
	/** Line of the file, from 1. */
	readonly line: number;
}

/** A parcel block of a file: its points ring by ring, the repeated closing points left out. */
export interface BoundaryTxtParcel {
	readonly label: string;
	readonly title: string;
	/** As it is written: hectares by the format, square metres in some files; empty where none is. */
	readonly area: string;
	readonly line: number;
	readonly points: readonly BoundaryTxtPoint[];
}

export interface BoundaryTxt {
	/** What the lines `name=value` before the points say. */
	readonly header: ReadonlyMap<string, string>;
	readonly parcels: readonly BoundaryTxtParcel[];
}

/** What keeps a file from being read; `line` counts from 1. */
export interface BoundaryTxtIssue {
	readonly code:
		| 'boundary-txt.no-points'
		| 'boundary-txt.line-unreadable'
		| 'boundary-txt.parcel-line-missing'
		| 'boundary-txt.count-differs'
		| 'boundary-txt.value-not-taken'
		| 'boundary-txt.too-few-points'
		| 'boundary-txt.too-many-points'
		| 'boundary-txt.too-many-parcels';
	readonly params: {
		readonly line?: number;
		readonly stated?: number;
		readonly found?: number;
		readonly most?: number;
	};
}

export type BoundaryTxtResult =
	| { readonly ok: true; readonly document: BoundaryTxt }
	| { readonly ok: false; readonly issues: readonly BoundaryTxtIssue[] };

/** Decodes a file: UTF-8 where it is that throughout, else GB18030, of which GBK is a part. O(bytes). */
export function decodeChinese(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('gb18030').decode(bytes);
	}
}

/** So many parcels are read of a file, so many points of a parcel and so many characters of its texts. */
export const BOUNDARY_TXT_MOST = { parcels: 200, points: 5000, name: 50, text: 200 } as const;
/** So many issues are gathered: whoever has more hands in another file. */
const MOST_ISSUES = 100;
const NUMBER = /^-?\d{1,12}(\.\d{1,30})?$/;

interface Block {
	readonly line: number;
	readonly fields: readonly string[];
	readonly points: BoundaryTxtPoint[];
	/** The first point of every ring. */
	readonly firsts: Map<number, BoundaryTxtPoint>;
}

const blockAt = (line: number, fields: readonly string[]): Block => ({
	line,
	fields,
	points: [],
	firsts: new Map(),
});

/**
 * Reads the exchange format of boundary points (勘测定界界址点坐标交换格式).
 *
 * Parcel line: point count, area, number, name, …, `@`; point line: name, ring, X (north), Y (east), more columns ignored. Rings may be
 * closed or not, and counted so or not; fields may be blank but for those of points; without any parcel line all is one parcel. Gathers the
 * lines that cannot be read, up to a hundred, and stops at the first beyond `BOUNDARY_TXT_MOST`.
 * Source: files and readers in public use, the format's own text was not at hand. O(characters).
 */
export function readBoundaryTxt(text: string): BoundaryTxtResult {
	const header = new Map<string, string>();
	const blocks: Block[] = [];
	let hasPoints = false;
	// Points alone, as somebody types them, are one parcel.
	if (!/@\s*$/m.test(text)) blocks.push(blockAt(1, ['']));
	const issues: BoundaryTxtIssue[] = [];
	for (const [i, raw] of text
		.replace(/^\ufeff/, '')
		.split(/\r\n?|\n/)
		.entries()) {
		const line = i + 1;
		if (issues.length === MOST_ISSUES) return { ok: false, issues };
		const written = raw.trim();
		if (written === '' || /^\[.*\]$/.test(written)) continue;
		const fields = written.split(/[,，]/).map((field) => field.trim());
		if (fields.at(-1) === '@') {
			if (blocks.length === BOUNDARY_TXT_MOST.parcels) {
				const params = { line, most: BOUNDARY_TXT_MOST.parcels };
				return { ok: false, issues: [...issues, { code: 'boundary-txt.too-many-parcels', params }] };
			}
			blocks.push(blockAt(line, fields));
			continue;
		}
		const entry = /^([^=,，]+)=(.*)$/.exec(written);
		if (entry !== null && !hasPoints) {
			header.set(entry[1].trim(), entry[2].trim());
			continue;
		}
		const [name, ring, north, east] = fields;
		const isPoint = fields.length >= 4 && name !== '' && /^\d{1,4}$/.test(ring);
		if (!isPoint || !NUMBER.test(north) || !NUMBER.test(east))
			issues.push({ code: 'boundary-txt.line-unreadable', params: { line } });
		else if (blocks.length === 0) issues.push({ code: 'boundary-txt.parcel-line-missing', params: { line } });
		else if (Number(ring) === 0 || name.length > BOUNDARY_TXT_MOST.name)
			issues.push({ code: 'boundary-txt.value-not-taken', params: { line } });
		else {
			const { points, firsts } = blocks[blocks.length - 1];
			const point = { name, ring: Number(ring), north, east, line };
			if (!firsts.has(point.ring)) firsts.set(point.ring, point);
			// Closing points do not count.
			if (points.length === BOUNDARY_TXT_MOST.points + firsts.size) {
				const params = { line, most: BOUNDARY_TXT_MOST.points };
				return { ok: false, issues: [...issues, { code: 'boundary-txt.too-many-points', params }] };
			}
			points.push(point);
			hasPoints = true;
		}
	}
	const parcels = blocks.map(({ line, fields: [, area = '', label, title], points, firsts }) => ({
		label: label === '@' ? '' : (label ?? ''),
		title: title === '@' ? '' : (title ?? ''),
		area: NUMBER.test(area) ? area : '',
		line,
		points: withoutClosing(points, firsts),
	}));
	for (const [i, { line, fields, points }] of blocks.entries()) {
		const stated = Number(fields[0]);
		const {
			label,
			title,
			area,
			points: { length: open },
		} = parcels[i];
		if (Math.max(label.length, title.length) > BOUNDARY_TXT_MOST.text || area.startsWith('-'))
			issues.push({ code: 'boundary-txt.value-not-taken', params: { line } });
		if (/^\d+$/.test(fields[0]) && stated !== points.length && stated !== open)
			issues.push({ code: 'boundary-txt.count-differs', params: { line, stated, found: points.length } });
	}
	if (issues.length === 0 && parcels.every(({ points }) => points.length === 0))
		issues.push({ code: 'boundary-txt.no-points', params: {} });
	if (issues.length === 0)
		for (const { line, points } of parcels)
			if (points.length < 3)
				issues.push({ code: 'boundary-txt.too-few-points', params: { line, found: points.length } });
	return issues.length > 0 ? { ok: false, issues } : { ok: true, document: { header, parcels } };
}

/** Leaves out the last point of a ring where it is the first again. */
function withoutClosing(
	points: readonly BoundaryTxtPoint[],
	firsts: ReadonlyMap<number, BoundaryTxtPoint>,
): BoundaryTxtPoint[] {
	return points.filter((point, i) => {
		const first = firsts.get(point.ring);
		const isLast = points[i + 1]?.ring !== point.ring;
		const isFirst = first === point;
		return isFirst || !isLast || first?.north !== point.north || first.east !== point.east;
	});
}
