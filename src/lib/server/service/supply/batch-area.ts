import { changesetError } from '$lib/domain/changeset/issue.ts';
import type { Sql } from '../../db/connect.ts';
import { listParkOutlines } from '../../db/park-outline.ts';
import { listParkNominalAreas } from '../../db/zone.ts';
import { failed, type Failure } from './outcome.ts';

/**
 * Refuses, as `batch.area-implausible`, an approved area (0.01 m²) larger than the whole zone; null: it may be, or how large the zone is is not known.
 *
 * The zone is as large as its parks, each taken at the largest of its official figures and its outline: what is refused is a slip of units, no boundary is judged by it.
 */
export async function refuseLargeBatch(sql: Sql, zoneId: string, areaDm2: number): Promise<Failure | null> {
	const sizes = new Map<string, number>();
	const grow = (parkId: string, dm2: number) => sizes.set(parkId, Math.max(sizes.get(parkId) ?? 0, dm2));
	for (const { parkId, areaDm2: drawn } of await listParkOutlines(sql, zoneId)) grow(parkId, drawn);
	for (const { parkId, areaKm2 } of await listParkNominalAreas(sql, zoneId))
		if (areaKm2 !== null) grow(parkId, Math.round(Number(areaKm2) * 1e8));
	const zoneDm2 = [...sizes.values()].reduce((sum, one) => sum + one, 0);
	if (zoneDm2 === 0 || areaDm2 <= zoneDm2) return null;
	const params = { areaM2: areaDm2 / 100, zoneM2: zoneDm2 / 100 };
	return failed('refused', [changesetError('batch.area-implausible', params)]);
}
