import { LIFE_CYCLE, type ChangesetPermission, type ChangesetState } from './life-cycle.ts';

/** Why a changeset waits for somebody: to be reviewed, to be published, it came back, or others have published since it was begun. */
export const NOTICE_KINDS = ['review', 'publish', 'returned', 'base_moved'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Whose changesets are listed: the reader's own, or those that wait for him. */
export const WHOSE = ['mine', 'waiting'] as const;
export type Whose = (typeof WHOSE)[number];

/** A changeset as somebody stands to it. */
export interface NoticeSubject {
	readonly state: ChangesetState;
	readonly isAuthor: boolean;
	/** Whether the last that happened to it was that it was returned. */
	readonly isReturned: boolean;
	/** Whether the last that happened to it was that who reviews it found nothing against it. */
	readonly isEndorsed: boolean;
	readonly baseRevision: number;
	/** The newest revision of its coverage. */
	readonly latestRevision: number;
	/** Whether somebody holds a permission in every park that the changeset touches. */
	readonly may: (permission: ChangesetPermission) => boolean;
}

/** Lists why a changeset waits for somebody, in the order of `NOTICE_KINDS`; sealed ones wait for nobody. */
export function listNoticeKinds(subject: NoticeSubject): NoticeKind[] {
	return NOTICE_KINDS.filter((kind) => isWaiting(kind, subject));
}

function isWaiting(
	kind: NoticeKind,
	{ state, isAuthor, isReturned, isEndorsed, may, ...revisions }: NoticeSubject,
): boolean {
	switch (kind) {
		case 'review':
			return LIFE_CYCLE.some(
				({ from, to, by, permissions }) =>
					state === 'submitted' &&
					from === state &&
					by === 'another' &&
					!isAuthor &&
					// Endorsed, it waits for those who can move it on.
					(!isEndorsed || to === 'approved') &&
					permissions.some(may),
			);
		case 'publish':
			return state === 'approved' && may('changeset.publish');
		case 'returned':
			return state === 'draft' && isAuthor && isReturned;
		case 'base_moved':
			return (
				['draft', 'submitted', 'approved'].includes(state) &&
				isAuthor &&
				revisions.latestRevision > revisions.baseRevision
			);
	}
}
