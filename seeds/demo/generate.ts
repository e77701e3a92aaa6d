import type { z } from 'zod';
import type { CoverageLayerSource, CoverageSource } from '$seeds/load/coverage-source.ts';
import { blockId, parkBlocks } from './block.ts';
import type { ParkBlocks } from './block.ts';
import { controlLines } from './control-lines.ts';
import { classKey, planningCondition, stockStatus } from './facts.ts';
import type { ClassList } from './facts.ts';
import { boxMiddles, concatenated, pickFeatures } from './flat-edit.ts';
import { movedEast } from './move-zone.ts';
import { checkedNumbers } from './parameters.ts';
import type { demoNumbers } from './parameters.ts';
import { PARK_LAYOUTS } from './park-layout.ts';
import { drawPark } from './park-map.ts';
import type { ParkMap } from './park-map.ts';

/** The date that the demo's invented lines describe. */
const DATA_ON = '2024-12-31';
const FACTS = { synthetic: true, provisionalCode: true } as const;

/** What a demo depends on; nothing else. */
export interface DemoParameters extends z.input<typeof demoNumbers> {
	/** The zone's own list, which has the class MX; Shenyang's when not given. */
	readonly localList?: ClassList;
}

const SHENYANG_LIST: ClassList = { system: 'shenyang', version: '2022' };

/** The demo that a first start makes. */
export const DEFAULT_DEMO: DemoParameters = { seed: 1, parcelCount: 8000 };

/**
 * Invents a high-tech zone of four parks: official outlines, plan and current coverages, blocks and control lines.
 *
 * Pure: the same parameters give the same bytes. Only the parks' rough places and nominal areas are facts. Each outline's
 * ellipsoidal area is nominal to 0.001 m², both coverages fill it without gap or overlap, share its vertices, and are noded.
 * Coordinates in degrees (EPSG:4490) on the grid. Near linear in the number of parcels, in time and memory. A million parcels are ten
 * zones of ten seeds, `eastDeg` apart. Throws a RangeError that names the field and its range.
 */
export function generateDemoZone({ localList = SHENYANG_LIST, ...numbers }: DemoParameters): CoverageSource {
	const { seed, parcelCount, eastDeg } = checkedNumbers(numbers);
	const parks = PARK_LAYOUTS.map((layout, k) => drawPark(layout, parcelCount, seed * 101 + k));
	const blocks = parks.map(parkBlocks);
	const zone: CoverageSource = {
		outlines: parks.map(({ layout, outline }) => ({ parkId: layout.parkId, polygons: outline })),
		blocks: blocks.flatMap((park) => park.blocks),
		coverages: [
			coverage('plan', parks, blocks, seed, localList),
			coverage('current', parks, blocks, seed, localList),
		],
		controlLayers: controlLines(parks, DATA_ON),
	};
	return eastDeg === 0 ? zone : movedEast(zone, eastDeg);
}

function coverage(
	kind: 'plan' | 'current',
	parks: readonly ParkMap[],
	blocks: readonly ParkBlocks[],
	seed: number,
	localList: ClassList,
): CoverageLayerSource {
	const orders = parks.map((park, p) => parcelOrder(park[kind], blocks[p]));
	const parcels = parks.flatMap((park, p) =>
		orders[p].map(({ feature, block, serial }) => {
			const { parkId, initials } = park.layout;
			const number = String(serial).padStart(3, '0');
			return {
				parkId,
				draft: park[kind].drafts[feature],
				block: blockId(parkId, block),
				code: `${initials}-${block}-${kind === 'plan' ? number : `X${number}`}`,
			};
		}),
	);
	return {
		kind,
		polygons: concatenated(
			parks.map((park, p) =>
				pickFeatures(
					park[kind].polygons,
					orders[p].map(({ feature }) => feature),
				),
			),
		),
		classKeys: parcels.map(({ draft }) => classKey(draft.classCode, localList)),
		parkIds: parcels.map(({ parkId }) => parkId),
		blockIds: parcels.map(({ block }) => block),
		codes: parcels.map(({ code }) => code),
		...(kind === 'plan'
			? { planningConditions: parcels.map(({ draft }, k) => planningCondition(draft.classCode, seed, k)) }
			: { stockStatuses: parcels.map(({ draft }, k) => stockStatus(draft, seed, k)) }),
		attributes: parcels.map(() => FACTS),
	};
}

/** The features by block and then from north to south, with their serial in the block. */
function parcelOrder({ polygons, quarters }: ParkMap['plan'], { codeAt }: ParkBlocks) {
	const middles = boxMiddles(polygons);
	const order = Array.from(quarters, (quarter, feature) => ({ feature, block: codeAt(quarter), serial: 0 }));
	order.sort((a, b) => {
		if (a.block !== b.block) return a.block < b.block ? -1 : 1;
		return middles[2 * b.feature + 1] - middles[2 * a.feature + 1] || a.feature - b.feature;
	});
	order.forEach((entry, k) => {
		entry.serial = k > 0 && order[k - 1].block === entry.block ? order[k - 1].serial + 1 : 1;
	});
	return order;
}
