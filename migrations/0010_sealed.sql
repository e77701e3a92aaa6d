-- What a revision seals stays: its row, its sums and what is recorded on its parcels, for the owner too.

create function keep_sealed() returns trigger
	language plpgsql
	set search_path = yuantu, public, pg_temp
as $$
begin
	raise exception using
		errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name, constraint = tg_name,
		message = format('rows of %s are never changed or removed: publish the next revision', tg_table_name);
end
$$;
comment on function keep_sealed() is 'Refuses a statement in the name of its trigger, for the owner too.';

create trigger revision_immutable before update or delete or truncate on revision
	for each statement execute function keep_sealed();
create trigger revision_area_immutable before update or delete or truncate on revision_area
	for each statement execute function keep_sealed();
create trigger planning_condition_immutable before update or delete or truncate on planning_condition
	for each statement execute function keep_sealed();
create trigger stock_status_immutable before update or delete or truncate on stock_status
	for each statement execute function keep_sealed();
create trigger parcel_identity_immutable before update or delete or truncate on parcel_identity
	for each statement execute function keep_sealed();
create trigger parcel_not_emptied before truncate on parcel
	for each statement execute function keep_sealed();
create trigger park_outline_not_emptied before truncate on park_outline
	for each statement execute function keep_sealed();

create function check_recorded_facts() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	late record;
begin
	select f.zone_id, f.coverage_id, f.parcel_no into late
	from recorded_fact f
	join parcel p on p.zone_id = f.zone_id and p.coverage_id = f.coverage_id
		and p.parcel_no = f.parcel_no and p.version = f.version
	join revision r on r.zone_id = p.zone_id and r.coverage_id = p.coverage_id and r.revision = p.rev_from
	limit 1;
	if found then
		raise exception using
			errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name, constraint = tg_name,
			message = format('parcel %s of %s/%s is sealed: what is recorded on it comes with its next version',
				late.parcel_no, late.zone_id, late.coverage_id);
	end if;
	return null;
end
$$;
comment on function check_recorded_facts() is
	'Refuses facts on a parcel version whose revision is sealed: a revision''s checksum names them too.';

create trigger planning_condition_before_seal after insert on planning_condition
	referencing new table as recorded_fact for each statement execute function check_recorded_facts();
create trigger stock_status_before_seal after insert on stock_status
	referencing new table as recorded_fact for each statement execute function check_recorded_facts();

create or replace function seal_revision() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	-- Keys make it so: the base exists, and it is the number before.
	last_no integer := new.revision - 1;
	-- The day of publishing by the zone's clock, on which an outline is in force or not.
	published_on date := (
		select (new.published_at at time zone z.time_zone)::date from zone z where z.zone_id = new.zone_id);
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
		(select o.outline_no from park_outline o
			where o.zone_id = new.zone_id and o.park_id = sums.park_id
				and daterange(o.valid_from, o.valid_to) @> published_on),
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

revoke execute on function keep_sealed(), check_recorded_facts() from public;
comment on column revision.checksum is
	'SHA-256 of the content, conditions and stock status included, hex; the content''s name in addresses.';
