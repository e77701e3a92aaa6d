import { describe, expect, it } from 'vitest';
import { draftMarks } from '$lib/map/edit/draft-marks.ts';

const AT: [number, number] = [123.4, 41.7];

describe('the key to the marks of a draft', () => {
	it('lists what the map shows, once each, in one order', () => {
		const findings = [
			{ severity: 'info', at: AT },
			{ severity: 'error', at: AT },
			{ severity: 'warning', at: AT },
		] satisfies Parameters<typeof draftMarks>[0];
		const pins = [
			{ at: AT, isGone: true },
			{ at: AT, isGone: false },
			{ at: AT, isGone: true },
		];
		expect(draftMarks(findings, pins)).toEqual(['error', 'warning', 'comment', 'gone']);
		expect(draftMarks(findings.slice(0, 1), [])).toEqual(['warning']);
	});

	it('says nothing of what has no place on the map', () => {
		expect(draftMarks([{ severity: 'error' }], [{ at: null, isGone: false }])).toEqual([]);
	});
});
