import type { WireRegisterRow } from '$lib/api/plot-register.ts';
import { holderText } from '$lib/i18n/holder-text.ts';
import { nameOf, type Locale } from '$lib/i18n/locale.ts';
import { supplyTranslator } from '$lib/i18n/supply-text.ts';

interface ParkName {
	readonly parkId: string;
	readonly nameZh: string;
	readonly nameEn: string;
}

/** Lays plots with their newest supplies out as rows of a CSV file, head first; areas in m². */
export function registerTable(
	rows: readonly WireRegisterRow[],
	parks: readonly ParkName[],
	locale: Locale,
): (string | number | null)[][] {
	const s = supplyTranslator(locale);
	const parkNames = new Map(parks.map((park) => [park.parkId, nameOf(park, locale)]));
	const head = [
		s('columnPlot'),
		s('makeName'),
		s('cadastralCode'),
		s('makeCodeStatus'),
		s('columnPark'),
		s('columnClass'),
		`${s('columnArea')} (m²)`,
		s('areaKind'),
		s('columnMode'),
		s('columnState'),
		s('columnHolder'),
		s('columnDue'),
		s('conformity'),
	];
	return [
		head,
		...rows.map((row) => [
			row.plotNo,
			row.name,
			row.cadastralCode,
			s(`codeStatus_${row.codeStatus}`),
			parkNames.get(row.parkId) ?? row.parkId,
			row.classKey.split('/')[2] ?? '',
			(row.areaDm2 / 100).toFixed(2),
			s(row.areaKind === 'document' ? 'kindDocument' : 'kindEllipsoidal'),
			row.mode === null ? null : s(`mode_${row.mode}`),
			s(`state_${row.state ?? 'none'}`),
			holderText(s, row),
			row.dueOn,
			s(row.isAstray ? 'conformityState_differs' : 'conformityState_agrees'),
		]),
	];
}
