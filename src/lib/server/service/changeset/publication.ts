import { planarAreasM2 } from '$geo/area/planar.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { findShape, type Coverage } from '$geo/coverage/coverage.ts';
import { joinFeatures, type FlatPolygons } from '$geo/flat-polygons.ts';
import { listNewParcels } from '$lib/domain/changeset/comment-pin.ts';
import type { DraftDifference } from '$lib/domain/changeset/draft-state.ts';
import type { FactChange, ParcelFacts } from '$lib/domain/changeset/parcel-facts.ts';
import type { StoredGround } from '$lib/domain/changeset/share-areas.ts';
import type { CoverageKind } from '$lib/domain/changeset/kind.ts';
import { provisionalCode } from '$lib/domain/coverage/provisional-code.ts';
import { toStoredArea } from '$lib/domain/coverage/stored-area.ts';
import type { ParcelChangeRow } from '../../db/parcel-change.ts';
import type { ParcelVersionRow } from '../../db/parcel-version.ts';
import type { NewParcels, NewPlanningCondition, NewStockStatus } from '../../db/parcel-write.ts';
import type { RevisionChange } from '../../db/revision-checksum.ts';

/** What publishing a difference writes, all of it made before the transaction. */
export interface Publication extends RevisionChange {
	readonly changes: readonly ParcelChangeRow[];
	readonly lineage: readonly { readonly from: number; readonly to: number }[];
	/** The number after those that it gives out. */
	readonly nextNo: number;
}

/** What a publication is made of. */
export interface PublicationSource {
	readonly difference: DraftDifference;
	/** The newest revision, to which the difference applies. */
	readonly coverage: Coverage;
	readonly coverageKind: CoverageKind;
	/** Current versions of every parcel that the difference touches or takes ground from. */
	readonly versions: ReadonlyMap<number, ParcelVersionRow>;
	/** Areas and parks of the parcels with new shapes, by their numbers in the draft. */
	readonly ground: ReadonlyMap<number, StoredGround>;
	/** The first number that is free in the zone. */
	readonly nextNo: number;
	readonly projectSrid: number;
	/** Codes of the coverage that a provisional one must not be. */
	readonly isCodeTaken: (code: string) => boolean;
}

/** One parcel version to be opened. */
interface NewVersion {
	readonly no: number;
	readonly draftNo: number;
	readonly previous: ParcelVersionRow | null;
	readonly parents: readonly ParcelVersionRow[];
	readonly shape: FlatPolygons;
	/** Null where area and place stay as they were. */
	readonly ground: StoredGround | null;
	readonly facts: ParcelFacts;
}

const AREA_METHOD = 'cgcs2000-ellipsoidal';
const KIND_OF_FACT = { landUse: 'reclassified', code: 'recoded', condition: 'conditions' } as const;

/**
 * Makes the rows of a publication: numbers for new parcels, next versions with what is recorded on them carried over, kinds of change.
 *
 * A parcel that only gained nodes, or facts, keeps its areas; one with a new shape loses the area of its document, which no longer tells of it.
 * O(vertices of the touched parcels).
 */
export function makePublication(source: PublicationSource): Publication {
	const { difference, versions, nextNo } = source;
	const created = listNewParcels(difference);
	const numbers = new Map(created.map((draftNo, i) => [draftNo, nextNo + i]));
	const finalNo = (no: number) => numbers.get(no) ?? no;
	const opened = listNewVersions(source, finalNo);
	const closedNos = Int32Array.from(
		new Set([
			...difference.shapes.flatMap(({ parcelNo, before }) => (before === null ? [] : [parcelNo])),
			...difference.facts.flatMap(({ parcelNo }) => (versions.has(parcelNo) ? [parcelNo] : [])),
		]),
	);
	const versionOf = (no: number) => versions.get(no)?.version ?? 0;
	const changes: ParcelChangeRow[] = [
		...difference.shapes.map(({ kind, parcelNo }) => ({
			parcelNo: finalNo(parcelNo),
			kind,
			version: kind === 'retired' ? versionOf(parcelNo) : versionOf(parcelNo) + 1,
		})),
		...difference.facts
			.filter(({ parcelNo }) => versions.has(parcelNo))
			.map(({ parcelNo, field }) => ({
				parcelNo,
				kind: KIND_OF_FACT[field],
				version: versionOf(parcelNo) + 1,
			})),
	];
	return {
		closedNos,
		parcels: parcelRows(opened, source),
		facts: { conditions: opened.flatMap(conditionRow), stockStatuses: opened.flatMap(stockRow) },
		changes,
		lineage: difference.lineage.map(({ from, to }) => ({ from: finalNo(from), to: finalNo(to) })),
		nextNo: nextNo + created.length,
	};
}

function listNewVersions(source: PublicationSource, finalNo: (no: number) => number): NewVersion[] {
	const { difference, coverage, versions, ground } = source;
	const factsOfParcel = new Map<number, FactChange[]>();
	for (const change of difference.facts)
		factsOfParcel.set(change.parcelNo, [...(factsOfParcel.get(change.parcelNo) ?? []), change]);
	const shapes = new Map(difference.shapes.map(({ parcelNo, after }) => [parcelNo, after]));
	for (const parcelNo of factsOfParcel.keys())
		if (!shapes.has(parcelNo)) shapes.set(parcelNo, findShape(coverage, parcelNo));
	return [...shapes]
		.flatMap(([draftNo, shape]): NewVersion[] => {
			if (shape === null) return [];
			const previous = versions.get(draftNo) ?? null;
			const parents = difference.lineage.flatMap(({ from, to }) =>
				to === draftNo ? (versions.get(from) ?? []) : [],
			);
			const facts: ParcelFacts = {
				landUse: previous?.landUse ?? null,
				code: previous === null ? null : { text: previous.code, status: previous.codeStatus },
				condition: previous?.condition ?? null,
				...Object.fromEntries((factsOfParcel.get(draftNo) ?? []).map(({ field, after }) => [field, after])),
			};
			return [
				{
					no: finalNo(draftNo),
					draftNo,
					previous,
					parents,
					shape,
					ground: ground.get(draftNo) ?? null,
					facts,
				},
			];
		})
		.sort((a, b) => a.no - b.no);
}

function parcelRows(opened: readonly NewVersion[], source: PublicationSource): NewParcels {
	const polygons = joinFeatures(opened.map(({ shape }) => shape));
	const planarM2 = planarAreasM2(polygons, gaussKruger(source.projectSrid));
	const codes = opened.map(({ no, facts }) => facts.code ?? freeCode(no, source));
	const places = opened.map(
		({ ground, previous, no }) =>
			ground?.place ?? {
				parkId: (previous ?? noVersion(no)).parkId,
				relation: (previous ?? noVersion(no)).parkRelation,
			},
	);
	return {
		parcelNo: Int32Array.from(opened, ({ no }) => no),
		version: Int32Array.from(opened, ({ previous }) => (previous?.version ?? 0) + 1),
		code: codes.map(({ text }) => text),
		codeStatus: codes.map(({ status }) => status),
		areaDm2: Float64Array.from(
			opened,
			({ ground, previous, no }) => ground?.areaDm2 ?? (previous ?? noVersion(no)).areaDm2,
		),
		areaMethod: opened.map(({ ground, previous }) =>
			ground === null ? (previous?.areaMethod ?? AREA_METHOD) : AREA_METHOD,
		),
		planarAreaDm2: Float64Array.from(opened, ({ ground, previous }, i) =>
			ground === null && previous !== null ? previous.planarAreaDm2 : toStoredArea(planarM2[i]),
		),
		documentAreaDm2: opened.map(({ ground, previous }) =>
			ground === null ? (previous?.documentAreaDm2 ?? null) : null,
		),
		classKeys: opened.map(({ facts }) => classParts(facts.landUse)),
		parkIds: places.map(({ parkId }) => parkId),
		parkRelations: places.map(({ relation }) => relation),
		blockIds: opened.map(({ previous, parents }) =>
			previous === null ? agreed(parents.map(({ blockId }) => blockId)) : previous.blockId,
		),
		attributes: opened.map(
			({ previous, parents }) =>
				previous?.attributes ?? agreedKeys(parents.map(({ attributes }) => attributes)),
		),
		polygons,
	};
}

function freeCode(no: number, { coverageKind, isCodeTaken }: PublicationSource) {
	const plain = provisionalCode(coverageKind, no);
	let text = plain;
	for (let copy = 2; isCodeTaken(text); copy++) text = `${plain}-${copy}`;
	return { text, status: 'provisional' } as const;
}

function conditionRow({ no, previous, facts: { condition } }: NewVersion): NewPlanningCondition[] {
	return condition === null ? [] : [{ ...condition, parcelNo: no, version: (previous?.version ?? 0) + 1 }];
}

/** What stands on the land stays with it; a new parcel has what all its parents agree on. */
function stockRow({ no, previous, parents }: NewVersion): NewStockStatus[] {
	const stock = previous === null ? agreed(parents.map((parent) => parent.stock)) : previous.stock;
	return stock === null ? [] : [{ ...stock, parcelNo: no, version: (previous?.version ?? 0) + 1 }];
}

/** What several agree on, null where they do not. */
function agreed<Value>(values: readonly (Value | null)[]): Value | null {
	const [first, ...others] = values.map((value) => JSON.stringify(value));
	return others.every((other) => other === first) ? (values[0] ?? null) : null;
}

/** The keys of which several say the same, with what they say. */
function agreedKeys([
	first = {},
	...others
]: readonly ParcelVersionRow['attributes'][]): ParcelVersionRow['attributes'] {
	const isAgreed = ([key, value]: readonly [string, unknown]) =>
		others.every((other) => key in other && JSON.stringify(other[key]) === JSON.stringify(value));
	return Object.fromEntries(Object.entries(first).filter(isAgreed));
}

function classParts(landUse: string | null): NewParcels['classKeys'][number] {
	if (landUse === null) return null;
	const [system, version, code] = landUse.split('/');
	return { system, version, code };
}

function noVersion(no: number): never {
	throw new Error(`parcel ${no} has no version to follow`);
}
