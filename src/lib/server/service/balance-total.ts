import type { ParcelColumns } from '$lib/domain/balance/parcel-columns.ts';
import { coverageTotals } from '$lib/domain/balance/total.ts';
import { compareWithNominal } from '$lib/domain/balance/verdict.ts';
import { findRuleInForce, type RuleValue } from '$lib/domain/rule/rule-value.ts';
import { areaText } from './balance-table.ts';
import { inForce, type ZoneRecord } from './zone-record.ts';

export const PARK_RULE = 'balance.park.tolerance';
export const ZONE_RULE = 'balance.zone.tolerance';
const DM2_PER_M2 = 100;
const M2_PER_KM2 = 1_000_000;

/** A dated official figure with its source. */
interface Nominal {
	readonly areaKm2: string | null;
	readonly validFrom: string | null;
	readonly source: string;
	readonly status: 'verified' | 'unverified' | 'example';
}

/** What one line of the totals adds up, integers of 0.01 m². */
interface Sums {
	readonly outlineDm2: number;
	readonly outlinePlanarDm2: number;
	readonly planDm2: number;
	readonly planParcels: number;
	readonly currentDm2: number | null;
	readonly currentParcels: number | null;
}

/** Compares nominal, outline, planar and parcel areas of every park in order, and of the zone as the last line. */
export function balanceTotalsOf(
	record: ZoneRecord,
	rules: readonly RuleValue[],
	today: string,
	plan: ParcelColumns | null,
	current: ParcelColumns | null,
) {
	const parkCount = record.parks.length;
	const planned = plan === null ? null : coverageTotals(plan, parkCount);
	const existing = current === null ? null : coverageTotals(current, parkCount);
	const outlineOf = (parkId: string) => record.outlines.find((one) => one.parkId === parkId);
	const parks = record.parks.map(({ parkId }, index) => {
		const nominal = inForce(
			record.nominalAreas.filter((area) => area.parkId === parkId),
			today,
		);
		const rule = findRuleInForce(rules, PARK_RULE, parkId, today);
		const sums: Sums = {
			outlineDm2: outlineOf(parkId)?.areaDm2 ?? 0,
			outlinePlanarDm2: outlineOf(parkId)?.planarAreaDm2 ?? 0,
			planDm2: planned?.parkDm2[index] ?? 0,
			planParcels: planned?.parkParcels[index] ?? 0,
			currentDm2: existing?.parkDm2[index] ?? null,
			currentParcels: existing?.parkParcels[index] ?? null,
		};
		return totalOf(parkId, nominal, rule, sums);
	});
	const managed = inForce(
		record.areas.filter((area) => area.kind === 'managed'),
		today,
	);
	const add = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
	const whole: Sums = {
		outlineDm2: add(record.outlines.map((one) => one.areaDm2)),
		outlinePlanarDm2: add(record.outlines.map((one) => one.planarAreaDm2)),
		planDm2: planned?.zoneDm2 ?? 0,
		planParcels: planned?.zoneParcels ?? 0,
		currentDm2: existing?.zoneDm2 ?? null,
		currentParcels: existing?.zoneParcels ?? null,
	};
	return [...parks, totalOf(null, managed, findRuleInForce(rules, ZONE_RULE, null, today), whole)];
}

/** An official figure in 0.01 m²; null where there is none. */
export function nominalDm2Of(nominal: Pick<Nominal, 'areaKm2'> | null): number | null {
	const areaKm2 = nominal?.areaKm2 ?? null;
	return areaKm2 === null ? null : Math.round(Number(areaKm2) * M2_PER_KM2 * DM2_PER_M2);
}

function totalOf(parkId: string | null, nominal: Nominal | null, rule: RuleValue | null, sums: Sums) {
	const { outlineDm2, outlinePlanarDm2, planDm2, currentDm2 } = sums;
	const isTolerance =
		rule !== null && rule.unit === 'km2' && (rule.comparison === '<' || rule.comparison === '<=');
	const nominalDm2 = nominalDm2Of(nominal);
	return {
		parkId,
		nominalM2: nominalDm2 === null ? null : areaText(nominalDm2),
		nominalSource: nominal?.source ?? null,
		nominalStatus: nominal?.status ?? null,
		nominalSince: nominal?.validFrom ?? null,
		outlineM2: areaText(outlineDm2),
		outlinePlanarM2: areaText(outlinePlanarDm2),
		planM2: areaText(planDm2),
		planParcels: sums.planParcels,
		currentM2: currentDm2 === null ? null : areaText(currentDm2),
		currentParcels: sums.currentParcels,
		outlineMinusNominalM2: nominalDm2 === null ? null : areaText(outlineDm2 - nominalDm2),
		planarMinusOutlineM2: areaText(outlinePlanarDm2 - outlineDm2),
		planMinusOutlineM2: areaText(planDm2 - outlineDm2),
		currentMinusOutlineM2: currentDm2 === null ? null : areaText(currentDm2 - outlineDm2),
		verdict: {
			verdict: compareWithNominal(outlineDm2, nominalDm2, rule),
			ruleKey: rule?.key ?? null,
			toleranceKm2: isTolerance ? rule.value : null,
			comparison: isTolerance ? rule.comparison : null,
			source: rule?.source ?? null,
			status: rule?.status ?? null,
		},
	};
}
