import type { ScanList } from '$lib/domain/supply/land-scan.ts';
import type { Sql } from './connect.ts';

export interface BatchRow {
	readonly batchNo: number;
	readonly number: string;
	readonly title: string;
	readonly approvedOn: string;
	readonly approvingOffice: string;
	/** As the document states it, in 0.01 m². */
	readonly approvedAreaDm2: number;
	readonly source: string;
	readonly isSynthetic: boolean;
	/** Withdrawn as entered by mistake: it counts for nothing. */
	readonly isWithdrawn: boolean;
}

/** A batch with what was supplied of it by a day: plots of which a contract was signed or a decision taken. */
export interface SuppliedBatchRow extends BatchRow {
	readonly plots: number;
	readonly suppliedPlots: number;
	/** Of plots without a document's area their ellipsoidal one. */
	readonly suppliedDm2: number;
	/** Supplied plots without a document's area. */
	readonly withoutDocument: number;
	readonly lastSuppliedOn: string | null;
}

/** Land of a list: a supply whose holder does not use it, or not enough. */
export interface WaitingRow {
	readonly supplyNo: number;
	/** Day from which it waits: the agreed start, the stop of works, or the agreed completion. */
	readonly sinceOn: string;
	readonly areaDm2: number;
}

export interface NoteRow {
	readonly noteNo: number;
	readonly list: ScanList;
	readonly batchNo: number | null;
	readonly plotNo: number | null;
	readonly cause: string;
	readonly proposal: string | null;
	readonly statedOn: string;
	readonly userName: string | null;
}

/**
 * Lists conversion batches that stand, or all that were entered, with what was supplied of them by a day, the oldest first.
 *
 * A plot counts once, by its first contract: of a supply that is over the version that it was of, else the newest.
 */
export async function listSuppliedBatches(
	sql: Sql,
	zoneId: string,
	onDate: string,
	which: 'standing' | 'all' = 'standing',
): Promise<SuppliedBatchRow[]> {
	return sql<SuppliedBatchRow[]>`
		with signed as (
			select distinct on (s.plot_no) s.plot_no, s.plot_version, ${corrected(sql, 'signedOn')} as signed_on
			from supply s
			join supply_event e on e.zone_id = s.zone_id and e.supply_no = s.supply_no and e.event in ('sign', 'sign_lease')
			where s.zone_id = ${zoneId}
			order by s.plot_no, signed_on, s.supply_no
		), of_batch as (
			select p.batch_no, p.plot_no, g.signed_on, coalesce(v.document_area_dm2, v.area_dm2) as area_dm2,
				v.document_area_dm2 is null as is_computed
			from plot p
			left join signed g on g.plot_no = p.plot_no and g.signed_on <= ${onDate}
			join lateral (
				select w.document_area_dm2, w.area_dm2 from plot_version w
				where w.zone_id = p.zone_id and w.plot_no = p.plot_no and w.version = coalesce(g.plot_version, w.version)
				order by w.version desc limit 1) v on true
			where p.zone_id = ${zoneId} and p.batch_no is not null and p.withdrawn_at is null
		)
		select b.batch_no as "batchNo", b.number, b.title, b.approved_on as "approvedOn", b.approving_office as "approvingOffice",
			b.approved_area_dm2 as "approvedAreaDm2", b.source, b.is_synthetic as "isSynthetic",
			b.withdrawn_at is not null as "isWithdrawn",
			count(o.plot_no)::integer as plots, count(o.signed_on)::integer as "suppliedPlots",
			coalesce(sum(o.area_dm2) filter (where o.signed_on is not null), 0)::bigint as "suppliedDm2",
			(count(*) filter (where o.signed_on is not null and o.is_computed))::integer as "withoutDocument",
			max(o.signed_on) as "lastSuppliedOn"
		from conversion_batch b left join of_batch o on o.batch_no = b.batch_no
		where b.zone_id = ${zoneId} and (${which === 'all'} or b.withdrawn_at is null)
		group by b.zone_id, b.batch_no
		order by b.approved_on, b.batch_no`;
}

/** Says whether a batch that stands, and is not `exceptNo`, has a number already. */
export async function isBatchNumberTaken(
	sql: Sql,
	zoneId: string,
	number: string,
	exceptNo: number | null = null,
): Promise<boolean> {
	const [{ taken }] = await sql<{ taken: boolean }[]>`
		select exists (select from conversion_batch b
			where b.zone_id = ${zoneId} and b.number = ${number} and b.withdrawn_at is null
				and b.batch_no is distinct from ${exceptNo}::integer) as taken`;
	return taken;
}

/** A batch as it is entered, under an id that its writer gave it. */
export type NewBatch = Omit<BatchRow, 'batchNo' | 'isSynthetic' | 'isWithdrawn'> & {
	readonly clientId: string;
};

/** Enters a batch; `conversion_batch_number_unique` refuses a number that is taken. */
export async function insertBatch(sql: Sql, zoneId: string, batch: NewBatch): Promise<void> {
	await sql`
		insert into conversion_batch (zone_id, client_id, number, title, approved_on, approving_office, approved_area_dm2, source, is_synthetic)
		values (${zoneId}, ${batch.clientId}, ${batch.number}, ${batch.title}, ${batch.approvedOn}, ${batch.approvingOffice},
			${batch.approvedAreaDm2}, ${batch.source}, false)`;
}

/**
 * Lists supplies whose land is not used (供而未用: the agreed start is past, nobody recorded one) or not enough (用而不足: begun, and standing still
 * or past its agreed completion), the longest waiting first, with how many there are and their area together.
 */
export async function listWaiting(
	sql: Sql,
	zoneId: string,
	{
		list,
		onDate,
		parkId,
		offset,
		limit,
	}: {
		readonly list: 'supplied_not_used' | 'used_insufficiently';
		readonly onDate: string;
		readonly parkId?: string | undefined;
		readonly offset: number;
		readonly limit: number;
	},
): Promise<{ readonly rows: WaitingRow[]; readonly count: number; readonly areaDm2: number }> {
	const isUnused = list === 'supplied_not_used';
	const rows = await sql<(WaitingRow & { count: number; sumDm2: number })[]>`
		with fixed as (
			select distinct on (c.supply_no, c.event_no, c.field) c.supply_no, c.event_no, c.field, c.value
			from supply_correction c
			where c.zone_id = ${zoneId} and c.field in ('startBy', 'completeBy')
			order by c.supply_no, c.event_no, c.field, c.correction_no desc
		), contract as (
			select s.supply_no, s.plot_no, e.event = 'sign_lease' as is_lease,
				coalesce(b.value, e.facts -> 'startBy') #>> '{}' as start_by,
				coalesce(f.value, e.facts -> 'completeBy') #>> '{}' as complete_by
			from supply s
			join supply_event e on e.zone_id = s.zone_id and e.supply_no = s.supply_no
				and e.event in ('sign', 'sign_lease', 'sign_grant')
			left join fixed b on b.supply_no = e.supply_no and b.event_no = e.event_no and b.field = 'startBy'
			left join fixed f on f.supply_no = e.supply_no and f.event_no = e.event_no and f.field = 'completeBy'
			where s.zone_id = ${zoneId} and s.state not in ('programmed', 'offered', 'awarded', 'cancelled', 'ended')
		), agreed as (
			select k.supply_no, k.plot_no, min(k.start_by) filter (where not k.is_lease) as start_by,
				min(k.start_by) filter (where k.is_lease) as lease_start_by,
				min(k.complete_by) filter (where not k.is_lease) as complete_by,
				min(k.complete_by) filter (where k.is_lease) as lease_complete_by
			from contract k
			group by k.supply_no, k.plot_no
		), seen as (
			select f.supply_no,
				max(f.facts ->> 'seenOn') filter (where f.facts ->> 'step' = 'started') as started_on,
				max(f.facts ->> 'seenOn') filter (where f.facts ->> 'step' = 'completed') as completed_on,
				max((f.facts ->> 'seenOn') || lpad(f.fact_no::text, 9, '0') || (f.facts ->> 'step'))
					filter (where f.facts ->> 'step' in ('stopped', 'resumed')) as pace
			from supply_fact f
			where f.zone_id = ${zoneId} and f.kind = 'progress' and not f.is_void and not exists (
				select from supply_fact r where r.zone_id = f.zone_id and r.supply_no = f.supply_no and r.replaces_no = f.fact_no)
			group by f.supply_no
		), waiting as (
			select a.supply_no, a.plot_no, w.started_on,
				case
					when w.started_on is null then coalesce(a.start_by, a.lease_start_by)
					when w.pace like '%stopped' then left(w.pace, 10)
					else coalesce(a.complete_by, a.lease_complete_by)
				end as since_on
			from agreed a left join seen w on w.supply_no = a.supply_no
			where w.completed_on is null and (w.started_on is null) = ${isUnused}
		), found as (
			select x.supply_no, x.since_on, coalesce(v.document_area_dm2, v.area_dm2) as area_dm2
			from waiting x
			join plot p on p.zone_id = ${zoneId} and p.plot_no = x.plot_no
			join lateral (
				select w.document_area_dm2, w.area_dm2 from plot_version w
				where w.zone_id = p.zone_id and w.plot_no = p.plot_no order by w.version desc limit 1) v on true
			where x.since_on < ${onDate} and (${parkId ?? null}::text is null or p.park_id = ${parkId ?? null}::text)
		)
		select supply_no as "supplyNo", since_on as "sinceOn", area_dm2 as "areaDm2", (count(*) over ())::integer as count,
			(sum(area_dm2) over ())::bigint as "sumDm2"
		from found order by since_on, supply_no offset ${offset} limit ${limit}`;
	const [first] = rows;
	return {
		rows: rows.map(({ supplyNo, sinceOn, areaDm2 }) => ({ supplyNo, sinceOn, areaDm2 })),
		count: first?.count ?? 0,
		areaDm2: first?.sumDm2 ?? 0,
	};
}

/** Lists supplies of whose indicators something was assessed, from a number on. */
export async function listAssessedSupplies(
	sql: Sql,
	zoneId: string,
	{ parkId, offset, limit }: { parkId?: string | undefined; offset: number; limit: number },
): Promise<number[]> {
	const rows = await sql<{ supplyNo: number }[]>`
		select s.supply_no as "supplyNo"
		from supply s join plot p on p.zone_id = s.zone_id and p.plot_no = s.plot_no
		where s.zone_id = ${zoneId} and s.state not in ('cancelled', 'ended')
			and (${parkId ?? null}::text is null or p.park_id = ${parkId ?? null}::text)
			and exists (select from supply_fact f where f.zone_id = s.zone_id and f.supply_no = s.supply_no and f.kind = 'assessment')
		order by s.supply_no offset ${offset} limit ${limit}`;
	return rows.map(({ supplyNo }) => supplyNo);
}

/** Lists what was noted last of each batch or plot on a list; of all, or of some plots; `until`: of what was recorded before the end of a day. */
export async function listNotes(
	sql: Sql,
	zoneId: string,
	list: ScanList,
	plotNos?: readonly number[],
	until?: { readonly day: string; readonly timeZone: string },
): Promise<NoteRow[]> {
	return sql<NoteRow[]>`
		select distinct on (n.batch_no, n.plot_no) n.note_no as "noteNo", n.list, n.batch_no as "batchNo", n.plot_no as "plotNo",
			n.cause, n.proposal, n.stated_on as "statedOn", u.name as "userName"
		from land_note n left join app_user u on u.user_id = n.user_id
		where n.zone_id = ${zoneId} and n.list = ${list}
			and (${plotNos === undefined} or n.plot_no = any (${[...(plotNos ?? [])]}::integer[]))
			and (${until === undefined} or (n.recorded_at at time zone ${until?.timeZone ?? 'UTC'})::date <= ${until?.day ?? null}::date)
		order by n.batch_no, n.plot_no, n.note_no desc`;
}

/** A note as it is sent. */
export type NewNote = Omit<NoteRow, 'noteNo' | 'userName'> & { readonly clientId: string };

export async function insertNote(sql: Sql, zoneId: string, note: NewNote): Promise<void> {
	await sql`
		insert into land_note (zone_id, client_id, list, batch_no, plot_no, cause, proposal, stated_on)
		values (${zoneId}, ${note.clientId}, ${note.list}, ${note.batchNo}, ${note.plotNo}, ${note.cause}, ${note.proposal},
			${note.statedOn})`;
}

/** A field of an event, as it was corrected last where it was; as text. */
function corrected(sql: Sql, field: string) {
	return sql`coalesce(
		(select c.value from supply_correction c
			where c.zone_id = e.zone_id and c.supply_no = e.supply_no and c.event_no = e.event_no and c.field = ${field}
			order by c.correction_no desc limit 1),
		e.facts -> ${field}) #>> '{}'`;
}
