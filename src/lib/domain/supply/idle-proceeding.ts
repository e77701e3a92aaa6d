import type { SupplyPermission } from './life-cycle.ts';

/** Where proceedings about idle land stand: none run, being investigated, heard, found idle (闲置), decided on. */
export const IDLE_STATES = ['none', 'investigating', 'heard', 'found_idle', 'decided'] as const;
export type IdleState = (typeof IDLE_STATES)[number];

export const IDLE_STEPS = [
	'investigate',
	'hear',
	'withdraw',
	'find_not_idle',
	'find_idle',
	'decide',
	'close',
] as const;
export type IdleStepKind = (typeof IDLE_STEPS)[number];

/** By whose cause land lies idle, as it was found. */
export const IDLE_CAUSES = ['holder', 'government', 'force_majeure', 'mixed'] as const;
export type IdleCause = (typeof IDLE_CAUSES)[number];

/** What is decided of idle land. */
export const IDLE_MEASURES = [
	'fee',
	'take_back',
	'extend',
	'change_conditions',
	'temporary_use',
	'paid_take_back',
	'swap',
] as const;
export type IdleMeasure = (typeof IDLE_MEASURES)[number];

/** What each step records beside its day and document. */
export interface IdleStepFacts {
	/** 调查通知书. */
	readonly investigate: { readonly ground: string };
	/** 听证: held, or waived by whoever was entitled to it. */
	readonly hear: { readonly hearing: 'held' | 'waived'; readonly statement: string };
	readonly withdraw: { readonly reason: string };
	readonly find_not_idle: { readonly reason: string };
	/** 闲置土地认定书. */
	readonly find_idle: { readonly cause: IdleCause; readonly reason: string };
	/** 决定书; money in fen, the day by which a fee is paid. */
	readonly decide: {
		readonly measure: IdleMeasure;
		readonly amountFen: number | null;
		readonly payBy: string | null;
		readonly note: string;
	};
	readonly close: { readonly outcome: string };
}

export type IdleStep = {
	[Kind in IdleStepKind]: {
		readonly stepNo: number;
		readonly step: Kind;
		readonly onDay: string;
		readonly facts: IdleStepFacts[Kind];
		readonly document: string;
	};
}[IdleStepKind];

export interface IdleTransition {
	readonly from: IdleState;
	readonly step: IdleStepKind;
	readonly to: IdleState;
	readonly permission: SupplyPermission;
	/** `another`: than who recorded the step before it (两人以上经办). */
	readonly by: 'anyone' | 'another';
}

function line(
	from: IdleState,
	step: IdleStepKind,
	to: IdleState,
	permission: SupplyPermission = 'supply.manage',
): IdleTransition {
	return { from, step, to, permission, by: permission === 'supply.decide' ? 'another' : 'anyone' };
}

/**
 * Proceedings about idle land: investigated, heard, found, decided, closed; nothing else makes land 闲置, and no date does.
 *
 * The schema holds the same rows (`idle_transition`). Source: 闲置土地处置办法 (国土资源部令第53号).
 */
export const IDLE_PROCEEDINGS: readonly IdleTransition[] = [
	line('none', 'investigate', 'investigating'),
	line('investigating', 'hear', 'heard'),
	line('investigating', 'withdraw', 'none', 'supply.decide'),
	line('heard', 'withdraw', 'none', 'supply.decide'),
	line('heard', 'find_not_idle', 'none', 'supply.decide'),
	line('heard', 'find_idle', 'found_idle', 'supply.decide'),
	line('found_idle', 'decide', 'decided', 'supply.decide'),
	line('decided', 'close', 'none'),
];

/** Finds what a step does; null where it cannot follow. */
export function findIdleTransition(from: IdleState, step: IdleStepKind): IdleTransition | null {
	return IDLE_PROCEEDINGS.find((one) => one.from === from && one.step === step) ?? null;
}

/** Where proceedings stand after steps in their order. */
export function idleStateOf(steps: readonly Pick<IdleStep, 'step'>[]): IdleState {
	return steps.reduce<IdleState>((state, { step }) => {
		const transition = findIdleTransition(state, step);
		if (transition === null) throw new Error(`${step} cannot follow ${state}`);
		return transition.to;
	}, 'none');
}

/** What a step must not be without beside its schema; null: nothing. Steps are in the order of their days, and none lies ahead. */
export function faultOfIdleStep(
	step: Omit<IdleStep, 'stepNo'>,
	before: readonly Pick<IdleStep, 'onDay'>[],
	onDate: string,
): 'idle.step-ahead' | 'idle.step-before-last' | 'idle.fee-open' | null {
	if (step.onDay > onDate) return 'idle.step-ahead';
	const last = before.at(-1);
	if (last !== undefined && step.onDay < last.onDay) return 'idle.step-before-last';
	if (step.step !== 'decide') return null;
	const { measure, amountFen, payBy } = step.facts as IdleStepFacts['decide'];
	return measure === 'fee' && (amountFen === null || payBy === null) ? 'idle.fee-open' : null;
}
