import { describe, expect, it } from 'vitest';
import { doubtsOfPayment } from '$lib/domain/supply/payment-doubt.ts';

const PAID = { kind: 'price', amountFen: 100, paidOn: '2026-05-01' } as const;
const PRICE = {
	kind: 'price',
	why: { reason: 'x' },
	charges: [{ openFen: 60 }, { openFen: 40 }],
	paidFen: 0,
} as const;
const SIGNED = '2026-04-20';
const doubts = (
	changes: object = {},
	accounts: readonly object[] | null = [PRICE],
	signedOn: string | null = SIGNED,
) => doubtsOfPayment({ ...PAID, ...changes }, accounts as Parameters<typeof doubtsOfPayment>[1], signedOn);

describe('a payment that may be a slip', () => {
	it('is one of a kind that is not owed, of more than is open, or before the contract', () => {
		expect(doubts()).toEqual([]);
		expect(doubts({ amountFen: 101 })).toEqual([{ doubt: 'over-owed', openFen: 100 }]);
		expect(doubts({ kind: 'rent' })).toEqual([{ doubt: 'nothing-owed' }]);
		expect(doubts({ kind: 'penalty' })).toEqual([{ doubt: 'nothing-owed' }]);
		expect(doubts({}, [{ ...PRICE, why: null, charges: [] }])).toEqual([{ doubt: 'nothing-owed' }]);
		expect(doubts({ paidOn: '2026-04-19', amountFen: 101 })).toEqual([
			{ doubt: 'before-contract', signedOn: SIGNED },
			{ doubt: 'over-owed', openFen: 100 },
		]);
		expect(doubts({}, [], null)).toEqual([{ doubt: 'before-contract', signedOn: null }]);
	});

	it('is none where what is owed cannot be told, and no fee is', () => {
		expect(doubts({ amountFen: 1e13 }, [{ ...PRICE, charges: [], paidFen: null }])).toEqual([]);
		expect(doubts({ amountFen: 1e13 }, null)).toEqual([]);
		expect(doubts({ kind: 'fee' }, [], null)).toEqual([]);
	});
});
