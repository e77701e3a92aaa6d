import type { WireBalance, WireBalanceTable } from '$lib/api/balance.ts';
import { nameOf, type Locale } from '$lib/i18n/locale.ts';
import { fileWords } from '$lib/i18n/file-text.ts';

type Cell = string | number | null;

interface ParkName {
	readonly parkId: string;
	readonly nameZh: string;
	readonly nameEn: string;
}

const TOTAL_COLUMNS = [
	'park',
	'nominal',
	'outline',
	'outlinePlanar',
	'planSum',
	'currentSum',
	'outlineMinusNominal',
	'planarMinusOutline',
	'planMinusOutline',
	'currentMinusOutline',
	'verdict',
	'tolerance',
	'source',
	'sourceStatus',
] as const;

/** Lays a balance out as rows of a CSV file: title, totals, named lines, then a class table for each coverage. */
export function balanceRows(balance: WireBalance, parks: readonly ParkName[], locale: Locale): Cell[][] {
	const t = fileWords(locale);
	const parkName = (parkId: string | null) => {
		if (parkId === null) return t('zone');
		if (parkId === 'outside' || parkId === 'several') return t(parkId);
		const park = parks.find((one) => one.parkId === parkId);
		return park === undefined ? parkId : nameOf(park, locale);
	};
	const coverageName = (coverageId: string) =>
		coverageId === 'plan' || coverageId === 'current' ? t(coverageId) : coverageId;
	const tableRows = (table: WireBalanceTable): Cell[][] => {
		const unit = t(`unit_${table.unit}`);
		return [
			[],
			[
				...[t('coverage'), t('code'), t('class')],
				...table.columns.map((column) => `${parkName(column)} ${unit}`),
				`${t('total')} ${unit}`,
				t('parcels'),
			],
			...table.lines.map((line) => [
				coverageName(table.coverageId),
				line.code,
				nameOf(line, locale),
				...line.cells,
				line.total,
				line.parcels,
			]),
			[
				coverageName(table.coverageId),
				null,
				t('total'),
				...table.columnTotals,
				table.total,
				table.lines.reduce((sum, line) => sum + line.parcels, 0),
			],
		];
	};
	return [
		[
			`${nameOf(balance, locale)} ${t('title')}`,
			balance.synthetic ? t('synthetic') : null,
			t('asOf'),
			balance.asOf,
		],
		[],
		TOTAL_COLUMNS.map((column) => t(column)),
		...balance.totals.map((total) => [
			parkName(total.parkId),
			total.nominalM2,
			total.outlineM2,
			total.outlinePlanarM2,
			total.planM2,
			total.currentM2,
			total.outlineMinusNominalM2,
			total.planarMinusOutlineM2,
			total.planMinusOutlineM2,
			total.currentMinusOutlineM2,
			t(`verdict_${total.verdict.verdict}`),
			total.verdict.toleranceKm2,
			total.verdict.source,
			total.verdict.status,
		]),
		[],
		[t('coverage'), t('item'), t('parcels'), t('area')],
		...balance.exceptions.map((one) => [coverageName(one.coverageId), t(one.kind), one.parcels, one.areaM2]),
		...balance.tables.flatMap(tableRows),
	];
}
