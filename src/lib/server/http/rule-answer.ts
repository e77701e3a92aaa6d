import type { z } from 'zod';
import { ruleListSchema } from '$lib/api/rule.ts';
import type { Outcome } from '../service/changeset/outcome.ts';
import type { ServiceContext } from '../service/context.ts';
import { readRules, type RuleList } from '../service/supply/read-rules.ts';
import { answer } from './changeset-answer.ts';

/** Answers with the rules of a zone as they stand after an act, or with what stands against it. */
export async function answerRules(
	context: ServiceContext,
	zoneId: string,
	acted: Outcome<unknown> = { ok: true, value: null },
): Promise<Response> {
	return answer(acted.ok ? await readRules(context, zoneId) : acted, ruleListSchema, rulesToWire);
}

function rulesToWire({ rules, today, isReckoning, maySetIn }: RuleList): z.input<typeof ruleListSchema> {
	return {
		today,
		isReckoning,
		maySetIn: [...maySetIn],
		rules: rules.map(({ setAt, voidedAt, ...rule }) => ({
			...rule,
			setAt: setAt?.toISOString() ?? null,
			voidedAt: voidedAt?.toISOString() ?? null,
		})),
	};
}
