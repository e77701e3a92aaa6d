import { addDays, addMonths } from '$lib/domain/calendar/day.ts';
import type { StatementItem, StatementOutcome } from '$lib/domain/supply/guard-context.ts';
import type { LandUse } from '$lib/domain/tenure/term.ts';
import { chance } from '../chance.ts';
import { COURSES, type Course } from './course.ts';
import { DEMO_DAY, playCourse, type DemoSupply } from './play-course.ts';

/** A plan parcel of which a plot may be made. */
export interface GroundParcel {
	readonly parcelNo: number;
	readonly code: string;
	readonly parkId: string;
	readonly blockId: string | null;
	readonly classCode: string;
	readonly isLocalClass: boolean;
	readonly use: LandUse;
	readonly areaM2: number;
	readonly hasConditions: boolean;
}

export interface DemoStatement {
	readonly item: StatementItem;
	readonly outcome: StatementOutcome;
	readonly statedOn: string;
	readonly document: string | null;
}

export interface DemoPermit {
	readonly kind: 'site_selection' | 'land_use_permit' | 'works_permit' | 'verification';
	readonly number: string;
	readonly issuedOn: string;
}

/** A plot of the demo with what hangs on it. */
export interface DemoPlot {
	/** One parcel, or two that lie together. */
	readonly parcels: readonly GroundParcel[];
	/** Whether only the western half of it is taken. */
	readonly isHalf: boolean;
	readonly name: string;
	/** Which of the demo's batches it came from, from 1; null: older ground. */
	readonly batchNo: number | null;
	readonly cadastralCode: string | null;
	readonly hasDocumentArea: boolean;
	readonly statements: readonly DemoStatement[];
	readonly permits: readonly DemoPermit[];
	/** Shares of floor for industry and support over the land, where it is built on MX land. */
	readonly floors: { readonly industry: number; readonly support: number; readonly living: number } | null;
	/** Null: it lies in the reserve. */
	readonly supply: DemoSupply | null;
}

export const DEMO_PLOTS = 300;
/** Days of approval of the demo's batches; two years on, three of them have lapsed without any supply. */
export const DEMO_BATCHES: readonly { readonly approvedOn: string; readonly isUsed: boolean }[] = [
	{ approvedOn: '2021-02-18', isUsed: true },
	{ approvedOn: '2021-08-09', isUsed: true },
	{ approvedOn: '2021-10-22', isUsed: true },
	{ approvedOn: '2022-06-30', isUsed: true },
	{ approvedOn: '2023-04-12', isUsed: true },
	{ approvedOn: '2023-11-03', isUsed: false },
	{ approvedOn: '2024-05-27', isUsed: true },
	{ approvedOn: '2024-09-14', isUsed: false },
	{ approvedOn: '2025-03-20', isUsed: true },
	{ approvedOn: '2025-08-08', isUsed: false },
	{ approvedOn: '2026-04-16', isUsed: true },
	{ approvedOn: '2026-09-25', isUsed: false },
];

/** What is surveyed of every fourth plot, though no rule asks for it. */
const SURVEYS: readonly StatementItem[] = ['soil', 'archaeology'];
const CLEAR: readonly StatementItem[] = [
	'rights_clear',
	'compensation_paid',
	'no_dispute',
	'ready_for_work',
	'industry_plan',
];
/** Codes of the districts in which the parks lie (GB/T 2260). */
const COUNTIES: Readonly<Record<string, string>> = {
	hunnan: '210112',
	heping: '210102',
	huanggu: '210105',
	dadong: '210104',
};
const AREA_M2: Readonly<Record<LandUse, readonly [number, number]>> = {
	residential: [12_000, 120_000],
	commercial: [5_000, 60_000],
	industrial: [12_000, 180_000],
	civic: [8_000, 120_000],
	other: [5_000, 60_000],
};

/**
 * Invents plots and their supplies on a plan: every mode in every state, and some that lie in the reserve.
 *
 * Pure, the same for the same arguments; holders, numbers, prices and days are plainly made up. Takes each parcel once and leaves a course out where no ground of
 * its use is left, so that a small zone has fewer. Invents nothing that the rules refuse but an empty checklist of plots that are not offered yet. O(parcels log parcels).
 */
export function demoPlots(parcels: readonly GroundParcel[], seed: number): DemoPlot[] {
	const ground = new Ground(parcels, seed);
	const plots: DemoPlot[] = [];
	const add = (course: Course | null) => {
		const k = plots.length;
		const isBare = course === null || course.events.length === 0;
		const uses = course?.uses ?? [(['industrial', 'commercial', 'residential'] as const)[k % 3]];
		const taken = ground.take(uses, course?.isMx === true && k % 3 !== 0, isBare, k % 15 === 7);
		if (taken !== null) plots.push(demoPlot(taken, course, seed, k));
	};
	for (const course of mixedCourses(seed)) add(course);
	return plots;
}

/** A course for each plot, null for those in the reserve, in no order: a list shows a bit of everything. */
function mixedCourses(seed: number): (Course | null)[] {
	const supplied = COURSES.flatMap((course) => Array.from({ length: course.count }, () => course));
	const all = Array.from({ length: DEMO_PLOTS }, (_, i) => supplied[i] ?? null);
	const places = all.map((_, i) => i).sort((a, b) => chance(seed, 342, a) - chance(seed, 342, b) || a - b);
	return places.map((i) => all[i]);
}

function demoPlot(
	parcels: readonly GroundParcel[],
	course: Course | null,
	seed: number,
	k: number,
): DemoPlot {
	const [first] = parcels;
	const areaM2 = parcels.reduce((sum, parcel) => sum + parcel.areaM2, 0);
	const supply = course === null ? null : playCourse(course, { areaM2, use: first.use }, seed, k);
	const noticeOn = supply?.events[0]?.onDay ?? null;
	const statedOn = addDays(noticeOn ?? DEMO_DAY, -45);
	const county = COUNTIES[first.parkId];
	const isSigned = supply?.events.some(({ event }) => event === 'sign' || event === 'sign_lease') ?? false;
	return {
		parcels,
		isHalf: parcels.length === 1 && k % 25 === 3,
		name: `示例宗地 ${first.code}${parcels.length > 1 ? ` 等${parcels.length}块` : ''}`,
		batchNo: batchOf(noticeOn, seed, k),
		cadastralCode:
			isSigned && county !== undefined ? `${county}900001GB${String(k + 1).padStart(5, '0')}` : null,
		hasDocumentArea: isSigned,
		statements: [...CLEAR, ...(k % 4 === 1 ? SURVEYS : [])].flatMap((item, i): DemoStatement[] => {
			const draw = noticeOn === null && k % 8 !== 1 ? chance(seed, 331, k, i) : 0;
			if (draw > 0.7) return [];
			const outcome = draw > 0.6 ? 'fail' : 'pass';
			return [{ item, outcome, statedOn, document: outcome === 'pass' ? `示例证明${k + 1}-${i + 1}` : null }];
		}),
		permits: permitsOf(supply, seed, k),
		floors:
			first.isLocalClass && (supply?.events.at(-1)?.onDay ?? DEMO_DAY) < '2025-01-01'
				? { industry: 1.6 + chance(seed, 332, k), support: 0.3, living: 0.1 }
				: null,
		supply,
	};
}

/** The newest used batch that was approved before the notice; three plots in ten are older ground. */
function batchOf(noticeOn: string | null, seed: number, k: number): number | null {
	if (chance(seed, 333, k) < 0.3) return null;
	const before = addMonths(noticeOn ?? DEMO_DAY, -2);
	const found = DEMO_BATCHES.findLastIndex(({ approvedOn, isUsed }) => isUsed && approvedOn <= before);
	return found < 0 ? null : found + 1;
}

function permitsOf(supply: DemoSupply | null, seed: number, k: number): DemoPermit[] {
	const dayOf = (...events: readonly string[]) =>
		supply?.events.find(({ event }) => events.includes(event))?.onDay ?? null;
	const signedOn = dayOf('sign', 'sign_lease');
	const handedOverOn = dayOf('hand_over');
	const permit = (kind: DemoPermit['kind'], issuedOn: string): DemoPermit[] =>
		issuedOn > DEMO_DAY ? [] : [{ kind, number: `示例${issuedOn.slice(0, 4)}-${k + 1}`, issuedOn }];
	return [
		...(signedOn === null ? [] : permit('land_use_permit', addDays(signedOn, 25))),
		...(handedOverOn === null || chance(seed, 334, k) < 0.15
			? []
			: permit('works_permit', addMonths(handedOverOn, 5))),
		...(handedOverOn === null || chance(seed, 334, k) < 0.3
			? []
			: permit('verification', addMonths(handedOverOn, 30))),
	];
}

/** Parcels that are not taken yet, in a shuffled order. */
class Ground {
	private readonly free: Map<number, GroundParcel>;
	private readonly order: readonly GroundParcel[];
	private readonly byBlock = new Map<string, GroundParcel[]>();

	constructor(parcels: readonly GroundParcel[], seed: number) {
		const sized = parcels.filter(({ use, areaM2 }) => areaM2 >= AREA_M2[use][0] && areaM2 <= AREA_M2[use][1]);
		this.order = sized.toSorted(
			(a, b) =>
				chance(seed, 341, a.parcelNo) - chance(seed, 341, b.parcelNo) || (a.parcelNo < b.parcelNo ? -1 : 1),
		);
		this.free = new Map(sized.map((parcel) => [parcel.parcelNo, parcel]));
		for (const parcel of sized) {
			if (parcel.blockId === null) continue;
			const block = this.byBlock.get(parcel.blockId) ?? [];
			block.push(parcel);
			this.byBlock.set(parcel.blockId, block);
		}
	}

	/** Takes a parcel of one of the uses, or two of a block and class; null where none is left. */
	take(
		uses: readonly LandUse[],
		isMx: boolean,
		isBare: boolean,
		isDouble: boolean,
	): readonly GroundParcel[] | null {
		const fits = (parcel: GroundParcel) =>
			this.free.has(parcel.parcelNo) && uses.includes(parcel.use) && (isBare || parcel.hasConditions);
		const first =
			this.order.find((parcel) => fits(parcel) && parcel.isLocalClass === isMx) ?? this.order.find(fits);
		if (first === undefined) return null;
		const beside = isDouble
			? this.byBlock
					.get(first.blockId ?? '')
					?.find((other) => other !== first && fits(other) && other.classCode === first.classCode)
			: undefined;
		const taken = beside === undefined ? [first] : [first, beside];
		for (const { parcelNo } of taken) this.free.delete(parcelNo);
		return taken;
	}
}
