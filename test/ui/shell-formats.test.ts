import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertArea, formatArea } from '$lib/i18n/format-area.ts';
import { formatDate, formatMoment } from '$lib/i18n/format-date.ts';
import { formatNumber, formatShare, groupDecimal, GROUP_SEPARATOR } from '$lib/i18n/format-number.ts';

describe('numbers', () => {
	it('are grouped by threes with a narrow space and lose no digit', () => {
		expect(groupDecimal('1234567.8901')).toBe('1\u202f234\u202f567.8901');
		expect(groupDecimal('-1234')).toBe('\u22121\u202f234');
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (value) => {
				const grouped = groupDecimal(value.toString());
				expect(grouped.replaceAll(GROUP_SEPARATOR, '')).toBe(value.toString());
				expect(grouped).toMatch(/^\d{1,3}(\u202f\d{3})*$/);
			}),
		);
	});

	it('never read minus nothing', () => {
		expect(groupDecimal('-0.00')).toBe('0.00');
		expect(formatNumber(-0.001, 2)).toBe('0.00');
	});

	it('show a small share as small, not as nothing', () => {
		expect([formatShare(0), formatShare(0.0001), formatShare(0.1234), formatShare(1)]).toEqual([
			'0.0%',
			'<0.1%',
			'12.3%',
			'100.0%',
		]);
	});
});

describe('areas', () => {
	it('convert exactly and round half away from zero', () => {
		expect(convertArea('10000.00', 'ha')).toBe('1.0000');
		expect(convertArea('2000.00', 'mu')).toBe('3.000');
		expect(convertArea('666.67', 'mu')).toBe('1.000');
		expect(convertArea('357000000.00', 'km2')).toBe('357.000000');
		expect(convertArea('0.50', 'm2', 'summary')).toBe('1');
		expect(convertArea('-0.50', 'm2', 'summary')).toBe('-1');
		expect(convertArea('-0.49', 'm2', 'summary')).toBe('0');
		expect(convertArea('90071992547409.91', 'm2')).toBe('90071992547409.91');
	});

	it('take numbers as well as decimal strings', () => {
		fc.assert(
			fc.property(fc.nat(1e9), (hundredths) => {
				const text = (hundredths / 100).toFixed(2);
				expect(convertArea(Number(text), 'm2')).toBe(convertArea(text, 'm2'));
			}),
		);
	});

	it('carry their unit in the language of the reader', () => {
		expect(formatArea('12345.67', 'm2', 'zh')).toBe('12\u202f345.67\u00a0平方米');
		expect(formatArea('12345.67', 'ha', 'en')).toBe('1.2346\u00a0ha');
	});
});

describe('dates', () => {
	it('are written the way of each language', () => {
		expect(formatDate('2026-11-21', 'zh')).toBe('2026年11月21日');
		expect(formatDate('2026-03-05', 'zh')).toBe('2026年3月5日');
		expect(formatDate('2026-03-05', 'en')).toBe('2026-03-05');
	});

	it('fall on the day of the zone', () => {
		expect(formatDate('2026-11-20T17:00:00Z', 'en', 'Asia/Shanghai')).toBe('2026-11-21');
		expect(formatDate('2026-11-20T15:00:00Z', 'en', 'Asia/Shanghai')).toBe('2026-11-20');
	});
});

describe('an instant', () => {
	it('has its day, hours and minutes by the clock of the zone', () => {
		expect(formatMoment('2026-11-21T16:05:30Z', 'zh', 'Asia/Shanghai')).toBe('2026年11月22日 00:05');
		expect(formatMoment('2026-11-21T16:05:30Z', 'en', 'UTC')).toBe('2026-11-21 16:05');
	});
});
