import { describe, expect, it } from 'vitest';
import { ByteCache, keepPromise } from '$lib/server/tile/byte-cache.ts';

describe('a cache bounded by bytes', () => {
	it('lets the least recently used go first', () => {
		const cache = new ByteCache<string>(30);
		cache.set('a', 'A', 10);
		cache.set('b', 'B', 10);
		cache.set('c', 'C', 10);
		expect(cache.get('a')).toBe('A');
		cache.set('d', 'D', 10);
		expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual(['A', undefined, 'C', 'D']);
		expect(cache.bytes).toBe(30);
	});

	it('keeps the newest even when it alone is over the budget, and nothing beside it', () => {
		const cache = new ByteCache<string>(30);
		cache.set('a', 'A', 10);
		cache.set('big', 'B', 99);
		expect([cache.get('a'), cache.get('big'), cache.size, cache.bytes]).toEqual([undefined, 'B', 1, 99]);
		cache.set('c', 'C', 10);
		expect([cache.get('big'), cache.get('c'), cache.bytes]).toEqual([undefined, 'C', 10]);
	});

	it('counts a replaced value once', () => {
		const cache = new ByteCache<string>(30);
		cache.set('a', 'A', 20);
		cache.set('a', 'B', 25);
		expect([cache.get('a'), cache.bytes, cache.size]).toEqual(['B', 25, 1]);
	});
});

describe('a promise in the cache', () => {
	const lengthOf = (text: string) => text.length;

	it('is counted once it is fulfilled', async () => {
		const cache = new ByteCache<Promise<string>>(30);
		const promise = Promise.resolve('twelve bytes');
		keepPromise(cache, 'a', promise, lengthOf);
		expect([cache.get('a'), cache.bytes]).toEqual([promise, 0]);
		await promise;
		expect([cache.get('a'), cache.bytes]).toEqual([promise, 12]);
	});

	it('is forgotten when it fails, but not the one kept in its place', async () => {
		const cache = new ByteCache<Promise<string>>(30);
		let fail: () => void = () => undefined;
		const failing = new Promise<string>((_, reject) => (fail = () => reject(new Error('no memory'))));
		keepPromise(cache, 'a', failing, lengthOf);
		const next = Promise.resolve('next');
		keepPromise(cache, 'a', next, lengthOf);
		fail();
		await expect(failing).rejects.toThrow('no memory');
		expect(cache.get('a')).toBe(next);

		const alone = Promise.reject<string>(new Error('no memory'));
		keepPromise(cache, 'b', alone, lengthOf);
		await expect(alone).rejects.toThrow('no memory');
		expect(cache.get('b')).toBeUndefined();
	});
});
