import type { Step } from '../../src/lib/domain/changeset/step.ts';
import { publishChangeset } from '../../src/lib/server/service/changeset/publish.ts';
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

/** Brings a correction that has its steps to a revision, by the author, paul approving and publishing, at an instant; its number. */
export async function publishDraft(
	shop: Workshop,
	author: 'ann' | 'bob',
	changesetNo: number,
	at?: Date,
): Promise<number> {
	valueOf(await recordPaper(shop.as(author), PANJIN_ID, changesetNo, ERROR_REPORT));
	valueOf(await act(shop.as(author), changesetNo, 'submit'));
	valueOf(await act(shop.as('paul'), changesetNo, 'approve'));
	const said = { comment: '', effectiveOn: null };
	return valueOf(await publishChangeset(shop.as('paul', at), PANJIN_ID, changesetNo, said)).revision;
}

/** Publishes steps of ann's on the plan as a correction, at an instant; the number of the revision. */
export async function published(shop: Workshop, at: Date | undefined, ...steps: Step[]): Promise<number> {
	const changesetNo = await begun(shop.as('ann'));
	await added(shop.as('ann'), changesetNo, 0, ...steps);
	return publishDraft(shop, 'ann', changesetNo, at);
}
