import type { Paper } from '$lib/domain/changeset/publishing-papers.ts';
import type { Sql } from './connect.ts';

export interface CommentRow {
	readonly commentNo: number;
	readonly userId: string;
	readonly userName: string | null;
	readonly body: string;
	readonly parcelNo: number | null;
	/** The step that made its parcel, by the id of its writer; null: none is kept. */
	readonly stepId: string | null;
	/** Place in degrees (EPSG:4490). */
	readonly lon: number | null;
	readonly lat: number | null;
	readonly recordedAt: Date;
}

export type NewComment = Pick<CommentRow, 'body' | 'parcelNo' | 'stepId' | 'lon' | 'lat'>;

export interface DocumentRow {
	readonly documentNo: number;
	readonly name: string;
	readonly mediaType: string;
	readonly byteCount: number;
	/** SHA-256 of the content, hex. */
	readonly sha256: string;
	readonly userId: string;
	readonly recordedAt: Date;
}

export interface PaperRow extends Paper {
	readonly documentNo: number | null;
}

/** Says whether the coverage of a changeset has, or had, a parcel. */
export async function knowsParcel(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	parcelNo: number,
): Promise<boolean> {
	const [{ isKnown }] = await sql<{ isKnown: boolean }[]>`
		select exists (
			select from parcel p join changeset c using (zone_id, coverage_id)
			where p.zone_id = ${zoneId} and c.changeset_no = ${changesetNo} and p.parcel_no = ${parcelNo}
		) as "isKnown"`;
	return isKnown;
}

/** Adds a comment and returns its number; part of a transaction that holds the changeset's lock. */
export async function insertComment(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	comment: NewComment,
): Promise<number> {
	const [{ commentNo }] = await sql<{ commentNo: number }[]>`
		insert into changeset_comment (zone_id, changeset_no, comment_no, body, parcel_no, step_client_id, lon, lat)
		select ${zoneId}, ${changesetNo}, coalesce(max(comment_no), 0) + 1, ${comment.body}, ${comment.parcelNo}::integer,
			${comment.stepId}::text, ${comment.lon}::double precision, ${comment.lat}::double precision
		from changeset_comment where zone_id = ${zoneId} and changeset_no = ${changesetNo}
		returning comment_no as "commentNo"`;
	return commentNo;
}

/**
 * Lists the comments of a changeset in order.
 *
 * One from before steps were kept has the step that made its parcel where that is older than the comment: numbers are unique among stored steps.
 */
export async function listComments(sql: Sql, zoneId: string, changesetNo: number): Promise<CommentRow[]> {
	return sql<CommentRow[]>`
		select c.comment_no as "commentNo", c.user_id as "userId", u.name as "userName", c.body,
			c.parcel_no as "parcelNo", coalesce(c.step_client_id, made.client_id) as "stepId", c.lon, c.lat,
			c.recorded_at as "recordedAt"
		from changeset_comment c left join app_user u on u.user_id = c.user_id
		left join lateral (
			select s.client_id from changeset_step s, json_array_elements(s.difference -> 'shapes') shape
			where c.step_client_id is null and c.parcel_no < 0 and s.zone_id = c.zone_id
				and s.changeset_no = c.changeset_no and s.recorded_at <= c.recorded_at
				and shape ->> 'kind' = 'created' and (shape ->> 'parcelNo')::integer = c.parcel_no
			limit 1
		) made on true
		where c.zone_id = ${zoneId} and c.changeset_no = ${changesetNo}
		order by c.comment_no`;
}

/** Adds a document and returns its number; part of a transaction that holds the changeset's lock. */
export async function insertDocument(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	document: Pick<DocumentRow, 'name' | 'mediaType' | 'sha256'> & { readonly content: Uint8Array },
): Promise<number> {
	const [{ documentNo }] = await sql<{ documentNo: number }[]>`
		insert into changeset_document (zone_id, changeset_no, document_no, name, media_type, content, byte_count, sha256)
		select ${zoneId}, ${changesetNo}, coalesce(max(document_no), 0) + 1, ${document.name}, ${document.mediaType},
			${Buffer.from(document.content)}::bytea, ${document.content.length}, ${document.sha256}
		from changeset_document where zone_id = ${zoneId} and changeset_no = ${changesetNo}
		returning document_no as "documentNo"`;
	return documentNo;
}

/** Lists the documents of a changeset without their content. */
export async function listDocuments(sql: Sql, zoneId: string, changesetNo: number): Promise<DocumentRow[]> {
	return sql<DocumentRow[]>`
		select document_no as "documentNo", name, media_type as "mediaType", byte_count as "byteCount", sha256,
			user_id as "userId", recorded_at as "recordedAt"
		from changeset_document where zone_id = ${zoneId} and changeset_no = ${changesetNo}
		order by document_no`;
}

export async function findDocumentContent(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	documentNo: number,
): Promise<{ readonly name: string; readonly mediaType: string; readonly content: Uint8Array } | null> {
	const [found] = await sql<{ name: string; mediaType: string; content: Uint8Array }[]>`
		select name, media_type as "mediaType", content from changeset_document
		where zone_id = ${zoneId} and changeset_no = ${changesetNo} and document_no = ${documentNo}`;
	return found ?? null;
}

/** Deletes a document that the scope's account added to its own draft; part of a transaction that holds the changeset's lock. */
export async function deleteDocument(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	documentNo: number,
): Promise<boolean> {
	const { count } = await sql`
		delete from changeset_document
		where zone_id = ${zoneId} and changeset_no = ${changesetNo} and document_no = ${documentNo}`;
	return count > 0;
}

/** Writes what an outside paper states, in place of what was written before. */
export async function putPaper(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	paper: PaperRow,
): Promise<void> {
	await sql`
		insert into changeset_paper (zone_id, changeset_no, paper, starts_on, ends_on, number, office, issued_on, summary,
			document_no)
		values (${zoneId}, ${changesetNo}, ${paper.kind}, ${paper.startsOn}, ${paper.endsOn}, ${paper.number},
			${paper.office}, ${paper.issuedOn}, ${paper.summary}, ${paper.documentNo})
		on conflict on constraint changeset_paper_pk do update set starts_on = excluded.starts_on,
			ends_on = excluded.ends_on, number = excluded.number, office = excluded.office, issued_on = excluded.issued_on,
			summary = excluded.summary, document_no = excluded.document_no`;
}

export async function listPapers(sql: Sql, zoneId: string, changesetNo: number): Promise<PaperRow[]> {
	return sql<PaperRow[]>`
		select paper as kind, starts_on as "startsOn", ends_on as "endsOn", number, office, issued_on as "issuedOn",
			summary, document_no as "documentNo"
		from changeset_paper where zone_id = ${zoneId} and changeset_no = ${changesetNo}
		order by paper`;
}
