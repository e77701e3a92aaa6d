import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { batchState } from '$lib/domain/supply/batch.ts';
import { requiresCompetition } from '$lib/domain/supply/competition.ts';
import { checkDocumentArea } from '$lib/domain/supply/document-area.ts';
import type { Finding } from '$lib/domain/supply/finding.ts';
import type { ReserveItem, Stated } from '$lib/domain/supply/guard-context.ts';
import { checkOfferDates, resultDueOn, type OfferDays } from '$lib/domain/supply/notice-days.ts';
import { checkReserve } from '$lib/domain/supply/reserve.ts';
import { checkTransfer } from '$lib/domain/supply/transfer.ts';
import { priceCharges } from '$lib/domain/tenure/charge-plan.ts';
import { possibleFee, possibleTakeBack } from '$lib/domain/tenure/idle-consequence.ts';
import { assessIdle, type IdleFacts } from '$lib/domain/tenure/idle.ts';
import { topUp, type LandChange } from '$lib/domain/tenure/price.ts';
import { latestRenewal } from '$lib/domain/tenure/renewal.ts';
import { checkTerm, type AskedTerm, type LandUse } from '$lib/domain/tenure/term.ts';
import { SOUND_CONTRACT } from '../../support/supply-guard.ts';
import { heldSupply, type TransferExample } from '../../support/held-supply.ts';
import { readWorkCalendar, rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/supply');
const ON = '2026-11-23';
const { calendar } = await readWorkCalendar();

interface Golden {
	readonly rule: string;
	readonly source: string;
	readonly question: string;
	readonly examples: readonly { readonly input: unknown; readonly expected: unknown }[];
}

type Rules = typeof SUPPLY_RULES;

/** What of some findings rests on a rule. */
const restingOn = (key: string, found: readonly Finding[]) =>
	found.flatMap(({ outcome, code, rule }) => (rule?.key === key ? [`${outcome} ${code}`] : [])).join();

/** Asks the question of an example under some rules. */
const QUESTIONS: Readonly<Record<string, (input: never, rules: Rules, key: string) => unknown>> = {
	term: (input: AskedTerm, rules, key) => restingOn(key, checkTerm(input, rules, ON)),
	renewal: ({ lastOn }: { lastOn: string }, rules) => latestRenewal(lastOn, rules, ON).value,
	offer: (input: OfferDays, rules, key) => restingOn(key, checkOfferDates(input, rules, calendar, ON)),
	result: ({ endedOn }: { endedOn: string }, rules) => resultDueOn(endedOn, rules, calendar, ON).value,
	competition: ({ use }: { use: LandUse }, rules) => requiresCompetition(use, rules, ON).value,
	'top-up': (input: LandChange, rules) => topUp(input, rules, ON).value,
	idle: ({ facts, onDate }: { facts: IdleFacts; onDate: string }, rules) =>
		assessIdle(facts, rules, onDate).value,
	fee: (input: Parameters<typeof possibleFee>[0], rules) => possibleFee(input, rules, ON).value,
	'take-back': (input: Parameters<typeof possibleTakeBack>[0], rules) =>
		possibleTakeBack(input, rules, ON).value,
	transfer: (input: TransferExample, rules, key) =>
		restingOn(
			key,
			checkTransfer(
				{ what: input.what, toWhom: input.toWhom ?? null, sharePct: null },
				heldSupply(input, rules, ON),
			),
		),
	'pay-days': ({ signedOn }: { signedOn: string }, rules) =>
		priceCharges({ ...SOUND_CONTRACT, signedOn }, 'grant', [rules, null])?.value?.[0].dueOn ?? null,
	reserve: (input: Record<ReserveItem, Stated>, rules, key) => {
		const statements = new Map(Object.entries(input) as [ReserveItem, Stated][]);
		return restingOn(key, checkReserve({ parkId: 'a-park', statements, heldUntil: null }, rules, ON));
	},
	'document-area': (input: Parameters<typeof checkDocumentArea>[0], rules) => {
		const found = checkDocumentArea(input, rules, ON);
		return found === null ? null : `${found.outcome} ${found.code}`;
	},
	batch: ({ approvedOn }: { approvedOn: string }, rules) =>
		batchState({ number: '1', approvedOn, approvedDm2: 1, supplies: [], cause: null }, rules, ON).lapse.value,
};

const goldens = readdirSync(FOLDER).map((file) => ({
	file,
	...(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Golden),
}));
const ask = ({ question, rule }: Golden, input: unknown, rules: Rules) =>
	QUESTIONS[question](input as never, rules, rule);

describe('worked examples', () => {
	it('are there for every rule that has a value, and for no other', () => {
		const sourced = SUPPLY_RULES.filter(({ value }) => value !== null).map(({ key }) => `${key}.json`);
		expect(goldens.map(({ file }) => file).sort()).toEqual(sourced.sort());
		for (const { file, rule, source, examples } of goldens) {
			expect(file).toBe(`${rule}.json`);
			expect(SUPPLY_RULES.find(({ key }) => key === rule)?.source).toBe(source);
			expect(examples.length).toBeGreaterThan(0);
		}
	});

	it.each(goldens)('$rule', (golden) => {
		for (const { input, expected } of golden.examples)
			expect(ask(golden, input, SUPPLY_RULES)).toEqual(expected);
	});

	it.each(goldens)('$rule: no answer, and no pass, without the rule', (golden) => {
		for (const { input, expected } of golden.examples) {
			const without = ask(golden, input, rulesWith(golden.rule, { value: null }));
			expect(without).not.toEqual(expected);
			expect([null, 'unknown rule.none']).toContain(without);
		}
	});
});
