-- History: what was published is the whole office's to read, and a revision can be taken out of public view, never away.

create table revision_view_event (
	zone_id text collate "C" not null,
	coverage_id text collate "C" not null,
	revision integer not null,
	event_no integer not null,
	event text not null,
	reason text not null,
	user_id text collate "C" not null,
	occurred_at timestamptz not null,
	constraint revision_view_event_pk primary key (zone_id, coverage_id, revision, event_no),
	constraint revision_view_event_revision_fk foreign key (zone_id, coverage_id, revision)
		references revision (zone_id, coverage_id, revision),
	constraint revision_view_event_user_fk foreign key (user_id) references app_user (user_id),
	constraint revision_view_event_known check (event in ('withdraw', 'give_back')),
	constraint revision_view_event_reasoned check (reason ~ '\S' and length(reason) <= 10000)
);
comment on table revision_view_event is 'When a revision was withdrawn from public view and given back, by whom and why: append-only. Without any it is in public view.';
comment on column revision_view_event.occurred_at is 'Instant at which the act happened by the service''s clock.';

create function withdrawn_revisions()
	returns table (zone_id text, coverage_id text, revision integer, content_id text)
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	begin atomic
		select r.zone_id, r.coverage_id, r.revision, r.checksum
		from (
			select distinct on (e.zone_id, e.coverage_id, e.revision) e.zone_id, e.coverage_id, e.revision, e.event
			from revision_view_event e
			where e.zone_id = current_zone_id() or current_zone_id() = '*'
			order by e.zone_id, e.coverage_id, e.revision, e.event_no desc
		) as last
		join revision r on r.zone_id = last.zone_id and r.coverage_id = last.coverage_id and r.revision = last.revision
		where last.event = 'withdraw';
	end;
comment on function withdrawn_revisions() is
	'The revisions of this transaction''s zone, or of all with the directory open, that are withdrawn from public view.';

create function guard_revision_view_event() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	last revision_view_event;
begin
	perform lock_zone(new.zone_id);
	select * into last from revision_view_event e
	where (e.zone_id, e.coverage_id, e.revision) = (new.zone_id, new.coverage_id, new.revision)
	order by e.event_no desc limit 1;
	if new.event = coalesce(last.event, 'give_back') then
		raise exception using
			errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name,
			constraint = 'revision_view_event_alternates',
			message = format('revision %s is so already: %s', new.revision, new.event);
	end if;
	new.event_no := coalesce(last.event_no, 0) + 1;
	new.user_id := current_user_id();
	return new;
end
$$;
comment on function guard_revision_view_event() is 'Numbers an event of a revision''s view, by the acting account; what is withdrawn can only be given back.';
create trigger revision_view_event_guard before insert on revision_view_event
	for each row execute function guard_revision_view_event();
create trigger revision_view_event_append_only before update or delete or truncate on revision_view_event
	for each statement execute function keep_sealed();

alter table revision_view_event enable row level security;
create policy revision_view_event_select on revision_view_event for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() = 3);
create policy revision_view_event_insert on revision_view_event for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() = 3 and may('changeset.publish', zone_id, null));
grant select on revision_view_event to yuantu_app, yuantu_read;
grant insert (zone_id, coverage_id, revision, event, reason, occurred_at) on revision_view_event to yuantu_app;

-- Below the office grade a withdrawn revision is not there, nor is a parcel version that only withdrawn ones have. The list is made once per query.
drop policy revision_select on revision;
create policy revision_select on revision for select to yuantu_app, yuantu_read
	using (
		zone_id = current_zone_id()
		and coverage_id in (
			select c.coverage_id from coverage c
			where c.zone_id = current_zone_id() and grade_rank(c.publication_grade) <= viewer_rank())
		and (viewer_rank() = 3 or (coverage_id, revision) not in (
			select w.coverage_id, w.revision from withdrawn_revisions() w))
	);
drop policy revision_area_select on revision_area;
create policy revision_area_select on revision_area for select to yuantu_app, yuantu_read
	using (
		zone_id = current_zone_id()
		and coverage_id in (
			select c.coverage_id from coverage c
			where c.zone_id = current_zone_id() and grade_rank(c.publication_grade) <= viewer_rank())
		and (viewer_rank() = 3 or (coverage_id, revision) not in (
			select w.coverage_id, w.revision from withdrawn_revisions() w))
	);
drop policy parcel_select on parcel;
create policy parcel_select on parcel for select to yuantu_app, yuantu_read
	using (
		zone_id = current_zone_id()
		and coverage_id in (
			select c.coverage_id from coverage c
			where c.zone_id = current_zone_id() and grade_rank(c.publication_grade) <= viewer_rank())
		and (class_code is null or (class_system, class_version, class_code) in (
			select k.system, k.version, k.code from land_use_class k
			where grade_rank(k.publication_grade) <= viewer_rank()))
		and (viewer_rank() = 3 or not exists (select from withdrawn_revisions()) or exists (
			select from revision r
			where r.zone_id = parcel.zone_id and r.coverage_id = parcel.coverage_id and r.revision >= parcel.rev_from
				and (parcel.rev_to is null or r.revision < parcel.rev_to)))
	);

-- A changeset that was published is no draft any more: who wrote, approved and published it, why, and on what papers.
create policy changeset_select_published on changeset for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and published_revision is not null and (select may('office.read', current_zone_id())));
create policy changeset_event_select_published on changeset_event for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and event in ('approve', 'publish') and (select may('office.read', current_zone_id())) and exists (
		select from changeset c
		where c.zone_id = changeset_event.zone_id and c.changeset_no = changeset_event.changeset_no
			and c.published_revision is not null));
create policy changeset_paper_select_published on changeset_paper for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('office.read', current_zone_id())) and exists (
		select from changeset c
		where c.zone_id = changeset_paper.zone_id and c.changeset_no = changeset_paper.changeset_no
			and c.published_revision is not null));

create index parcel_lineage_from on parcel_lineage (zone_id, coverage_id, from_no);

revoke execute on function withdrawn_revisions(), guard_revision_view_event() from public;
grant execute on function withdrawn_revisions() to yuantu_app, yuantu_read;
