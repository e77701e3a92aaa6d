/** Kinds of control layers (控制线), as the database knows them. */
export const CONTROL_KINDS = [
	'urban_growth_boundary',
	'permanent_basic_farmland',
	'ecological_red_line',
	'industrial_land_line',
	'colour_line',
	'administrative_district',
	'other',
] as const;

export type ControlKind = (typeof CONTROL_KINDS)[number];
