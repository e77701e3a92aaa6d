import type { PlotCodes } from '$lib/domain/supply/check-codes.ts';
import type { Sql } from './connect.ts';
import type { PlotVersionChange } from './plot.ts';

/** A version of a plot's shape; areas in 0.01 m². */
export interface PlotVersionRow {
	readonly version: number;
	readonly kind: PlotVersionChange['kind'];
	readonly areaDm2: number;
	readonly planarAreaDm2: number;
	readonly documentAreaDm2: number | null;
	/** Plan revision that the shape was made from. */
	readonly revision: number;
	/** Class of its parcels; null: not kept. */
	readonly classCode: string | null;
	readonly reason: string;
	readonly document: string | null;
	readonly userId: string | null;
	readonly userName: string | null;
	readonly recordedAt: Date;
}

/** Lists the versions of a plot, the first first. */
export async function listPlotVersions(sql: Sql, zoneId: string, plotNo: number): Promise<PlotVersionRow[]> {
	return sql<PlotVersionRow[]>`
		select v.version, v.kind, v.area_dm2 as "areaDm2", v.planar_area_dm2 as "planarAreaDm2",
			v.document_area_dm2 as "documentAreaDm2", v.revision, v.class_code as "classCode", v.reason, v.document,
			v.user_id as "userId", u.name as "userName", v.recorded_at as "recordedAt"
		from plot_version v left join app_user u on u.user_id = v.user_id
		where v.zone_id = ${zoneId} and v.plot_no = ${plotNo}
		order by v.version`;
}

/** A plot by which the codes of another are judged. */
export interface CodedPlotRow {
	readonly plotNo: number;
	readonly name: string;
	readonly parkId: string;
	readonly cadastralCode: string | null;
	readonly unitCode: string | null;
	readonly codeStatus: PlotCodes['codeStatus'];
	readonly supervisionNumber: string | null;
}

/** Lists the codes of all plots that stand, by number. */
export async function listCodedPlots(sql: Sql, zoneId: string): Promise<CodedPlotRow[]> {
	return sql<CodedPlotRow[]>`
		select plot_no as "plotNo", name, park_id as "parkId", cadastral_code as "cadastralCode", unit_code as "unitCode",
			code_status as "codeStatus", supervision_number as "supervisionNumber"
		from plot where zone_id = ${zoneId} and withdrawn_at is null order by plot_no`;
}

/** Asks only at the end of the transaction that no two plots have a code or e-supervision number, so that they may change places. */
export async function deferPlotCodes(sql: Sql): Promise<void> {
	await sql`set constraints yuantu.plot_cadastral_code_unique, yuantu.plot_supervision_number_unique deferred`;
}

/** Numbers of the plan parcels of today whose boxes reach into a box (degrees), at most `limit`, with shapes as hexadecimal EWKB. */
export async function listParcelsNear(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	[west, south, east, north]: readonly [number, number, number, number],
	limit: number,
): Promise<{ readonly parcelNo: number; readonly shape: string }[]> {
	return sql<{ parcelNo: number; shape: string }[]>`
		select p.parcel_no as "parcelNo", p.geom::text as shape from parcel p
		where p.zone_id = ${zoneId} and p.coverage_id = ${coverageId} and p.rev_to is null
			and p.geom operator(public.&&) public.st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4490)
		order by p.parcel_no limit ${limit}`;
}
