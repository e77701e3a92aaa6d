import { describe, expect, it } from 'vitest';
import { makeWorkCalendar } from '$lib/domain/calendar/working-day.ts';
import { faultOfFact } from '$lib/domain/supply/fact-fault.ts';
import type { LandUse } from '$lib/domain/tenure/term.ts';
import { COURSES } from '$seeds/demo/supply/course.ts';
import { judgeSupply } from '$seeds/demo/supply/judge-supply.ts';
import { DEMO_DAY, playCourse } from '$seeds/demo/supply/play-course.ts';
import { demoPlots, type DemoPlot } from '$seeds/demo/supply/plots.ts';
import { rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const GROUND = { areaM2: 20_000, use: 'industrial' } as const;
const PARCEL = {
	...{ parcelNo: 1, code: 'A-01', parkId: 'a-park', blockId: null, classCode: '1001', isLocalClass: false },
	...{ ...GROUND, hasConditions: true },
};
const ITEMS = ['rights_clear', 'compensation_paid', 'no_dispute', 'ready_for_work', 'industry_plan'] as const;
const LAW = {
	rules: SUPPLY_RULES,
	calendar: makeWorkCalendar([]),
	officeKinds: new Map([['sample-bureau', 'municipal_bureau' as const]]),
	nationalCodeOf: () => '1001',
};

const plotOf = (supply: DemoPlot['supply'], use: LandUse = 'industrial'): DemoPlot => ({
	...{ parcels: [{ ...PARCEL, use }], isHalf: false, name: 'a plot', batchNo: null, cadastralCode: null },
	...{ hasDocumentArea: false, permits: [], floors: null, supply },
	statements: ITEMS.map((item) => ({ item, outcome: 'pass', statedOn: '2020-01-01', document: 'a paper' })),
});

describe('a supply of the demo', () => {
	it('that a zone of stricter rules refuses is named with what stands against it, and stops nothing', () => {
		const course = COURSES.find(
			({ mode, events, uses }) => mode === 'grant' && uses[0] === 'industrial' && events.length === 4,
		);
		if (course === undefined) throw new Error('there is no such course');
		const supply = playCourse(course, GROUND, 1, 3);
		expect(judgeSupply(plotOf(supply), supply, LAW)).toMatchObject({ ok: true });
		const rules = rulesWith('term.max.industrial', { value: '10' });
		const judged = judgeSupply(plotOf(supply), supply, { ...LAW, rules });
		expect(judged.ok ? '' : judged.refused).toMatch(/^a plot: offer is refused: term\.grant-over-maximum /);
	});

	it.each(COURSES)(
		'of whatever course is admitted by the rules as they are loaded: $mode, $events',
		(course) => {
			for (const k of [0, 1, 5, 14]) {
				const supply = playCourse(course, { ...GROUND, use: course.uses[0] }, 1, k);
				expect(judgeSupply(plotOf(supply, course.uses[0]), supply, LAW)).toMatchObject({ ok: true });
			}
		},
	);

	it('has no reserve price and no bid of a day that is still to come', () => {
		const days = COURSES.flatMap((course) =>
			Array.from({ length: 12 }, (_, k) =>
				playCourse(course, GROUND, 1, k).secrets.map(({ statedOn }) => statedOn),
			).flat(),
		);
		expect(days.length).toBeGreaterThan(500);
		expect(days.filter((day) => day > DEMO_DAY)).toEqual([]);
	});

	it('shows records of every kind but those of later days, none of which could not have been entered', () => {
		const kinds = new Map<string, number>();
		const supplies = COURSES.flatMap((course) =>
			Array.from({ length: 40 }, (_, k) => playCourse(course, GROUND, 1, k)),
		);
		for (const { facts } of supplies)
			for (const [i, { onDay, ...fact }] of facts.entries()) {
				expect(fact.factNo).toBe(i + 1);
				expect([onDay <= DEMO_DAY, faultOfFact(fact, facts.slice(0, i), onDay)]).toEqual([true, null]);
				kinds.set(fact.kind, (kinds.get(fact.kind) ?? 0) + 1);
			}
		for (const kind of [
			'certificate',
			'transfer_terms',
			'supplement',
			'transfer',
			'transfer_done',
			'figures',
		])
			expect([kind, (kinds.get(kind) ?? 0) > 5]).toEqual([kind, true]);
		const onTop = supplies.flatMap(({ payments }) => payments.filter((one) => one.kind === 'top_up'));
		expect(onTop.length).toBeGreaterThan(5);
	});
});

describe('plots of the demo', () => {
	it('take each parcel once: no two of them have the same ground', () => {
		const uses = ['industrial', 'commercial', 'residential', 'civic', 'other'] as const;
		const parcels = Array.from({ length: 600 }, (_, i) => ({
			...PARCEL,
			...{ parcelNo: i + 1, code: `A-${i + 1}`, blockId: `block-${i >> 3}`, use: uses[i % uses.length] },
			isLocalClass: i % 15 === 0,
		}));
		const taken = demoPlots(parcels, 7).flatMap((plot) => plot.parcels.map(({ parcelNo }) => parcelNo));
		expect(taken.length).toBeGreaterThan(100);
		expect(new Set(taken).size).toBe(taken.length);
	});
});
