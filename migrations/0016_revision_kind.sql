-- A content id names the kind of its coverage too: a theme is drawn of contents of its own kind only.

drop function find_revision_place(text);

create function find_revision_place(content_id text)
	returns table (
		zone_id text, coverage_id text, coverage_kind text, revision integer, published_at timestamptz, publication_grade text
	)
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	begin atomic
		select r.zone_id, r.coverage_id, c.kind, r.revision, r.published_at, c.publication_grade
		from revision r
		join coverage c on c.zone_id = r.zone_id and c.coverage_id = r.coverage_id
		where r.checksum = content_id and current_zone_id() = '*' and viewer_rank() = 3;
	end;
comment on function find_revision_place(text) is
	'The revision with this checksum, in whatever zone; only for the office grade with the zone directory open, else none.';

revoke execute on function find_revision_place(text) from public;
grant execute on function find_revision_place(text) to yuantu_app, yuantu_read;
