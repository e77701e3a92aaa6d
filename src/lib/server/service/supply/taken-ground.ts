import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { isOver, SUPPLY_STATES } from '$lib/domain/supply/life-cycle.ts';
import { sharedGroundM2 } from '$lib/domain/supply/shared-ground.ts';
import type { Sql } from '../../db/connect.ts';
import { listPlotsNear } from '../../db/plot.ts';
import { readShapes, writeShape } from '../../db/shape.ts';

const OVER = SUPPLY_STATES.filter(isOver);

/**
 * Finds whose ground a plot's ground is already: `plot.ground-taken` names the first such plot and what both share; null: nobody's.
 *
 * A plot has its ground from when it is made until every supply of it is over. Asked of a plot that is made (`standing`), each such plot counts;
 * of one that is entered in a supply (`supplied`), those that are in an open supply. True for who holds the zone's lock.
 */
export async function findTakenGround(
	sql: Sql,
	zoneId: string,
	ground: FlatPolygons,
	which: 'standing' | 'supplied',
	ownNo: number | null = null,
): Promise<ChangesetIssue | null> {
	for (const { plotNo, name, shape } of await listPlotsNear(sql, zoneId, writeShape(ground), which, OVER)) {
		if (plotNo === ownNo) continue;
		const areaM2 = Math.round(sharedGroundM2(ground, readShapes([shape])) * 100) / 100;
		if (areaM2 > 0) return changesetError('plot.ground-taken', { plotNo, name, areaM2 });
	}
	return null;
}
