import { between } from './chance.ts';
import type { District } from './park-layout.ts';

/** Choices with their weights. */
export type Weighted = readonly (readonly [classCode: string, weight: number])[];

/** What the blocks of a district are for, and how its streets lie. */
export interface DistrictRule {
	/** Block length and depth at the default parcel count. */
	readonly blockM: readonly [lengthM: number, depthM: number];
	/** Half widths of secondary and branch streets. */
	readonly halfM: number;
	readonly branchHalfM: number;
	/** How often a lot on an avenue is a shop or an office house. */
	readonly frontage: number;
	/** How often a block has a lane. */
	readonly lanes: number;
	/** How often a street between two blocks is left out. */
	readonly openings: number;
	/** The main class of a block. */
	readonly themes: Weighted;
	/** The classes of the odd lots among them. */
	readonly others: Weighted;
	/** Services cut off a block's lots, at most. */
	readonly services: number;
}

/** The rules of the plan's districts; invented, in the mix of a high-tech zone. */
export const PLAN_DISTRICTS: Readonly<Record<District, DistrictRule>> = {
	core: {
		blockM: [410, 340],
		halfM: 18,
		branchHalfM: 12,
		frontage: 0.11,
		lanes: 0.5,
		openings: 0.06,
		themes: [
			['0902', 2.6],
			['MX', 5],
			['1401', 0.9],
			['070102', 3.4],
			['0901', 1],
			['0802', 4],
		],
		others: [
			['0901', 3],
			['0902', 3],
			['MX', 2],
			['080301', 1],
			['0801', 1],
			['1403', 0.7],
			['0903', 0.4],
			['070102', 1.5],
		],
		services: 2,
	},
	science: {
		blockM: [540, 430],
		halfM: 18,
		branchHalfM: 12,
		frontage: 0.06,
		lanes: 0.35,
		openings: 0.16,
		themes: [
			['0802', 6],
			['MX', 4.5],
			['070102', 1.8],
			['1401', 0.9],
			['100101', 1.6],
			['0902', 0.8],
		],
		others: [
			['0802', 3],
			['MX', 3],
			['0902', 1],
			['070102', 0.7],
			['0901', 0.7],
		],
		services: 1,
	},
	living: {
		blockM: [510, 440],
		halfM: 19,
		branchHalfM: 12,
		frontage: 0.1,
		lanes: 0.5,
		openings: 0.14,
		themes: [
			['070102', 9],
			['070101', 1.1],
			['1401', 0.8],
			['0901', 0.25],
			['0802', 0.5],
		],
		others: [
			['070102', 6],
			['0901', 1],
			['0902', 0.5],
			['1401', 0.4],
		],
		services: 3,
	},
	campus: {
		blockM: [840, 700],
		halfM: 18,
		branchHalfM: 12,
		frontage: 0.04,
		lanes: 0.1,
		openings: 0.4,
		themes: [
			['080401', 7],
			['0802', 2.4],
			['0805', 0.5],
			['070102', 0.9],
			['1401', 0.6],
		],
		others: [
			['0802', 3],
			['080401', 4],
			['080402', 1],
			['0805', 1],
			['0901', 0.4],
		],
		services: 1,
	},
	industry: {
		blockM: [650, 520],
		halfM: 18,
		branchHalfM: 12,
		frontage: 0.035,
		lanes: 0.2,
		openings: 0.22,
		themes: [
			['100101', 6.5],
			['1401', 0.35],
			['MX', 3.2],
			['0802', 1.6],
			['100102', 1.4],
			['110101', 0.4],
		],
		others: [
			['100101', 4],
			['MX', 2],
			['0802', 1],
			['070102', 0.2],
		],
		services: 1,
	},
	works: {
		blockM: [860, 640],
		halfM: 18,
		branchHalfM: 15,
		frontage: 0.02,
		lanes: 0.12,
		openings: 0.3,
		themes: [
			['100102', 6.4],
			['1402', 0.35],
			['100101', 2.6],
			['0802', 0.5],
			['110101', 0.9],
			['16', 0.5],
		],
		others: [
			['100102', 4],
			['100101', 2],
			['110101', 0.6],
		],
		services: 1,
	},
	logistics: {
		blockM: [840, 650],
		halfM: 19,
		branchHalfM: 15,
		frontage: 0.02,
		lanes: 0.1,
		openings: 0.3,
		themes: [
			['110101', 6],
			['110102', 2],
			['100101', 1],
			['0901', 0.3],
		],
		others: [
			['110101', 4],
			['110102', 1],
			['120801', 0.5],
			['090102', 0.6],
		],
		services: 1,
	},
	reserve: {
		blockM: [840, 700],
		halfM: 19,
		branchHalfM: 13,
		frontage: 0,
		lanes: 0.1,
		openings: 0.35,
		themes: [
			['16', 8],
			['1402', 1],
		],
		others: [
			['16', 8],
			['0802', 0.4],
		],
		services: 0,
	},
	country: {
		blockM: [1550, 1300],
		halfM: 5,
		branchHalfM: 4,
		frontage: 0,
		lanes: 0.1,
		openings: 0.3,
		themes: [['0103', 1]],
		others: [['0103', 1]],
		services: 0,
	},
};

const DAILY: Weighted = [
	['1401', 3],
	['080403', 2.4],
	['0901', 2],
	['080404', 1.6],
	['0702', 1],
	['080602', 0.6],
	['0805', 0.4],
	['080701', 0.4],
	['080302', 0.4],
	['1403', 0.3],
	['080601', 0.35],
	['1310', 0.15],
	['1303', 0.3],
	['120803', 0.4],
	['120802', 0.3],
	['1503', 0.3],
];
const WORKING: Weighted = [
	['1401', 2],
	['0901', 1.5],
	['1303', 0.8],
	['120803', 1],
	['120802', 0.5],
	['1310', 0.3],
	['1302', 0.35],
	['1301', 0.2],
	['1305', 0.3],
	['1304', 0.2],
	['1306', 0.2],
	['1309', 0.2],
	['1507', 0.35],
	['1402', 0.8],
];

/** The classes of the services in a district's blocks. */
export function servicesOf(district: District): Weighted {
	return district === 'living' || district === 'core' || district === 'campus' ? DAILY : WORKING;
}

/** Says whether a class is a service that takes a corner rather than a lot. */
export function isService(classCode: string): boolean {
	return [...DAILY, ...WORKING].some(([service]) => service === classCode);
}

const SERVICE_M2: Readonly<Record<string, readonly [low: number, high: number]>> = {
	'1401': [14000, 45000],
	'1402': [9000, 26000],
	'1403': [7000, 15000],
	'080403': [26000, 52000],
	'080404': [6500, 11000],
	'080601': [30000, 62000],
	'080602': [4500, 9000],
	'0901': [11000, 32000],
	'0702': [4500, 9500],
	'0805': [12000, 40000],
	'1301': [16000, 50000],
	'1302': [18000, 60000],
};

/** The area in m² that a service is given. */
export function serviceAreaM2(classCode: string, seed: number, salt: number): number {
	const [low, high] = SERVICE_M2[classCode] ?? [4000, 13000];
	return between(low, high, seed, salt);
}
