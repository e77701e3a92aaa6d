import { ellipsoidalAreasM2 } from '../../geo/area/ellipsoidal.ts';
import { featureCount } from '../../geo/flat-polygons.ts';
import { wholeSnapshot, type CoverageSnapshot } from '../../src/lib/server/tile/snapshot.ts';
import { DEFAULT_DEMO, generateDemoZone } from '../../seeds/demo/generate.ts';
import { classList, parcelTable } from './parcel-table.ts';

/** A snapshot of a coverage of the demo, made without a database; codes are class keys. */
export function demoSnapshot(
	kind: 'plan' | 'current',
	parcelCount: number,
	{ seed }: { readonly seed: number } = DEFAULT_DEMO,
): CoverageSnapshot {
	const source = generateDemoZone({ seed, parcelCount }).coverages.find((one) => one.kind === kind);
	if (source === undefined) throw new Error(`the demo has no coverage ${kind}`);
	const { polygons, classKeys, blockIds, stockStatuses } = source;
	const names = classKeys.map((key) => (key === null ? '' : `${key.system}/${key.version}/${key.code}`));
	const keys = [...new Set(names)];
	const areasM2 = ellipsoidalAreasM2(polygons);
	const parcelNos = Int32Array.from({ length: featureCount(polygons) }, (_, row) => row + 1);
	const table = parcelTable(
		{ parcelNos, polygons },
		{
			classes: classList(keys),
			landUse: (row) => keys.indexOf(names[row]),
			areaDm2: (row) => Math.round(100 * areasM2[row]),
			code: (row) => names[row],
			stockStatus: (row) => stockStatuses?.[row] ?? null,
			block: (row) => blockIds?.[row] ?? null,
		},
	);
	const contentId = `demo ${kind} ${parcelCount}`;
	return wholeSnapshot(
		{ zoneId: 'zone', coverageId: kind, kind, revision: 1, contentId, grade: 'public' },
		table,
	);
}
