import { describe, expect, it } from 'vitest';
import {
	balanceApiPath,
	balanceHref,
	readBalanceView,
	unitInCookie,
} from '$lib/components/balance/balance-view.ts';

const view = (query: string) => readBalanceView(new URLSearchParams(query));

describe('the address of the balance page', () => {
	it('holds the whole view: reading what was written gives it back', () => {
		for (const level of [1, 2, 3] as const) {
			for (const unit of ['m2', 'ha', 'mu', 'km2'] as const) {
				for (const park of [undefined, 'hunnan']) {
					for (const sort of ['code', 'area'] as const) {
						const past = level === 1 ? null : level === 2 ? { revision: 3 } : { asOf: '2026-02-28' };
						const wanted = { zone: 'shenyang', past, level, unit, park, sort };
						const address = new URL(balanceHref(wanted), 'http://x');
						expect(readBalanceView(address.searchParams)).toEqual(wanted);
					}
				}
			}
		}
	});

	it('leaves defaults out, but never the unit', () => {
		expect(balanceHref(view(''))).toBe('/balance?unit=ha');
		expect(balanceHref(view('level=1&sort=code'))).toBe('/balance?unit=ha');
	});

	it('shows an address without a unit in the unit of its reader', () => {
		expect(readBalanceView(new URLSearchParams('level=2'), 'mu').unit).toBe('mu');
		expect(readBalanceView(new URLSearchParams('unit=km2'), 'mu').unit).toBe('km2');
		expect(readBalanceView(new URLSearchParams('unit=acre'), 'mu').unit).toBe('mu');
	});

	it('falls back to defaults for values it cannot read', () => {
		expect(view('level=9&unit=acre&sort=colour')).toEqual(view(''));
	});

	it('asks the service for the same view, as JSON or CSV', () => {
		const wanted = view('level=2&unit=mu&park=heping');
		expect(balanceApiPath('shenyang', wanted, 'json')).toBe(
			'/api/v1/zones/shenyang/balance?level=2&unit=mu&park=heping',
		);
		expect(balanceApiPath('shenyang', wanted, 'csv')).toBe(
			'/api/v1/zones/shenyang/balance.csv?level=2&unit=mu&park=heping',
		);
	});

	it('finds the unit that the reader chose among the cookies', () => {
		expect(unitInCookie('locale=zh; unit=mu; theme=dark')).toBe('mu');
		expect(unitInCookie('unit=km2')).toBe('km2');
		expect([unitInCookie(''), unitInCookie('unit=acre'), unitInCookie('xunit=mu')]).toEqual([
			null,
			null,
			null,
		]);
	});
});
