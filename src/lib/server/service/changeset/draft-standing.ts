import { compareWithNominal } from '$lib/domain/balance/verdict.ts';
import { conversionSums } from '$lib/domain/changeset/conversion-need.ts';
import type { DraftBalanceLine } from '$lib/domain/changeset/draft-balance.ts';
import { draftTargets, type DraftTarget, type TargetMeasure } from '$lib/domain/changeset/draft-target.ts';
import type { ParkPlace } from '$lib/domain/coverage/park-place.ts';
import { findRuleInForce, type RuleValue } from '$lib/domain/rule/rule-value.ts';
import { nominalDm2Of, PARK_RULE, ZONE_RULE } from '../balance-total.ts';
import { inForce, type ZoneRecord } from '../zone-record.ts';
import { landKinds, type ConversionNeed } from './conversion.ts';

/** What lies in a park, or in the whole zone, beside the official figure; areas in 0.01 m². */
export interface DraftTotal {
	/** Null: the whole zone. */
	readonly parkId: string | null;
	readonly beforeDm2: number;
	readonly afterDm2: number;
	readonly nominalDm2: number | null;
	/** Of the area after the draft. */
	readonly verdict: ReturnType<typeof compareWithNominal>;
	readonly source: string | null;
	readonly status: RuleValue['status'] | null;
}

/** How a draft leaves a zone's totals and targets. */
export interface DraftStanding {
	/** The parks in their order, then the zone. */
	readonly totals: readonly DraftTotal[];
	readonly targets: readonly DraftTarget[];
}

/** Land that has to be converted, by the park and the class that it is of today; integers of 0.01 m². */
export interface ConversionBalance {
	readonly currentRevision: number;
	readonly lines: readonly {
		readonly parkId: string | null;
		readonly relation: ParkPlace['relation'];
		readonly landUse: string | null;
		readonly category: 'agricultural' | 'unused' | null;
		readonly isFarmland: boolean;
		readonly areaDm2: number;
	}[];
	readonly basicFarmlandDm2: number;
}

/** Holds the balance of a draft against the official figures and the targets that are in force. O(lines × parks). */
export function standingOf(
	{ parks, nominalAreas, areas, classes, categories, onDay }: ZoneRecord,
	rules: readonly RuleValue[],
	lines: readonly DraftBalanceLine[],
): DraftStanding {
	const kinds = landKinds(classes, categories);
	const parkIds = parks.map(({ parkId }) => parkId);
	const sumOf = (parkId: string | null, counts: (line: DraftBalanceLine) => boolean) => {
		const column = parkId === null ? null : parkIds.indexOf(parkId);
		const add = (side: 'beforeDm2' | 'afterDm2') =>
			lines
				.filter(counts)
				.flatMap((line) => (column === null ? line[side] : line[side][column]))
				.reduce((sum, area) => sum + area, 0);
		return { beforeDm2: add('beforeDm2'), afterDm2: add('afterDm2') };
	};
	const isOf = (measure: TargetMeasure, landUse: string | null) =>
		measure === 'farmland' ? kinds.isFarmland(landUse) : kinds.categoryOf(landUse) === measure;
	return {
		totals: [...parkIds, null].map((parkId) => {
			const stated =
				parkId === null
					? areas.filter(({ kind }) => kind === 'managed')
					: nominalAreas.filter((one) => one.parkId === parkId);
			const nominal = inForce<(typeof stated)[number]>(stated, onDay);
			const nominalDm2 = nominalDm2Of(nominal);
			const rule = findRuleInForce(rules, parkId === null ? ZONE_RULE : PARK_RULE, parkId, onDay);
			const sums = sumOf(parkId, () => true);
			return {
				parkId,
				...sums,
				nominalDm2,
				verdict: compareWithNominal(sums.afterDm2, nominalDm2, rule),
				source: nominal?.source ?? null,
				status: nominal?.status ?? null,
			};
		}),
		targets: draftTargets(rules, onDay, parkIds, (measure, parkId) =>
			sumOf(parkId, ({ landUse }) => isOf(measure, landUse)),
		),
	};
}

/** Sums what has to be converted by park and class, parks in their order, larger areas first. O(pieces log pieces). */
export function conversionBalance(
	{ currentRevision, ground, kinds }: ConversionNeed,
	parkIds: readonly string[],
	placeOf: (parcelNo: number) => ParkPlace,
): ConversionBalance {
	const sums = new Map<
		string,
		{ line: Omit<ConversionBalance['lines'][number], 'areaDm2'>; areaM2: number }
	>();
	for (const { parcelNo, landUse, category, areaM2 } of ground) {
		const { parkId, relation } = placeOf(parcelNo);
		const key = `${parkId} ${relation} ${landUse}`;
		const line = { parkId, relation, landUse, category, isFarmland: kinds.isFarmland(landUse) };
		sums.set(key, { line, areaM2: (sums.get(key)?.areaM2 ?? 0) + areaM2 });
	}
	const rank = (parkId: string | null) => (parkId === null ? parkIds.length : parkIds.indexOf(parkId));
	return {
		currentRevision,
		lines: [...sums.values()]
			.map(({ line, areaM2 }) => ({ ...line, areaDm2: Math.round(areaM2 * 100) }))
			.sort((a, b) => rank(a.parkId) - rank(b.parkId) || b.areaDm2 - a.areaDm2),
		basicFarmlandDm2: Math.round(conversionSums(ground, kinds).basicFarmlandM2 * 100),
	};
}
