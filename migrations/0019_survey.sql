-- Surveys: which document a boundary comes from, with its boundary points. They belong to a changeset and become facts with its revision.
-- Provenance hangs on places, never on parcels, so it outlives cuts, merges and new numbers.

create table survey (
	zone_id text collate "C" not null,
	changeset_no integer not null,
	survey_no integer not null,
	number text not null,
	title text not null,
	surveyor text not null,
	surveyed_on date,
	accuracy_m numeric(9, 4),
	method text,
	source_srid integer not null,
	user_id text collate "C" not null,
	recorded_at timestamptz not null default clock_timestamp(),
	constraint survey_pk primary key (zone_id, changeset_no, survey_no),
	constraint survey_changeset_fk foreign key (zone_id, changeset_no) references changeset (zone_id, changeset_no),
	constraint survey_user_fk foreign key (user_id) references app_user (user_id),
	constraint survey_text_length check (
		number ~ '\S' and length(number) <= 200 and length(title) <= 200 and length(surveyor) <= 200 and length(method) <= 200
	),
	constraint survey_accuracy_positive check (accuracy_m > 0),
	constraint survey_srid_known check (source_srid between 4490 and 4554)
);
comment on table survey is 'Survey documents 测绘资料 (LADM LA_SpatialSource) of a changeset; those of a published one are facts of its revision.';
comment on column survey.surveyed_on is 'Day of the survey; null: not stated.';
comment on column survey.accuracy_m is 'Accuracy of its points in metres as the document states it; null: not stated.';
comment on column survey.source_srid is 'System that its coordinates are written in: 4490 (degrees) or a CGCS2000 Gauss-Krueger zone (metres).';
comment on column survey.recorded_at is 'Instant at which the database wrote the row.';

create table survey_part (
	zone_id text collate "C" not null,
	changeset_no integer not null,
	survey_no integer not null,
	part_no integer not null,
	label text not null,
	title text,
	stated_area_m2 numeric(16, 4),
	area_kind text not null,
	min_lon double precision not null,
	min_lat double precision not null,
	max_lon double precision not null,
	max_lat double precision not null,
	constraint survey_part_pk primary key (zone_id, changeset_no, survey_no, part_no),
	constraint survey_part_survey_fk foreign key (zone_id, changeset_no, survey_no)
		references survey (zone_id, changeset_no, survey_no) on delete cascade,
	constraint survey_part_text_length check (length(label) <= 200 and length(title) <= 200),
	constraint survey_part_area_positive check (stated_area_m2 > 0),
	constraint survey_part_area_kind_known check (area_kind in ('planar', 'ellipsoidal', 'document')),
	constraint survey_part_box_ordered check (min_lon <= max_lon and min_lat <= max_lat)
);
comment on table survey_part is 'Parcels as a survey document draws them, each with the box of its points.';
comment on column survey_part.stated_area_m2 is 'Area that the document states, m2; null: not stated.';
comment on column survey_part.area_kind is 'Which area it states: planar, ellipsoidal, or document: it does not say.';
comment on column survey_part.min_lon is 'West side of the box of its points, degrees (EPSG:4490).';

create table survey_point (
	zone_id text collate "C" not null,
	changeset_no integer not null,
	survey_no integer not null,
	part_no integer not null,
	point_no integer not null,
	ring_no integer not null,
	name text not null,
	lon double precision not null,
	lat double precision not null,
	written_east text not null,
	written_north text not null,
	constraint survey_point_pk primary key (zone_id, changeset_no, survey_no, part_no, point_no),
	constraint survey_point_part_fk foreign key (zone_id, changeset_no, survey_no, part_no)
		references survey_part (zone_id, changeset_no, survey_no, part_no) on delete cascade,
	constraint survey_point_ring_positive check (ring_no > 0),
	constraint survey_point_text_length check (
		name ~ '\S' and length(name) <= 50 and length(written_east) <= 50 and length(written_north) <= 50
	),
	constraint survey_point_on_grid check (is_on_grid(public.st_point(lon, lat)))
);
comment on table survey_point is 'Boundary points 界址点 in the order of their document, ring by ring, the first of a ring not repeated.';
comment on column survey_point.lon is 'Longitude on the grid, degrees (EPSG:4490).';
comment on column survey_point.lat is 'Latitude on the grid, degrees (EPSG:4490).';
comment on column survey_point.written_east is 'Easting or longitude as the document writes it.';
comment on column survey_point.written_north is 'Northing or latitude as the document writes it.';

create function guard_survey() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	subject changeset;
begin
	select * into subject from changeset c
	where (c.zone_id, c.changeset_no) = (coalesce(new.zone_id, old.zone_id), coalesce(new.changeset_no, old.changeset_no))
	for share;
	if subject.state <> 'draft' then
		perform raise_changeset(tg_name, format('changeset %s is %s', subject.changeset_no, subject.state));
	end if;
	if tg_op = 'DELETE' then
		return old;
	end if;
	if tg_table_name = 'survey' then
		new.user_id := current_user_id();
		new.recorded_at := clock_timestamp();
	end if;
	return new;
end
$$;
comment on function guard_survey() is 'Surveys come and go while their changeset is a draft; what was submitted stays as it was.';
create trigger survey_in_draft before insert or delete on survey for each row execute function guard_survey();
create trigger survey_part_in_draft before insert or delete on survey_part for each row execute function guard_survey();
create trigger survey_point_in_draft before insert or delete on survey_point for each row execute function guard_survey();
create trigger survey_kept before update or truncate on survey for each statement execute function keep_sealed();
create trigger survey_part_kept before update or truncate on survey_part for each statement execute function keep_sealed();
create trigger survey_point_kept before update or truncate on survey_point for each statement execute function keep_sealed();

create function published_changesets() returns table (zone_id text, changeset_no integer, coverage_id text, revision integer)
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	begin atomic
		select c.zone_id, c.changeset_no, c.coverage_id, c.published_revision from changeset c
		where c.zone_id = current_zone_id() and viewer_rank() = 3 and c.published_revision is not null;
	end;
comment on function published_changesets() is 'The changesets of this transaction''s zone that became revisions, for the office grade.';

alter table survey enable row level security;
alter table survey_part enable row level security;
alter table survey_point enable row level security;
create policy survey_select on survey for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (
		(select may('changeset.read', current_zone_id()))
		or changeset_no in (select p.changeset_no from published_changesets() p)));
create policy survey_part_select on survey_part for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (
		(select may('changeset.read', current_zone_id()))
		or changeset_no in (select p.changeset_no from published_changesets() p)));
create policy survey_point_select on survey_point for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (
		(select may('changeset.read', current_zone_id()))
		or changeset_no in (select p.changeset_no from published_changesets() p)));
create policy survey_insert on survey for insert to yuantu_app
	with check (zone_id = current_zone_id() and is_own_draft(zone_id, changeset_no));
create policy survey_part_insert on survey_part for insert to yuantu_app
	with check (zone_id = current_zone_id() and is_own_draft(zone_id, changeset_no));
create policy survey_point_insert on survey_point for insert to yuantu_app
	with check (zone_id = current_zone_id() and (select is_own_draft(zone_id, changeset_no)));
create policy survey_delete on survey for delete to yuantu_app
	using (zone_id = current_zone_id() and is_own_draft(zone_id, changeset_no));

grant select on survey, survey_part, survey_point to yuantu_app, yuantu_read;
grant insert (zone_id, changeset_no, survey_no, number, title, surveyor, surveyed_on, accuracy_m, method, source_srid), delete
	on survey to yuantu_app;
grant insert on survey_part, survey_point to yuantu_app;

revoke execute on function guard_survey(), published_changesets() from public;
grant execute on function published_changesets() to yuantu_app, yuantu_read;
