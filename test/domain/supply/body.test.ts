import { describe, expect, it } from 'vitest';
import { newPlotSchema, newSupplyEventSchema, statementSchema } from '$lib/api/supply.ts';
import { questionOf, finding } from '$lib/domain/supply/finding.ts';
import { standingAgainst } from '$lib/server/service/supply/outcome.ts';
import { readValue } from '$lib/server/http/changeset-answer.ts';
import { readCorrectedValue, readEventFacts } from '$lib/server/http/supply-answer.ts';

const event = { event: 'hand_over', acknowledged: [], expectedEdit: 0 } as const;

describe('bodies of supplies', () => {
	it('are taken by the schema of their event', () => {
		const facts = { handedOverOn: '2026-11-01' };
		expect(readEventFacts({ event: 'hand_over', facts })).toEqual({
			ok: true,
			value: { event: 'hand_over', facts },
		});
		for (const wrong of [
			{},
			{ handedOverOn: '2026-02-30' },
			{ handedOverOn: '9990-01-01' },
			{ ...facts, more: 1 },
		])
			expect(readEventFacts({ event: 'hand_over', facts: wrong }).ok).toBe(false);
	});

	it('are refused where a text holds what no database keeps, however deep', async () => {
		for (const b of ['x\0', 'half of \ud800']) {
			const read = readValue(newSupplyEventSchema, { ...event, facts: { a: [{ b }] } });
			expect(read.ok).toBe(false);
			if (!read.ok) expect(read.response.status).toBe(422);
		}
		expect(readValue(newSupplyEventSchema, { ...event, facts: { a: '𠮷' } }).ok).toBe(true);
		const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;
		expect(readValue(newSupplyEventSchema, { ...event, facts: { deep } }).ok).toBe(true);
	});

	it('hold agreed conditions to a key each, and a number of e-supervision to what can be one', () => {
		const agreed = (...keys: string[]) => keys.map((key) => ({ key, text: 'a condition' }));
		const corrected = (field: string, value: unknown) => readCorrectedValue('sign_lease', field, value).ok;
		expect(corrected('agreedConditions', agreed('a', 'b'))).toBe(true);
		expect(corrected('agreedConditions', agreed('a', 'b', 'a'))).toBe(false);
		for (const number of ['2101122026B00123', 'SL-2026-0001', '沈监管 1 号', null])
			expect(corrected('eSupervisionNumber', number)).toBe(true);
		for (const wrong of ['???', '—', ' ', 'a\u0007b', 'a\nb', '1'.repeat(61)])
			expect(corrected('eSupervisionNumber', wrong)).toBe(false);
	});

	it('correct a field by its own schema, and name no field by what every object has', () => {
		expect(readCorrectedValue('hand_over', 'handedOverOn', '2026-11-01').ok).toBe(true);
		expect(readCorrectedValue('hand_over', 'handedOverOn', 'soon').ok).toBe(false);
		for (const field of ['toString', 'constructor', 'valueOf'])
			expect(readCorrectedValue('hand_over', field, 'x')).toEqual({ ok: true, value: 'x' });
	});

	it('keep to what the schema stores: documents, numbers and places on the Earth', () => {
		const stated = { item: 'soil', outcome: 'pass', statedOn: '2026-11-01', document: 'x'.repeat(501) };
		expect(statementSchema.safeParse(stated).success).toBe(false);
		const plot = {
			...{ clientId: 'client-of-plot', name: 'a', parcelNos: [1], batchNo: null, cadastralCode: null },
			...{ unitCode: null, codeStatus: 'none', documentAreaDm2: null, reason: '', within: null },
		};
		expect(newPlotSchema.safeParse(plot).success).toBe(true);
		const far = [
			[1e300, 0],
			[1, 1],
			[2, 2],
		];
		for (const wrong of [
			{ parcelNos: [3_000_000_000] },
			{ batchNo: 3_000_000_000 },
			{ within: far },
			{ documentAreaDm2: 1e13 + 1 },
		])
			expect(newPlotSchema.safeParse({ ...plot, ...wrong }).success).toBe(false);
	});
});

describe('open questions', () => {
	const [one, other] = ['term.a', 'term.b'].map((key) => finding('unknown', 'rule.none', { key }));

	it('are acknowledged one by one, though they have one code', () => {
		const against = standingAgainst([one, other], [questionOf(one)]);
		expect(against.map(({ params }) => params)).toEqual([{ question: 'rule.none term.b' }]);
		expect(standingAgainst([one, other], [one, other].map(questionOf))).toEqual([]);
		expect(standingAgainst([one], ['rule.none'])).toHaveLength(1);
	});
});
