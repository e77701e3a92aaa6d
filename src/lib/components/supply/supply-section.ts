import type { WireOpenSupply, WireSupervision } from '../../api/supply-wire.ts';

/** The sections of a supply's page in the order of its index: what is next, what was agreed and paid, what is watched, what was recorded. */
export const SECTION_GROUPS = [
	{ group: 'next', sections: ['acts'] },
	{ group: 'agreed', sections: ['terms', 'payments', 'secrets', 'topUp'] },
	{ group: 'watched', sections: ['supervision', 'dates', 'indicators', 'idle', 'transfers'] },
	{ group: 'recorded', sections: ['records', 'history'] },
] as const;

export type SectionGroup = (typeof SECTION_GROUPS)[number]['group'];
export type SupplySection = (typeof SECTION_GROUPS)[number]['sections'][number];

/** What each is called, as texts of supplies have it. */
export const SECTION_TITLES = {
	acts: 'acts',
	terms: 'terms',
	payments: 'payments',
	secrets: 'secrets',
	topUp: 'topUpTitle',
	supervision: 'supervision',
	dates: 'dates',
	indicators: 'indicators',
	idle: 'idleProceedings',
	transfers: 'transferTitle',
	records: 'records',
	history: 'history',
} as const satisfies Record<SupplySection, string>;

/** A section that is on the page. */
export interface ShownSection {
	readonly section: SupplySection;
	/** How much is in it; null: it holds no list. */
	readonly count: number | null;
	/** Something in it is late or against what was agreed. */
	readonly isPressing: boolean;
}

export interface SectionSource {
	readonly open: Pick<WireOpenSupply, 'supply' | 'timeline' | 'payments' | 'secrets' | 'events'>;
	/** Null: it could not be read. */
	readonly supervision: Pick<
		WireSupervision,
		| 'due'
		| 'facts'
		| 'mayRecord'
		| 'indicators'
		| 'controls'
		| 'possibleSteps'
		| 'idleSteps'
		| 'accounts'
		| 'idle'
	> | null;
	/** The reader may read what is kept secret until bids are closed. */
	readonly maySeeSecrets: boolean;
}

const NOBODY_HOLDS: readonly WireOpenSupply['supply']['state'][] = ['programmed', 'offered', 'cancelled'];
const IS_SECRET: readonly WireOpenSupply['supply']['state'][] = ['programmed', 'offered'];

/** Tells whether nobody holds the land by a supply yet, or will: what is asked of a right is then not asked. */
export function isHeldByNobody(state: WireOpenSupply['supply']['state']): boolean {
	return NOBODY_HOLDS.includes(state);
}

/** Lists the sections that a supply's page has for this reader, in their order, with what an index says of each. O(rows). */
export function sectionsOf({ open, supervision, maySeeSecrets }: SectionSource): ShownSection[] {
	const { state } = open.supply;
	const isBare = isHeldByNobody(state);
	const isNamed = (isNeeded: boolean, count: number | null, isPressing = false) =>
		isNeeded ? { count, isPressing } : null;
	const found: Record<SupplySection, { count: number | null; isPressing: boolean } | null> = {
		acts: isNamed(true, null),
		terms: isNamed(true, null),
		payments: isNamed(
			!isBare || open.payments.length > 0,
			open.payments.length,
			supervision?.accounts.some(({ overdueFen }) => (overdueFen ?? 0) > 0),
		),
		secrets: isNamed(
			(maySeeSecrets && IS_SECRET.includes(state)) || open.secrets.length > 0,
			open.secrets.length,
		),
		topUp: isNamed(!isBare, null),
		supervision: isNamed(
			true,
			supervision?.due.length ?? null,
			supervision?.due.some(({ lateDays }) => lateDays > 0),
		),
		dates: isNamed(!isBare || open.timeline.length > 0, open.timeline.length),
		indicators: isNamed(
			(supervision?.indicators.length ?? 0) + (supervision?.controls.length ?? 0) > 0,
			supervision?.indicators.length ?? 0,
			supervision?.indicators.some(({ verdict }) => verdict === 'missed'),
		),
		idle: isNamed(
			supervision !== null && supervision.possibleSteps.length + supervision.idleSteps.length > 0,
			supervision?.idleSteps.length ?? 0,
			supervision?.idle?.status === 'idle' || supervision?.idle?.status === 'suspected',
		),
		transfers: isNamed(!isBare, null),
		records: isNamed(
			supervision !== null && (supervision.mayRecord || supervision.facts.length > 0),
			supervision?.facts.length ?? 0,
		),
		history: isNamed(true, open.events.length),
	};
	return SECTION_GROUPS.flatMap(({ sections }): ShownSection[] =>
		sections.flatMap((section) => {
			const told = found[section];
			return told === null ? [] : [{ section, ...told }];
		}),
	);
}
