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
	/** The class of the first level that a class belongs to, local ones by their national class; null for no class. */
	groupOf(index: number): WireLandUseClass | null;
	/** Numbers of the classes that are drawn as a surface of their own, not as lots. */
	readonly surfaces: Readonly<Record<Surface, readonly number[]>>;
}

/** Ground for traffic on roads (村道和田间道, 公路, 城镇村道路), and water (陆地水域). */
export type Surface = 'road' | 'water';

/** National classes that are surfaces, each with all classes below it. */
const SURFACE_OF_CODE: Readonly<Record<string, Surface>> = {
	'0601': 'road',
	'1202': 'road',
	'1207': 'road',
	'17': 'water',
};

/** A class and what it lies below, nearest first: the list's own parents, a local class below its national one. */
function lineages(classes: readonly WireLandUseClass[]) {
	const national = new Map(
		classes.filter((entry) => entry.nationalCode === null).map((entry) => [entry.code, entry]),
	);
	return classes.map((entry) => {
		const lineage: WireLandUseClass[] = [];
		for (let at: WireLandUseClass | undefined = entry; at !== undefined && !lineage.includes(at);) {
			lineage.push(at);
			at = national.get(at.nationalCode ?? at.parentCode ?? '');
		}
		return lineage;
	});
}

/** Builds the index over the classes of a zone. O(classes). */
export function classIndex(classes: readonly WireLandUseClass[]): ClassIndex {
	const lineage = lineages(classes);
	const surfaces: Record<Surface, number[]> = { road: [], water: [] };
	for (const [index, line] of lineage.entries()) {
		const surface = line.map(({ code }) => SURFACE_OF_CODE[code]).find((found) => found !== undefined);
		if (surface !== undefined) surfaces[surface].push(index);
	}
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
		groupOf: (index) => lineage[index]?.at(-1) ?? null,
		surfaces,
	};
}
