import type { Grade } from '../access/actor.ts';

/** Who a tile is for: part of its address. */
export type Audience = 'public' | 'office';

/** Version of the encoding; a change of what tiles hold changes it, and with it every address. */
const ENCODER_VERSION = 'e12';

/** Themes of a coverage's revisions. */
const COVERAGE_THEMES = [
	'plan',
	'current',
	'stock',
	'labels-plan',
	'labels-current',
	'parks',
	'blocks',
] as const;
/** Theme of a tile: what it draws. */
export type Theme = (typeof COVERAGE_THEMES)[number] | 'control';

/** What a theme holds and where. `maxZoom` is the last zoom that is encoded; the map draws further from it. */
export interface ThemeRule {
	readonly layers: readonly string[];
	readonly minZoom: number;
	readonly maxZoom: Readonly<Record<Audience, number>>;
	/** The kind of the coverages whose contents have the theme's tiles; `parks` draws outlines, as sealed with the plan; null: of none. */
	readonly coverage: 'plan' | 'current' | null;
	readonly grade: Grade;
}

/** Public tiles stop at z14: 4,096 steps of a tile are then 0.45 m at Shenyang. */
const PARCEL_ZOOMS = { public: 14, office: 18 };

export const THEME_RULES: Readonly<Record<Theme, ThemeRule>> = {
	plan: { layers: ['parcel'], minZoom: 8, maxZoom: PARCEL_ZOOMS, coverage: 'plan', grade: 'public' },
	current: { layers: ['parcel'], minZoom: 8, maxZoom: PARCEL_ZOOMS, coverage: 'current', grade: 'office' },
	stock: { layers: ['parcel'], minZoom: 8, maxZoom: PARCEL_ZOOMS, coverage: 'current', grade: 'office' },
	'labels-plan': { layers: ['label'], minZoom: 13, maxZoom: PARCEL_ZOOMS, coverage: 'plan', grade: 'public' },
	'labels-current': {
		layers: ['label'],
		minZoom: 13,
		maxZoom: PARCEL_ZOOMS,
		coverage: 'current',
		grade: 'office',
	},
	parks: {
		layers: ['park', 'park-label'],
		minZoom: 5,
		maxZoom: { public: 12, office: 12 },
		coverage: 'plan',
		grade: 'public',
	},
	blocks: {
		layers: ['block', 'block-label'],
		minZoom: 8,
		maxZoom: PARCEL_ZOOMS,
		coverage: 'plan',
		grade: 'public',
	},
	// Each control layer has a content, and a grade, of its own.
	control: { layers: ['control'], minZoom: 8, maxZoom: PARCEL_ZOOMS, coverage: null, grade: 'public' },
};

/** The encoder part of a tile's address: the encoding's version and the class list that class numbers index, if any do. */
export function encoderId(classListId: string | null): string {
	return classListId === null ? ENCODER_VERSION : `${ENCODER_VERSION}-${classListId}`;
}

function addressesOf(theme: Theme, audience: Audience, contentId: string, classListId: string | null) {
	const { minZoom, maxZoom, layers } = THEME_RULES[theme];
	return {
		theme,
		url: `/tiles/${audience}/${contentId}/${encoderId(classListId)}/${theme}/{z}/{x}/{y}`,
		minZoom,
		maxZoom: maxZoom[audience],
		layers: [...layers],
	};
}

/** The tile layer of a control layer. */
export function controlTheme(audience: Audience, contentId: string) {
	return addressesOf('control', audience, contentId, null);
}

/** Lists the tile layers of a zone for an audience, with their address templates; blocks where the zone has any. */
export function zoneThemes(
	audience: Audience,
	classListId: string,
	coverages: readonly { readonly kind: 'plan' | 'current'; readonly contentId: string }[],
	hasBlocks: boolean,
) {
	return COVERAGE_THEMES.flatMap((theme) => {
		const rule = THEME_RULES[theme];
		const coverage = coverages.find(({ kind }) => kind === rule.coverage);
		if (theme === 'blocks' && !hasBlocks) return [];
		if (coverage === undefined || (rule.grade === 'office' && audience !== 'office')) return [];
		return [addressesOf(theme, audience, coverage.contentId, classListId)];
	});
}
