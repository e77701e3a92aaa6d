import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '$lib/domain/supply/agreement.ts';
import { faultOfFact } from '$lib/domain/supply/fact-fault.ts';
import { worksOf, type SupplyFact } from '$lib/domain/supply/supply-fact.ts';

const AIM = { comparison: '>=', target: '20.5', tolerance: '0.5' } as const;

describe('the verdict of an assessment', () => {
	it.each([
		['20.5', 'met'],
		['20.499999', 'within_tolerance'],
		['20', 'within_tolerance'],
		['19.999999', 'missed'],
	])('of %s is %s, where at least 20.5 is aimed at and half is let pass', (value, verdict) => {
		expect(verdictOf(AIM, value)).toBe(verdict);
	});

	it('lets nothing pass where no tolerance is agreed', () => {
		expect(verdictOf({ ...AIM, tolerance: null }, '20.499999')).toBe('missed');
		expect(verdictOf({ ...AIM, comparison: '<=' }, '21')).toBe('within_tolerance');
		expect(verdictOf({ ...AIM, comparison: '<=' }, '21.000001')).toBe('missed');
	});

	it('turns round with the comparison and the signs, exactly', () => {
		const cents = fc.integer({ min: -100_000, max: 100_000 });
		const write = (value: number) => {
			const digits = String(Math.abs(value)).padStart(3, '0');
			return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
		};
		fc.assert(
			fc.property(cents, cents, fc.integer({ min: 0, max: 5000 }), (value, target, tolerance) => {
				const up = { comparison: '>=', target: write(target), tolerance: write(tolerance) } as const;
				const down = { ...up, comparison: '<=', target: write(-target) } as const;
				const verdict = verdictOf(up, write(value));
				expect(verdict).toBe(verdictOf(down, write(-value)));
				const missedBy = target - value;
				const expected = missedBy <= 0 ? 'met' : missedBy <= tolerance ? 'within_tolerance' : 'missed';
				expect(verdict).toBe(expected);
			}),
		);
	});
});

describe('works as they stand recorded', () => {
	let made = 0;
	const seen = (step: string, seenOn: string, more: Partial<SupplyFact> = {}): SupplyFact =>
		({
			...{ factNo: ++made, kind: 'progress', facts: { step, seenOn } },
			...{ document: 'a document', replacesNo: null, isVoid: false },
			...more,
		}) as SupplyFact;

	it('stand still after the last stop by its day, not once they went on or are complete', () => {
		const started = seen('started', '2026-01-01');
		const stopped = seen('stopped', '2026-05-01');
		expect(worksOf([started, stopped]).stoppedOn).toBe('2026-05-01');
		expect(worksOf([started, stopped, seen('resumed', '2026-06-01')]).stoppedOn).toBeNull();
		expect(worksOf([seen('resumed', '2026-06-01'), started, stopped]).stoppedOn).toBeNull();
		expect(worksOf([started, stopped, seen('completed', '2027-01-01')]).stoppedOn).toBeNull();
	});

	it('are corrected as often as is needed', () => {
		const rows: SupplyFact[] = [];
		for (const seenOn of ['2026-01-01', '2026-01-02', '2026-01-03']) {
			const next = seen('started', seenOn, { replacesNo: rows.at(-1)?.factNo ?? null });
			expect(faultOfFact(next, rows, '2026-02-01')).toBeNull();
			rows.push(next);
		}
		expect(worksOf(rows).startedOn).toBe('2026-01-03');
		const again = seen('started', '2026-01-04');
		expect(faultOfFact(again, rows, '2026-02-01')).toBe('fact.already-recorded');
	});

	it('are without what was taken back or replaced', () => {
		const wrong = seen('started', '2026-01-01');
		const right = seen('started', '2026-02-01', { replacesNo: wrong.factNo });
		expect(worksOf([wrong, right]).startedOn).toBe('2026-02-01');
		const taken = seen('started', '', { replacesNo: right.factNo, isVoid: true });
		expect(worksOf([wrong, right, taken]).startedOn).toBeNull();
	});
});
