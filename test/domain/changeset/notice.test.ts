import { describe, expect, it } from 'vitest';
import { CHANGESET_STATES, type ChangesetPermission } from '$lib/domain/changeset/life-cycle.ts';
import { listNoticeKinds, type NoticeSubject } from '$lib/domain/changeset/notice.ts';

const PERMISSIONS: readonly (ChangesetPermission | null)[] = [
	'changeset.draft',
	'changeset.review',
	'changeset.approve',
	'changeset.publish',
	null,
];

/** What a changeset in each state says to somebody with one permission. */
function kindsBy(subject: Partial<NoticeSubject>): string[] {
	return CHANGESET_STATES.flatMap((state) =>
		PERMISSIONS.flatMap((held) =>
			listNoticeKinds({
				state,
				isAuthor: false,
				isReturned: false,
				isEndorsed: false,
				baseRevision: 1,
				latestRevision: 1,
				may: (permission) => permission === held,
				...subject,
			}).map((kind) => `${state} ${held ?? 'nothing'} ${kind}`),
		),
	);
}

describe('what waits for somebody', () => {
	it('is to review or approve what others handed in, and to publish what is approved', () => {
		expect(kindsBy({})).toEqual([
			'submitted changeset.review review',
			'submitted changeset.approve review',
			'approved changeset.publish publish',
		]);
	});

	it('is to approve once it is endorsed', () => {
		expect(kindsBy({ isEndorsed: true })).toEqual([
			'submitted changeset.approve review',
			'approved changeset.publish publish',
		]);
	});

	it('is never to review one’s own', () => {
		expect(kindsBy({ isAuthor: true })).toEqual(['approved changeset.publish publish']);
	});

	it('is one’s own draft that came back', () => {
		const returned = kindsBy({ isAuthor: true, isReturned: true });
		expect(returned.filter((one) => one.endsWith('returned'))).toEqual(
			PERMISSIONS.map((held) => `draft ${held ?? 'nothing'} returned`),
		);
		expect(kindsBy({ isReturned: true }).filter((one) => one.endsWith('returned'))).toEqual([]);
	});

	it('is one’s own on a revision that is not the newest, until it is sealed', () => {
		const moved = kindsBy({ isAuthor: true, latestRevision: 2, may: () => false });
		expect(new Set(moved)).toEqual(
			new Set(
				['draft', 'submitted', 'approved'].flatMap((state) =>
					PERMISSIONS.map((held) => `${state} ${held ?? 'nothing'} base_moved`),
				),
			),
		);
		expect(kindsBy({ latestRevision: 2, may: () => false })).toEqual([]);
	});
});
