import type { FlatPolygons } from '../flat-polygons.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { arrangeSet, checkParcelSet } from '../check/check.ts';
import type { CoverageIssue } from '../check/issue.ts';
import { crossGaps } from './cross-gaps.ts';
import { cutSpikes } from './cut-spikes.ts';
import type { SpikeCut, Spike } from './cut-spikes.ts';
import { dissolveHolders } from './dissolve-holders.ts';
import { holdSlivers } from './hold-slivers.ts';
import type { HeldSlivers } from './hold-slivers.ts';
import { rankHolders, withCover } from './holder.ts';
import type { Holders } from './holder.ts';
import type { ParcelSet } from '../parcel-set.ts';

/** One pass of cleaning, with all that its account needs. */
export interface CleanPass {
	readonly given: ParcelSet;
	/** The given polygons without spikes: the same rings, some shorter. */
	readonly unspiked: FlatPolygons;
	readonly spikes: readonly Spike[];
	/** The unspiked set and the outline. */
	readonly arrangement: Arrangement;
	readonly holders: Holders;
	/** What was settled, round by round. */
	readonly held: readonly HeldSlivers[];
	/** One feature for each holder. */
	readonly cleaned: ParcelSet;
}

/** What settling leaves is mostly settled: hardly anything takes a third round or pass that does something. */
const MOST_TIMES = 8;

/** A gap is crossed where it is at most this many times as wide as a sliver. */
const REACH_IN_WIDTHS = 4;

/** All passes, and what the check says of what the last one made. */
export interface CleanRun {
	readonly passes: readonly CleanPass[];
	readonly unresolved: readonly CoverageIssue[];
}

/**
 * Cuts spikes and settles slivers until there is nothing left to do; each pass takes what the one before made.
 *
 * Another pass is for spikes that settling left, and for where the outline, being no parcel, bends otherwise to the vertices that are left.
 */
export function runCleanPasses(
	given: ParcelSet,
	outline: FlatPolygons | undefined,
	widthM: number,
): CleanRun {
	const passes: CleanPass[] = [];
	for (let cut = cutSpikes(given.polygons, widthM, outline); ;) {
		const pass = cleanOnce(
			passes.length === 0 ? given : passes[passes.length - 1].cleaned,
			cut,
			outline,
			widthM,
		);
		passes.push(pass);
		const unresolved = checkParcelSet(pass.cleaned, outline);
		cut = cutSpikes(pass.cleaned.polygons, widthM, outline);
		const isDone = unresolved.every(({ severity }) => severity === 'warning') || isIdle(pass);
		if (passes.length === MOST_TIMES || (isDone && cut.spikes.length === 0)) return { passes, unresolved };
	}
}

function isIdle({ held, spikes }: CleanPass): boolean {
	return held[0].slivers.length === 0 && spikes.length === 0;
}

/**
 * Settles slivers until none is left, in one arrangement.
 *
 * What was settled could be dissolved and arranged again for the next round, to no other end: the edges that are left between two holders meet at nodes only
 * and pass no foreign hot pixel, with fewer nodes still, so rounding would move nothing, and faces with the same holders on both sides of an edge
 * are joined to pieces anyway.
 */
function cleanOnce(
	given: ParcelSet,
	{ polygons: unspiked, spikes }: SpikeCut,
	outline: FlatPolygons | undefined,
	widthM: number,
): CleanPass {
	const arrangement = arrangeSet({ parcelNos: given.parcelNos, polygons: unspiked }, outline);
	const crossed = crossGaps(arrangement, REACH_IN_WIDTHS * widthM);
	const holders = rankHolders(crossed, given.parcelNos);
	const held = [holdSlivers(crossed, holders, widthM)];
	for (let last = held[0]; last.slivers.length > 0 && held.length < MOST_TIMES;) {
		last = holdSlivers(crossed, withCover(holders, last.holderOf), widthM);
		held.push(last);
	}
	const { holderOf } = held[held.length - 1];
	const cleaned = dissolveHolders(crossed, withCover(holders, holderOf), holderOf);
	return { given, unspiked, spikes, arrangement, holders, held, cleaned };
}
