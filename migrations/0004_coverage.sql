create table coverage (
	zone_id text collate "C" not null,
	coverage_id text collate "C" not null,
	kind text not null,
	name_zh text not null,
	name_en text not null,
	publication_grade text not null,
	data_on date,
	is_synthetic boolean not null,
	source text not null,
	constraint coverage_pk primary key (zone_id, coverage_id),
	constraint coverage_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint coverage_kind_unique unique (zone_id, kind),
	constraint coverage_id_form check (coverage_id ~ '^[a-z][a-z0-9-]{0,39}$'),
	constraint coverage_kind_known check (kind in ('plan', 'current')),
	constraint coverage_grade_known check (grade_rank(publication_grade) is not null)
);
comment on table coverage is 'A gap-free, overlap-free set of parcels over the parks: plan 规划地块 or current 现状图斑.';
comment on column coverage.publication_grade is 'Lowest audience that may see the coverage: public, registered, office.';
comment on column coverage.data_on is 'Day that the data describe; null: not known.';

create table revision (
	zone_id text collate "C" not null,
	coverage_id text collate "C" not null,
	revision integer not null,
	base_revision integer,
	checksum text collate "C" not null,
	published_at timestamptz not null,
	effective_on date,
	parcel_count integer not null,
	area_total_dm2 bigint not null,
	approval_number text,
	approval_office text,
	approved_on date,
	source text not null,
	constraint revision_pk primary key (zone_id, coverage_id, revision),
	constraint revision_coverage_fk foreign key (zone_id, coverage_id) references coverage (zone_id, coverage_id),
	constraint revision_base_fk foreign key (zone_id, coverage_id, base_revision)
		references revision (zone_id, coverage_id, revision),
	constraint revision_checksum_unique unique (zone_id, checksum),
	constraint revision_checksum_form check (checksum ~ '^[0-9a-f]{64}$'),
	constraint revision_base_is_previous check (
		(revision = 1 and base_revision is null) or (revision > 1 and base_revision is not null and base_revision = revision - 1)
	),
	constraint revision_total_positive check (parcel_count > 0 and area_total_dm2 > 0)
);
comment on table revision is 'Numbered, immutable states of a coverage. Inserting the row seals the revision: parcels of it are written before, never after.';
comment on column revision.checksum is 'SHA-256 of the content, hex; the content''s name in addresses.';
comment on column revision.published_at is 'Instant of publishing; "as of a date" is the last one before that day ends in the zone''s time zone.';
comment on column revision.effective_on is 'Day from which the plan is in force; null: not stated.';
comment on column revision.area_total_dm2 is 'Sum of its parcels'' areas, in 0.01 m².';
comment on column revision.approved_on is 'Day of that approval; null: none recorded.';
comment on column revision.approval_number is 'Number of the outside approval that publishing records; null: none recorded.';

create table parcel_identity (
	zone_id text collate "C" not null,
	coverage_id text collate "C" not null,
	parcel_no integer not null,
	constraint parcel_identity_pk primary key (zone_id, coverage_id, parcel_no),
	constraint parcel_identity_no_unique unique (zone_id, parcel_no),
	constraint parcel_identity_coverage_fk foreign key (zone_id, coverage_id) references coverage (zone_id, coverage_id),
	constraint parcel_identity_no_positive check (parcel_no > 0)
);
comment on table parcel_identity is 'Every parcel number ever given out in a zone, and its coverage: numbers are never reused.';

create table parcel (
	zone_id text collate "C" not null,
	coverage_id text collate "C" not null,
	parcel_no integer not null,
	version integer not null,
	rev_from integer not null,
	rev_to integer,
	code text collate "C" not null,
	code_search text collate "C" not null generated always as (lower(code)) stored,
	code_status text not null,
	geom public.geometry(multipolygon, 4490) not null,
	area_dm2 bigint not null,
	area_method text not null,
	planar_area_dm2 bigint not null,
	document_area_dm2 bigint,
	class_system text collate "C",
	class_version text collate "C",
	class_code text collate "C",
	park_id text collate "C",
	park_relation text not null,
	block_id text collate "C",
	attributes jsonb not null default '{}',
	constraint parcel_pk primary key (zone_id, coverage_id, parcel_no, version),
	constraint parcel_identity_fk foreign key (zone_id, coverage_id, parcel_no)
		references parcel_identity (zone_id, coverage_id, parcel_no),
	constraint parcel_rev_from_fk foreign key (zone_id, coverage_id, rev_from)
		references revision (zone_id, coverage_id, revision) deferrable initially deferred,
	constraint parcel_rev_to_fk foreign key (zone_id, coverage_id, rev_to)
		references revision (zone_id, coverage_id, revision) deferrable initially deferred,
	constraint parcel_class_fk foreign key (class_system, class_version, class_code)
		references land_use_class (system, version, code),
	constraint parcel_park_fk foreign key (zone_id, park_id) references park (zone_id, park_id),
	constraint parcel_block_fk foreign key (zone_id, block_id) references block (zone_id, block_id),
	constraint parcel_version_positive check (version > 0),
	constraint parcel_revisions_ordered check (rev_from < rev_to),
	constraint parcel_code_not_blank check (code ~ '\S'),
	constraint parcel_code_status_known check (code_status in ('official', 'provisional')),
	constraint parcel_geom_not_empty check (not public.st_isempty(geom)),
	constraint parcel_geom_on_grid check (is_on_grid(geom)),
	constraint parcel_geom_valid check (public.st_isvalid(geom)),
	constraint parcel_area_positive check (area_dm2 > 0),
	constraint parcel_planar_area_positive check (planar_area_dm2 > 0),
	constraint parcel_document_area_positive check (document_area_dm2 > 0),
	constraint parcel_area_method_known check (area_method in ('cgcs2000-ellipsoidal', 'trapezoid-2008')),
	constraint parcel_class_whole check (num_nulls(class_system, class_version, class_code) in (0, 3)),
	constraint parcel_park_relation_known check (park_relation in ('inside', 'outside', 'several')),
	constraint parcel_park_when_inside check ((park_relation = 'inside') = (park_id is not null)),
	constraint parcel_attributes_object check (jsonb_typeof(attributes) = 'object'),
	constraint parcel_versions_apart exclude using gist (
		parcel_no with =, int4range(rev_from, rev_to) with &&, zone_id with =
	)
);
comment on table parcel is 'Faces of a coverage over time: a row lives in the revisions [rev_from, rev_to); a change closes it and opens the next version.';
comment on column parcel.parcel_no is 'Number in the zone, never reused; the id in tiles and addresses.';
comment on column parcel.rev_to is 'First revision without this row; null: current.';
comment on column parcel.code is 'Parcel code, unique among current parcels of the coverage.';
comment on column parcel.code_status is 'official: issued by the registry; provisional: 预编.';
comment on column parcel.geom is 'EPSG:4490 as x = longitude, y = latitude in degrees, on the 2^-33 degree grid.';
comment on column parcel.area_dm2 is 'Ellipsoidal area in 0.01 m², by area_method, adjusted (平差) so that a park''s parcels sum to its outline.';
comment on column parcel.planar_area_dm2 is 'Area in the zone''s projected CRS, in 0.01 m².';
comment on column parcel.document_area_dm2 is 'Area of the document, in 0.01 m²; null: none.';
comment on column parcel.class_code is 'Null with its system and version: a parcel without a class, shown as such.';
comment on column parcel.park_relation is 'inside one park, outside every park, or across several; only the first has a park_id.';

create unique index parcel_code_current_unique on parcel (zone_id, coverage_id, code) where rev_to is null;
create index parcel_code_search on parcel (zone_id, coverage_id, code_search) where rev_to is null;
create index parcel_opened on parcel (zone_id, coverage_id, rev_from);
create index parcel_closed on parcel (zone_id, coverage_id, rev_to) where rev_to is not null;
create index parcel_geom_current on parcel using gist (geom) where rev_to is null;

create table revision_area (
	zone_id text collate "C" not null,
	coverage_id text collate "C" not null,
	revision integer not null,
	revision_area_no smallint not null,
	park_relation text not null,
	park_id text collate "C",
	outline_no smallint,
	parcel_count integer not null,
	area_dm2 bigint not null,
	constraint revision_area_pk primary key (zone_id, coverage_id, revision, revision_area_no),
	constraint revision_area_revision_fk foreign key (zone_id, coverage_id, revision)
		references revision (zone_id, coverage_id, revision),
	constraint revision_area_park_fk foreign key (zone_id, park_id) references park (zone_id, park_id),
	constraint revision_area_outline_fk foreign key (zone_id, park_id, outline_no)
		references park_outline (zone_id, park_id, outline_no),
	constraint revision_area_park_unique unique nulls not distinct (zone_id, coverage_id, revision, park_relation, park_id),
	constraint revision_area_park_when_inside check ((park_relation = 'inside') = (park_id is not null)),
	constraint revision_area_relation_known check (park_relation in ('inside', 'outside', 'several')),
	constraint revision_area_outline_of_park check (outline_no is null or park_id is not null),
	constraint revision_area_total_positive check (parcel_count > 0 and area_dm2 > 0)
);
comment on table revision_area is 'A revision''s sums by park, written by the database when the revision is sealed.';
comment on column revision_area.area_dm2 is 'Sum of the parcels'' ellipsoidal areas, in 0.01 m².';
comment on column revision_area.outline_no is 'Outline of the park that was in force at publishing; null: the park had none.';

create function check_parcel_overlap(of_zone text, of_coverage text, of_parcels integer[]) returns void
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	pairs jsonb;
begin
	-- `is not distinct from` keeps the planner on the spatial index also while it has no statistics yet.
	select jsonb_agg(jsonb_build_array(near.low, near.high))
	into pairs
	from (
		select distinct least(one.parcel_no, other.parcel_no) as low, greatest(one.parcel_no, other.parcel_no) as high
		from parcel one
		join parcel other on other.geom && one.geom
			and other.rev_to is null
			and other.zone_id is not distinct from one.zone_id
			and other.coverage_id is not distinct from one.coverage_id
		where one.zone_id = of_zone and one.coverage_id = of_coverage and one.rev_to is null
			and (
				(of_parcels is null and other.parcel_no > one.parcel_no)
				or (one.parcel_no = any (of_parcels) and other.parcel_no <> one.parcel_no)
			)
			and st_relate(one.geom, other.geom, '2********')
		limit 20
	) as near;
	if pairs is not null then
		raise exception using
			errcode = 'exclusion_violation', schema = 'yuantu', table = 'parcel', constraint = 'parcel_no_overlap',
			message = format('parcels of %s/%s overlap', of_zone, of_coverage), detail = pairs::text;
	end if;
end
$$;
comment on function check_parcel_overlap(text, text, integer[]) is
	'Raises parcel_no_overlap if current parcels of a coverage share interior; only pairs with the given parcels, or all when null. The detail is a JSON list of number pairs, at most 20.';

create function lock_current_zone() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	if current_setting('transaction_isolation') <> 'read committed' then
		raise exception using
			errcode = 'invalid_transaction_state', schema = tg_table_schema, table = tg_table_name,
			constraint = 'parcel_read_committed', message = 'parcels are written in read committed transactions only';
	end if;
	if current_zone_id() is not null then
		perform lock_zone(current_zone_id());
	end if;
	return null;
end
$$;
comment on function lock_current_zone() is 'Takes the zone''s lock before a row is touched, so that the checks after it see what earlier writers committed.';

create function check_opened_parcels() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	opened record;
begin
	for opened in
		select zone_id, coverage_id, array_agg(parcel_no) as parcel_nos, min(rev_from) as first, max(rev_from) as last,
			count(rev_to) as closed
		from opened_parcel group by zone_id, coverage_id order by zone_id, coverage_id
	loop
		perform lock_zone(opened.zone_id);
		perform check_next_revision(opened.zone_id, opened.coverage_id, opened.first, opened.last);
		if opened.closed > 0 then
			raise exception using
				errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name,
				constraint = 'parcel_opens_current', message = 'a new parcel version is current';
		end if;
		-- Only the owner's bulk load may leave the check to the seal of its revision.
		if not (current_setting('role') = 'yuantu_owner' and current_setting('yuantu.bulk', true) is not distinct from 'on') then
			perform check_parcel_overlap(opened.zone_id, opened.coverage_id, opened.parcel_nos);
		end if;
	end loop;
	return null;
end
$$;
comment on function check_opened_parcels() is 'New parcel versions open in the next revision and overlap nothing.';

create function check_closed_parcels() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	closed record;
begin
	for closed in
		select zone_id, coverage_id, min(rev_to) as first, max(rev_to) as last
		from closed_parcel group by zone_id, coverage_id order by zone_id, coverage_id
	loop
		perform lock_zone(closed.zone_id);
		perform check_next_revision(closed.zone_id, closed.coverage_id, closed.first, closed.last);
	end loop;
	return null;
end
$$;
comment on function check_closed_parcels() is 'Parcels are closed in the next revision.';

create function check_next_revision(of_zone text, of_coverage text, first_no integer, last_no integer) returns void
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	next_no integer;
begin
	select coalesce(max(r.revision), 0) + 1 into next_no
	from revision r where r.zone_id = of_zone and r.coverage_id = of_coverage;
	if first_no <> next_no or last_no <> next_no then
		raise exception using
			errcode = 'check_violation', schema = 'yuantu', table = 'parcel', constraint = 'parcel_in_next_revision',
			message = format('parcels of %s/%s can only change in revision %s', of_zone, of_coverage, next_no);
	end if;
end
$$;
comment on function check_next_revision(text, text, integer, integer) is 'Raises parcel_in_next_revision if a change is dated to any revision but the one not yet sealed.';

create function keep_parcel() returns trigger
	language plpgsql
	set search_path = yuantu, public, pg_temp
as $$
declare
	kept parcel := old;
begin
	if tg_op = 'UPDATE' and old.rev_to is null and new.rev_to is not null then
		kept.rev_to := new.rev_to;
		kept.code_search := new.code_search;
		if kept is not distinct from new then
			return new;
		end if;
	end if;
	raise exception using
		errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name, constraint = 'parcel_immutable',
		message = 'a parcel version is only ever closed; a change is a new version';
end
$$;
comment on function keep_parcel() is 'Refuses every change of a parcel version but closing it.';

create trigger parcel_insert_lock before insert on parcel for each statement execute function lock_current_zone();
create trigger parcel_update_lock before update on parcel for each statement execute function lock_current_zone();
create trigger parcel_immutable before update or delete on parcel for each row execute function keep_parcel();
create trigger parcel_opened_check after insert on parcel
	referencing new table as opened_parcel for each statement execute function check_opened_parcels();
create trigger parcel_closed_check after update on parcel
	referencing new table as closed_parcel for each statement execute function check_closed_parcels();

create function seal_revision() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	-- Keys make it so: the base exists, and it is the number before.
	last_no integer := new.revision - 1;
	moved record;
	counted record;
begin
	perform lock_zone(new.zone_id);
	if new.revision = 1 then
		analyze parcel;
		perform check_parcel_overlap(new.zone_id, new.coverage_id, null);
	else
		perform check_parcel_overlap(new.zone_id, new.coverage_id, array(
			select p.parcel_no from parcel p
			where p.zone_id = new.zone_id and p.coverage_id = new.coverage_id and p.rev_from = new.revision));
	end if;

	insert into revision_area (zone_id, coverage_id, revision, revision_area_no, park_relation, park_id, outline_no,
		parcel_count, area_dm2)
	select new.zone_id, new.coverage_id, new.revision,
		row_number() over (order by sums.park_relation, sums.park_id), sums.park_relation, sums.park_id,
		(select max(o.outline_no) from park_outline o where o.zone_id = new.zone_id and o.park_id = sums.park_id),
		sums.parcels, sums.area_dm2
	from (
		select change.park_relation, change.park_id, sum(change.parcels) as parcels, sum(change.area_dm2) as area_dm2
		from (
			select a.park_relation, a.park_id, a.parcel_count as parcels, a.area_dm2
			from revision_area a
			where a.zone_id = new.zone_id and a.coverage_id = new.coverage_id and a.revision = last_no
			union all
			select p.park_relation, p.park_id, count(*), sum(p.area_dm2)
			from parcel p
			where p.zone_id = new.zone_id and p.coverage_id = new.coverage_id and p.rev_from = new.revision
			group by p.park_relation, p.park_id
			union all
			select p.park_relation, p.park_id, -count(*), -sum(p.area_dm2)
			from parcel p
			where p.zone_id = new.zone_id and p.coverage_id = new.coverage_id and p.rev_to = new.revision
			group by p.park_relation, p.park_id
		) as change
		group by change.park_relation, change.park_id
		having sum(change.parcels) > 0
	) as sums;

	select coalesce(sum(a.parcel_count), 0) as parcels, coalesce(sum(a.area_dm2), 0) as area_dm2 into counted
	from revision_area a
	where a.zone_id = new.zone_id and a.coverage_id = new.coverage_id and a.revision = new.revision;
	if counted.parcels <> new.parcel_count or counted.area_dm2 <> new.area_total_dm2 then
		raise exception using
			errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name,
			constraint = 'revision_total_matches',
			message = format('the parcels are %s with %s dm², not %s with %s dm²',
				counted.parcels, counted.area_dm2, new.parcel_count, new.area_total_dm2);
	end if;

	if new.revision > 1 then
		-- A sum may move only with its outline, or to meet the outline exactly; outside the parks only what the parks gained or gave.
		select coalesce(a.park_id, b.park_id) as park_id, coalesce(b.area_dm2, 0) as was_dm2, coalesce(a.area_dm2, 0) as is_dm2
		into moved
		from (select * from revision_area x where x.zone_id = new.zone_id and x.coverage_id = new.coverage_id
				and x.revision = new.revision and x.park_id is not null) a
		full join (select * from revision_area x where x.zone_id = new.zone_id and x.coverage_id = new.coverage_id
				and x.revision = last_no and x.park_id is not null) b on b.park_id = a.park_id
		where coalesce(a.area_dm2, 0) <> coalesce(b.area_dm2, 0)
			and (a.park_id is null or b.park_id is null or a.outline_no is not distinct from b.outline_no)
			and not exists (
				select from park_outline o
				where o.zone_id = new.zone_id and o.park_id = a.park_id and o.outline_no = a.outline_no
					and o.area_dm2 = a.area_dm2)
		limit 1;
		if found then
			raise exception using
				errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name,
				constraint = 'revision_park_area_kept',
				message = format('the parcels of park %s were %s dm² and would be %s dm²',
					moved.park_id, moved.was_dm2, moved.is_dm2);
		end if;
		if new.area_total_dm2 <> (
				select r.area_total_dm2 from revision r
				where r.zone_id = new.zone_id and r.coverage_id = new.coverage_id and r.revision = last_no)
			and not exists (
				select from revision_area a left join revision_area b on b.zone_id = a.zone_id
					and b.coverage_id = a.coverage_id and b.park_id = a.park_id and b.revision = last_no
				where a.zone_id = new.zone_id and a.coverage_id = new.coverage_id and a.revision = new.revision
					and a.park_id is not null and (b.park_id is null or a.outline_no is distinct from b.outline_no))
		then
			raise exception using
				errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name,
				constraint = 'revision_area_kept', message = 'the area of all parcels changes only with an outline';
		end if;
	end if;
	return null;
end
$$;
comment on function seal_revision() is
	'Seals a revision: nothing of it overlaps, its totals are those of its parcels, and every park keeps its area unless its outline changed.';
create trigger revision_seal after insert on revision for each row execute function seal_revision();

alter table coverage enable row level security;
alter table revision enable row level security;
alter table revision_area enable row level security;
alter table parcel_identity enable row level security;
alter table parcel enable row level security;

create policy coverage_select on coverage for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and grade_rank(publication_grade) <= viewer_rank());

create policy revision_select on revision for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and coverage_id in (
		select c.coverage_id from coverage c
		where c.zone_id = current_zone_id() and grade_rank(c.publication_grade) <= viewer_rank()));
create policy revision_insert on revision for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() = 3);

create policy revision_area_select on revision_area for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and coverage_id in (
		select c.coverage_id from coverage c
		where c.zone_id = current_zone_id() and grade_rank(c.publication_grade) <= viewer_rank()));

create policy parcel_identity_select on parcel_identity for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and coverage_id in (
		select c.coverage_id from coverage c
		where c.zone_id = current_zone_id() and grade_rank(c.publication_grade) <= viewer_rank()));
create policy parcel_identity_insert on parcel_identity for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() = 3);

-- Both lists are read once per query, not once per parcel.
create policy parcel_select on parcel for select to yuantu_app, yuantu_read
	using (
		zone_id = current_zone_id()
		and coverage_id in (
			select c.coverage_id from coverage c
			where c.zone_id = current_zone_id() and grade_rank(c.publication_grade) <= viewer_rank())
		and (class_code is null or (class_system, class_version, class_code) in (
			select k.system, k.version, k.code from land_use_class k
			where grade_rank(k.publication_grade) <= viewer_rank()))
	);
create policy parcel_insert on parcel for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() = 3);
create policy parcel_update on parcel for update to yuantu_app
	using (zone_id = current_zone_id() and viewer_rank() = 3)
	with check (zone_id = current_zone_id() and viewer_rank() = 3);

grant select on coverage, revision, revision_area, parcel_identity, parcel to yuantu_app, yuantu_read;
grant insert on revision, parcel_identity, parcel to yuantu_app;
grant update (rev_to) on parcel to yuantu_app;
revoke execute on function check_parcel_overlap(text, text, integer[]), lock_current_zone(), check_opened_parcels(),
	check_closed_parcels(), check_next_revision(text, text, integer, integer), keep_parcel(), seal_revision() from public;
