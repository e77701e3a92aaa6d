/** A land-use class: what a bare code means depends on its system and version. */
export interface LandUseClass {
	readonly system: string;
	readonly version: string;
	readonly code: string;
	readonly level: number;
	readonly parentCode: string | null;
	readonly nameZh: string;
	readonly nameEn: string;
	/** A local class names the national class that it counts as; null for national classes. */
	readonly nationalCode: string | null;
}

/** Writes the key of a class as `system/version/code`. */
export function classKey(landUseClass: Pick<LandUseClass, 'system' | 'version' | 'code'>): string {
	return `${landUseClass.system}/${landUseClass.version}/${landUseClass.code}`;
}

/** Finds the class that stands for `landUseClass` in a table of a level.
 *
 * A local class (MX) is its own line at level 3 and counts as its national class above.
 * A class that is coarser than the level stays itself: nothing is guessed.
 * Returns the class itself where the list lacks its ancestor. O(level).
 */
export function ancestorAtLevel(
	landUseClass: LandUseClass,
	level: 1 | 2 | 3,
	byKey: ReadonlyMap<string, LandUseClass>,
	national: { readonly system: string; readonly version: string },
): LandUseClass {
	let found = landUseClass;
	if (landUseClass.nationalCode !== null) {
		if (level === 3) return landUseClass;
		const counted = byKey.get(classKey({ ...national, code: landUseClass.nationalCode }));
		if (counted === undefined) return landUseClass;
		found = counted;
	}
	while (found.level > level && found.parentCode !== null) {
		const parent = byKey.get(classKey({ ...found, code: found.parentCode }));
		if (parent === undefined) return found;
		found = parent;
	}
	return found;
}
