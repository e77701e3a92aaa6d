import type { WireZone } from '$lib/api/zone.ts';

type Industry = WireZone['industries'][number];

/** Industries that a source lists for the same park, or jointly for all parks of a kind. */
export interface IndustryGroup {
	readonly key: string;
	readonly parkId: string | null;
	readonly parkKind: Industry['parkKind'];
	readonly industries: readonly Industry[];
}

/** Groups industries as their sources do: a joint list stays joint, nothing is assigned to a park by us. O(industries). */
export function groupIndustries(industries: readonly Industry[]): IndustryGroup[] {
	const groups = new Map<string, Industry[]>();
	for (const industry of industries) {
		const key = `${industry.parkId}|${industry.parkKind}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [industry]);
		else group.push(industry);
	}
	return [...groups].map(([key, members]) => ({
		key,
		parkId: members[0].parkId,
		parkKind: members[0].parkKind,
		industries: members,
	}));
}
