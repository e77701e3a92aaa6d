import { interiorPoint } from '$geo/arrangement/interior-point.ts';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { boxesMeet, boxOf } from '$geo/coverage/shape.ts';
import { joinFeatures, sliceFeature, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { ControlKind } from '../control/control-kind.ts';
import { findRuleInForce, type RuleValue } from '../rule/rule-value.ts';
import type { ChangesetIssue, Moment } from './issue.ts';
import { severityAt } from './issue.ts';
import type { TouchedGround } from './touched-ground.ts';

/** A control layer (控制线) with the areas of it that are in force, one feature each, in degrees (EPSG:4490). */
export interface ControlGround {
	readonly controlLayerId: string;
	readonly kind: ControlKind;
	readonly areas: FlatPolygons;
}

/** The kinds of lines inside which something is not allowed; the others part or name ground. */
export const RESTRICTING_KINDS: readonly ControlKind[] = [
	'permanent_basic_farmland',
	'ecological_red_line',
	'industrial_land_line',
	'colour_line',
	'other',
];

/** The rule of how much ground inside a kind of control line may change its class, in m². */
export function controlRuleKey(kind: ControlKind): string {
	return `control.${kind.replaceAll('_', '-')}.changed-ground`;
}

/**
 * Lists where a draft changes the class of ground inside a control line.
 *
 * `control.touched` with the kind of line, the area and the most that the rule allows, where it is more; `control.rule-unset` where no rule says how much:
 * never a pass. One issue a layer, at the largest piece, with the parcels after the draft. `onDate` is 'YYYY-MM-DD'. O(positions log positions).
 */
export function checkControls(
	touched: readonly TouchedGround[],
	layers: readonly ControlGround[],
	rules: readonly RuleValue[],
	onDate: string,
	moment: Moment,
): ChangesetIssue[] {
	const changed = touched.filter(({ landUseBefore, landUseAfter }) => landUseBefore !== landUseAfter);
	if (changed.length === 0) return [];
	return layers.flatMap((layer) => {
		const inside = groundInside(changed, layer);
		if (inside === null) return [];
		const rule = findRuleInForce(rules, controlRuleKey(layer.kind), null, onDate);
		const most = rule?.value ?? null;
		const code = most === null ? 'control.rule-unset' : 'control.touched';
		if (most !== null && inside.areaM2 <= Number(most)) return [];
		const issue: ChangesetIssue = {
			code,
			severity: severityAt(code, moment),
			parcelNos: inside.parcelNos,
			at: interiorPoint(inside.largest, 0),
			params: {
				control: layer.kind,
				areaM2: inside.areaM2,
				...(most === null ? {} : { mostM2: Number(most) }),
			},
		};
		return [rule === null ? issue : { ...issue, source: rule.source }];
	});
}

/** Less ground, in m², is what noding moves along a boundary that runs on a control line. */
const TOUCHED_MIN_M2 = 0.01;

/** The changed ground inside a layer; null where there is none. */
function groundInside(changed: readonly TouchedGround[], { areas }: ControlGround) {
	const boxes = changed.map(({ shape }) => boxOf(shape));
	const near = Array.from({ length: areas.featureOffsets.length - 1 }, (_, f) =>
		sliceFeature(areas, f),
	).filter((area) => boxes.some((box) => boxesMeet(box, boxOf(area))));
	if (near.length === 0) return null;
	const { parcelNos, areaM2, polygons } = overlayParcelSets([
		{
			parcelNos: Int32Array.from(changed, (_, i) => i + 1),
			polygons: joinFeatures(changed.map(({ shape }) => shape)),
		},
		{ parcelNos: Int32Array.from(near, () => 1), polygons: joinFeatures(near) },
	]);
	const pieces = [...areaM2.keys()].filter(
		(piece) => parcelNos[0][piece] > 0 && parcelNos[1][piece] > 0 && areaM2[piece] >= TOUCHED_MIN_M2,
	);
	if (pieces.length === 0) return null;
	const nos = new Set(pieces.map((piece) => changed[parcelNos[0][piece] - 1].afterNo));
	const largest = pieces.reduce((a, b) => (areaM2[b] > areaM2[a] ? b : a));
	return {
		areaM2: pieces.reduce((sum, piece) => sum + areaM2[piece], 0),
		parcelNos: [...nos].sort((a, b) => a - b),
		largest: sliceFeature(polygons, largest),
	};
}
