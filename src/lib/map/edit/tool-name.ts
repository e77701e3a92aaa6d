import type { StepVerb } from '$lib/domain/changeset/step.ts';

/** What a hand does on the map of a draft: choose parcels one by one or in a box, measure, or do a step. */
export type ToolName = 'select' | 'select_box' | 'measure' | StepVerb;

/** The tools as they stand in the rail, in groups, each with its key. */
export const TOOL_GROUPS: readonly (readonly (readonly [name: ToolName, key: string])[])[] = [
	[
		['select', 'q'],
		['select_box', 'b'],
		['measure', 'e'],
	],
	[
		['split_by_line', 's'],
		['split_to_areas', 'a'],
		['merge', 'm'],
		['carve_corridor', 'c'],
	],
	[
		['reshape', 'r'],
		['move_vertices', 'v'],
		['insert_vertex', 'i'],
		['delete_vertex', 'd'],
		['align', 'l'],
	],
	[
		['reclassify', 'k'],
		['set_code', 'n'],
		['set_conditions', 'p'],
	],
];

/** The tool of a key; null where it has none. */
export function toolOfKey(key: string): ToolName | null {
	return TOOL_GROUPS.flat().find(([, ofTool]) => ofTool === key.toLowerCase())?.[0] ?? null;
}
