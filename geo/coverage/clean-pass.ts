import type { FlatPolygons } from '../flat-polygons.ts';
import type { Arrangement } from './arrange.ts';
import { arrangeSet } from './check.ts';
import { cutSpikes } from './cut-spikes.ts';
import type { Spike } from './cut-spikes.ts';
import { dissolveHolders } from './dissolve-holders.ts';
import { holdSlivers } from './hold-slivers.ts';
import type { HeldSlivers } from './hold-slivers.ts';
import { rankHolders } from './holder.ts';
import type { Holders } from './holder.ts';
import type { ParcelSet } from './parcel-set.ts';

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

/** Settling slivers seldom leaves a spike, and hardly ever twice. */
const MOST_PASSES = 5;

/** Cuts spikes and settles slivers, and again as long as that leaves new spikes; each pass takes what the one before made. */
export function listCleanPasses(
	given: ParcelSet,
	outline: FlatPolygons | undefined,
	widthM: number,
): readonly CleanPass[] {
	const passes = [cleanOnce(given, cutSpikes(given.polygons, widthM), outline, widthM)];
	for (;;) {
		const { cleaned } = passes[passes.length - 1];
		const cut = cutSpikes(cleaned.polygons, widthM);
		if (cut.spikes.length === 0 || passes.length === MOST_PASSES) return passes;
		passes.push(cleanOnce(cleaned, cut, outline, widthM));
	}
}

function cleanOnce(
	given: ParcelSet,
	{ polygons: unspiked, spikes }: ReturnType<typeof cutSpikes>,
	outline: FlatPolygons | undefined,
	widthM: number,
): CleanPass {
	const arrangement = arrangeSet({ parcelNos: given.parcelNos, polygons: unspiked }, outline);
	const holders = rankHolders(arrangement, given.parcelNos);
	const held = holdSlivers(arrangement, holders, widthM);
	const cleaned = dissolveHolders(arrangement, holders, held.holderOf);
	return { given, unspiked, spikes, arrangement, holders, held, cleaned };
}
