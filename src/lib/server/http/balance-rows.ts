import type { WireBalance, WireBalanceTable } from '$lib/api/balance.ts';

type Cell = string | number | null;

interface ParkName {
	readonly parkId: string;
	readonly nameZh: string;
	readonly nameEn: string;
}

type Language = 'zh' | 'en';

const WORDS = {
	zh: {
		title: '用地面积平衡表',
		synthetic: '示意数据，非真实规划',
		asOf: '截至',
		totals: [
			'片区',
			'公布面积 m²',
			'界线椭球面积 m²',
			'界线平面面积 m²',
			'规划地块合计 m²',
			'现状图斑合计 m²',
			'界线−公布 m²',
			'平面−界线 m²',
			'规划−界线 m²',
			'现状−界线 m²',
			'判定',
			'容差 km²',
			'依据',
			'依据状态',
		],
		zone: '全区',
		outside: '片区外',
		several: '跨片区',
		plan: '规划',
		current: '现状',
		class: ['图层', '编码', '地类'],
		total: '合计',
		parcels: '地块数',
		exceptions: ['图层', '项目', '地块数', '面积 m²'],
		unclassified: '未分类',
		verdict: { within: '相符', outside: '不符', no_rule: '未设规则', no_nominal: '无公布面积' },
	},
	en: {
		title: 'Land-use area balance',
		synthetic: 'Synthetic data, not a real plan',
		asOf: 'As of',
		totals: [
			'Park',
			'Published m²',
			'Outline, ellipsoidal m²',
			'Outline, planar m²',
			'Σ plan parcels m²',
			'Σ current parcels m²',
			'Outline − published m²',
			'Planar − outline m²',
			'Plan − outline m²',
			'Current − outline m²',
			'Verdict',
			'Tolerance km²',
			'Source',
			'Source status',
		],
		zone: 'Zone',
		outside: 'Outside every park',
		several: 'Across parks',
		plan: 'plan',
		current: 'current',
		class: ['Coverage', 'Code', 'Class'],
		total: 'Total',
		parcels: 'Parcels',
		exceptions: ['Coverage', 'Item', 'Parcels', 'Area m²'],
		unclassified: 'Without a class',
		verdict: {
			within: 'agrees',
			outside: 'differs',
			no_rule: 'no rule set',
			no_nominal: 'no published area',
		},
	},
} as const;

const UNIT_SYMBOL = { m2: 'm²', ha: 'ha', mu: '亩', km2: 'km²' } as const;

/** Lays a balance out as rows of a CSV file: title, totals, named lines, then a class table for each coverage. */
export function balanceRows(balance: WireBalance, parks: readonly ParkName[], language: Language): Cell[][] {
	const words = WORDS[language];
	const nameOf = (one: { nameZh: string; nameEn: string }) => (language === 'zh' ? one.nameZh : one.nameEn);
	const parkName = (parkId: string | null) => {
		if (parkId === null) return words.zone;
		if (parkId === 'outside' || parkId === 'several') return words[parkId];
		const park = parks.find((one) => one.parkId === parkId);
		return park === undefined ? parkId : nameOf(park);
	};
	const coverageName = (coverageId: string) =>
		coverageId === 'plan' || coverageId === 'current' ? words[coverageId] : coverageId;
	const tableRows = (table: WireBalanceTable): Cell[][] => [
		[],
		[
			...words.class,
			...table.columns.map((column) => `${parkName(column)} ${UNIT_SYMBOL[table.unit]}`),
			`${words.total} ${UNIT_SYMBOL[table.unit]}`,
			words.parcels,
		],
		...table.lines.map((line) => [
			coverageName(table.coverageId),
			line.code,
			nameOf(line),
			...line.cells,
			line.total,
			line.parcels,
		]),
		[
			coverageName(table.coverageId),
			null,
			words.total,
			...table.columnTotals,
			table.total,
			table.lines.reduce((sum, line) => sum + line.parcels, 0),
		],
	];
	return [
		[
			`${nameOf(balance)} ${words.title}`,
			balance.synthetic ? words.synthetic : null,
			words.asOf,
			balance.asOf,
		],
		[],
		[...words.totals],
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
			words.verdict[total.verdict.verdict],
			total.verdict.toleranceKm2,
			total.verdict.source,
			total.verdict.status,
		]),
		[],
		[...words.exceptions],
		...balance.exceptions.map((one) => [
			coverageName(one.coverageId),
			words[one.kind],
			one.parcels,
			one.areaM2,
		]),
		...balance.tables.flatMap(tableRows),
	];
}
