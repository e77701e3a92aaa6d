import { createHash } from 'node:crypto';
import { featureCount } from '$geo/flat-polygons.ts';
import type { FactOrigin, NewParcels, NewPlanningCondition, NewStockStatus } from './parcel-write.ts';
import { writeShape } from './shape.ts';

/** What is recorded on the parcels of a revision, besides what they are. */
export interface RecordedFacts {
	readonly conditions: readonly NewPlanningCondition[];
	readonly conditionOrigin: FactOrigin;
	readonly stockStatuses: readonly NewStockStatus[];
	readonly stockOrigin: FactOrigin;
}

/**
 * Names the content of a coverage's first revision: SHA-256, hex, over its place, every fact of every parcel and what is recorded on it.
 * Independent of the order of features and records: parcels are taken by number. O(positions).
 */
export function firstRevisionChecksum(
	zoneId: string,
	coverageId: string,
	parcels: NewParcels,
	{ conditions, conditionOrigin, stockStatuses, stockOrigin }: RecordedFacts,
): string {
	const hash = createHash('sha256');
	hash.update(`${zoneId}\n${coverageId}\n1\n${parcels.areaMethod}\n`);
	const conditionOf = new Map(
		conditions.map((one) => [one.parcelNo, [...limitsOf(one), ...partsOf(conditionOrigin)]]),
	);
	const stockOf = new Map(
		stockStatuses.map((one) => [one.parcelNo, [one.stockStatus, ...partsOf(stockOrigin)]]),
	);
	const order = Array.from({ length: featureCount(parcels.polygons) }, (_, i) => i);
	order.sort((a, b) => parcels.parcelNo[a] - parcels.parcelNo[b]);
	for (const i of order) {
		const facts = [
			parcels.parcelNo[i],
			parcels.version[i],
			parcels.code[i],
			parcels.codeStatus,
			parcels.areaDm2[i],
			parcels.planarAreaDm2[i],
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
	return hash.digest('hex');
}

function limitsOf(one: NewPlanningCondition): (number | null)[] {
	return [
		one.farMin,
		one.farMax,
		one.buildingCoverageMaxPct,
		one.heightMaxM,
		one.greenRatioMinPct,
		one.supportShareMaxPct,
	];
}

const partsOf = ({ publicationGrade, source, status }: FactOrigin) => [
	publicationGrade ?? null,
	source,
	status,
];
