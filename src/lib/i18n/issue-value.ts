import { unitName } from './format-area.ts';
import { formatNumber } from './format-number.ts';
import type { Locale } from './locale.ts';

/** Parameters that count from 0; people count from 1. */
const INDEX_NAMES: ReadonlySet<string> = new Set([
	'column',
	'featureIndex',
	'index',
	'move',
	'part',
	'position',
	'row',
]);

const UNIT_OF_SUFFIX: readonly (readonly [
	suffix: string,
	write: (value: number, locale: Locale) => string,
])[] = [
	['M2', (value, locale) => `${written(value, 2)}\u00a0${unitName('m2', locale)}`],
	[
		'M',
		(value, locale) => `${trimmed(value, Math.abs(value) < 1 ? 3 : 2)}\u00a0${locale === 'zh' ? '米' : 'm'}`,
	],
	['Deg', (value) => `${trimmed(value, 1)}°`],
	['Relative', (value) => `${trimmed(value * 100, 2)}%`],
];

/** Parameters for programs, no words of a sentence. */
const UNWORDED_NAMES: ReadonlySet<string> = new Set(['nearPlaces']);

const PARCELS_NAMED = 4;

/**
 * Writes a parameter of an issue for people: the end of its name says the unit (areaM2, widthM, angleDeg, misfitRelative).
 *
 * Areas have the two decimals that are stored, lengths go to the millimetre below a metre and to the centimetre above; what is there but
 * rounds to nothing reads "<0.01". Null where there is nothing to say: no value, or a number that is none.
 */
export function issueValue(locale: Locale, name: string, value: unknown): string | null {
	if (UNWORDED_NAMES.has(name)) return null;
	if (typeof value === 'string') return value === '' ? null : value;
	if (typeof value !== 'number' || !Number.isFinite(value)) return null;
	if (INDEX_NAMES.has(name)) return String(value + 1);
	const unit = UNIT_OF_SUFFIX.find(([suffix]) => name.endsWith(suffix));
	if (unit !== undefined) return unit[1](value, locale);
	return Number.isInteger(value) ? formatNumber(value) : String(value);
}

/** Names parcels one after the other, the first four of many; null for none. */
export function issueParcels(
	locale: Locale,
	parcelNos: readonly number[],
	nameOfParcel: (parcelNo: number) => string = (parcelNo) => parcelNumber(locale, parcelNo),
): string | null {
	if (parcelNos.length === 0) return null;
	const named = parcelNos.slice(0, PARCELS_NAMED).map(nameOfParcel);
	const more = parcelNos.length - named.length;
	if (locale === 'zh') return named.join('、') + (more > 0 ? ` 等 ${parcelNos.length} 个` : '');
	return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** A number as a parcel's name; those of a draft are negative. */
function parcelNumber(locale: Locale, parcelNo: number): string {
	if (!(parcelNo < 0)) return String(parcelNo);
	return locale === 'zh' ? `新 ${-parcelNo}` : `new ${-parcelNo}`;
}

function written(value: number, decimals: number): string {
	const smallest = 10 ** -decimals;
	return value !== 0 && Math.abs(value) < smallest / 2 ? `<${smallest}` : formatNumber(value, decimals);
}

/** As `written`, without zeros at the end. */
function trimmed(value: number, decimals: number): string {
	return written(value, decimals)
		.replace(/(\.\d*?)0+$/, '$1')
		.replace(/\.$/, '');
}
