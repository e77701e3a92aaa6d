import { describe, expect, it } from 'vitest';
import { asideAmong } from '$lib/state/aside-drafts.ts';

const draft = (steps: number, asideAt?: string) => ({
	steps: Array.from({ length: steps }, (_, i) => ({
		clientId: `c${i}`,
		step: { verb: 'delete_vertex' as const, params: { at: [0, 0] as const } },
		made: [],
	})),
	head: steps,
	editNo: 0,
	...(asideAt === undefined ? {} : { asideAt }),
});

describe('what was set aside on a device', () => {
	it('is listed for whom it belongs to and where, the latest first, with what it takes to keep it', () => {
		const listed = asideAmong(
			[
				['aside/ann/shenyang/7/w1', draft(1)],
				['aside/ann/shenyang/12/w2', draft(2, '2026-11-20T08:00:00.000Z')],
				['aside/ann/shenyang/9/w3', draft(3, '2026-11-22T08:00:00.000Z')],
				['ann/shenyang/9/w4', draft(4)],
				['aside/ann/panjin/9/w5', draft(5)],
				['aside/ann-2/shenyang/9/w6', draft(6)],
			],
			'ann',
			'shenyang',
		);
		expect(listed.map(({ changesetNo, stepCount, asideAt }) => [changesetNo, stepCount, asideAt])).toEqual([
			[9, 3, '2026-11-22T08:00:00.000Z'],
			[12, 2, '2026-11-20T08:00:00.000Z'],
			[7, 1, null],
		]);
		expect(listed[0].draft).toEqual(draft(3));
	});
});
