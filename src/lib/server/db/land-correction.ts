import type { PlotCodes } from '$lib/domain/supply/check-codes.ts';
import type { NewBatch } from './land-scan.ts';
import type { Sql } from './connect.ts';
import type { ProgrammeRow } from './supply-programme.ts';

/** Codes of a plot with its e-supervision number. */
export interface GivenCodes extends PlotCodes {
	readonly supervisionNumber: string | null;
}

/** What a correction is of and what holds from then on; what is withdrawn or voided holds no more. */
export type LandChange =
	| { readonly kind: 'plot_codes'; readonly plotNo: number; readonly value: GivenCodes }
	| { readonly kind: 'plot_withdrawn'; readonly plotNo: number }
	| { readonly kind: 'permit_voided'; readonly plotNo: number; readonly permitNo: number }
	| {
			readonly kind: 'batch_corrected';
			readonly batchNo: number;
			readonly value: Omit<NewBatch, 'clientId'>;
	  }
	| { readonly kind: 'batch_withdrawn'; readonly batchNo: number }
	| {
			readonly kind: 'programme_corrected';
			readonly year: number;
			readonly value: Pick<ProgrammeRow, 'number' | 'approvedOn' | 'source'>;
	  }
	| { readonly kind: 'programme_withdrawn'; readonly year: number };

/** Why it is corrected; the document is what proves it, where there is one. */
export interface CorrectionReason {
	readonly clientId: string;
	readonly reason: string;
	readonly document: string | null;
}

export interface LandCorrectionRow {
	readonly correctionNo: number;
	readonly kind: LandChange['kind'];
	readonly plotNo: number | null;
	readonly permitNo: number | null;
	readonly batchNo: number | null;
	readonly year: number | null;
	readonly value: Readonly<Record<string, unknown>>;
	/** What stood until then. */
	readonly before: Readonly<Record<string, unknown>>;
	readonly reason: string;
	readonly document: string | null;
	readonly userName: string | null;
	readonly recordedAt: Date;
}

/** The columns that a correction is written to. */
export function correctionColumns(change: LandChange, { reason, document }: CorrectionReason) {
	return {
		kind: change.kind,
		plot_no: 'plotNo' in change ? change.plotNo : null,
		permit_no: 'permitNo' in change ? change.permitNo : null,
		batch_no: 'batchNo' in change ? change.batchNo : null,
		year: 'year' in change ? change.year : null,
		value: 'value' in change ? change.value : {},
		reason,
		document,
	};
}

/** Writes a correction, by which the database does what it says; what is in use is not withdrawn (`land_correction_unused`). */
export async function insertLandCorrection(
	sql: Sql,
	zoneId: string,
	change: LandChange,
	why: CorrectionReason,
): Promise<void> {
	const row = correctionColumns(change, why);
	await sql`
		insert into land_correction (zone_id, client_id, kind, plot_no, permit_no, batch_no, year, value, reason, document)
		values (${zoneId}, ${why.clientId}, ${row.kind}, ${row.plot_no}, ${row.permit_no}, ${row.batch_no}, ${row.year},
			${JSON.stringify(row.value)}::text::jsonb, ${row.reason}, ${row.document})`;
}

/** Says whether any correction was written under one of some ids. */
export async function findSentCorrections(
	sql: Sql,
	zoneId: string,
	clientIds: readonly string[],
): Promise<boolean> {
	const [{ found }] = await sql<{ found: boolean }[]>`
		select exists (
			select from land_correction c where c.zone_id = ${zoneId} and c.client_id = any (${[...clientIds]}::text[])) as found`;
	return found;
}

/** Lists the corrections of a plot and its permits, or those of all batches and programmes, in order. */
export async function listLandCorrections(
	sql: Sql,
	zoneId: string,
	of: { readonly plotNo: number } | 'batches' | 'programmes',
): Promise<LandCorrectionRow[]> {
	const which =
		of === 'batches'
			? sql`c.batch_no is not null`
			: of === 'programmes'
				? sql`c.year is not null`
				: sql`c.plot_no = ${of.plotNo}`;
	return sql<LandCorrectionRow[]>`
		select c.correction_no as "correctionNo", c.kind, c.plot_no as "plotNo", c.permit_no as "permitNo", c.batch_no as "batchNo",
			c.year, c.value, c.before, c.reason, c.document, u.name as "userName", c.recorded_at as "recordedAt"
		from land_correction c left join app_user u on u.user_id = c.user_id
		where c.zone_id = ${zoneId} and ${which}
		order by c.correction_no`;
}
