import type { Permission } from '../access/permission.ts';
import { changesetError, type ChangesetIssue } from './issue.ts';

export const CHANGESET_STATES = ['draft', 'submitted', 'approved', 'published', 'withdrawn'] as const;
export type ChangesetState = (typeof CHANGESET_STATES)[number];

export const CHANGESET_EVENTS = ['submit', 'endorse', 'return', 'approve', 'publish', 'withdraw'] as const;
export type ChangesetEvent = (typeof CHANGESET_EVENTS)[number];

/** What the acts of a changeset ask of roles. */
export type ChangesetPermission = Exclude<Extract<Permission, `changeset.${string}`>, 'changeset.read'>;

/** Who takes part in changesets, and so may comment on them, has one of these: reading them is not enough. */
export const TAKING_PART: readonly ChangesetPermission[] = [
	'changeset.draft',
	'changeset.review',
	'changeset.approve',
	'changeset.publish',
];

/** What must be there before an act. */
export type Need = 'title' | 'reason' | 'change' | 'no-error' | 'comment' | 'papers';

/** One line of the life cycle: who may do what in which state, what it needs, and where it leads. */
export interface Transition {
	readonly from: ChangesetState;
	readonly event: ChangesetEvent;
	readonly to: ChangesetState;
	readonly by: 'author' | 'another' | 'anyone';
	/** One of them is enough; it must be held in every park that the changeset touches. */
	readonly permissions: readonly ChangesetPermission[];
	readonly needs: readonly Need[];
}

/**
 * The life of a changeset; what is not in the table cannot be done.
 *
 * The author never endorses, returns or approves (两人以上经办). Endorsing says that who reviewed has nothing against it, and moves nothing. A changeset that was returned is a draft again. Published and withdrawn ones
 * are sealed. The schema holds the same rows (`changeset_transition`).
 */
export const LIFE_CYCLE: readonly Transition[] = [
	{
		from: 'draft',
		event: 'submit',
		to: 'submitted',
		by: 'author',
		permissions: ['changeset.draft'],
		needs: ['title', 'reason', 'change', 'no-error'],
	},
	{
		from: 'draft',
		event: 'withdraw',
		to: 'withdrawn',
		by: 'author',
		permissions: ['changeset.draft'],
		needs: [],
	},
	{
		from: 'submitted',
		event: 'endorse',
		to: 'submitted',
		by: 'another',
		permissions: ['changeset.review'],
		needs: [],
	},
	{
		from: 'submitted',
		event: 'return',
		to: 'draft',
		by: 'another',
		permissions: ['changeset.review', 'changeset.approve'],
		needs: ['comment'],
	},
	{
		from: 'submitted',
		event: 'approve',
		to: 'approved',
		by: 'another',
		permissions: ['changeset.approve'],
		needs: ['no-error'],
	},
	{
		from: 'submitted',
		event: 'withdraw',
		to: 'withdrawn',
		by: 'author',
		permissions: ['changeset.draft'],
		needs: [],
	},
	{
		from: 'approved',
		event: 'return',
		to: 'draft',
		by: 'another',
		permissions: ['changeset.approve'],
		needs: ['comment'],
	},
	{
		from: 'approved',
		event: 'publish',
		to: 'published',
		by: 'anyone',
		permissions: ['changeset.publish'],
		needs: ['change', 'no-error', 'papers'],
	},
];

/** Finds what an event does in a state; null where it cannot happen. */
export function findTransition(from: ChangesetState, event: ChangesetEvent): Transition | null {
	return LIFE_CYCLE.find((line) => line.from === from && line.event === event) ?? null;
}

/** Says whether nothing about a changeset in this state may change any more. */
export function isSealed(state: ChangesetState): boolean {
	return state === 'published' || state === 'withdrawn';
}

/** What an act on a changeset is judged by. */
export interface Act {
	readonly state: ChangesetState;
	readonly event: ChangesetEvent;
	readonly isAuthor: boolean;
	/** Whether who acts holds a permission in every park that the changeset touches. */
	readonly may: (permission: ChangesetPermission) => boolean;
	readonly title: string;
	readonly reason: string;
	readonly comment: string;
	/** How many steps count. */
	readonly steps: number;
	/** What the checks of the moment found. */
	readonly issues: readonly ChangesetIssue[];
	/** What is missing of its papers. */
	readonly paperIssues: readonly ChangesetIssue[];
}

/**
 * Lists why an act on a changeset cannot be done; empty where it can.
 *
 * `event.impossible` (not in this state), `event.author-only`, `event.author-excluded`, `event.not-permitted`; where none of these stands
 * against it, everything that it needs and lacks: `title.missing`, `reason.missing`, `changeset.empty`, `comment.missing`, and the errors
 * of the checks and of the papers themselves.
 */
export function checkAct(act: Act): ChangesetIssue[] {
	const { state, event, isAuthor, may } = act;
	const transition = findTransition(state, event);
	if (transition === null) return [changesetError('event.impossible', { state, event })];
	if (transition.by === 'author' && !isAuthor) return [changesetError('event.author-only', { event })];
	if (transition.by === 'another' && isAuthor) return [changesetError('event.author-excluded', { event })];
	if (!transition.permissions.some(may)) return [changesetError('event.not-permitted', { event })];
	return transition.needs.flatMap((need) => listMissing(need, act));
}

function listMissing(need: Need, act: Act): ChangesetIssue[] {
	const unless = (isThere: boolean, code: string) => (isThere ? [] : [changesetError(code)]);
	switch (need) {
		case 'title':
			return unless(act.title.trim() !== '', 'title.missing');
		case 'reason':
			return unless(act.reason.trim() !== '', 'reason.missing');
		case 'comment':
			return unless(act.comment.trim() !== '', 'comment.missing');
		case 'change':
			return unless(act.steps > 0, 'changeset.empty');
		case 'no-error':
			return act.issues.filter(({ severity }) => severity === 'error');
		case 'papers':
			return act.paperIssues.filter(({ severity }) => severity === 'error');
	}
}
