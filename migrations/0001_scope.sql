-- What every row-level policy asks: which zone, and how far may this reader see. Unset or unknown answers null, so that
-- every comparison fails closed. The migrator has made the schema and the roles before this file.

create function current_zone_id() returns text
	language sql stable parallel safe
	return nullif(current_setting('yuantu.zone_id', true), '');
comment on function current_zone_id() is 'Zone of this transaction (setting yuantu.zone_id); null when unset.';

create function grade_rank(grade text) returns smallint
	language sql immutable parallel safe
	return case grade when 'public' then 1::smallint when 'registered' then 2::smallint when 'office' then 3::smallint end;
comment on function grade_rank(text) is 'Order of publication grades: public 1 < registered 2 < office 3; null when unknown.';

create function viewer_rank() returns smallint
	language sql stable parallel safe
	return grade_rank(current_setting('yuantu.grade', true));
comment on function viewer_rank() is 'Highest grade that this transaction may see (setting yuantu.grade); null when unset.';

create function is_on_grid(geom public.geometry) returns boolean
	language sql immutable strict parallel safe
	return geom operator(public.=) public.st_snaptogrid(
		geom, 0, 0, 1.1641532182693481e-10::double precision, 1.1641532182693481e-10::double precision);
comment on function is_on_grid(public.geometry) is
	'True when every coordinate is a whole number of 2^-33 degree. Scaling by a power of two is exact, so a grid point snaps to itself bit for bit; used as a test only, nothing is ever snapped here.';

create function lock_zone(zone_id text) returns void
	language sql volatile
	return pg_advisory_xact_lock(hashtextextended('yuantu.zone/' || zone_id, 0));
comment on function lock_zone(text) is 'Serialises writers of one zone until the transaction ends.';

revoke execute on all functions in schema yuantu from public;
grant execute on all functions in schema yuantu to yuantu_app, yuantu_read;
