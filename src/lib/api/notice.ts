import { z } from 'zod';
import { CHANGESET_STATES } from '$lib/domain/changeset/life-cycle.ts';
import { NOTICE_KINDS } from '$lib/domain/changeset/notice.ts';

/** Why a changeset waits for the reader. */
export const noticeSchema = z.object({
	kind: z.enum(NOTICE_KINDS),
	changesetNo: z.int(),
	coverageId: z.string(),
	title: z.string(),
	state: z.enum(CHANGESET_STATES),
	authorName: z.string().nullable(),
	baseRevision: z.int(),
	/** Another than the base: others have published since. */
	latestRevision: z.int(),
	/** Who published that one; null: it was loaded. */
	publishedBy: z.string().nullable(),
	/** When it last moved, by whom, and what was said; when it was last changed, by nobody, where it never moved. */
	since: z.string(),
	by: z.string().nullable(),
	comment: z.string(),
});

export const noticeListSchema = z.object({ count: z.int().min(0), notices: z.array(noticeSchema) });

export type WireNoticeList = z.infer<typeof noticeListSchema>;
export type WireNotice = z.infer<typeof noticeSchema>;
