import { appendAuditEvent, type AuditEntry } from './audit-event.ts';
import type { Sql } from './connect.ts';

/** How the audit names what is done to a changeset. */
const ACTIONS = {
	begin: 'changeset.begun',
	describe: 'changeset.described',
	edit: 'changeset.edited',
	undo: 'changeset.head-moved',
	rebase: 'changeset.rebased',
	submit: 'changeset.submitted',
	endorse: 'changeset.endorsed',
	return: 'changeset.returned',
	approve: 'changeset.approved',
	publish: 'revision.published',
	withdraw: 'changeset.withdrawn',
	comment: 'changeset.commented',
	document: 'changeset.document-added',
	remove_document: 'changeset.document-removed',
	paper: 'changeset.paper-recorded',
	survey: 'changeset.survey-added',
	remove_survey: 'changeset.survey-removed',
} as const;

/** Records an act on a changeset in the zone's chain, in the act's own transaction. */
export async function auditChangeset(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	act: {
		readonly act: keyof typeof ACTIONS;
		readonly actor: string;
		readonly details: Readonly<Record<string, unknown>>;
		readonly occurredAt: Date;
	},
): Promise<void> {
	await appendAuditEvent(sql, zoneId, {
		actor: act.actor,
		action: ACTIONS[act.act],
		entity: `changeset/${changesetNo}`,
		details: act.details,
		occurredAt: act.occurredAt,
	});
}

/** Records that a revision was withdrawn from public view or given back. */
export function auditRevisionView(
	sql: Sql,
	zoneId: string,
	entity: string,
	event: 'withdraw' | 'give_back',
	entry: Pick<AuditEntry, 'actor' | 'details' | 'occurredAt'>,
): Promise<void> {
	const action = event === 'withdraw' ? 'revision.withdrawn' : 'revision.given-back';
	return appendAuditEvent(sql, zoneId, { ...entry, action, entity });
}
