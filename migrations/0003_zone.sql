create table zone (
	zone_id text collate "C" not null,
	name_zh text not null,
	name_en text not null,
	time_zone text not null,
	project_srid integer not null,
	land_use_system text collate "C" not null,
	land_use_version text collate "C" not null,
	is_synthetic boolean not null,
	map_review_number text,
	source text not null,
	constraint zone_pk primary key (zone_id),
	constraint zone_land_use_system_fk foreign key (land_use_system, land_use_version)
		references land_use_system (system, version),
	constraint zone_id_form check (zone_id ~ '^[a-z][a-z0-9-]{0,39}$'),
	constraint zone_time_zone_form check (time_zone ~ '^[A-Z][A-Za-z]*(/[A-Za-z_]+)+$'),
	constraint zone_project_srid_known check (project_srid between 4513 and 4554)
);
comment on table zone is 'A high-tech zone (高新区): the tenant that leads every key of zone data.';
comment on column zone.time_zone is 'IANA name; "as of a date" ends with the day here.';
comment on column zone.project_srid is 'EPSG code of the projected CRS of planar areas (CGCS2000 3-degree Gauss-Kruger).';
comment on column zone.is_synthetic is 'True: geometry is made up for the demo (示意数据).';
comment on column zone.map_review_number is '审图号; null until one is granted.';

create table zone_area (
	zone_id text collate "C" not null,
	zone_area_no smallint not null,
	kind text not null,
	area_km2 numeric(12, 4),
	valid_from date,
	valid_to date,
	note text,
	source text not null,
	status text not null,
	constraint zone_area_pk primary key (zone_id, zone_area_no),
	constraint zone_area_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint zone_area_kind_known check (kind in ('managed', 'approved')),
	constraint zone_area_positive check (area_km2 > 0),
	constraint zone_area_dates_ordered check (valid_from < valid_to),
	constraint zone_area_status_known check (status in ('verified', 'unverified', 'example')),
	constraint zone_area_dates_apart exclude using gist (
		zone_id with =, kind with =, daterange(valid_from, valid_to) with &&
	)
);
comment on table zone_area is 'Official areas of the zone over time: managed range (管理范围) is not the nationally approved area (核准面积).';
comment on column zone_area.area_km2 is 'Nominal area in km², as the source rounds it; null: not known.';
comment on column zone_area.valid_from is 'First day; null: since before anything known here.';
comment on column zone_area.valid_to is 'Day after the last; null: still in force.';

create table park (
	zone_id text collate "C" not null,
	park_id text collate "C" not null,
	kind text not null,
	sort smallint not null,
	name_zh text not null,
	name_en text not null,
	source text not null,
	constraint park_pk primary key (zone_id, park_id),
	constraint park_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint park_sort_unique unique (zone_id, sort),
	constraint park_id_form check (park_id ~ '^[a-z][a-z0-9-]{0,39}$'),
	constraint park_kind_known check (kind in ('area', 'sub_park'))
);
comment on table park is 'Parts of a zone: an area (片区) or a sub-park (分园).';

create table park_nominal_area (
	zone_id text collate "C" not null,
	park_id text collate "C" not null,
	nominal_no smallint not null,
	area_km2 numeric(12, 4),
	valid_from date,
	valid_to date,
	note text,
	source text not null,
	status text not null,
	constraint park_nominal_area_pk primary key (zone_id, park_id, nominal_no),
	constraint park_nominal_area_park_fk foreign key (zone_id, park_id) references park (zone_id, park_id),
	constraint park_nominal_area_positive check (area_km2 > 0),
	constraint park_nominal_area_dates_ordered check (valid_from < valid_to),
	constraint park_nominal_area_status_known check (status in ('verified', 'unverified', 'example')),
	constraint park_nominal_area_dates_apart exclude using gist (
		zone_id with =, park_id with =, daterange(valid_from, valid_to) with &&
	)
);
comment on table park_nominal_area is 'Official round figures of a park over time. Days without a row, or a null area: not known.';
comment on column park_nominal_area.area_km2 is 'Nominal area in km², as the source rounds it; null: not in the zone, or not known.';
comment on column park_nominal_area.valid_from is 'First day; null: since before anything known here.';
comment on column park_nominal_area.valid_to is 'Day after the last; null: still in force.';

create table park_outline (
	zone_id text collate "C" not null,
	park_id text collate "C" not null,
	outline_no smallint not null,
	geom public.geometry(multipolygon, 4490) not null,
	area_dm2 bigint not null,
	area_method text not null,
	planar_area_dm2 bigint not null,
	valid_from date,
	valid_to date,
	is_synthetic boolean not null,
	source text not null,
	constraint park_outline_pk primary key (zone_id, park_id, outline_no),
	constraint park_outline_park_fk foreign key (zone_id, park_id) references park (zone_id, park_id),
	constraint park_outline_geom_not_empty check (not public.st_isempty(geom)),
	constraint park_outline_geom_on_grid check (is_on_grid(geom)),
	constraint park_outline_geom_valid check (public.st_isvalid(geom)),
	constraint park_outline_area_positive check (area_dm2 > 0 and planar_area_dm2 > 0),
	constraint park_outline_area_method_known check (area_method in ('cgcs2000-ellipsoidal', 'trapezoid-2008')),
	constraint park_outline_dates_ordered check (valid_from < valid_to),
	constraint park_outline_dates_apart exclude using gist (
		zone_id with =, park_id with =, daterange(valid_from, valid_to) with &&
	)
);
comment on table park_outline is 'Official outlines of parks: the reference that coverages are compared with, never changed by an edit. A new outline is a new row.';
comment on column park_outline.geom is 'EPSG:4490 as x = longitude, y = latitude in degrees, on the 2^-33 degree grid.';
comment on column park_outline.area_dm2 is 'Ellipsoidal area in 0.01 m², by area_method.';
comment on column park_outline.planar_area_dm2 is 'Area in the zone''s projected CRS, in 0.01 m².';
comment on column park_outline.valid_from is 'First day; null: since before anything known here.';
comment on column park_outline.valid_to is 'Day after the last; null: still in force.';

create function keep_outline() returns trigger
	language plpgsql
	set search_path = yuantu, public, pg_temp
as $$
declare
	kept park_outline := old;
begin
	if tg_op = 'UPDATE' then
		kept.valid_to := new.valid_to;
		if kept is not distinct from new then
			return new;
		end if;
	end if;
	raise exception using
		errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name, constraint = 'park_outline_immutable',
		message = 'an outline is never changed or removed: close it and add the next one';
end
$$;
comment on function keep_outline() is 'Refuses every change of an outline but its end date.';
create trigger park_outline_immutable before update or delete on park_outline
	for each row execute function keep_outline();

create table lead_industry (
	zone_id text collate "C" not null,
	industry_no smallint not null,
	park_id text collate "C",
	park_kind text,
	name_zh text not null,
	name_en text not null,
	source text not null,
	status text not null,
	constraint lead_industry_pk primary key (zone_id, industry_no),
	constraint lead_industry_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint lead_industry_park_fk foreign key (zone_id, park_id) references park (zone_id, park_id),
	constraint lead_industry_name_unique unique nulls not distinct (zone_id, park_id, park_kind, name_zh),
	constraint lead_industry_one_holder check (num_nonnulls(park_id, park_kind) = 1),
	constraint lead_industry_park_kind_known check (park_kind in ('area', 'sub_park')),
	constraint lead_industry_status_known check (status in ('verified', 'unverified', 'example'))
);
comment on table lead_industry is 'Lead industries (主导产业): of one park, or joint for all parks of a kind where the source lists them together.';

create table block (
	zone_id text collate "C" not null,
	block_id text collate "C" not null,
	park_id text collate "C",
	name_zh text not null,
	name_en text not null,
	geom public.geometry(multipolygon, 4490),
	source text not null,
	constraint block_pk primary key (zone_id, block_id),
	constraint block_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint block_park_fk foreign key (zone_id, park_id) references park (zone_id, park_id),
	constraint block_id_form check (block_id ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,39}$'),
	constraint block_geom_not_empty check (not public.st_isempty(geom)),
	constraint block_geom_on_grid check (is_on_grid(geom)),
	constraint block_geom_valid check (public.st_isvalid(geom))
);
comment on table block is 'Planning units (规划单元, 街区) between park and parcel.';
comment on column block.geom is 'EPSG:4490 as x = longitude, y = latitude in degrees, on the 2^-33 degree grid; null: shape not known.';

alter table zone enable row level security;
alter table zone_area enable row level security;
alter table park enable row level security;
alter table park_nominal_area enable row level security;
alter table park_outline enable row level security;
alter table lead_industry enable row level security;
alter table block enable row level security;

-- The directory of zones alone opens to the zone setting '*', which no zone can have as its id.
create policy zone_select on zone for select to yuantu_app, yuantu_read
	using ((zone_id = current_zone_id() or current_zone_id() = '*') and viewer_rank() >= 1);
create policy zone_area_select on zone_area for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() >= 1);
create policy park_select on park for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() >= 1);
create policy park_nominal_area_select on park_nominal_area for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() >= 1);
create policy park_outline_select on park_outline for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() >= 1);
create policy lead_industry_select on lead_industry for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() >= 1);
create policy block_select on block for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() >= 1);
grant select on zone, zone_area, park, park_nominal_area, park_outline, lead_industry, block to yuantu_app, yuantu_read;
revoke execute on function keep_outline() from public;
