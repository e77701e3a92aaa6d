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
		| 'boundary-txt.count-differs';
	readonly params: { readonly line?: number; readonly stated?: number; readonly found?: number };
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

const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * Reads the exchange format of boundary points (勘测定界界址点坐标交换格式).
 *
 * Parcel line: point count, area, number, name, …, `@`; point line: name, ring, X (north), Y (east), more columns ignored. Rings may be
 * closed or not, and counted so or not; fields may be blank but for those of points; without any parcel line all is one parcel. Gathers every line that cannot be read.
 * Source: files and readers in public use, the format's own text was not at hand. O(characters).
 */
export function readBoundaryTxt(text: string): BoundaryTxtResult {
	const header = new Map<string, string>();
	const blocks: { line: number; fields: string[]; points: BoundaryTxtPoint[] }[] = [];
	// Points alone, as somebody types them, are one parcel.
	if (!/@\s*$/m.test(text)) blocks.push({ line: 1, fields: [''], points: [] });
	const issues: BoundaryTxtIssue[] = [];
	for (const [i, raw] of text
		.replace(/^\ufeff/, '')
		.split(/\r\n?|\n/)
		.entries()) {
		const line = i + 1;
		const written = raw.trim();
		if (written === '' || /^\[.*\]$/.test(written)) continue;
		const fields = written.split(/[,，]/).map((field) => field.trim());
		if (fields.at(-1) === '@') {
			blocks.push({ line, fields, points: [] });
			continue;
		}
		const entry = /^([^=,，]+)=(.*)$/.exec(written);
		if (entry !== null && blocks.every(({ points }) => points.length === 0)) {
			header.set(entry[1].trim(), entry[2].trim());
			continue;
		}
		const [name, ring, north, east] = fields;
		const isPoint = fields.length >= 4 && name !== '' && /^\d{1,4}$/.test(ring);
		if (!isPoint || !NUMBER.test(north) || !NUMBER.test(east))
			issues.push({ code: 'boundary-txt.line-unreadable', params: { line } });
		else if (blocks.length === 0) issues.push({ code: 'boundary-txt.parcel-line-missing', params: { line } });
		else blocks[blocks.length - 1].points.push({ name, ring: Number(ring), north, east, line });
	}
	const parcels = blocks.map(({ line, fields: [, area = '', label, title], points }) => ({
		label: label === '@' ? '' : (label ?? ''),
		title: title === '@' ? '' : (title ?? ''),
		area: NUMBER.test(area) ? area : '',
		line,
		points: withoutClosing(points),
	}));
	for (const [i, { line, fields, points }] of blocks.entries()) {
		const stated = Number(fields[0]);
		const open = parcels[i].points.length;
		if (/^\d+$/.test(fields[0]) && stated !== points.length && stated !== open)
			issues.push({ code: 'boundary-txt.count-differs', params: { line, stated, found: points.length } });
	}
	if (issues.length === 0 && parcels.every(({ points }) => points.length === 0))
		issues.push({ code: 'boundary-txt.no-points', params: {} });
	return issues.length > 0 ? { ok: false, issues } : { ok: true, document: { header, parcels } };
}

/** Leaves out the last point of a ring where it is the first again. */
function withoutClosing(points: readonly BoundaryTxtPoint[]): BoundaryTxtPoint[] {
	return points.filter((point, i) => {
		const first = points.find(({ ring }) => ring === point.ring);
		const isLast = points[i + 1]?.ring !== point.ring;
		const isFirst = first === point;
		return isFirst || !isLast || first?.north !== point.north || first.east !== point.east;
	});
}
