import type { RegisterFilter } from '../api/plot-register.ts';
import { SUPPLY_STATES } from '../domain/supply/life-cycle.ts';
import { SUPPLY_MODES } from '../domain/supply/mode.ts';

/** Plots on a page of the list. */
export const REGISTER_PAGE = 50;

export const DUE_CHOICES = ['overdue', 'month', 'quarter'] as const;
export const FLAG_CHOICES = ['provisional', 'astray', 'withdrawn'] as const;
export const STATE_CHOICES = ['none', ...SUPPLY_STATES] as const;
export const SORT_CHOICES = ['plot', 'name', 'area', 'due'] as const;

/** What of the list an address shows; null: not filtered by it. */
export interface RegisterView {
	readonly words: string | null;
	readonly park: string | null;
	readonly mode: NonNullable<RegisterFilter['mode']> | null;
	readonly state: NonNullable<RegisterFilter['state']> | null;
	readonly due: NonNullable<RegisterFilter['due']> | null;
	readonly flag: NonNullable<RegisterFilter['flag']> | null;
	readonly sort: RegisterFilter['sort'];
	readonly order: RegisterFilter['order'];
	readonly offset: number;
}

export const REGISTER_FILTERS = ['words', 'park', 'mode', 'state', 'due', 'flag'] as const;
export type RegisterFilterName = (typeof REGISTER_FILTERS)[number];

/** Reads the list's view from an address; what is not understood is left out. */
export function readRegisterView(query: URLSearchParams): RegisterView {
	const among = <T extends string>(name: string, offered: readonly T[]) =>
		offered.find((one) => one === query.get(name)) ?? null;
	const offset = query.get('offset') ?? '';
	const words = (query.get('words') ?? '').trim().slice(0, 200);
	return {
		words: words === '' ? null : words,
		park: query.get('park')?.slice(0, 40) ?? null,
		mode: among('mode', SUPPLY_MODES),
		state: among('state', STATE_CHOICES),
		due: among('due', DUE_CHOICES),
		flag: among('flag', FLAG_CHOICES),
		sort: among('sort', SORT_CHOICES) ?? 'plot',
		order: among('order', ['up', 'down'] as const) ?? 'down',
		offset: /^\d{1,7}$/.test(offset) ? Number(offset) : 0,
	};
}

/** A view as a query, empty or with its question mark; the place in the list only where it is given. */
export function registerQuery(view: RegisterView, more: Readonly<Record<string, string>> = {}): string {
	const given = REGISTER_FILTERS.flatMap((name) => {
		const value = view[name];
		return value === null ? [] : [[name, value] as const];
	});
	const order: (readonly [string, string])[] = [
		...(view.sort === 'plot' ? [] : [['sort', view.sort] as const]),
		...(view.order === 'down' ? [] : [['order', view.order] as const]),
	];
	const query = new URLSearchParams([...given, ...order, ...Object.entries(more)].map((pair) => [...pair]));
	return query.size === 0 ? '' : `?${query.toString()}`;
}
