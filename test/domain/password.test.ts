import { describe, expect, it } from 'vitest';
import { checkPassword } from '$lib/domain/access/password-policy.ts';
import { hashPassword, isPasswordOf, randomPassword } from '$lib/server/access/password.ts';
import { AttemptLimit } from '$lib/server/access/attempt-limit.ts';

const OWNER = { email: 'zhang.wei@office.invalid', name: '欧阳建国 Gregory' };

describe('a new password', () => {
	it.each([
		['elevenchars', 'password.too-short'],
		['园图园图园图园图园图园', 'password.too-short'],
		['x'.repeat(129), 'password.too-long'],
		['my zhang.wei secret', 'password.holds-name'],
		['GREGORY and his cat', 'password.holds-name'],
		['欧阳建国的长长的密码一二三', 'password.holds-name'],
		['aaaaaaaaaaaaaa', 'password.common'],
		['abababababab', 'password.common'],
		['1234567890123', 'password.common'],
		['ponmlkjihgfedc', 'password.common'],
		['Pass-Word 1234', 'password.common'],
		['1QAZ2wsx3edc', 'password.common'],
		['paper boats on the Hun river', null],
		['浑河上漂着几只小小的纸船', null],
		['correct horse', null],
	])('%s: %s', (password, fault) => {
		expect(checkPassword(password, OWNER)).toBe(fault);
	});

	it('made by the program is good, and another each time', () => {
		const made = Array.from({ length: 50 }, randomPassword);
		expect(new Set(made).size).toBe(50);
		for (const password of made) expect(checkPassword(password, OWNER)).toBeNull();
	});
});

describe('a hash', () => {
	it('knows its password and no other, and never repeats', async () => {
		const [first, second] = await Promise.all([hashPassword('纸船 é'), hashPassword('纸船 é')]);
		expect(first).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
		expect(second).not.toBe(first);
		// The same letters, written in another normal form, as some keyboards send them.
		expect(await isPasswordOf(first, '纸船 e\u0301')).toBe(true);
		expect(await isPasswordOf(first, '纸船 e')).toBe(false);
		for (const none of ['', 'no hash', 'scrypt$15$8$3$$']) expect(await isPasswordOf(none, '')).toBe(false);
	});
});

describe('attempts of a client', () => {
	it('are limited in a minute, each client for itself', () => {
		const limit = new AttemptLimit(2);
		const admitted = [0, 1, 2, 59_999].map((now) => limit.admit('a', 1e6 + now));
		expect(admitted).toEqual([true, true, false, false]);
		expect(limit.admit('b', 1e6 + 59_999)).toBe(true);
		expect(limit.admit('a', 1e6 + 60_000)).toBe(true);
	});
});
