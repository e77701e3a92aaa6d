import { z } from 'zod';

/** An issue as it travels: a code, never a sentence; the sentence lives in i18n. */
export const issueSchema = z.object({
	code: z.string(),
	severity: z.enum(['error', 'warning', 'info']),
	entities: z.array(z.string()).default([]),
	at: z.tuple([z.number(), z.number()]).optional(),
	params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
	source: z.string().optional(),
});

export type WireIssue = z.infer<typeof issueSchema>;

/** A problem of RFC 9457 (application/problem+json) with the list of issues behind it. */
export const problemSchema = z.object({
	type: z.string(),
	title: z.string(),
	status: z.number().int(),
	detail: z.string().optional(),
	instance: z.string().optional(),
	issues: z.array(issueSchema).default([]),
});

export type Problem = z.infer<typeof problemSchema>;
