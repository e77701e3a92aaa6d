/** Modes in which land is supplied (供地方式). */
export const SUPPLY_MODES = [
	'allocation',
	'grant',
	'flexible_term_grant',
	'grant_with_structures',
	'grant_with_scheme',
	'capital_contribution',
	'lease',
	'long_lease',
	'lease_and_grant',
	'lease_then_grant',
] as const;
export type SupplyMode = (typeof SUPPLY_MODES)[number];

/** Procedures by which a holder is found. */
export const PROCEDURES = ['tender', 'auction', 'listing', 'agreement', 'decision'] as const;
export type Procedure = (typeof PROCEDURES)[number];

/** How the right comes about; modes of one path go through the same states. */
export const SUPPLY_PATHS = [
	'allocation',
	'grant',
	'contribution',
	'lease',
	'lease_and_grant',
	'lease_then_grant',
] as const;
export type SupplyPath = (typeof SUPPLY_PATHS)[number];

/** What a mode is, beyond numbers, which are rules. */
export interface ModeTraits {
	readonly path: SupplyPath;
	readonly procedures: readonly Procedure[];
	/** Where the mode is written. */
	readonly source: string;
	/** `unverified`: no text of its steps was read. */
	readonly status: 'verified' | 'unverified';
}

const COMPETITIVE: readonly Procedure[] = ['tender', 'auction', 'listing'];
const EVERY_SALE: readonly Procedure[] = [...COMPETITIVE, 'agreement'];

/**
 * The modes with their paths and procedures.
 *
 * A pilot that is only named by the opinion (item 14) is `unverified`: its steps are taken to be those of a grant.
 */
export const MODE_TRAITS: Readonly<Record<SupplyMode, ModeTraits>> = {
	allocation: {
		path: 'allocation',
		procedures: ['decision'],
		source: '土地管理法 第54条',
		status: 'verified',
	},
	grant: { path: 'grant', procedures: EVERY_SALE, source: '民法典 第347条', status: 'verified' },
	flexible_term_grant: {
		path: 'grant',
		procedures: COMPETITIVE,
		source: '自然资发〔2022〕201号',
		status: 'verified',
	},
	grant_with_structures: {
		path: 'grant',
		procedures: EVERY_SALE,
		source: '沈阳市人民政府实施意见（2022-03-10）第14项（试点，未见程序规定）',
		status: 'unverified',
	},
	grant_with_scheme: {
		path: 'grant',
		procedures: EVERY_SALE,
		source: '未见程序规定',
		status: 'unverified',
	},
	capital_contribution: {
		path: 'contribution',
		procedures: ['decision'],
		source: '土地管理法实施条例（2021）第17条',
		status: 'verified',
	},
	lease: { path: 'lease', procedures: EVERY_SALE, source: '国土资发〔1999〕222号', status: 'verified' },
	long_lease: {
		path: 'lease',
		procedures: COMPETITIVE,
		source: '自然资发〔2022〕201号',
		status: 'verified',
	},
	lease_and_grant: {
		path: 'lease_and_grant',
		procedures: COMPETITIVE,
		source: '沈阳市人民政府实施意见（2022-03-10）第14项（未见程序规定）',
		status: 'unverified',
	},
	lease_then_grant: {
		path: 'lease_then_grant',
		procedures: COMPETITIVE,
		source: '自然资发〔2022〕201号',
		status: 'verified',
	},
};

/** Says whether a procedure lets several compete (招标、拍卖、挂牌). */
export function isCompetitive(procedure: Procedure): boolean {
	return COMPETITIVE.includes(procedure);
}

/** The path of a mode. */
export function pathOf(mode: SupplyMode): SupplyPath {
	return MODE_TRAITS[mode].path;
}
