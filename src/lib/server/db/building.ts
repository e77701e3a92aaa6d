import type { Sql } from './connect.ts';

/** A building of a plot, floors in 0.01 m². */
export interface BuildingRow {
	readonly buildingNo: number;
	readonly industryFloorDm2: number;
	readonly supportFloorDm2: number;
	readonly livingFloorDm2: number;
	/** Smallest unit that can be sold or held apart; null: not split. */
	readonly leastUnitDm2: number | null;
}

/** Lists the buildings of a plot, where the scope may see them. */
export async function listBuildings(sql: Sql, zoneId: string, plotNo: number): Promise<BuildingRow[]> {
	return sql<BuildingRow[]>`
		select building_no as "buildingNo", industry_floor_dm2 as "industryFloorDm2", support_floor_dm2 as "supportFloorDm2",
			living_floor_dm2 as "livingFloorDm2", least_unit_dm2 as "leastUnitDm2"
		from building where zone_id = ${zoneId} and plot_no = ${plotNo} order by building_no`;
}
