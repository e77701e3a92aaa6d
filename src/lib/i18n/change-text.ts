import type { ChangedParcel, FactValue, ValueField } from '../domain/changeset/parcel-change.ts';
import type { ParcelCode } from '../domain/changeset/parcel-facts.ts';
import { change as enChange } from './en/change.ts';
import { groupDecimal } from './format-number.ts';
import type { Locale } from './locale.ts';
import { sectionTranslator } from './section-text.ts';
import { change as zhChange } from './zh/change.ts';

/** Texts of what is otherwise with the facts of parcels, by language; apart from those of other pages, which need not load them. */
export const CHANGE_TEXTS = { zh: { change: zhChange }, en: { change: enChange } } as const;

export type ChangeKey = keyof typeof zhChange;

export const changeTranslator = sectionTranslator<typeof zhChange>({ zh: zhChange, en: enChange });

const PERCENT: readonly ValueField[] = ['buildingCoverageMaxPct', 'greenRatioMinPct', 'supportShareMaxPct'];
const GRADES = ['public', 'registered', 'office'] as const;
const STATUSES = ['verified', 'unverified', 'example'] as const;

/** How values are read. */
export interface ValueReader {
	readonly locale: Locale;
	/** The name of a class by its key. */
	readonly className: (landUse: string) => string;
	/** Whether what is not told is not there; to others it may just not be published. */
	readonly seesAll: boolean;
}

/** One value of a class or of a planning condition with its unit; several are parted by strokes. */
export function valueText(
	reader: ValueReader,
	field: ValueField,
	value: FactValue | readonly FactValue[],
): string {
	const c = changeTranslator(reader.locale);
	if (isSeveral(value)) return value.map((one) => valueText(reader, field, one)).join(' / ');
	if (value === null) return c(reader.seesAll ? 'value' : 'hiddenValue');
	if (field === 'landUse') return reader.className(String(value));
	const grade = field === 'publicationGrade' ? GRADES.find((one) => one === value) : undefined;
	if (grade !== undefined) return c(`grade_${grade}`);
	const status = field === 'status' ? STATUSES.find((one) => one === value) : undefined;
	if (status !== undefined) return c(`status_${status}`);
	const text = typeof value === 'number' ? groupDecimal(String(value)) : value;
	if (PERCENT.includes(field)) return c('percent', { value: text });
	return field === 'heightMaxM' ? c('metres', { value: text }) : text;
}

function isSeveral(value: FactValue | readonly FactValue[]): value is readonly FactValue[] {
	return Array.isArray(value);
}

/** The codes of a parcel before and after, with what they are where that is otherwise; null: it keeps its code. */
export function codeTexts(
	locale: Locale,
	{ codeBefore, code }: Pick<ChangedParcel, 'codeBefore' | 'code'>,
): { readonly before: string; readonly after: string } | null {
	const c = changeTranslator(locale);
	if (codeBefore?.text === code?.text && codeBefore?.status === code?.status) return null;
	const isOtherStatus = codeBefore !== null && code !== null && codeBefore.status !== code.status;
	const written = ({ text, status }: ParcelCode) => (isOtherStatus ? c(status, { code: text }) : text);
	return {
		before: codeBefore === null ? c('value') : written(codeBefore),
		after: code === null ? c('codePending') : written(code),
	};
}

/** What a parcel is called where it is otherwise: by its new code with the old one, one without a code by its number. */
export function changedParcelName(
	locale: Locale,
	{ parcelNo, codeBefore, code }: Pick<ChangedParcel, 'parcelNo' | 'codeBefore' | 'code'>,
): string {
	const c = changeTranslator(locale);
	const number = parcelNo < 0 ? c('newParcel', { no: -parcelNo }) : c('parcelNo', { no: parcelNo });
	const [before, now] = [codeBefore?.text ?? '', code?.text ?? ''];
	if (now === '') return before === '' ? number : before;
	if (before !== '' && before !== now) return c('recoded', { code: now, before });
	return parcelNo < 0 ? c('numbered', { code: now, parcel: number }) : now;
}
