import {
	sharedRelatives,
	type ChangedParcel,
	type ChangeGroup,
	type FactValue,
	type ValueField,
} from '../domain/changeset/parcel-change.ts';
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

/** Changes alike with the number of parcels of which it is so; fewer may be listed. */
type ListedGroup = Pick<ChangeGroup, 'kind' | 'parcels'> & { readonly count: number };

const MOST_RELATIVES = 8;

/** From which parcels the ground of a group is, or to which it goes: once for all where they agree, otherwise that the list says it; null: there are none. */
export function relativesText(locale: Locale, group: ListedGroup): string | null {
	const shared = sharedRelatives(group);
	if (shared !== null) return groundText(locale, group.kind, shared);
	if (group.parcels.every(({ relatives }) => relatives.length === 0)) return null;
	return changeTranslator(locale)(group.kind === 'retired' ? 'toEach' : 'fromEach');
}

/** The codes of a group: old and new ones of a single parcel, `each` where the list says them; null: every listed parcel keeps its code. */
export function groupCodes(locale: Locale, group: ListedGroup): ReturnType<typeof codeTexts> | 'each' {
	const { kind, parcels, count } = group;
	if (kind !== 'changed') return null;
	if (count === 1) return codeTexts(locale, parcels[0]);
	return parcels.some((parcel) => codeTexts(locale, parcel) !== null) ? 'each' : null;
}

/** The listed parcels of a group with what is told beside each: its codes, and the parcels of its ground where these are not told once for all. */
export function listedParcels(
	locale: Locale,
	group: ListedGroup,
): { readonly parcel: ChangedParcel; readonly texts: readonly string[] }[] {
	const isShared = sharedRelatives(group) !== null;
	return group.parcels.map((parcel) => {
		const ground = isShared ? null : groundText(locale, group.kind, parcel.relatives);
		const texts = [codeBeside(locale, group.kind, parcel), ground];
		return { parcel, texts: texts.filter((text) => text !== null) };
	});
}

/** What is told of a parcel's code beside its name: both where it has another, what it is where the parcel is new. */
function codeBeside(locale: Locale, kind: ChangeGroup['kind'], parcel: ChangedParcel): string | null {
	if (kind === 'created' && parcel.code !== null)
		return changeTranslator(locale)(`new_${parcel.code.status}`);
	const codes = kind === 'changed' ? codeTexts(locale, parcel) : null;
	return codes === null ? null : `${codes.before} → ${codes.after}`;
}

function groundText(
	locale: Locale,
	kind: ChangeGroup['kind'],
	relatives: ChangedParcel['relatives'],
): string | null {
	if (relatives.length === 0) return null;
	const names = relatives.slice(0, MOST_RELATIVES).map(({ parcelNo, code }) =>
		changedParcelName(locale, {
			parcelNo,
			codeBefore: null,
			code: code === null ? null : { text: code, status: 'official' },
		}),
	);
	const named = names.join(locale === 'zh' ? '、' : ', ');
	const parcels = relatives.length > MOST_RELATIVES ? `${named} …` : named;
	return changeTranslator(locale)(kind === 'retired' ? 'toParcels' : 'fromParcels', { parcels });
}
