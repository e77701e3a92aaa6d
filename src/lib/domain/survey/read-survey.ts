import { GAUSS_KRUGER_ZONES } from '$geo/crs/gauss-kruger.ts';
import { planarRingAreaM2 } from '$geo/area/planar.ts';
import type { BoundaryTxt, BoundaryTxtParcel } from '$geo/format/boundary-txt.ts';
import { ringsOfPart, type SurveyAreaKind, type WrittenSurvey } from './survey.ts';

/** The system that a file says it is written in, by its zone number (带号) and width (几度分带); null where it does not say. */
export function sridOfTxt({ header }: BoundaryTxt): number | null {
	const prefix = Number(header.get('带号'));
	const widthDeg = Number(header.get('几度分带'));
	const zone = GAUSS_KRUGER_ZONES.find((one) => one.prefix === prefix && one.widthDeg === widthDeg);
	return zone?.epsg ?? null;
}

/** Who made what a file holds, by its header (数据产生单位); null where it does not say. */
export function surveyorOfTxt({ header }: BoundaryTxt): string | null {
	return header.get('数据产生单位') ?? null;
}

/**
 * The parcels of a file of boundary points. Which area it states its format does not say: that is `areaKind`.
 *
 * Areas are hectares by the format and square metres in some files: the one that is nearer to what the points enclose. O(points).
 */
export function partsOfTxt({ parcels }: BoundaryTxt, areaKind: SurveyAreaKind): WrittenSurvey['parts'] {
	return parcels.map((parcel, i) => ({
		label: parcel.label === '' ? String(i + 1) : parcel.label,
		title: parcel.title === '' ? null : parcel.title,
		areaM2: toFourDecimals(areaOf(parcel)),
		areaKind,
		points: parcel.points.map(({ name, ring, east, north }) => ({ name, ring, east, north })),
	}));
}

function areaOf(parcel: BoundaryTxtParcel): string | null {
	const stated = Number(parcel.area);
	if (parcel.area === '' || stated === 0) return null;
	const [shell = []] = ringsOfPart(parcel);
	const pairs = Float64Array.from(shell.flatMap(({ east, north }) => [Number(east), Number(north)]));
	const enclosedM2 = Math.abs(planarRingAreaM2(pairs, 0, shell.length));
	// Degrees enclose next to nothing.
	if (enclosedM2 < 1) return timesTenThousand(parcel.area);
	const misfit = (areaM2: number) => Math.abs(Math.log(areaM2 / enclosedM2));
	return misfit(stated) < misfit(stated * 10_000) ? parcel.area : timesTenThousand(parcel.area);
}

/** To a tenth of a thousandth of a square metre: programs write out all digits they have. */
function toFourDecimals(text: string | null): string | null {
	return text === null || (text.split('.')[1] ?? '').length <= 4 ? text : Number(text).toFixed(4);
}

/** Hectares as square metres, in decimal text, exact. */
function timesTenThousand(text: string): string {
	const [whole, fraction = ''] = text.split('.');
	const digits = fraction.padEnd(4, '0');
	const shifted = `${whole}${digits.slice(0, 4)}`.replace(/^0+(?=\d)/, '');
	return digits.length > 4 ? `${shifted}.${digits.slice(4)}` : shifted;
}
