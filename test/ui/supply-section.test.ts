import { describe, expect, it } from 'vitest';
import { sectionsOf, type SectionSource } from '$lib/components/supply/supply-section.ts';
import { FACT_GROUPS, FORM_FACTS } from '$lib/components/supply/supervision-field.ts';

type State = SectionSource['open']['supply']['state'];
const source = (
	state: State,
	rows: object = {},
	supervised: object | null = {},
	maySeeSecrets = false,
): SectionSource =>
	({
		open: { supply: { state }, timeline: [], payments: [], secrets: [], events: [], ...rows },
		supervision:
			supervised === null
				? null
				: {
						...{ due: [], facts: [], mayRecord: true, possibleSteps: [], idleSteps: [] },
						...{ indicators: [], controls: [], accounts: [], idle: null },
						...supervised,
					},
		maySeeSecrets,
	}) as unknown as SectionSource;
const names = (...of: Parameters<typeof source>) => sectionsOf(source(...of)).map(({ section }) => section);
const find = (section: string, ...of: Parameters<typeof source>) =>
	sectionsOf(source(...of)).find((one) => one.section === section);

describe('the sections of a supply', () => {
	it('begin with what is next and end with its files, whatever there is', () => {
		for (const state of ['programmed', 'granted', 'cancelled'] as const) {
			const found = names(state, {}, null);
			expect([found[0], found.at(-1)]).toEqual(['acts', 'history']);
		}
	});

	it('ask nothing of a right that nobody has yet', () => {
		const ofRight = ['payments', 'topUp', 'dates', 'transfers'];
		const open = (state: State) => names(state).filter((one) => ofRight.includes(one));
		expect(open('offered')).toEqual([]);
		expect(open('granted')).toEqual(['payments', 'topUp', 'dates', 'transfers']);
		expect(names('cancelled', { payments: [{}] })).toContain('payments');
	});

	it('have secrets for whoever may see them until bids are closed, then for all where there are some', () => {
		expect(names('offered', {}, {}, true)).toContain('secrets');
		expect(names('offered')).not.toContain('secrets');
		expect(names('granted', {}, {}, true)).not.toContain('secrets');
		expect(names('granted', { secrets: [{}] })).toContain('secrets');
	});

	it('say what presses: money overdue, a day that is past, an indicator missed, land that may lie idle', () => {
		expect(find('payments', 'granted', {}, { accounts: [{ overdueFen: 1 }] })?.isPressing).toBe(true);
		expect(find('payments', 'granted', {}, { accounts: [{ overdueFen: null }] })?.isPressing).toBe(false);
		expect(find('supervision', 'granted', {}, { due: [{ lateDays: 3 }] })).toMatchObject({
			count: 1,
			isPressing: true,
		});
		expect(find('indicators', 'granted', {}, { indicators: [{ verdict: 'missed' }] })?.isPressing).toBe(true);
		const idle = { possibleSteps: ['investigate'], idle: { status: 'suspected' } };
		expect(find('idle', 'granted', {}, idle)).toMatchObject({ count: 0, isPressing: true });
	});
});

it('every kind of record is offered in one group', () => {
	const grouped = FACT_GROUPS.flatMap(({ facts }) => [...facts]);
	expect([...grouped].sort()).toEqual([...FORM_FACTS].sort());
});
