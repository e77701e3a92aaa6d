import type { WireDueList, WireScan } from '$lib/api/supply-wire.ts';
import { findingText } from '$lib/i18n/finding-text.ts';
import { landTranslator } from '$lib/i18n/land-text.ts';
import { nameOf, type Locale } from '$lib/i18n/locale.ts';
import { supplyTranslator } from '$lib/i18n/supply-text.ts';

interface ParkName {
	readonly parkId: string;
	readonly nameZh: string;
	readonly nameEn: string;
}

type Cell = string | number | null;
const figure = (hundredths: number) => (hundredths / 100).toFixed(2);
const parkNamesOf = (parks: readonly ParkName[], locale: Locale) =>
	new Map(parks.map((park) => [park.parkId, nameOf(park, locale)]));

/** Lays due things out as rows of a CSV file, head first; amounts in yuan. */
export function dueTable(items: WireDueList['items'], parks: readonly ParkName[], locale: Locale): Cell[][] {
	const [s, l, parkOf] = [supplyTranslator(locale), landTranslator(locale), parkNamesOf(parks, locale)];
	const head = [
		...[l('dueDay'), l('columnLateDays'), l('dueWhat'), l('columnIndicator'), l('dueOpenYuan')],
		...[l('columnSupply'), s('columnPlot'), s('columnPark'), s('columnMode'), s('columnState')],
		l('columnReason'),
	];
	return [
		head,
		...items.map(({ on, lateDays, kind, indicator, openFen, supply, why }) => [
			...[on, lateDays, s(`dueKind_${kind}`), indicator, openFen === null ? null : figure(openFen)],
			...[supply.supplyNo, supply.plotName, parkOf.get(supply.parkId) ?? supply.parkId],
			...[s(`mode_${supply.mode}`), s(`state_${supply.state}`)],
			findingText(locale, { code: why.reason, params: why.params, rule: why.rule }),
		]),
	];
}

/** Lays land that waits out as rows of a CSV file, head first: batches where the list is of them, else supplies; areas in m². */
export function scanTable(
	list: WireScan['list'],
	{ batches, supplies }: Pick<WireScan, 'batches' | 'supplies'>,
	parks: readonly ParkName[],
	locale: Locale,
): Cell[][] {
	const [s, l, parkOf] = [supplyTranslator(locale), landTranslator(locale), parkNamesOf(parks, locale)];
	const proposed = (code: string) => findingText(locale, { code, params: {}, rule: null });
	const noteHead = [l('columnProposal'), l('columnCause'), s('field_proposal')];
	const squareMetres = (word: string) => `${word} (m²)`;
	if (list === 'approved_not_supplied')
		return [
			[
				...[l('batch'), s('field_title'), l('batchApprovedOn'), squareMetres(l('batchApproved'))],
				...[squareMetres(l('batchSupplied')), squareMetres(l('batchRemaining')), l('batchLapse')],
				...noteHead,
			],
			...batches.map((batch) => [
				...[batch.number, batch.title, batch.approvedOn, figure(batch.approvedAreaDm2)],
				...[figure(batch.suppliedDm2), figure(batch.remainingDm2), batch.lapse.value],
				...[proposed(batch.proposal), batch.note?.cause ?? null, batch.note?.proposal ?? null],
			]),
		];
	return [
		[
			...[l('columnSupply'), s('columnPlot'), s('columnPark'), s('columnMode'), s('columnState')],
			...[squareMetres(s('columnArea')), l('waitsSince'), l('columnIdle'), l('columnMissed')],
			...noteHead,
		],
		...supplies.map(({ supply, areaDm2, sinceOn, idle, missed, proposal, note }) => [
			...[supply.supplyNo, supply.plotName, parkOf.get(supply.parkId) ?? supply.parkId],
			...[s(`mode_${supply.mode}`), s(`state_${supply.state}`), figure(areaDm2), sinceOn],
			...[idle === null ? null : s(`idle_${idle.status}`), missed.join(l('listComma'))],
			...[proposed(proposal), note?.cause ?? null, note?.proposal ?? null],
		]),
	];
}
