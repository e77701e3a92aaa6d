import type { Step } from '../../src/lib/domain/changeset/step.ts';
import type { Outcome } from '../../src/lib/server/service/changeset/outcome.ts';
import { publishChangeset, type PublishedRevision } from '../../src/lib/server/service/changeset/publish.ts';
import { recordPaper } from '../../src/lib/server/service/changeset/record.ts';
import { act, added, begun, valueOf, type Workshop } from './changeset-service.ts';
import { PANJIN_ID } from './database-rows.ts';

/** The paper of a correction. */
export const ERROR_REPORT = {
	kind: 'error_report',
	startsOn: null,
	endsOn: null,
	number: '更正〔2026〕1号',
	office: null,
	issuedOn: null,
	summary: '界线写错',
	documentNo: null,
} as const;

type Author = 'ann' | 'bob';

/** A correction of the plan with steps; its number. */
export async function drafted(shop: Workshop, author: Author, ...steps: readonly Step[]): Promise<number> {
	const changesetNo = await begun(shop.as(author));
	if (steps.length > 0) await added(shop.as(author), changesetNo, 0, ...steps);
	return changesetNo;
}

/** Hands a correction in, by its author, paul approving, who then publishes it at an instant; what comes of that. */
export async function publishing(
	shop: Workshop,
	author: Author,
	changesetNo: number,
	at?: Date,
): Promise<Outcome<PublishedRevision>> {
	valueOf(await recordPaper(shop.as(author), PANJIN_ID, changesetNo, ERROR_REPORT));
	valueOf(await act(shop.as(author), changesetNo, 'submit'));
	valueOf(await act(shop.as('paul'), changesetNo, 'approve'));
	return publishChangeset(shop.as('paul', at), PANJIN_ID, changesetNo, { comment: '', effectiveOn: null });
}

/** Brings a correction to a revision as `publishing` does; the number of the revision. */
export async function publishDraft(...asked: Parameters<typeof publishing>): Promise<number> {
	return valueOf(await publishing(...asked)).revision;
}

/** Publishes steps of ann's on the plan as a correction, at an instant; the number of the revision. */
export async function published(shop: Workshop, at: Date | undefined, ...steps: Step[]): Promise<number> {
	return publishDraft(shop, 'ann', await drafted(shop, 'ann', ...steps), at);
}
