import { addDays, addMonths, yearOf } from '$lib/domain/calendar/day.ts';
import type { SupplyEventKind } from '$lib/domain/supply/life-cycle.ts';
import { pathOf } from '$lib/domain/supply/mode.ts';
import type { ContractFacts, OfferFacts, SupplyEvent } from '$lib/domain/supply/record.ts';
import type { FactShapes, ProgressStep, SupplyFact } from '$lib/domain/supply/supply-fact.ts';
import type { LandUse } from '$lib/domain/tenure/term.ts';
import { between, chance } from '../chance.ts';
import type { Course } from './course.ts';
import { playMarket, topUpOf, type HeldGround } from './market.ts';

/** The day that the demo's supplies describe. */
export const DEMO_DAY = '2026-11-20';

export interface DemoPayment {
	readonly kind: 'price' | 'rent' | 'top_up';
	readonly amountFen: number;
	readonly paidOn: string;
	readonly reference: string;
	/** Which payment of the list it takes back, from 1; null: none. */
	readonly correctsNo: number | null;
}

export interface DemoSecret {
	readonly kind: 'reserve_price' | 'bid';
	readonly amountFen: number;
	readonly bidder: string | null;
	readonly statedOn: string;
}

/** A fact with the day on which it was recorded. */
export type DemoFact = SupplyFact & { readonly onDay: string };

/** An event with the day on which it was recorded. */
export type DemoEvent = SupplyEvent & { readonly onDay: string };

/** A supply of the demo, from the programme to where it stands. */
export interface DemoSupply {
	readonly mode: Course['mode'];
	readonly year: number;
	readonly quarter: number;
	readonly events: readonly DemoEvent[];
	readonly payments: readonly DemoPayment[];
	readonly secrets: readonly DemoSecret[];
	/** What was seen of works and agreed of output, in order. */
	readonly facts: readonly DemoFact[];
}

/** The ground that is supplied. */
export interface DemoGround {
	readonly areaM2: number;
	readonly use: LandUse;
}

/** Yuan for a square metre of land, low and high; invented. */
const PRICES: Readonly<Record<LandUse, readonly [number, number]>> = {
	residential: [4200, 6800],
	commercial: [2400, 4600],
	industrial: [380, 620],
	civic: [520, 820],
	other: [400, 600],
};
const OFFICE = 'sample-bureau';
const CONDITIONS = [
	{ key: 'invested', text: '示例：固定资产投资强度达到约定值' },
	{ key: 'output', text: '示例：亩均产出达到约定值' },
];
const ON_FAILURE = '示例：收回土地，地上建筑物按评估残值补偿';
const REASON = '示例理由';
const REVIEW_LEASE_MONTHS = 36;
const RENT_DUE_AFTER_DAYS = 15;

/** Plays a course on some ground; invented, the same for the same arguments. Money in whole fen; nothing of it is after the demo's day but what is agreed. */
export function playCourse(course: Course, ground: DemoGround, seed: number, k: number): DemoSupply {
	const draw = (salt: number, low: number, high: number) => Math.floor(between(low, high, seed, salt, k));
	const one = <T>(values: readonly T[], salt: number) => values[draw(salt, 0, values.length)];
	const path = pathOf(course.mode);
	const isDecided = path === 'allocation' || path === 'contribution';
	const leases = course.events.includes('open_review') ? [REVIEW_LEASE_MONTHS] : (course.leaseMonths ?? []);
	const leaseMonths = course.events.includes('renew') ? Math.min(24, ...leases) : (one(leases, 311) ?? null);
	const grantYears = one(course.grantYears ?? [], 312) ?? null;
	const [low, high] = PRICES[ground.use];
	const priceYuan = Math.round((ground.areaM2 * between(low, high, seed, 313, k)) / 10_000) * 10_000;
	const isRented = path === 'lease' || path === 'lease_then_grant' || path === 'lease_and_grant';
	const startFen = isDecided ? null : 100 * (isRented ? Math.ceil(priceYuan * 0.03) : priceYuan);
	const reachedFen = startFen === null ? null : startFen + draw(314, 0, 9) * Math.round(startFen * 0.02);
	const holder = `示例企业${String(k + 1).padStart(3, '0')}（虚构）`;

	const [least, most] = course.noticeMonthsAgo;
	const noticeOn = addDays(DEMO_DAY, -Math.round(30.44 * between(least, most, seed, 315, k)) - 1);
	const startsOn = addDays(noticeOn, isDecided ? 1 : 21 + draw(316, 0, 4));
	const endsOn = addDays(startsOn, 11 + draw(317, 0, 5));
	const awardedOn = addDays(endsOn, 1);
	const signedOn = addDays(awardedOn, 12);
	const handedOverOn = addDays(signedOn, 20 + draw(318, 0, 30));
	const reviewOn = addMonths(handedOverOn, (leaseMonths ?? 0) - 2);

	const offer: OfferFacts = {
		procedure: isDecided ? 'decision' : one(['listing', 'listing', 'listing', 'auction', 'tender'], 319),
		noticeOn,
		startsOn,
		endsOn,
		startPriceFen: startFen,
		priceBasis: isDecided ? null : `示例评估报告第${k + 1}号`,
		minutesNumber: isDecided ? null : `示例纪要〔${yearOf(noticeOn)}〕${k + 1}号`,
		leaseMonths,
		grantYears,
		intendedUsers: null,
		supplyConditions: ground.use === 'industrial' ? ['示例：产业类别符合片区产业规划'] : [],
		noticeNumber: `示例公告〔${yearOf(noticeOn)}〕${k + 1}号`,
	};
	const isTurned = course.events.includes('sign_grant');
	const contract = (day: string, number: string, rents = isRented): ContractFacts => ({
		number: `示例合同〔${yearOf(day)}〕${number}号`,
		signedOn: day,
		principalOfficeId: OFFICE,
		eSupervisionNumber: `SL-${yearOf(day)}-${String(k + 1).padStart(4, '0')}`,
		handOverBy: addDays(day, 60),
		startBy: addMonths(day, 12),
		completeBy: addMonths(day, 36),
		leaseMonths,
		grantYears,
		priceFen: rents ? null : isTurned ? 100 * priceYuan : reachedFen,
		yearlyRentFen: rents ? reachedFen : null,
		rentPaymentMonths: rents ? 12 : null,
		rentDueAfterDays: rents ? RENT_DUE_AFTER_DAYS : null,
		agreedConditions: course.mode === 'lease_then_grant' ? CONDITIONS : [],
		onFailure: course.mode === 'lease_then_grant' ? ON_FAILURE : null,
	});
	const results = CONDITIONS.map(({ key }) => ({
		key,
		isMet: !course.events.includes('fail_review') || key !== 'output',
		evidence: '示例核验表',
	}));
	const passedOn = addDays(reviewOn, 30);
	// Rent is owed to the last day of the lease.
	const grantedOn = addMonths(handedOverOn, leaseMonths ?? 0);
	const endedOn = course.events.includes('fail_review')
		? addDays(passedOn, 45)
		: addMonths(handedOverOn, path === 'lease' || path === 'lease_then_grant' ? 12 : 26);
	const told: {
		readonly [Kind in SupplyEventKind]: readonly [
			onDay: string,
			facts: Extract<SupplyEvent, { event: Kind }>['facts'],
		];
	} = {
		cancel: [addDays(noticeOn, 15), { reason: REASON }],
		offer: [noticeOn, offer],
		withdraw_offer: [addDays(noticeOn, 10), { reason: REASON }],
		close_unsold: [awardedOn, { closedOn: awardedOn }],
		award: [
			awardedOn,
			{
				awardedOn,
				holder,
				priceFen: isRented ? null : reachedFen,
				yearlyRentFen: isRented ? reachedFen : null,
				bidders: isDecided ? null : 2,
			},
		],
		void_award: [addDays(awardedOn, 20), { reason: REASON }],
		sign: [signedOn, contract(signedOn, `${k + 1}`)],
		sign_lease: [signedOn, contract(signedOn, `租${k + 1}`)],
		hand_over: [handedOverOn, { handedOverOn }],
		open_review: [reviewOn, { openedOn: reviewOn }],
		pass_review: [passedOn, { passedOn, results }],
		fail_review: [passedOn, { failedOn: passedOn, results, reason: '示例：产出未达到约定值' }],
		extend_lease: [
			addDays(reviewOn, 20),
			{ decidedOn: addDays(reviewOn, 20), leaseMonths: 6, reason: REASON },
		],
		sign_grant: [grantedOn, contract(grantedOn, `转${k + 1}`, false)],
		renew: [
			addMonths(handedOverOn, 10),
			{ appliedOn: addMonths(handedOverOn, 10), leaseMonths: 24, grantYears: null },
		],
		end: [
			endedOn,
			{
				endedOn,
				cause: course.events.includes('fail_review') ? 'conversion_failed' : 'surrendered',
				reason: REASON,
			},
		],
	};
	const events = course.events.map((event, i) => {
		const [onDay, facts] = told[event];
		return { eventNo: i + 1, event, facts, userId: '', onDay } as DemoEvent;
	});
	const rentedMonths = (leaseMonths ?? 0) * (course.events.includes('renew') ? 2 : 1);
	const isNew = events.length === 0;
	const isHeld = course.events.includes('hand_over');
	const lastOn = events.at(-1)?.event === 'end' ? endedOn : DEMO_DAY;
	const works = isHeld ? demoFacts(ground, handedOverOn, lastOn, seed, k) : [];
	const held = { mode: course.mode, ...ground, handedOverOn, grantedOn: isTurned ? grantedOn : null };
	return {
		mode: course.mode,
		year: isNew ? one([2026, 2027, 2027], 320) : yearOf(noticeOn),
		quarter: isNew ? one([1, 2, 4], 320) : Math.ceil(Number(noticeOn.slice(5, 7)) / 3),
		events,
		payments:
			reachedFen === null
				? []
				: [
						...paymentsOf(
							events,
							isRented ? rentedMonths : null,
							reachedFen,
							[signedOn, handedOverOn],
							seed,
							k,
						),
						...(isTurned ? instalments(grantedOn, 100 * priceYuan, `示例转让价款${k + 1}`) : []),
						...(isHeld ? paidOnTop(held, lastOn, seed, k) : []),
					],
		facts: isHeld ? [...works, ...marketFacts(held, works.length, lastOn, seed, k)] : [],
		secrets: isDecided || startFen === null || isNew ? [] : secretsOf(offer, startFen, reachedFen, holder),
	};
}

/** Works begin, mostly in time, stand still here and there, and end; industry agrees on what it invests and pays. */
function demoFacts(
	{ use }: DemoGround,
	handedOverOn: string,
	lastOn: string,
	seed: number,
	k: number,
): DemoFact[] {
	const draw = (salt: number, low: number, high: number) => Math.floor(between(low, high, seed, salt, k));
	const found: DemoFact[] = [];
	const record = (onDay: string, fact: Pick<SupplyFact, 'kind' | 'facts'>) => {
		if (onDay > lastOn) return false;
		const factNo = found.length + 1;
		found.push({
			...fact,
			factNo,
			document: `示例记录${k + 1}-${factNo}`,
			replacesNo: null,
			isVoid: false,
			onDay,
		} as DemoFact);
		return true;
	};
	const step = (name: ProgressStep, seenOn: string) =>
		record(seenOn, { kind: 'progress', facts: { step: name, seenOn } });
	const isIndustry = use === 'industrial';
	if (isIndustry)
		for (const indicator of INDICATORS) record(handedOverOn, { kind: 'indicator', facts: indicator });
	const startedOn = addMonths(handedOverOn, draw(351, 3, 11));
	if (chance(seed, 352, k) < 0.12 || !step('started', startedOn)) return found;
	if (k % 19 === 4) {
		step('stopped', addMonths(startedOn, 4));
		return found;
	}
	const completedOn = addMonths(startedOn, draw(353, 18, 27));
	if (chance(seed, 354, k) < 0.1 || !step('completed', completedOn)) return found;
	const producedOn = addMonths(completedOn, 4);
	if (!isIndustry || !step('in_production', producedOn)) return found;
	const assessedOn = addMonths(completedOn, 12);
	const value = String(draw(355, 180, 420));
	record(assessedOn, { kind: 'assessment', facts: { indicatorNo: 1, assessedOn, value } });
	return found;
}

/** What the secondary market adds to the record, as far as it is past. */
function marketFacts(
	held: HeldGround,
	recorded: number,
	lastOn: string,
	seed: number,
	k: number,
): DemoFact[] {
	return playMarket(held, recorded + 1, lastOn, seed, k).map((fact, i) => ({
		...({ ...fact, factNo: recorded + 1 + i, replacesNo: null, isVoid: false } as DemoFact),
		document: `示例文书${k + 1}-${recorded + 1 + i}`,
	}));
}

/** A price on top, paid on its last day by two in three. */
function paidOnTop(held: HeldGround, lastOn: string, seed: number, k: number): DemoPayment[] {
	const topUp = topUpOf(held, seed, k);
	if (topUp === null || topUp.payBy > lastOn || k % 3 === 0) return [];
	const { amountFen, payBy } = topUp;
	return [{ kind: 'top_up', amountFen, paidOn: payBy, reference: `示例补缴${k + 1}`, correctsNo: null }];
}

const INDICATORS: readonly FactShapes['indicator'][] = [
	{
		name: '示例：固定资产投资强度',
		unit: '万元/亩',
		comparison: '>=',
		target: '300',
		tolerance: '30',
		checkPoint: 'completed',
		checkOn: null,
		monthsAfter: 12,
		owner: '示例工信部门',
	},
	{
		name: '示例：亩均税收',
		unit: '万元/亩·年',
		comparison: '>=',
		target: '20',
		tolerance: null,
		checkPoint: 'in_production',
		checkOn: null,
		monthsAfter: 24,
		owner: '示例税务部门',
	},
];

/** A price in two instalments within sixty days of the contract, as far as they are past. */
function instalments(signedOn: string, priceFen: number, reference: string): DemoPayment[] {
	const half = Math.floor(priceFen / 2);
	return [
		{ days: 28, amountFen: half },
		{ days: 58, amountFen: priceFen - half },
	]
		.map(({ days, amountFen }, i) => ({
			kind: 'price' as const,
			amountFen,
			paidOn: addDays(signedOn, days),
			reference: `${reference}-${i + 1}`,
			correctsNo: null,
		}))
		.filter(({ paidOn }) => paidOn <= DEMO_DAY);
}

/** Price in two instalments, or a year's rent ahead; some holders are behind, one entry in twenty was wrong and was taken back. */
function paymentsOf(
	events: readonly DemoEvent[],
	/** Months of lease; null: a price is paid. */
	rentedMonths: number | null,
	reachedFen: number,
	[signedOn, handedOverOn]: readonly [string, string],
	seed: number,
	k: number,
): DemoPayment[] {
	const has = (event: SupplyEventKind) => events.some((one) => one.event === event);
	if (!has('sign') && !has('sign_lease')) return [];
	const isBehind = chance(seed, 321, k) < 0.15;
	const over = events.find(({ event }) => event === 'end' || event === 'sign_grant')?.onDay;
	const last = over === undefined ? DEMO_DAY : addDays(over, -1);
	const rents = Array.from(
		{ length: has('hand_over') ? Math.floor((rentedMonths ?? 0) / 12) : 0 },
		(_, year) => ({
			kind: 'rent' as const,
			amountFen: reachedFen,
			paidOn: addMonths(handedOverOn, 12 * year),
			reference: `示例缴款书${k + 1}-${year + 1}`,
			correctsNo: null,
		}),
	);
	const due = rentedMonths === null ? instalments(signedOn, reachedFen, `示例缴款书${k + 1}`) : rents;
	const past = due.filter(({ paidOn }) => paidOn <= last);
	const paid = isBehind ? past.slice(0, -1) : past;
	if (k % 20 !== 9 || paid.length === 0) return paid;
	const [wrong] = paid;
	const twice = { ...wrong, reference: `${wrong.reference}（重复录入）` };
	const back = {
		...wrong,
		amountFen: -wrong.amountFen,
		reference: '示例：冲销重复录入',
		correctsNo: paid.length + 1,
	};
	return [...paid, twice, back];
}

function secretsOf(
	{ noticeOn, startsOn }: OfferFacts,
	startFen: number,
	reachedFen: number | null,
	holder: string,
): DemoSecret[] {
	const best = reachedFen ?? startFen;
	// Above the published start price: a secret that everybody knows would show nothing.
	const reserveFen =
		reachedFen === null ? startFen + Math.floor(startFen / 20) : Math.floor((startFen + reachedFen) / 2);
	const told = [
		{ kind: 'reserve_price', amountFen: reserveFen, bidder: null, statedOn: addDays(noticeOn, -2) },
		{ kind: 'bid', amountFen: startFen, bidder: '示例竞买人（虚构）', statedOn: addDays(startsOn, 2) },
		{ kind: 'bid', amountFen: best, bidder: holder, statedOn: addDays(startsOn, 3) },
	] satisfies DemoSecret[];
	// Of an offer that runs nobody knows yet who will bid.
	return told.filter(({ statedOn }) => statedOn <= DEMO_DAY);
}
