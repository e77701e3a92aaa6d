import { describe, expect, it } from 'vitest';
import { checkPermit, checkVoid, type ChainedPermit } from '$lib/domain/supply/permit-chain.ts';

const permit = (
	permitNo: number,
	kind: ChainedPermit['kind'],
	issuedOn: string,
	isVoid = false,
): ChainedPermit => ({ permitNo, kind, number: `${kind} ${permitNo}`, issuedOn, isVoid });
const LAND = permit(1, 'land_use_permit', '2026-03-01');
const WORKS = permit(2, 'works_permit', '2026-05-01');
const VERIFIED = permit(3, 'verification', '2026-08-01');
const voided = (one: ChainedPermit) => ({ ...one, isVoid: true });

describe('a permit that joins those of its plot', () => {
	it('may lack an earlier link, but not the permit of works that is verified', () => {
		expect(checkPermit(WORKS, [])).toBeNull();
		expect(checkPermit(VERIFIED, [LAND])?.code).toBe('permit.works-missing');
		expect(checkPermit(VERIFIED, [voided(WORKS)])?.code).toBe('permit.works-missing');
		expect(checkPermit(VERIFIED, [WORKS])).toBeNull();
	});

	it('is recorded once by kind and number, and again once it was taken back', () => {
		expect(checkPermit(WORKS, [WORKS])).toMatchObject({
			code: 'permit.recorded',
			params: { number: WORKS.number },
		});
		expect(checkPermit(WORKS, [voided(WORKS)])).toBeNull();
		expect(checkPermit({ ...LAND, number: WORKS.number }, [WORKS])).toBeNull();
	});

	it('is not of a day before the first of an earlier link', () => {
		const second = permit(4, 'land_use_permit', '2026-06-01');
		const early = { ...WORKS, issuedOn: '2026-02-28' };
		expect(checkPermit(early, [second, LAND])).toMatchObject({
			code: 'permit.too-early',
			params: { day: '2026-03-01' },
		});
		expect(checkPermit({ ...WORKS, issuedOn: '2026-03-01' }, [second, LAND])).toBeNull();
		expect(checkPermit(early, [voided(LAND)])).toBeNull();
		expect(checkPermit({ ...LAND, issuedOn: '2026-09-01' }, [WORKS, VERIFIED])).toBeNull();
	});
});

describe('a permit that is taken back', () => {
	it('is not the last permit of works on which a verification stands', () => {
		expect(checkVoid(2, [WORKS, VERIFIED])?.code).toBe('permit.later-stands');
		expect(checkVoid(2, [WORKS, permit(5, 'works_permit', '2026-05-02'), VERIFIED])).toBeNull();
		expect(checkVoid(2, [WORKS, voided(VERIFIED)])).toBeNull();
		expect(checkVoid(3, [WORKS, VERIFIED])).toBeNull();
	});
});
