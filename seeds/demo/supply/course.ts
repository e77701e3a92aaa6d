import type { SupplyEventKind } from '$lib/domain/supply/life-cycle.ts';
import type { SupplyMode } from '$lib/domain/supply/mode.ts';
import type { LandUse } from '$lib/domain/tenure/term.ts';

/** How far some of the demo's supplies have come. */
export interface Course {
	readonly mode: SupplyMode;
	/** What has happened; nothing: it stands in the programme. */
	readonly events: readonly SupplyEventKind[];
	readonly count: number;
	/** Months before the demo's day in which the first notice fell. */
	readonly noticeMonthsAgo: readonly [least: number, most: number];
	/** Uses of the land; of several the first that there is ground for. */
	readonly uses: readonly LandUse[];
	/** Months of lease and years of grant that are agreed. */
	readonly leaseMonths?: readonly number[];
	readonly grantYears?: readonly number[];
	/** Whether MX land comes first. */
	readonly isMx?: boolean;
}

type Rest = Omit<Course, 'mode' | 'events' | 'count' | 'noticeMonthsAgo'>;

function courses(
	mode: SupplyMode,
	rest: Rest,
	...rows: readonly (readonly [
		count: number,
		months: readonly [number, number],
		...events: readonly SupplyEventKind[],
	])[]
): Course[] {
	return rows.map(([count, noticeMonthsAgo, ...events]) => ({
		mode,
		...rest,
		count,
		noticeMonthsAgo,
		events,
	}));
}

const INDUSTRY = ['industrial'] as const;
const TO_LEASE = ['offer', 'award', 'sign_lease', 'hand_over'] as const;
const TO_RIGHT = ['offer', 'award', 'sign', 'hand_over'] as const;

/** The demo's supplies: every mode, every state that it can be in. Of lease-then-grant there is a plot for each state. */
export const COURSES: readonly Course[] = [
	...courses(
		'lease_then_grant',
		{ uses: INDUSTRY, isMx: true, leaseMonths: [36, 48, 60], grantYears: [15, 30, 40] },
		[3, [0, 0]],
		[1, [6, 9], 'cancel'],
		[4, [0, 1], 'offer'],
		[2, [5, 9], 'offer', 'close_unsold'],
		[3, [3, 4], 'offer', 'award'],
		[4, [5, 7], 'offer', 'award', 'sign_lease'],
		[19, [9, 34], ...TO_LEASE],
		[2, [40, 41], ...TO_LEASE, 'open_review', 'extend_lease'],
		[5, [38, 39], ...TO_LEASE, 'open_review'],
		[4, [40, 41], ...TO_LEASE, 'open_review', 'pass_review'],
		[3, [40, 42], ...TO_LEASE, 'open_review', 'fail_review'],
		[12, [44, 60], ...TO_LEASE, 'open_review', 'pass_review', 'sign_grant'],
		[3, [45, 58], ...TO_LEASE, 'open_review', 'fail_review', 'end'],
		[1, [30, 36], ...TO_LEASE, 'end'],
	),
	...courses(
		'long_lease',
		{ uses: INDUSTRY, isMx: true, leaseMonths: [120, 180, 240] },
		[2, [0, 0]],
		[2, [0, 1], 'offer'],
		[1, [3, 4], 'offer', 'award'],
		[2, [5, 7], 'offer', 'award', 'sign_lease'],
		[14, [9, 56], ...TO_LEASE],
		[1, [40, 50], ...TO_LEASE, 'end'],
	),
	...courses(
		'lease',
		{ uses: INDUSTRY, leaseMonths: [24, 36, 60] },
		[2, [0, 0]],
		[2, [0, 1], 'offer'],
		[1, [3, 4], 'offer', 'award'],
		[2, [5, 7], 'offer', 'award', 'sign_lease'],
		[12, [9, 24], ...TO_LEASE],
		[2, [30, 34], ...TO_LEASE, 'renew'],
		[3, [34, 50], ...TO_LEASE, 'end'],
	),
	...courses(
		'lease_and_grant',
		{ uses: INDUSTRY, isMx: true, leaseMonths: [120], grantYears: [20, 30] },
		[2, [0, 0]],
		[1, [0, 1], 'offer'],
		[2, [5, 7], 'offer', 'award', 'sign'],
		[6, [9, 40], ...TO_RIGHT],
	),
	...courses(
		'flexible_term_grant',
		{ uses: INDUSTRY, isMx: true, grantYears: [10, 20, 30] },
		[3, [0, 0]],
		[3, [0, 1], 'offer'],
		[2, [3, 4], 'offer', 'award'],
		[3, [5, 7], 'offer', 'award', 'sign'],
		[15, [9, 56], ...TO_RIGHT],
		[1, [40, 56], ...TO_RIGHT, 'end'],
	),
	...courses(
		'grant',
		{ uses: ['commercial'], grantYears: [40] },
		[3, [0, 0]],
		[2, [6, 9], 'cancel'],
		[4, [0, 1], 'offer'],
		[2, [3, 4], 'offer', 'award'],
		[3, [5, 7], 'offer', 'award', 'sign'],
		[17, [9, 62], ...TO_RIGHT],
		[2, [44, 60], ...TO_RIGHT, 'end'],
	),
	...courses(
		'grant',
		{ uses: ['residential'], grantYears: [70] },
		[3, [0, 0]],
		[3, [0, 1], 'offer'],
		[2, [3, 4], 'offer', 'award'],
		[2, [5, 7], 'offer', 'award', 'sign'],
		[16, [9, 62], ...TO_RIGHT],
	),
	...courses(
		'grant',
		{ uses: INDUSTRY, grantYears: [50] },
		[1, [6, 9], 'cancel'],
		[2, [5, 8], 'offer', 'withdraw_offer'],
		[2, [3, 4], 'offer', 'award', 'void_award'],
		[1, [5, 7], 'offer', 'award', 'sign'],
		[18, [9, 62], ...TO_RIGHT],
		[2, [44, 60], ...TO_RIGHT, 'end'],
	),
	...courses(
		'grant_with_structures',
		{ uses: INDUSTRY, isMx: true, grantYears: [30] },
		[1, [0, 0]],
		[1, [0, 1], 'offer'],
		[4, [9, 30], ...TO_RIGHT],
	),
	...courses(
		'grant_with_scheme',
		{ uses: ['commercial'], grantYears: [40] },
		[1, [0, 0]],
		[1, [0, 1], 'offer'],
		[4, [9, 30], ...TO_RIGHT],
	),
	...courses(
		'allocation',
		{ uses: ['civic'] },
		[4, [0, 0]],
		[2, [0, 1], 'offer'],
		[2, [5, 7], 'offer', 'award', 'sign'],
		[18, [9, 62], ...TO_RIGHT],
		[2, [44, 60], ...TO_RIGHT, 'end'],
	),
	...courses(
		'capital_contribution',
		{ uses: ['civic'], grantYears: [50] },
		[1, [5, 7], 'offer', 'award', 'sign'],
		[4, [9, 40], ...TO_RIGHT],
	),
];
