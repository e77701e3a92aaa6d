import { describe, expect, it } from 'vitest';
import { problemSchema } from '$lib/api/issue.ts';

type Get = (event: { locals: object; params: object; url: URL }) => Response | Promise<Response>;
const ROUTES = import.meta.glob<{ GET?: Get }>([
	'/src/routes/api/v1/zones/[[]zone[]]/{suppl*,plot*,batches,programmes,signatories}/**/+server.ts',
]);

describe('the addresses of land supply', () => {
	it('refuse a parameter that they do not have, by its name', { timeout: 60_000 }, async () => {
		const asked: string[] = [];
		for (const [path, load] of Object.entries(ROUTES)) {
			const { GET: get } = await load();
			if (get === undefined) continue;
			asked.push(path);
			const url = new URL('https://example.org/?nonsense=1');
			const response = await get({ locals: {}, params: {}, url });
			expect([path, response.status]).toEqual([path, 422]);
			const { issues } = problemSchema.parse(await response.json());
			const params = { parameter: 'nonsense', reason: 'parameter-unknown' };
			expect([path, issues.map((issue) => issue.params)]).toEqual([path, expect.arrayContaining([params])]);
		}
		expect(asked.length).toBeGreaterThan(20);
	});
});
