import { describe, expect, it } from 'vitest';
import { layOutLifeCycle } from '$lib/components/supply/life-cycle-layout.ts';
import { lifeCycleOf } from '$lib/domain/supply/life-cycle.ts';
import { SUPPLY_PATHS } from '$lib/domain/supply/mode.ts';

describe.each(SUPPLY_PATHS)('the picture of the life cycle of %s', (path) => {
	const table = lifeCycleOf(path);
	const picture = layOutLifeCycle(table);

	it('has every state of the table once, none on another', () => {
		const states = new Set(table.flatMap(({ from, to }) => [from, to]));
		expect(new Set(picture.states.map(({ state }) => state))).toEqual(states);
		const places = picture.states.map(({ lane, row }) => `${lane} ${row}`);
		expect(new Set(places).size).toBe(picture.states.length);
	});

	it('has every line of the table once', () => {
		const drawn = picture.lines.flatMap(({ from, events, to }) =>
			events.map((event) => `${from.state} ${event} ${to.state}`),
		);
		expect(drawn.sort()).toEqual(table.map(({ from, event, to }) => `${from} ${event} ${to}`).sort());
	});

	it('goes from the programme down to the end', () => {
		const spine = picture.states.filter(({ lane }) => lane === 'spine');
		expect(spine[0]).toMatchObject({ state: 'programmed', row: 0 });
		expect(spine.at(-1)).toMatchObject({ state: 'ended', row: picture.rows - 1 });
		expect(picture.lines.filter(({ way }) => way === 'down')).toHaveLength(picture.rows - 1);
	});
});

it('puts a failed review beside the way to the grant', () => {
	const { states, lines } = layOutLifeCycle(lifeCycleOf('lease_then_grant'));
	expect(states.filter(({ lane }) => lane === 'side').map(({ state }) => state)).toEqual([
		'cancelled',
		'failed',
	]);
	const back = lines.filter(({ way }) => way === 'back');
	expect(back.map(({ from, depth }) => [from.state, depth])).toEqual([
		['offered', 0],
		['awarded', 1],
		['in_review', 0],
	]);
});
