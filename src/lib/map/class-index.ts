import type { WireLandUseClass } from '../api/zone.ts';

/** Values that tiles carry in place of a class index. */
export const UNCLASSIFIED = -1;
export const WITHHELD = -2;

const UNCLASSIFIED_TOKEN = 'none';
const WITHHELD_TOKEN = 'withheld';

/** Classes in the order in which tiles number them, with the ways to find one. */
export interface ClassIndex {
	readonly classes: readonly WireLandUseClass[];
	/** The number of a class key in tiles; `UNCLASSIFIED` for null or an unknown key. */
	indexOf(key: string | null): number;
	/** A short name for links: the code, or the whole key where codes repeat. */
	tokenOf(index: number): string;
	/** The number behind a token; null when no class has it. */
	indexOfToken(token: string): number | null;
}

/** Builds the index over the classes of a zone. O(classes). */
export function classIndex(classes: readonly WireLandUseClass[]): ClassIndex {
	const byKey = new Map(classes.map((entry, index) => [entry.key, index]));
	const byToken = new Map<string, number>([
		[UNCLASSIFIED_TOKEN, UNCLASSIFIED],
		[WITHHELD_TOKEN, WITHHELD],
	]);
	const tokens = classes.map((entry, index) => {
		const token = byToken.has(entry.code) ? entry.key : entry.code;
		byToken.set(token, index);
		return token;
	});
	return {
		classes,
		indexOf: (key) => (key === null ? UNCLASSIFIED : (byKey.get(key) ?? UNCLASSIFIED)),
		tokenOf: (index) => {
			if (index === WITHHELD) return WITHHELD_TOKEN;
			return tokens[index] ?? UNCLASSIFIED_TOKEN;
		},
		indexOfToken: (token) => byToken.get(token) ?? null,
	};
}

/** Whether a class is ground for traffic on roads (公路, 城镇村道路, 田间道): drawn as one surface, not as lots. */
export function isRoad(entry: WireLandUseClass): boolean {
	const code = entry.nationalCode ?? entry.code;
	return code.startsWith('1202') || code.startsWith('1207') || code.startsWith('0601');
}

/** Whether a class is water (陆地水域): drawn with a shore. */
export function isWater(entry: WireLandUseClass): boolean {
	return (entry.nationalCode ?? entry.code).startsWith('17');
}
