import { describe, expect, it } from 'vitest';
import { findingsOfCorrection } from '$lib/domain/supply/correction.ts';
import { finding, type Finding } from '$lib/domain/supply/finding.ts';
import type { RecordStep } from '$lib/domain/supply/record.ts';

const step = (name: string) => ({ event: { event: name } }) as unknown as RecordStep;
const nameOf = ({ event }: RecordStep) => event.event as string;
const fail = (code: string, figure: string) => finding('fail', code, { figure });

/** What a correction brings up, told by the answers before and after it of each event. */
function broughtUp(answers: readonly (readonly [before: Finding[], after: Finding[]])[]): string[] {
	const steps = (when: string) => answers.map((_, i) => step(`${i} ${when}`));
	const found = findingsOfCorrection(steps('before'), steps('after'), (one) => {
		const [at, when] = nameOf(one).split(' ');
		return answers[Number(at)][when === 'before' ? 0 : 1];
	});
	return found.map(({ code, params }) => `${code} ${params.figure}`);
}

describe('what a correction brings up', () => {
	it('is what fails with it and did not without it, of every event', () => {
		const passed = finding('pass', 'a');
		expect(broughtUp([[[passed], [fail('a', 'x')]]])).toEqual(['a x']);
		expect(
			broughtUp([
				[[], []],
				[[passed], [fail('b', 'y')]],
			]),
		).toEqual(['b y']);
		expect(broughtUp([[[fail('a', 'x')], [passed]]])).toEqual([]);
		expect(broughtUp([[[passed], [finding('unknown', 'a', { figure: 'x' })]]])).toEqual(['a x']);
	});

	it('is not what failed or was open all the same, but each further failure', () => {
		const open = (figure: string) => finding('unknown', 'a', { figure });
		expect(broughtUp([[[open('x')], [open('another figure')]]])).toEqual([]);
		expect(broughtUp([[[fail('a', 'x')], [fail('a', 'x')]]])).toEqual([]);
		expect(broughtUp([[[fail('a', 'x')], [fail('a', 'another figure')]]])).toEqual(['a another figure']);
		expect(broughtUp([[[fail('a', 'x')], [fail('a', 'x'), fail('a', 'y')]]])).toEqual(['a y']);
		expect(
			broughtUp([
				[[fail('a', 'x')], []],
				[[], [fail('a', 'x')]],
			]),
		).toEqual(['a x']);
	});
});
