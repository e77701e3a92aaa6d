import type { BalanceQuery } from '$lib/api/balance.ts';
import { pastParameters, readPastChoice, type PastChoice } from '$lib/domain/coverage/past-choice.ts';
import { AREA_UNITS } from '$lib/i18n/format-area.ts';
import type { RowOrder } from './balance-rows.ts';

const LEVELS = [1, 2, 3] as const;

/** What the balance page shows; the address holds it, so that a link is a finding. */
export interface BalanceView extends BalanceQuery {
	readonly zone: string | null;
	/** Null: the newest state. */
	readonly past: PastChoice | null;
	readonly sort: RowOrder;
}

/** Reads the view from an address; a value that cannot be read falls back to its default, the unit to the reader's own. */
export function readBalanceView(params: URLSearchParams, ownUnit: BalanceQuery['unit'] = 'ha'): BalanceView {
	const given = (name: string) => params.get(name) ?? undefined;
	return {
		zone: params.get('zone'),
		past: readPastChoice(params),
		level: LEVELS.find((level) => String(level) === given('level')) ?? 1,
		unit: unitOf(given('unit')) ?? ownUnit,
		park: given('park'),
		sort: params.get('sort') === 'area' ? 'area' : 'code',
	};
}

/** Writes the address of a view; defaults are left out, but never the unit: readers differ in theirs. */
export function balanceHref(view: BalanceView): string {
	const params = new URLSearchParams();
	if (view.zone !== null) params.set('zone', view.zone);
	for (const [name, value] of pastParameters(view.past)) params.set(name, value);
	if (view.level !== 1) params.set('level', String(view.level));
	params.set('unit', view.unit);
	if (view.park !== undefined) params.set('park', view.park);
	if (view.sort !== 'code') params.set('sort', view.sort);
	return `/balance?${params}`;
}

/** The query of the balance in the API, complete, as `file` json or csv. */
export function balanceApiPath(zoneId: string, view: BalanceView, file: 'json' | 'csv'): string {
	const params = new URLSearchParams({ level: String(view.level), unit: view.unit });
	if (view.park !== undefined) params.set('park', view.park);
	for (const [name, value] of pastParameters(view.past)) params.set(name, value);
	return `/api/v1/zones/${encodeURIComponent(zoneId)}/balance${file === 'csv' ? '.csv' : ''}?${params}`;
}

/** The area unit that the reader chose last, from the text of the cookies; null when there is none. */
export function unitInCookie(cookies: string): BalanceQuery['unit'] | null {
	const value = /(?:^|;\s*)unit=([^;]*)/.exec(cookies)?.[1];
	return unitOf(value) ?? null;
}

function unitOf(text: string | undefined): BalanceQuery['unit'] | undefined {
	return AREA_UNITS.find((unit) => unit === text);
}
