import { createHash, type Hash } from 'node:crypto';
import { featureCount } from '$geo/flat-polygons.ts';
import type { NewParcels, NewPlanningCondition, NewStockStatus } from './parcel-write.ts';
import { writeShape } from './shape.ts';

/** What is recorded on the parcels of a revision, besides what they are. */
export interface RecordedFacts {
	readonly conditions: readonly NewPlanningCondition[];
	readonly stockStatuses: readonly NewStockStatus[];
}

/** What a revision has otherwise than the one before it. */
export interface RevisionChange {
	/** The parcels whose versions it closes. */
	readonly closedNos: Int32Array;
	/** The versions that it opens. */
	readonly parcels: NewParcels;
	readonly facts: RecordedFacts;
}

/**
 * Names the content of a coverage's first revision: SHA-256, hex, over its place, every fact of every parcel and what is recorded on it.
 * Independent of the order of features and records: parcels are taken by number. O(positions).
 */
export function firstRevisionChecksum(
	zoneId: string,
	coverageId: string,
	parcels: NewParcels,
	facts: RecordedFacts,
): string {
	const hash = createHash('sha256').update(`${zoneId}\n${coverageId}\n1\n`);
	return updateParcels(hash, parcels, facts).digest('hex');
}

/**
 * Names the content of a later revision: over its place, the name of the revision before it, and what it closes and opens, in the same way.
 * O(positions of what changes).
 */
export function nextRevisionChecksum(
	zoneId: string,
	coverageId: string,
	revision: number,
	previousChecksum: string,
	{ closedNos, parcels, facts }: RevisionChange,
): string {
	const hash = createHash('sha256').update(`${zoneId}\n${coverageId}\n${revision}\n${previousChecksum}\n`);
	hash.update(`${JSON.stringify([...closedNos.slice().sort()])}\n`);
	return updateParcels(hash, parcels, facts).digest('hex');
}

function updateParcels(hash: Hash, parcels: NewParcels, { conditions, stockStatuses }: RecordedFacts): Hash {
	const conditionOf = new Map(conditions.map((one) => [one.parcelNo, partsOf(one)]));
	const stockOf = new Map(
		stockStatuses.map((one) => [one.parcelNo, [one.stockStatus, one.source, one.status]]),
	);
	const order = Array.from({ length: featureCount(parcels.polygons) }, (_, i) => i);
	order.sort((a, b) => parcels.parcelNo[a] - parcels.parcelNo[b]);
	for (const i of order) {
		const facts = [
			parcels.parcelNo[i],
			parcels.version[i],
			parcels.code[i],
			parcels.codeStatus[i],
			parcels.areaDm2[i],
			parcels.areaMethod[i],
			parcels.planarAreaDm2[i],
			parcels.documentAreaDm2[i],
			parcels.classKeys[i],
			parcels.parkIds[i],
			parcels.parkRelations[i],
			parcels.blockIds[i],
			parcels.attributes[i],
			conditionOf.get(parcels.parcelNo[i]) ?? null,
			stockOf.get(parcels.parcelNo[i]) ?? null,
			writeShape(parcels.polygons, i),
		];
		hash.update(`${JSON.stringify(facts)}\n`);
	}
	return hash;
}

function partsOf(one: NewPlanningCondition): (number | string | null)[] {
	return [
		one.farMin,
		one.farMax,
		one.buildingCoverageMaxPct,
		one.heightMaxM,
		one.greenRatioMinPct,
		one.supportShareMaxPct,
		one.publicationGrade,
		one.source,
		one.status,
	];
}
