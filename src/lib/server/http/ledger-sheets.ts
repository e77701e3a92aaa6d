import { holderText } from '$lib/i18n/holder-text.ts';
import { ledgerTranslator } from '$lib/i18n/ledger-text.ts';
import { nameOf, type Locale } from '$lib/i18n/locale.ts';
import { supplyTranslator } from '$lib/i18n/supply-text.ts';
import type { Ledger, LedgerSupply } from '../service/supply/ledger.ts';

/** What a column holds: areas in 0.01 m² are written as m² or 亩, money in fen as yuan, days as dates. */
export type LedgerColumn = 'text' | 'count' | 'm2' | 'mu' | 'yuan' | 'day';
/** A value as it is stored; null: an empty cell. */
export type LedgerValue = string | number | null;

/** A sheet of the ledger: head and rows, with the sums of the columns that have one. */
export interface LedgerSheet {
	readonly name: string;
	readonly columns: readonly {
		readonly head: string;
		readonly kind: LedgerColumn;
		readonly isSummed: boolean;
		/** An empty cell is an amount that nobody knows: its sum is none. */
		readonly isWhole: boolean;
	}[];
	readonly rows: readonly (readonly LedgerValue[])[];
}

interface ParkName {
	readonly parkId: string;
	readonly nameZh: string;
	readonly nameEn: string;
}

type Column<Row> = readonly [
	head: string,
	kind: LedgerColumn | 'sum-m2' | 'sum-mu' | 'sum-yuan' | 'whole-sum-yuan',
	(row: Row) => LedgerValue,
];

/** Lays a ledger out as six sheets in a language. O(rows). */
export function ledgerSheets(ledger: Ledger, parks: readonly ParkName[], locale: Locale): LedgerSheet[] {
	const t = ledgerTranslator(locale);
	const s = supplyTranslator(locale);
	const names = new Map(parks.map((park) => [park.parkId, nameOf(park, locale)]));
	const parkOf = (parkId: string) => names.get(parkId) ?? parkId;
	const kindOf = (areaKind: string) => s(areaKind === 'document' ? 'kindDocument' : 'kindEllipsoidal');
	const subject = <Row extends { readonly supply: LedgerSupply }>(): Column<Row>[] => [
		[t('supplyNo'), 'count', ({ supply }) => supply.supplyNo],
		[t('plotName'), 'text', ({ supply }) => supply.plotName],
		[t('park'), 'text', ({ supply }) => parkOf(supply.parkId)],
		[t('mode'), 'text', ({ supply }) => s(`mode_${supply.mode}`)],
		[t('state'), 'text', ({ supply }) => s(`state_${supply.state}`)],
		[t('holder'), 'text', ({ supply }) => holderText(s, supply)],
	];
	const verdicts = (verdict: string) => (row: Ledger['works'][number]) =>
		row.verdicts.filter((one) => one === verdict).length;
	return [
		sheet(t('sheetEvents'), ledger.events, [
			[t('day'), 'day', ({ onDay }) => onDay],
			[t('event'), 'text', ({ event }) => s(`event_${event}`)],
			...subject<Ledger['events'][number]>(),
			[t('areaM2'), 'm2', ({ supply }) => supply.areaDm2],
			[t('areaMu'), 'mu', ({ supply }) => supply.areaDm2],
			[t('areaKind'), 'text', ({ supply }) => kindOf(supply.areaKind)],
			[t('price'), 'yuan', ({ priceFen }) => priceFen],
			[t('yearlyRent'), 'yuan', ({ yearlyRentFen }) => yearlyRentFen],
			[t('contract'), 'text', ({ contractNumber }) => contractNumber],
		]),
		sheet(t('sheetStock'), ledger.plots, [
			[t('plotNo'), 'count', ({ plotNo }) => plotNo],
			[t('plotName'), 'text', ({ name }) => name],
			[t('cadastralCode'), 'text', ({ cadastralCode }) => cadastralCode],
			[t('park'), 'text', ({ parkId }) => parkOf(parkId)],
			[t('class'), 'text', ({ classKey }) => classKey.split('/')[2] ?? ''],
			[t('areaM2'), 'sum-m2', ({ areaDm2 }) => areaDm2],
			[t('areaMu'), 'sum-mu', ({ areaDm2 }) => areaDm2],
			[t('areaKind'), 'text', ({ areaKind }) => kindOf(areaKind)],
			[t('supplyNo'), 'count', ({ supplyNo }) => supplyNo],
			[t('mode'), 'text', ({ mode }) => (mode === null ? null : s(`mode_${mode}`))],
			[t('state'), 'text', ({ standing }) => s(`state_${standing ?? 'none'}`)],
		]),
		sheet(t('sheetBatches'), ledger.batches, [
			[t('batchNumber'), 'text', ({ batch }) => batch.number],
			[t('batchTitle'), 'text', ({ batch }) => batch.title],
			[t('approvedOn'), 'day', ({ batch }) => batch.approvedOn],
			[t('approvedM2'), 'sum-m2', ({ batch }) => batch.approvedAreaDm2],
			[t('approvedMu'), 'sum-mu', ({ batch }) => batch.approvedAreaDm2],
			[t('suppliedM2'), 'sum-m2', ({ batch }) => batch.suppliedDm2],
			[t('suppliedMu'), 'sum-mu', ({ batch }) => batch.suppliedDm2],
			[t('remainingM2'), 'sum-m2', ({ state }) => state.remainingDm2],
			[t('remainingMu'), 'sum-mu', ({ state }) => state.remainingDm2],
			[t('ageDays'), 'count', ({ state }) => state.ageDays],
			[t('lapsesOn'), 'day', ({ state }) => state.lapse.value],
			[t('cause'), 'text', ({ state }) => state.cause],
		]),
		sheet(t('sheetMoney'), ledger.accounts, [
			...subject<Ledger['accounts'][number]>(),
			[t('account'), 'text', ({ kind }) => s(`payment_${kind}`)],
			[t('agreed'), 'whole-sum-yuan', ({ agreedFen }) => agreedFen],
			[t('paid'), 'sum-yuan', ({ paidFen }) => paidFen],
			[t('paidInMonth'), 'sum-yuan', ({ paidInMonthFen }) => paidInMonthFen],
			[t('overdue'), 'whole-sum-yuan', ({ overdueFen }) => overdueFen],
		]),
		sheet(t('sheetDue'), ledger.due, [
			[t('dueOn'), 'day', ({ item }) => item.on],
			[t('dueKind'), 'text', ({ item }) => s(`dueKind_${item.kind}`)],
			...subject<Ledger['due'][number]>(),
			[t('lateDays'), 'count', ({ item }) => item.lateDays],
			[t('open'), 'sum-yuan', ({ item }) => item.openFen],
			[t('indicator'), 'text', ({ item }) => item.indicator],
		]),
		sheet(t('sheetWorks'), ledger.works, [
			...subject<Ledger['works'][number]>(),
			[t('startBy'), 'day', ({ startBy }) => startBy],
			[t('startedOn'), 'day', ({ works }) => works.startedOn],
			[t('completeBy'), 'day', ({ completeBy }) => completeBy],
			[t('completedOn'), 'day', ({ works }) => works.completedOn],
			[t('producedOn'), 'day', ({ works }) => works.inProductionOn],
			[t('fullOn'), 'day', ({ works }) => works.fullProductionOn],
			[t('stoppedOn'), 'day', ({ works }) => works.stoppedOn],
			[t('idle'), 'text', ({ idle }) => (idle === null ? null : s(`idle_${idle.status}`))],
			[t('pauseCause'), 'text', ({ pauseCause }) => (pauseCause === null ? null : t(`pause_${pauseCause}`))],
			[t('met'), 'count', verdicts('met')],
			[t('within'), 'count', verdicts('within_tolerance')],
			[t('missed'), 'count', verdicts('missed')],
			[t('notAssessed'), 'count', verdicts('not_assessed')],
		]),
	];
}

function sheet<Row>(name: string, rows: readonly Row[], columns: readonly Column<Row>[]): LedgerSheet {
	return {
		name,
		columns: columns.map(([head, kind]) => ({
			head,
			kind: kind.replace(/^(whole-)?sum-/, '') as LedgerColumn,
			isSummed: kind.includes('sum-'),
			isWhole: kind.startsWith('whole-'),
		})),
		rows: rows.map((row) => columns.map(([, , valueOf]) => valueOf(row))),
	};
}
