import { describe, expect, it } from 'vitest';
import { changesetError } from '$lib/domain/changeset/issue.ts';
import {
	CHANGESET_EVENTS,
	CHANGESET_STATES,
	checkAct,
	isSealed,
	LIFE_CYCLE,
	type Act,
	type ChangesetPermission,
} from '$lib/domain/changeset/life-cycle.ts';

/** Where each event leads in each state; '–' where it cannot happen. */
const EXPECTED = `
            submit     endorse    return  approve   publish    withdraw
draft       submitted  –          –       –         –          withdrawn
submitted   –          submitted  draft   approved  –          withdrawn
approved    –          –          draft   –         published  –
published   –          –          –       –         –          –
withdrawn   –          –          –       –         –          –
`;

const PERMISSIONS: readonly ChangesetPermission[] = [
	'changeset.draft',
	'changeset.review',
	'changeset.approve',
	'changeset.publish',
];

const READY: Omit<Act, 'state' | 'event'> = {
	isAuthor: false,
	may: () => true,
	title: '调整',
	reason: '理由',
	comment: '意见',
	steps: 1,
	issues: [],
	paperIssues: [],
};
const codes = (act: Partial<Act> & Pick<Act, 'state' | 'event'>) =>
	checkAct({ ...READY, ...act }).map(({ code }) => code);

const ALL = CHANGESET_STATES.flatMap((state) => CHANGESET_EVENTS.map((event) => ({ state, event })));

describe('the life of a changeset', () => {
	const [head, ...rows] = EXPECTED.trim().split('\n');
	const events = head.trim().split(/\s+/);
	const leads = new Map(
		rows.flatMap((row) => {
			const [state, ...cells] = row.trim().split(/\s+/);
			return cells.map((to, i) => [`${state} ${events[i]}`, to] as const);
		}),
	);

	it.each(ALL)('$state, $event', ({ state, event }) => {
		const to = leads.get(`${state} ${event}`);
		const lines = LIFE_CYCLE.filter((line) => line.from === state && line.event === event);
		expect(lines.map((line) => line.to)).toEqual(to === '–' ? [] : [to]);
		const isAuthor = lines[0]?.by === 'author';
		expect(codes({ state, event, isAuthor })).toEqual(to === '–' ? ['event.impossible'] : []);
	});

	it.each(LIFE_CYCLE)('$from, $event asks for $by with one of $permissions', (line) => {
		const act = { state: line.from, event: line.event };
		for (const isAuthor of [true, false]) {
			const [fault] = codes({ ...act, isAuthor });
			if (line.by === 'author' && !isAuthor) expect(fault).toBe('event.author-only');
			else if (line.by === 'another' && isAuthor) expect(fault).toBe('event.author-excluded');
			else expect(fault).toBeUndefined();
		}
		for (const held of PERMISSIONS) {
			const found = codes({ ...act, isAuthor: line.by === 'author', may: (asked) => asked === held });
			expect(found).toEqual(line.permissions.includes(held) ? [] : ['event.not-permitted']);
		}
	});

	it('never lets the author endorse, return or approve', () => {
		const outside = LIFE_CYCLE.filter(({ event }) => ['endorse', 'return', 'approve'].includes(event));
		expect(new Set(outside.map(({ event }) => event)).size).toBe(3);
		for (const { by } of outside) expect(by).toBe('another');
	});

	it('names all that an act lacks', () => {
		const author = { state: 'draft', event: 'submit', isAuthor: true } as const;
		expect(codes({ ...author, title: ' ', reason: '', steps: 0 })).toEqual([
			'title.missing',
			'reason.missing',
			'changeset.empty',
		]);
		const issues = [
			changesetError('parcel.overlaps'),
			{ ...changesetError('x.y'), severity: 'warning' as const },
		];
		expect(codes({ ...author, issues })).toEqual(['parcel.overlaps']);
		expect(codes({ state: 'submitted', event: 'return', comment: '\n' })).toEqual(['comment.missing']);
		const paperIssues = [changesetError('paper.missing', { paper: 'approval' })];
		expect(codes({ state: 'approved', event: 'publish', paperIssues, issues })).toEqual([
			'parcel.overlaps',
			'paper.missing',
		]);
		expect(codes({ state: 'submitted', event: 'approve', paperIssues })).toEqual([]);
	});

	it('ends sealed, from where nothing leads on', () => {
		for (const state of CHANGESET_STATES)
			expect(isSealed(state)).toBe(!LIFE_CYCLE.some(({ from }) => from === state));
	});
});
