import { getContext, setContext } from 'svelte';
import type { WireParcelHit, WireParcelSearch } from '../api/parcel.ts';

const CONTEXT = Symbol('parcel-finder');

/** Joins the search box of the top bar to the page below: a page that can show parcels says how. */
export class ParcelFinder {
	/** Shows one parcel in place; null where the page has no map. */
	open = $state<((hit: WireParcelHit) => void) | null>(null);
	/** Lists all hits in place; null where the page has no list. */
	list = $state<((found: WireParcelSearch) => void) | null>(null);
}

/** Gives the finder to every component below. */
export function provideParcelFinder(): ParcelFinder {
	return setContext(CONTEXT, new ParcelFinder());
}

/** The finder of the shell that the component stands in. */
export function getParcelFinder(): ParcelFinder {
	return getContext<ParcelFinder>(CONTEXT);
}
