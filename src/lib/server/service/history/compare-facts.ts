import { groupChanges, type ChangeGroup, type FactPair } from '$lib/domain/changeset/parcel-change.ts';
import type { ParcelFacts } from '$lib/domain/changeset/parcel-facts.ts';
import { gradeIn } from '../../access/actor.ts';
import { listLineageSince } from '../../db/parcel-history.ts';
import type { ParcelFactRow } from '../../db/parcel-version.ts';
import type { TableRow } from '../../tile/parcel-table.ts';
import type { ServiceContext } from '../context.ts';
import { isWithheld, type OpenCoverage } from '../current-coverage.ts';
import { asActor } from '../scope.ts';

/** Changes of a comparison that are told at most, and parcels that are listed of one. */
export const MOST_TOLD = 2000;
const MOST_LISTED = 500;

/** A parcel in either revision. */
interface ComparedPair {
	readonly parcelNo: number;
	readonly before: TableRow | null;
	readonly after: TableRow | null;
	readonly facts: readonly [ParcelFactRow | undefined, ParcelFactRow | undefined];
}

/**
 * Lists what two revisions have otherwise in codes, classes and planning conditions: of the parcels in `told`, compared with those of `pairs` whose
 * ground they have.
 *
 * As far as the actor may see lineage, classes and conditions. O(pairs + lineage between the revisions).
 */
export async function comparedFacts(
	context: ServiceContext,
	zoneId: string,
	[was, is]: readonly [OpenCoverage, OpenCoverage],
	pairs: readonly ComparedPair[],
	told: readonly ComparedPair[],
): Promise<(ChangeGroup & { count: number })[]> {
	const [from, to] = [was.revision.revision, is.revision.revision];
	const span = { after: Math.min(from, to), upTo: Math.max(from, to) };
	const edges = told.some(({ before, after }) => before === null || after === null)
		? await asActor(context, zoneId, (sql) => listLineageSince(sql, zoneId, was.coverage.coverageId, span))
		: [];
	const grade = gradeIn(context.actor, zoneId);
	const seen = new Map(pairs.map((pair) => [pair.parcelNo, pair]));
	const factsAt = (no: number, side: 'before' | 'after'): ParcelFacts | null => {
		const pair = seen.get(no);
		const at = pair?.[side] ?? null;
		return pair === undefined || at === null || isWithheld(at, grade)
			? null
			: factsOf(at, pair.facts[side === 'before' ? 0 : 1]);
	};
	const [origins, heirs] = [adjacent(edges, from > to), adjacent(edges, from < to)];
	const relativesOf = ({ parcelNo, before, after }: ComparedPair): FactPair['relatives'] => {
		if ((before === null) === (after === null)) return [];
		const [side, next] = after === null ? (['after', heirs] as const) : (['before', origins] as const);
		const isThere = (no: number) => (seen.get(no)?.[side] ?? null) !== null;
		return follow(parcelNo, next, isThere)
			.filter((no) => side === 'before' || (seen.get(no)?.before ?? null) !== null)
			.flatMap((no) => {
				const facts = factsAt(no, side);
				return facts === null ? [] : [{ parcelNo: no, facts }];
			});
	};
	const groups = groupChanges(
		told.map((pair) => ({
			parcelNo: pair.parcelNo,
			before: pair.before === null ? null : factsOf(pair.before, pair.facts[0]),
			after: pair.after === null ? null : factsOf(pair.after, pair.facts[1]),
			relatives: relativesOf(pair),
		})),
	);
	return toldGroups(groups, MOST_LISTED);
}

/** As many changes, and parcels of each, as are told. */
export function toldGroups(
	groups: readonly ChangeGroup[],
	mostListed: number,
): (ChangeGroup & { count: number })[] {
	return groups.slice(0, MOST_TOLD).map(({ parcels, ...group }) => ({
		...group,
		count: parcels.length,
		parcels: parcels.slice(0, mostListed),
	}));
}

function factsOf({ table, row }: TableRow, facts: ParcelFactRow | undefined): ParcelFacts {
	const landUse = table.landUse[row];
	return {
		landUse: landUse < 0 ? null : table.classes.keys[landUse],
		code: { text: table.code[row], status: facts?.codeStatus ?? 'provisional' },
		condition: facts?.condition ?? null,
	};
}

type Edges = ReadonlyMap<number, readonly number[]>;

/** The parcels next to each along the lineage: forwards to where its ground went, or backwards to where it came from. */
function adjacent(
	edges: readonly { readonly from: number; readonly to: number }[],
	isForwards: boolean,
): Edges {
	const next = new Map<number, number[]>();
	for (const { from, to } of edges) {
		const [at, other] = isForwards ? [from, to] : [to, from];
		next.set(at, [...(next.get(at) ?? []), other]);
	}
	return next;
}

/** The first parcels that are there on every way from one, ascending. */
function follow(start: number, next: Edges, isThere: (no: number) => boolean): number[] {
	const [met, found, left] = [new Set([start]), new Set<number>(), [start]];
	for (let at = left.pop(); at !== undefined; at = left.pop())
		for (const no of next.get(at) ?? []) {
			if (met.has(no)) continue;
			met.add(no);
			if (isThere(no)) found.add(no);
			else left.push(no);
		}
	return [...found].sort((a, b) => a - b);
}
