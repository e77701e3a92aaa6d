import { digestOf } from '$lib/domain/changeset/digest.ts';
import { applyToDraft, draftOf } from '$lib/domain/changeset/draft-state.ts';
import { changesetError } from '$lib/domain/changeset/issue.ts';
import { restoreDifference } from '$lib/domain/changeset/restore-difference.ts';
import type { RestoreStep } from '$lib/domain/changeset/step.ts';
import { differenceToWire } from '$lib/domain/changeset/wire-difference.ts';
import { can } from '../../access/actor.ts';
import { findChangeset, findChangesetByClient, type ChangesetRow } from '../../db/changeset.ts';
import { findLatestRevision, findRevision } from '../../db/coverage.ts';
import { listParcelNosOnlyIn } from '../../db/parcel-columns.ts';
import { listLineageSince } from '../../db/parcel-history.ts';
import { staleAt, whyNotEditable, writeSteps } from '../changeset/append-steps.ts';
import { beginChangeset, mayDraft, type NewDraft } from '../changeset/begin.ts';
import { done, failed, notFound, type Outcome } from '../changeset/outcome.ts';
import { parksTouched } from '../changeset/park-touched.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWhole } from '../scope.ts';

/**
 * Begins a draft whose one step gives the state of an old revision back: what was published since, taken back as a whole.
 *
 * It is reviewed and published as any other. Refuses what `beginChangeset` does, `revision.not-found`, `step.changes-nothing` (its base is that
 * state), `park.not-permitted`. Asked again under one client id it is the same draft, whatever became of it.
 */
export async function restoreRevision(
	context: ServiceContext,
	zoneId: string,
	revision: number,
	draft: NewDraft,
): Promise<Outcome<ChangesetRow>> {
	const { actor, drafts } = context;
	const { coverageId } = draft;
	if (!mayDraft(actor, zoneId)) return failed('forbidden', [changesetError('event.not-permitted')]);
	const { wanted, latest, known } = await asActor(context, zoneId, async (sql) => ({
		wanted: await findRevision(sql, zoneId, coverageId, revision),
		latest: await findLatestRevision(sql, zoneId, coverageId),
		known: await findChangesetByClient(sql, zoneId, draft.clientId),
	}));
	const own = known?.authorId === actor.userId ? known : null;
	if (own !== null && own.stepCount > 0) return done(own);
	if (wanted === null || latest === null) return failed('not-found', [changesetError('revision.not-found')]);
	// Begun before and never written, it stands on an older one.
	const base = own?.baseRevision ?? latest.revision;
	const { working, difference, parkIds } = await takenBack(context, zoneId, coverageId, base, revision);
	if (difference.shapes.length + difference.facts.length === 0)
		return failed('refused', [changesetError('step.changes-nothing')]);
	if (!can(actor, 'changeset.draft', zoneId, parkIds))
		return failed('forbidden', [changesetError('park.not-permitted')]);

	const begun = await beginChangeset(context, zoneId, draft, base);
	if (!begun.ok) return begun;
	const row = begun.value;
	if (row.stepCount > 0) return begun;
	const notNow = whyNotEditable(row, zoneId, actor);
	if (notNow !== null) return notNow;
	if (row.baseRevision !== base) return staleAt(row);
	const applied = applyToDraft(draftOf(working.coverage, working.facts), difference);
	if (!applied.ok) throw new Error(`revision ${revision} cannot be given back: ${applied.refusal.code}`);
	const step: RestoreStep = { verb: 'restore', params: { revision } };
	const sent = {
		clientId: row.clientId,
		step,
		differenceText: JSON.stringify(differenceToWire(difference)),
		digest: digestOf(difference),
	};
	if (!(await writeSteps(context, zoneId, row, [sent], parkIds))) return staleAt(row);
	drafts.keep(zoneId, { ...row, editNo: row.editNo + 1 }, { working, state: applied.state, difference });
	const written = await asActor(context, zoneId, (sql) => findChangeset(sql, zoneId, row.changesetNo));
	return written === null ? notFound(row.changesetNo) : done(written);
}

/** What makes a revision the one that it was, and the parks in which it changes something. */
async function takenBack(
	{ database, drafts }: ServiceContext,
	zoneId: string,
	coverageId: string,
	from: number,
	to: number,
) {
	const working = await drafts.workings.open({ zoneId, coverageId, revision: from });
	const then = await drafts.workings.open({ zoneId, coverageId, revision: to });
	const { touched, lines } = await asWhole(database, zoneId, async (sql) => ({
		touched: [
			...(await listParcelNosOnlyIn(sql, zoneId, coverageId, from, to)),
			...(await listParcelNosOnlyIn(sql, zoneId, coverageId, to, from)),
		],
		lines: await listLineageSince(sql, zoneId, coverageId, { after: to, upTo: from }),
	}));
	const revisions = [...new Set(lines.map((line) => line.revision))];
	const lineages = revisions.map((revision) => lines.filter((line) => line.revision === revision));
	const difference = restoreDifference(working, then, touched, lineages);
	return { working, difference, parkIds: parksTouched(working, difference) };
}
