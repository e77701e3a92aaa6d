import { describe, expect, it } from 'vitest';
import { holdingOn } from '$lib/domain/supply/holder.ts';
import type { SupplyFact, TransferKind } from '$lib/domain/supply/supply-fact.ts';
import { holderText } from '$lib/i18n/holder-text.ts';
import { supplyTranslator } from '$lib/i18n/supply-text.ts';

const ON = '2026-11-23';
const row = (factNo: number, kind: string, facts: object, more: Partial<SupplyFact> = {}) =>
	({ factNo, kind, facts, document: 'a document', replacesNo: null, isVoid: false, ...more }) as SupplyFact;
const consent = (
	no: number,
	toWhom: string,
	what: TransferKind = 'transfer',
	outcome = 'consented',
	more: Partial<SupplyFact> = {},
) => row(no, 'transfer', { what, toWhom, outcome, askedOn: '2026-01-01', sharePct: null }, more);
const done = (no: number, consentNo: number, doneOn: string, more: Partial<SupplyFact> = {}) =>
	row(no, 'transfer_done', { consentNo, doneOn }, more);
const awarded = { holder: '甲', formerHolder: null, heldSince: null };

describe('the holder of a right', () => {
	it('is whom it was awarded to until a transfer is done, then the new one, with the former one and the day', () => {
		expect(holdingOn(null, [], ON)).toEqual({ holder: null, formerHolder: null, heldSince: null });
		const rows = [consent(1, '乙')];
		expect(holdingOn('甲', rows, ON)).toEqual(awarded);
		rows.push(done(2, 1, '2026-05-06'));
		expect(holdingOn('甲', rows, '2026-05-05')).toEqual(awarded);
		const second = { holder: '乙', formerHolder: '甲', heldSince: '2026-05-06' };
		expect(holdingOn('甲', rows, '2026-05-06')).toEqual(second);
		rows.push(consent(3, '丙'), done(4, 3, '2026-07-08'));
		expect(holdingOn('甲', rows, ON)).toEqual({
			...{ holder: '丙', formerHolder: '乙', heldSince: '2026-07-08' },
		});
		expect(holdingOn('甲', rows, '2026-07-07')).toEqual(second);
	});

	it.each(['sublet', 'mortgage', 'shares'] as const)('stays the same by what is no transfer: %s', (what) => {
		expect(holdingOn('甲', [consent(1, '乙', what), done(2, 1, '2026-05-06')], ON)).toEqual(awarded);
	});

	it('follows a corrected consent, and comes back where the transfer was taken back', () => {
		const first = [consent(1, '乙'), done(2, 1, '2026-05-06')];
		const corrected = consent(3, '丁', 'transfer', 'consented', { replacesNo: 1 });
		expect(holdingOn('甲', [...first, corrected], ON).holder).toBe('丁');
		const back = done(3, 1, '2026-05-06', { replacesNo: 2, isVoid: true });
		expect(holdingOn('甲', [...first, back], ON)).toEqual(awarded);
		expect(holdingOn('甲', [consent(1, '乙', 'transfer', 'asked'), first[1]], ON)).toEqual(awarded);
	});

	it('is written with who held it before and since when', () => {
		const [zh, en] = [supplyTranslator('zh'), supplyTranslator('en')];
		const held = { holder: '乙', formerHolder: '甲', heldSince: '2026-05-06' };
		expect(holderText(zh, held)).toBe('乙（原为甲，2026-05-06 转让）');
		expect(holderText(en, held)).toBe('乙 (before: 甲, transferred on 2026-05-06)');
		expect([holderText(zh, awarded), holderText(zh, holdingOn(null, [], ON))]).toEqual(['甲', null]);
	});
});
