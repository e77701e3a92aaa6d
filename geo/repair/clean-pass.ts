import type { FlatPolygons } from '../flat-polygons.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { arrangeSet } from '../check/check.ts';
import { cutSpikes } from './cut-spikes.ts';
import type { Spike } from './cut-spikes.ts';
import { dissolveHolders } from './dissolve-holders.ts';
import { holdSlivers } from './hold-slivers.ts';
import type { HeldSlivers } from './hold-slivers.ts';
import { rankHolders } from './holder.ts';
import type { Holders } from './holder.ts';
import type { ParcelSet } from '../parcel-set.ts';

/** One pass of cleaning, with all that its account needs. */
export interface CleanPass {
	readonly given: ParcelSet;
	/** The given polygons without spikes: the same rings, some shorter. */
	readonly unspiked: FlatPolygons;
	readonly spikes: readonly Spike[];
	readonly arrangement: Arrangement;
	readonly holders: Holders;
	readonly held: HeldSlivers;
	/** One feature for each holder. */
	readonly cleaned: ParcelSet;
}

/** What settling leaves is mostly settled: hardly anything takes a third pass that does something. */
const MOST_PASSES = 8;

/** Cuts spikes and settles slivers until a pass finds none; each takes what the one before made. The last pass is idle, unless they were too many. */
export function listCleanPasses(
	given: ParcelSet,
	outline: FlatPolygons | undefined,
	widthM: number,
): readonly CleanPass[] {
	const passes = [cleanOnce(given, outline, widthM)];
	for (;;) {
		const last = passes[passes.length - 1];
		if (isIdle(last) || passes.length === MOST_PASSES) return passes;
		passes.push(cleanOnce(last.cleaned, outline, widthM));
	}
}

/** Says whether a pass settled and cut nothing. */
export function isIdle({ held, spikes }: CleanPass): boolean {
	return held.slivers.length === 0 && spikes.length === 0;
}

function cleanOnce(given: ParcelSet, outline: FlatPolygons | undefined, widthM: number): CleanPass {
	const { polygons: unspiked, spikes } = cutSpikes(given.polygons, widthM);
	const arrangement = arrangeSet({ parcelNos: given.parcelNos, polygons: unspiked }, outline);
	const holders = rankHolders(arrangement, given.parcelNos);
	const held = holdSlivers(arrangement, holders, widthM);
	const cleaned = dissolveHolders(arrangement, holders, held.holderOf);
	return { given, unspiked, spikes, arrangement, holders, held, cleaned };
}
