import type { FlatPolygons } from '../flat-polygons.ts';
import type { ClassChange, Difference, Lineage, Refusal } from './difference.ts';
import { placeIn, refuse } from './refusal.ts';
import { IN_MANY_EDITS } from './same-up-to-nodes.ts';
import { listShapeChanges } from './shape-change.ts';
import { sameShape } from '../coverage/shape.ts';

/** One difference in place of several, or why they do not follow one another. */
export type Composition =
	{ readonly ok: true; readonly difference: Difference } | { readonly ok: false; readonly refusal: Refusal };

/**
 * Puts differences that follow one another into one: parcels that came and went are left out, and so is what was changed back.
 *
 * Applying it is applying them in turn, to the bit. Lineage runs from the parcels that were there before to those there after,
 * where both have changed.
 * Refuses `difference.stale` where a parcel does not begin as the step before left it. O(changes).
 */
export function composeDifferences(steps: readonly Difference[]): Composition {
	const spans = new Map<number, { first: FlatPolygons | null; last: FlatPolygons | null }>();
	const classSpans = new Map<number, { first: string | null; last: string | null }>();
	for (const { shapes, classes } of steps) {
		for (const change of shapes) {
			const span = spans.get(change.parcelNo);
			if (span === undefined) spans.set(change.parcelNo, { first: change.before, last: change.after });
			else if (!isSame(span.last, change.before))
				return refuse('difference.stale', [change.parcelNo], placeIn(change.before ?? change.after));
			else span.last = change.after;
		}
		for (const { parcelNo, before, after } of classes) {
			const span = classSpans.get(parcelNo);
			if (span === undefined) classSpans.set(parcelNo, { first: before, last: after });
			else if (span.last !== before) {
				const shape = spans.get(parcelNo);
				return refuse('difference.stale', [parcelNo], placeIn(shape?.last ?? shape?.first ?? null));
			} else span.last = after;
		}
	}
	const classes: ClassChange[] = [];
	for (const [parcelNo, { first, last }] of [...classSpans].sort(([a], [b]) => a - b)) {
		const span = spans.get(parcelNo);
		const cameAndWent = span !== undefined && span.first === null && span.last === null;
		if (first === last || cameAndWent) continue;
		classes.push({ kind: 'reclassified', parcelNo, before: first, after: last });
	}
	const wasThere = (no: number) => spans.get(no)?.first !== null;
	const isThere = (no: number) => spans.get(no)?.last !== null;
	const before = new Map([...spans].map(([parcelNo, { first }]) => [parcelNo, first]));
	const after = new Map([...spans].map(([parcelNo, { last }]) => [parcelNo, last]));
	const changed = new Set(listShapeChanges(before, after, [], IN_MANY_EDITS).map(({ parcelNo }) => parcelNo));
	const lineage = joinLineage(steps, wasThere, isThere).filter(
		({ from, to }) => changed.has(from) && changed.has(to),
	);
	return {
		ok: true,
		difference: { shapes: listShapeChanges(before, after, lineage, IN_MANY_EDITS), classes, lineage },
	};
}

function isSame(a: FlatPolygons | null, b: FlatPolygons | null): boolean {
	return a === null || b === null ? a === b : sameShape(a, b);
}

/**
 * Follows lineage through steps: from the parcels that were there before them to those that are there after, ascending.
 *
 * O(lineage, times the parcels that one parcel's ground came from).
 */
export function joinLineage(
	steps: readonly Pick<Difference, 'lineage'>[],
	wasThere: (parcelNo: number) => boolean,
	isThere: (parcelNo: number) => boolean,
): Lineage[] {
	/** The parcels from before, by the parcel that their ground went to. */
	const origins = new Map<number, Set<number>>();
	for (const { lineage } of steps) {
		const found = lineage.map(({ from, to }) => {
			const known = [...(origins.get(from) ?? [])];
			return { to, from: wasThere(from) ? [...known, from] : known };
		});
		for (const { to, from } of found) {
			origins.set(to, new Set([...(origins.get(to) ?? []), ...from]));
		}
	}
	const joined: Lineage[] = [];
	for (const [to, froms] of origins) {
		if (!isThere(to)) continue;
		for (const from of froms) if (from !== to) joined.push({ from, to });
	}
	return joined.sort((a, b) => a.from - b.from || a.to - b.to);
}
