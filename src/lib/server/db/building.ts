import type { Sql } from './connect.ts';

/** A building of a plot, floors in 0.01 m². */
export interface BuildingRow {
	readonly buildingNo: number;
	readonly name: string;
	readonly industryFloorDm2: number;
	readonly supportFloorDm2: number;
	readonly livingFloorDm2: number;
	/** Smallest unit that can be sold or held apart; null: not split. */
	readonly leastUnitDm2: number | null;
	/** Floor that can be sold or held apart, and floor that the holder of the land keeps; null: not stated. */
	readonly splitFloorDm2: number | null;
	readonly selfHeldFloorDm2: number | null;
	/** Day to which the figures refer. */
	readonly statedOn: string;
	readonly source: string;
	readonly isSynthetic: boolean;
}

export type NewBuilding = Omit<BuildingRow, 'buildingNo' | 'isSynthetic'>;

/** Lists the buildings of a plot, where the scope may see them. */
export async function listBuildings(sql: Sql, zoneId: string, plotNo: number): Promise<BuildingRow[]> {
	return sql<BuildingRow[]>`
		select building_no as "buildingNo", name, industry_floor_dm2 as "industryFloorDm2", support_floor_dm2 as "supportFloorDm2",
			living_floor_dm2 as "livingFloorDm2", least_unit_dm2 as "leastUnitDm2",
			split_floor_dm2 as "splitFloorDm2", self_held_floor_dm2 as "selfHeldFloorDm2", stated_on as "statedOn", source, is_synthetic as "isSynthetic"
		from building where zone_id = ${zoneId} and plot_no = ${plotNo} order by building_no`;
}

/** Enters a building of a plot under the next number; whoever does so holds the zone's lock of supplies. */
export async function insertBuilding(
	sql: Sql,
	zoneId: string,
	plotNo: number,
	building: NewBuilding,
): Promise<void> {
	await sql`
		insert into building (zone_id, plot_no, building_no, name, industry_floor_dm2, support_floor_dm2, living_floor_dm2,
			least_unit_dm2, split_floor_dm2, self_held_floor_dm2, stated_on, source, is_synthetic)
		select ${zoneId}, ${plotNo}, coalesce(max(b.building_no), 0) + 1, ${building.name}, ${building.industryFloorDm2},
			${building.supportFloorDm2}, ${building.livingFloorDm2}, ${building.leastUnitDm2}, ${building.splitFloorDm2},
			${building.selfHeldFloorDm2}, ${building.statedOn}::date,
			${building.source}, false
		from building b where b.zone_id = ${zoneId} and b.plot_no = ${plotNo}`;
}

/** Brings a building to other figures. */
export async function updateBuilding(
	sql: Sql,
	zoneId: string,
	plotNo: number,
	buildingNo: number,
	building: NewBuilding,
): Promise<void> {
	await sql`
		update building set name = ${building.name}, industry_floor_dm2 = ${building.industryFloorDm2},
			support_floor_dm2 = ${building.supportFloorDm2}, living_floor_dm2 = ${building.livingFloorDm2},
			least_unit_dm2 = ${building.leastUnitDm2}, split_floor_dm2 = ${building.splitFloorDm2},
			self_held_floor_dm2 = ${building.selfHeldFloorDm2}, stated_on = ${building.statedOn}, source = ${building.source}
		where zone_id = ${zoneId} and plot_no = ${plotNo} and building_no = ${buildingNo}`;
}
