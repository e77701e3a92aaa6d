import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { ControlLayerSource } from '$seeds/load/coverage-source.ts';
import { concatenated, featureAlone } from './flat-edit.ts';
import type { ParkMap } from './park-map.ts';

type Line = 'urban' | 'farmland' | 'ecology' | 'industry';

const FARMLAND = /^(0101|0102|0103)$/;
const ECOLOGY = /^(0301|1701)$/;
const COUNTRY = /^(0[1-6])/;
const INDUSTRY = /^(1001|MX|11)/;
/** The industrial-land line goes round whole quarters in which at least this share of the lots is for industry. */
const INDUSTRY_SHARE = 0.5;

const SOURCE = '示意数据，由演示生成器编制，不是任何批准的控制线 / synthetic, made by the demo generator';

/** Draws invented control lines round the plan's parcels: one feature per park and line. O(parcels). */
export function controlLines(parks: readonly ParkMap[], dataOn: string): ControlLayerSource[] {
	const shapes: Record<Line, { polygons: FlatPolygons; park: ParkMap }[]> = {
		urban: [],
		farmland: [],
		ecology: [],
		industry: [],
	};
	for (const park of parks) {
		const kinds: readonly Line[] = ['urban', 'farmland', 'ecology', 'industry'];
		const { drafts, quarters } = park.plan;
		const apart = park.plan.united(
			Int32Array.from(drafts, ({ classCode, kind }, f) => {
				if (FARMLAND.test(classCode)) return 2;
				if (ECOLOGY.test(classCode)) return 3;
				const isRoadInCountry = kind !== 'lot' && park.quarters[quarters[f]].district === 'country';
				return COUNTRY.test(classCode) || isRoadInCountry ? 0 : 1;
			}),
		);
		const isIndustrial = industrialQuarters(park);
		const industry = park.plan.united(
			Int32Array.from(drafts, ({ kind }, f) => (kind !== 'band' && isIndustrial[quarters[f]] ? 4 : 0)),
		);
		for (const { labels, polygons } of [apart, industry]) {
			labels.forEach((label, f) =>
				shapes[kinds[label - 1]].push({ polygons: featureAlone(polygons, f), park }),
			);
		}
	}
	const layer = (
		line: Line,
		kind: ControlLayerSource['kind'],
		nameZh: string,
		nameEn: string,
		publicationGrade: ControlLayerSource['publicationGrade'],
	): ControlLayerSource => ({
		controlLayerId: `demo-${kind.replaceAll('_', '-')}`,
		kind,
		nameZh: `${nameZh}（示意）`,
		nameEn: `${nameEn} (synthetic)`,
		publicationGrade,
		dataOn,
		source: SOURCE,
		status: 'example',
		polygons: concatenated(shapes[line].map(({ polygons }) => polygons)),
		areaNames: shapes[line].map(({ park: { layout } }) => ({
			zh: `${layout.nameZh}示意${nameZh}`,
			en: `${layout.nameEn} synthetic ${nameEn.toLowerCase()}`,
		})),
	});
	return [
		layer('urban', 'urban_growth_boundary', '城镇开发边界', 'Urban growth boundary', 'public'),
		layer('farmland', 'permanent_basic_farmland', '永久基本农田', 'Permanent basic farmland', 'office'),
		layer('ecology', 'ecological_red_line', '生态保护红线', 'Ecological red line', 'office'),
		layer('industry', 'industrial_land_line', '工业用地控制线', 'Industrial-land line', 'public'),
	].filter(({ areaNames }) => areaNames.length > 0);
}

function industrialQuarters({ plan, quarters }: ParkMap): boolean[] {
	const lots = new Int32Array(quarters.length);
	const industrial = new Int32Array(quarters.length);
	plan.drafts.forEach(({ kind, classCode }, f) => {
		if (kind !== 'lot') return;
		lots[plan.quarters[f]]++;
		if (INDUSTRY.test(classCode)) industrial[plan.quarters[f]]++;
	});
	return quarters.map((_, q) => lots[q] > 0 && industrial[q] >= INDUSTRY_SHARE * lots[q]);
}
