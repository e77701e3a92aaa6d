import type { LonLat } from '$geo/flat-polygons.ts';
import type { PointM } from './frame.ts';

/** What a part of a park is mainly for; a demo's districts are invented. */
export type District =
	'core' | 'science' | 'living' | 'industry' | 'works' | 'logistics' | 'campus' | 'reserve' | 'country';

/** A long thing that cuts through the streets. */
export interface BandLayout {
	readonly kind: 'river' | 'stream' | 'expressway' | 'railway';
	readonly line: readonly PointM[];
}

/** The invented layout of one demo park, in metres east and north of `origin`. */
export interface ParkLayout {
	readonly parkId: string;
	readonly initials: string;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly origin: LonLat;
	readonly nominalKm2: number;
	/** Controls of the outline, clockwise, and how far chance may move each. */
	readonly outline: readonly PointM[];
	readonly jitterM: number;
	readonly turnDeg: number;
	/** Street spacing against the zone's. */
	readonly grain: number;
	readonly bands: readonly BandLayout[];
	readonly districts: readonly (readonly [kind: District, eastM: number, northM: number, reachM: number])[];
}

/** The four demo parks at about the true places; only the places and the nominal areas are facts. */
export const PARK_LAYOUTS: readonly ParkLayout[] = [
	{
		parkId: 'hunnan',
		initials: 'HN',
		nameZh: '浑南',
		nameEn: 'Hunnan',
		origin: [123.45, 41.705],
		nominalKm2: 243,
		outline: [
			[-10200, 3300],
			[-7300, 3750],
			[-4200, 3900],
			[-1400, 5100],
			[2400, 5500],
			[5200, 6500],
			[8300, 7000],
			[10300, 6400],
			[11300, 4700],
			[10700, 2700],
			[12000, 300],
			[11500, -1900],
			[9500, -3300],
			[8600, -5200],
			[6300, -6800],
			[3700, -6400],
			[1200, -7700],
			[-1600, -7100],
			[-3600, -8300],
			[-6300, -7400],
			[-7600, -5400],
			[-9700, -4300],
			[-10200, -2200],
			[-9300, -300],
			[-10900, 1500],
		],
		jitterM: 220,
		turnDeg: 10,
		grain: 1,
		bands: [
			{
				kind: 'river',
				line: [
					[-15000, 900],
					[-11500, 2300],
					[-8600, 2450],
					[-5400, 2450],
					[-1500, 3800],
					[2500, 4200],
					[6300, 5700],
					[10200, 5300],
					[16000, 7000],
				],
			},
			{
				kind: 'expressway',
				line: [
					[-15000, -1200],
					[-9000, -2500],
					[-4000, -3700],
					[1500, -3200],
					[6500, -1500],
					[15000, -600],
				],
			},
			{
				kind: 'expressway',
				line: [
					[-3900, 9500],
					[-3300, 4500],
					[-2300, 500],
					[-2900, -4000],
					[-4300, -11000],
				],
			},
			{
				kind: 'railway',
				line: [
					[-14000, -6800],
					[-7000, -5000],
					[-1000, -5700],
					[4600, -4300],
					[8400, 600],
					[15000, 4300],
				],
			},
			{
				kind: 'stream',
				line: [
					[4300, -10000],
					[3800, -5700],
					[4700, -2100],
					[3300, 1300],
					[4000, 4900],
				],
			},
			{
				kind: 'stream',
				line: [
					[-8200, -10000],
					[-6300, -4600],
					[-6900, -1200],
					[-5700, 800],
					[-6200, 2500],
				],
			},
		],
		districts: [
			['core', 1300, 2300, 1500],
			['core', -4900, 1000, 700],
			['science', -900, 1500, 900],
			['science', 5800, 3300, 900],
			['science', 2600, -2100, 700],
			['science', -4700, -1400, 500],
			['living', -8000, 1400, 900],
			['living', -2900, 2900, 800],
			['living', 3300, 3000, 300],
			['living', 8300, 5200, 900],
			['living', -600, -1200, 1000],
			['living', 6400, 700, 600],
			['living', -7800, -1700, 200],
			['campus', 3000, 200, 450],
			['industry', 9400, 2600, 900],
			['industry', 9000, -500, 1000],
			['industry', -1300, -3900, 700],
			['industry', 1900, -5100, 300],
			['industry', -8000, -800, 300],
			['works', 6800, -2900, 800],
			['works', -5400, -4700, 700],
			['logistics', -8200, -3600, 400],
			['logistics', 3700, -4500, 0],
			['reserve', 6100, -700, 0],
			['reserve', 700, -2600, -250],
			['country', -3600, -7000, 900],
			['country', 400, -7100, 900],
			['country', 6000, -5900, 900],
			['country', 11300, 700, 200],
			['country', -8500, -6300, 0],
		],
	},
	{
		parkId: 'heping',
		initials: 'HP',
		nameZh: '和平',
		nameEn: 'Heping',
		origin: [123.4, 41.77],
		nominalKm2: 7,
		outline: [
			[-1500, 900],
			[-300, 1350],
			[1100, 1200],
			[1650, 300],
			[1350, -900],
			[200, -1300],
			[-1100, -1150],
			[-1750, -200],
		],
		jitterM: 70,
		turnDeg: -8,
		grain: 0.55,
		bands: [
			{
				kind: 'stream',
				line: [
					[-3500, -500],
					[-900, -100],
					[500, 350],
					[3500, 150],
				],
			},
		],
		districts: [
			['core', 300, 700, 200],
			['science', 700, -500, 200],
			['living', -1000, 500, 150],
			['living', -500, -800, 100],
			['science', -300, 150, 0],
		],
	},
	{
		parkId: 'huanggu',
		initials: 'HG',
		nameZh: '皇姑',
		nameEn: 'Huanggu',
		origin: [123.4, 41.85],
		nominalKm2: 33,
		outline: [
			[-2600, 2300],
			[-600, 3000],
			[1500, 2700],
			[2700, 1700],
			[2500, -300],
			[3000, -1700],
			[1200, -2700],
			[-700, -2500],
			[-2400, -3000],
			[-3100, -1200],
			[-2700, 600],
		],
		jitterM: 130,
		turnDeg: 6,
		grain: 0.8,
		bands: [
			{
				kind: 'stream',
				line: [
					[-5500, -1100],
					[-1500, -300],
					[800, 500],
					[2000, 200],
					[5500, 1100],
				],
			},
			{
				kind: 'expressway',
				line: [
					[-1300, -6000],
					[-800, -1200],
					[200, 1400],
					[100, 6000],
				],
			},
		],
		districts: [
			['core', 900, -700, 200],
			['science', 1300, 900, 300],
			['living', -1600, -1500, 300],
			['living', -1300, 600, 200],
			['industry', -900, 2100, 200],
			['works', 1400, 2000, 0],
			['industry', 1700, -1900, 100],
			['reserve', -2300, -300, -300],
			['country', -2500, 1900, -100],
		],
	},
	{
		parkId: 'dadong',
		initials: 'DD',
		nameZh: '大东',
		nameEn: 'Dadong',
		origin: [123.51, 41.83],
		nominalKm2: 74,
		outline: [
			[-3700, 3400],
			[-1500, 4500],
			[900, 4100],
			[3000, 4800],
			[4600, 3100],
			[4300, 900],
			[5200, -900],
			[3900, -3000],
			[1700, -3700],
			[-300, -4700],
			[-2500, -4100],
			[-3900, -2500],
			[-4600, -300],
			[-3900, 1600],
		],
		jitterM: 170,
		turnDeg: -14,
		grain: 1,
		bands: [
			{
				kind: 'railway',
				line: [
					[-9000, 2600],
					[-2000, 1300],
					[2000, 1900],
					[9000, 900],
				],
			},
			{
				kind: 'expressway',
				line: [
					[2300, -8000],
					[2700, -1500],
					[1900, 2500],
					[2500, 8000],
				],
			},
			{
				kind: 'stream',
				line: [
					[-9000, -3000],
					[-2500, -1900],
					[1500, -900],
					[9000, -300],
				],
			},
		],
		districts: [
			['core', -1200, -1000, 300],
			['living', -2800, -2400, 500],
			['living', 700, -2700, 300],
			['science', 900, 300, 300],
			['campus', -3200, 300, 200],
			['works', -1200, 2700, 700],
			['works', 700, 2600, 300],
			['industry', 3600, 1400, 300],
			['industry', 3600, -1600, 300],
			['logistics', -2900, 2300, 200],
			['reserve', 2400, 3300, -200],
			['country', 3400, 4000, 100],
			['country', -1300, 4200, -100],
		],
	},
];
