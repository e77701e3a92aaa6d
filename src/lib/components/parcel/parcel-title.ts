import type { WireParcel } from '$lib/api/parcel.ts';
import type { Translate } from '$lib/i18n/translate.ts';

/** The title of a parcel's page: its kind and code, or its permanent number where the code is withheld. */
export function parcelTitle(
	parcel: Pick<WireParcel, 'code' | 'parcelNo'>,
	kind: 'plan' | 'current',
	t: Translate,
): string {
	const code = parcel.code === '' ? t('parcel.withoutCode', { no: parcel.parcelNo }) : parcel.code;
	return t(kind === 'plan' ? 'parcel.titlePlan' : 'parcel.titleCurrent', { code });
}
