import { describe, expect, it } from 'vitest';
import { isForged, sameSiteTarget } from '$lib/server/http/visit.ts';

const HERE = 'https://map.example.cn';

describe('the way after sign-in', () => {
	it.each(['/', '/balance?zone=shenyang&unit=mu', '/people/shenyang#x', '/parcel/a/plan/1'])(
		'may be %s',
		(to) => {
			expect(sameSiteTarget(to, HERE)).toBe(to);
		},
	);

	it.each([
		...[
			'//evil.example/x',
			'/\\evil.example',
			'\\\\evil.example',
			'https://evil.example/',
			'javascript:alert(1)',
		],
		...['/\t/evil.example', '', 'balance', '/sign-in?to=/', `${HERE}.evil.example/`, null],
	])('is the map and not %j', (to) => {
		expect(sameSiteTarget(to, HERE)).toBe('/');
	});
});

describe('a request that changes something', () => {
	const from = (method: string, headers: Record<string, string>) =>
		isForged(new Request(HERE, { method, headers }), HERE);

	it('is forged where another site had it sent', () => {
		expect(from('POST', { origin: 'https://evil.example' })).toBe(true);
		expect(from('PUT', { origin: 'null' })).toBe(true);
		expect(from('DELETE', { origin: 'http://map.example.cn' })).toBe(true);
		expect(from('POST', { 'sec-fetch-site': 'cross-site' })).toBe(true);
	});

	it('is not where it comes from here, or from a program', () => {
		expect(from('POST', { origin: HERE })).toBe(false);
		expect(from('POST', {})).toBe(false);
		expect(from('GET', { origin: 'https://evil.example' })).toBe(false);
	});
});
