import type { DraftParcel } from './draft-parcel.ts';
import type { District } from './park-layout.ts';
import type { Weighted } from './plan-uses.ts';

/** What the survey finds in the built blocks of a district, and how far the district is built. */
export interface CurrentRule {
	/** About the share of the district that is built; chance moves it by a third either way. */
	readonly built: number;
	readonly targetM2: number;
	readonly themes: Weighted;
	readonly others: Weighted;
}

/** The state of a built lot. */
export type LotState = NonNullable<DraftParcel['state']>;

/** The rules of the current coverage's districts; invented. */
export const CURRENT_DISTRICTS: Readonly<Record<District, CurrentRule>> = {
	core: {
		built: 0.78,
		targetM2: 60000,
		themes: [
			['070102', 4],
			['0902', 1.1],
			['0901', 1],
			['0802', 2.4],
			['100101', 0.8],
			['1401', 0.5],
		],
		others: [
			['0901', 2],
			['0902', 1],
			['0801', 0.6],
			['1401', 0.7],
			['080403', 0.5],
			['120803', 0.3],
		],
	},
	science: {
		built: 0.5,
		targetM2: 85000,
		themes: [
			['0802', 4],
			['100101', 3],
			['070102', 2.4],
			['100102', 0.8],
		],
		others: [
			['0802', 2],
			['100101', 2],
			['0901', 1],
			['1303', 0.2],
			['1401', 0.4],
		],
	},
	living: {
		built: 0.6,
		targetM2: 80000,
		themes: [
			['070102', 8],
			['070103', 1.4],
			['0901', 0.6],
			['100102', 0.5],
		],
		others: [
			['070102', 3],
			['080403', 1],
			['080404', 0.7],
			['0901', 1.4],
			['1401', 0.8],
			['0702', 0.4],
			['080602', 0.3],
		],
	},
	campus: {
		built: 0.74,
		targetM2: 190000,
		themes: [
			['080401', 7],
			['0802', 1],
			['070102', 0.7],
		],
		others: [
			['080401', 3],
			['0805', 1],
			['0802', 1],
			['0901', 0.3],
		],
	},
	industry: {
		built: 0.52,
		targetM2: 110000,
		themes: [
			['100101', 4],
			['100102', 3.4],
			['110101', 0.6],
			['0802', 0.4],
		],
		others: [
			['100102', 3],
			['100101', 2],
			['0901', 0.5],
			['1302', 0.2],
			['1303', 0.3],
		],
	},
	works: {
		built: 0.56,
		targetM2: 140000,
		themes: [
			['100102', 7],
			['100103', 1],
			['110101', 1],
			['100101', 1],
		],
		others: [
			['100102', 4],
			['110101', 1],
			['1303', 0.3],
			['1305', 0.3],
		],
	},
	logistics: {
		built: 0.5,
		targetM2: 140000,
		themes: [
			['110101', 5],
			['100102', 2],
			['090102', 0.7],
		],
		others: [
			['110101', 3],
			['100102', 1],
			['120803', 0.5],
		],
	},
	reserve: { built: 0.12, targetM2: 150000, themes: [['2301', 1]], others: [['2301', 1]] },
	country: { built: 0, targetM2: 200000, themes: [['2301', 1]], others: [['2301', 1]] },
};

/** How much more of each park is built than of Hunnan's like districts. */
export const BUILT_MORE: Readonly<Record<string, number>> = { heping: 0.6, huanggu: 0.16, dadong: 0.08 };

/** Field and woodland size before scaling, in m². */
export const FIELD_M2 = 150000;
