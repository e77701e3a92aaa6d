import { firstDueOn } from '$lib/domain/supply/due.ts';
import { foldRecord, follow } from '$lib/domain/supply/fold-record.ts';
import { questionOf } from '$lib/domain/supply/finding.ts';
import type { GuardContext, SuppliedPlot } from '$lib/domain/supply/guard-context.ts';
import { askGuards } from '$lib/domain/supply/guard.ts';
import { findSupplyTransition } from '$lib/domain/supply/life-cycle.ts';
import { pathOf } from '$lib/domain/supply/mode.ts';
import { checkMx } from '$lib/domain/supply/mx.ts';
import { DEMO_DAY, type DemoSupply } from './play-course.ts';
import type { DemoPlot, GroundParcel } from './plots.ts';

/** The rules and days that supplies are judged by. */
export type DemoLaw = Pick<GuardContext, 'rules' | 'calendar' | 'officeKinds'> & {
	/** National code of a parcel's class. */
	readonly nationalCodeOf: (parcel: GroundParcel) => string;
};

/** What stands written of a supply that was judged. */
export interface JudgedSupply {
	readonly ok: true;
	/** Of each event the questions that were open. */
	readonly unknowns: readonly (readonly string[])[];
	readonly dueOn: string | null;
}

/**
 * Asks before each event of a demo's supply what an office would be asked, on the day on which it happened.
 *
 * Refused with what stands against it where the rules do not admit one of them: the demo shows nothing that they refuse. Throws where an event cannot follow the one before it.
 */
export function judgeSupply(
	plot: DemoPlot,
	supply: DemoSupply,
	law: DemoLaw,
): JudgedSupply | { readonly ok: false; readonly refused: string } {
	const path = pathOf(supply.mode);
	const { parkId } = plot.parcels[0];
	const reservePriceFen = supply.secrets.findLast(({ kind }) => kind === 'reserve_price')?.amountFen ?? null;
	let record = foldRecord(supply.mode, '', []);
	const unknowns: string[][] = [];
	for (const event of supply.events) {
		const transition = findSupplyTransition(path, record.state, event.event);
		if (transition === null) throw new Error(`${plot.name}: ${event.event} cannot follow ${record.state}`);
		const findings = askGuards(transition.guards, {
			...law,
			record,
			event,
			plot: suppliedPlot(plot, law, event.onDay),
			programmeYear: supply.year,
			reservePriceFen,
			onDate: event.onDay,
		});
		const against = findings.find(({ outcome }) => outcome === 'fail');
		if (against !== undefined)
			return {
				ok: false,
				refused: `${plot.name}: ${event.event} is refused: ${against.code} ${JSON.stringify(against.params)}`,
			};
		record = follow(record, event);
		unknowns.push(findings.filter(({ outcome }) => outcome === 'unknown').map(questionOf));
	}
	const context = {
		record,
		facts: supply.facts,
		idleSteps: [],
		payments: supply.payments.map(({ kind, amountFen, paidOn, correctsNo }, i) => ({
			...{ kind, amountFen, entryNo: i + 1, bookedOn: paidOn, reverses: correctsNo },
		})),
		parkId,
		use: plot.parcels[0].use,
		area: areaOf(plot.parcels[0]),
		rules: law.rules,
		calendar: law.calendar,
		onDate: DEMO_DAY,
	};
	return { ok: true, unknowns, dueOn: firstDueOn(context, supply) };
}

function suppliedPlot({ parcels, statements }: DemoPlot, law: DemoLaw, onDate: string): SuppliedPlot {
	const [first] = parcels;
	return {
		parkId: first.parkId,
		classCode: law.nationalCodeOf(first),
		isLocalClass: first.isLocalClass,
		use: first.use,
		area: areaOf(first),
		statements: new Map(statements.map(({ item, ...stated }) => [item, stated])),
		heldUntil: null,
		parcels: parcels.length,
		parcelsWithConditions: parcels.filter(({ hasConditions }) => hasConditions).length,
		agreesWithPlan: true,
		// Nothing is stated of buildings before there are any: every figure is missing.
		mx: first.isLocalClass ? checkMx(NOTHING_BUILT, law.rules, onDate, first.parkId) : [],
	};
}

const areaOf = ({ areaM2 }: GroundParcel) => ({ areaDm2: Math.round(areaM2 * 100), areaKind: 'ellipsoidal' });

const NOTHING_BUILT = {
	plotDm2: null,
	areaKind: 'ellipsoidal',
	industryFloorDm2: 0,
	supportFloorDm2: 0,
	livingFloorDm2: 0,
	leastUnitDm2: null,
	splitFloorDm2: null,
	selfHeldFloorDm2: null,
	suppliedInYearDm2: null,
	planned: { least: null, most: null },
} as const;
