import { boxOf } from '$geo/coverage/shape.ts';
import { joinFeatures } from '$geo/flat-polygons.ts';
import { checkControls, RESTRICTING_KINDS, type ControlGround } from '$lib/domain/changeset/check-control.ts';
import { checkLeastAreas } from '$lib/domain/changeset/check-least-area.ts';
import type { ChangesetIssue, Moment } from '$lib/domain/changeset/issue.ts';
import type { TouchedGround } from '$lib/domain/changeset/touched-ground.ts';
import { classKey } from '$lib/domain/land-use/class-key.ts';
import type { Sql } from '../../db/connect.ts';
import { loadControlAreasIn } from '../../db/control-layer.ts';
import { listRuleValues } from '../../db/rule-value.ts';
import { readShapes } from '../../db/shape.ts';
import { findZone, type ZoneRow } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asWhole } from '../scope.ts';
import { categoryOf, dayInZone, listZoneClasses, readCategories } from '../zone-record.ts';
import type { OpenDraft } from './draft-store.ts';

/**
 * Lists what the rules and control lines that are in force today say of a draft: ground inside control lines that changes its class, and parcels
 * below the least area of their category; `touched` is the ground that it touches. O(edges near its changes).
 */
export async function checkRules(
	{ database, now }: ServiceContext,
	zoneId: string,
	{ state, difference }: OpenDraft,
	touched: readonly TouchedGround[],
	moment: Moment,
): Promise<ChangesetIssue[]> {
	const read = await asWhole(database, zoneId, async (sql) => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) throw new Error(`there is no zone ${zoneId}`);
		const onDay = dayInZone(zone, now);
		const leastAreas = await listRuleValues(sql, zoneId, 'parcel.');
		return {
			onDay,
			leastAreas,
			controls: await listRuleValues(sql, zoneId, 'control.'),
			areas: await loadAreas(sql, zoneId, onDay, touched),
			groupOf: leastAreas.length === 0 ? () => null : await readGroups(sql, zone),
		};
	});
	const layers = groundOfLayers(read.areas);
	return [
		...checkControls(touched, layers, read.controls, read.onDay, moment),
		...checkLeastAreas(state, difference, read.groupOf, read.leastAreas, read.onDay, moment),
	];
}

type AreaRows = Awaited<ReturnType<typeof loadControlAreasIn>>;

async function loadAreas(
	sql: Sql,
	zoneId: string,
	onDay: string,
	touched: readonly TouchedGround[],
): Promise<AreaRows> {
	const changed = touched.filter(({ landUseBefore, landUseAfter }) => landUseBefore !== landUseAfter);
	if (changed.length === 0) return [];
	const box = boxOf(joinFeatures(changed.map(({ shape }) => shape)));
	return loadControlAreasIn(sql, zoneId, { kinds: RESTRICTING_KINDS, box, onDay });
}

function groundOfLayers(rows: AreaRows): ControlGround[] {
	const ids = new Set(rows.map(({ controlLayerId }) => controlLayerId));
	return [...ids].map((controlLayerId) => {
		const areas = rows.filter((row) => row.controlLayerId === controlLayerId);
		return { controlLayerId, kind: areas[0].kind, areas: readShapes(areas.map(({ shape }) => shape)) };
	});
}

/** Least areas go by category: agricultural, construction or unused land. */
async function readGroups(sql: Sql, zone: ZoneRow): Promise<(landUse: string) => string | null> {
	const classes = await listZoneClasses(sql, zone);
	const categories = await readCategories(sql);
	return (landUse) => {
		const row = classes.find((one) => classKey(one) === landUse);
		return row === undefined ? null : categoryOf({ classes, categories }, row);
	};
}
