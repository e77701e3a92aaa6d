create table audit_event (
	zone_id text collate "C" not null,
	event_no bigint not null,
	recorded_at timestamptz not null,
	occurred_at timestamptz not null,
	actor text not null,
	action text collate "C" not null,
	entity text collate "C" not null,
	details jsonb not null default '{}',
	canonical bytea not null,
	previous_hash bytea not null,
	hash bytea not null,
	constraint audit_event_pk primary key (zone_id, event_no),
	constraint audit_event_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint audit_event_no_positive check (event_no > 0),
	constraint audit_event_actor_not_blank check (actor ~ '\S'),
	constraint audit_event_action_form check (action ~ '^[a-z][a-z0-9-]*([.][a-z][a-z0-9-]*)+$'),
	constraint audit_event_details_object check (jsonb_typeof(details) = 'object'),
	constraint audit_event_hash_holds check (
		octet_length(previous_hash) = 32 and hash = sha256(previous_hash || canonical)
	)
);
comment on table audit_event is 'What was done, by whom: append-only, one hash chain per zone. The database numbers, writes the canonical bytes and chains.';
comment on column audit_event.recorded_at is 'Instant at which the database wrote the row.';
comment on column audit_event.occurred_at is 'Instant at which the act happened by the service''s clock.';
comment on column audit_event.entity is 'What was acted on, such as revision/plan/1.';
comment on column audit_event.canonical is 'UTF-8 JSON of the event as it was recorded; the hash is taken over these bytes.';
comment on column audit_event.previous_hash is 'SHA-256 of the event before in this zone; 32 zero bytes at the first.';
comment on column audit_event.hash is 'SHA-256 of previous_hash followed by canonical.';

create function audit_content(event audit_event) returns jsonb
	language sql stable
	return jsonb_build_object(
		'zone', (event).zone_id, 'no', (event).event_no,
		'recordedAt', to_char((event).recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
		'occurredAt', to_char((event).occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
		'actor', (event).actor, 'action', (event).action, 'entity', (event).entity, 'details', (event).details);
comment on function audit_content(audit_event) is 'The event as JSON, all its facts and nothing of its chain.';

create function chain_audit_event() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	last audit_event;
begin
	perform pg_advisory_xact_lock(hashtextextended('yuantu.audit/' || new.zone_id, 0));
	select * into last from audit_event e where e.zone_id = new.zone_id order by e.event_no desc limit 1;
	new.event_no := coalesce(last.event_no, 0) + 1;
	new.recorded_at := clock_timestamp();
	new.occurred_at := coalesce(new.occurred_at, new.recorded_at);
	new.previous_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
	new.canonical := convert_to(audit_content(new)::text, 'UTF8');
	new.hash := sha256(new.previous_hash || new.canonical);
	return new;
end
$$;
comment on function chain_audit_event() is 'Numbers a new event and chains it to the one before, whatever the writer sent.';
create trigger audit_event_chain before insert on audit_event for each row execute function chain_audit_event();

create function keep_audit_event() returns trigger
	language plpgsql
	set search_path = yuantu, public, pg_temp
as $$
begin
	raise exception using
		errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name, constraint = 'audit_event_append_only',
		message = 'audit events are never changed or removed';
end
$$;
comment on function keep_audit_event() is 'Refuses every change of the audit trail, for the owner too.';
create trigger audit_event_append_only before update or delete or truncate on audit_event
	for each statement execute function keep_audit_event();

create function audit_chain_faults(of_zone text) returns table (event_no bigint, fault text)
	language sql stable
	begin atomic
		select linked.event_no, found.fault
		from (
			select e.event_no, e.hash, e.previous_hash, e.canonical, audit_content(e) as content,
				row_number() over in_order as position,
				lag(e.hash, 1, decode(repeat('00', 32), 'hex')) over in_order as before_hash
			from audit_event e
			where e.zone_id = of_zone
			window in_order as (order by e.event_no)
		) as linked
		cross join lateral (
			values
				(linked.event_no <> linked.position, 'number'),
				(linked.previous_hash <> linked.before_hash, 'link'),
				(linked.hash <> sha256(linked.previous_hash || linked.canonical), 'hash'),
				(linked.canonical <> convert_to(linked.content::text, 'UTF8'), 'content')
		) as found (is_broken, fault)
		where found.is_broken
		order by linked.event_no, found.fault;
	end;
comment on function audit_chain_faults(text) is
	'Lists where a zone''s chain is broken: number (a gap), link (not the hash before), hash (not of these bytes), content (columns differ from the bytes).';

alter table audit_event enable row level security;
create policy audit_event_select on audit_event for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() = 3);
create policy audit_event_insert on audit_event for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() is not null);
grant select on audit_event to yuantu_app, yuantu_read;
grant insert (zone_id, occurred_at, actor, action, entity, details) on audit_event to yuantu_app;
revoke execute on function audit_content(audit_event), chain_audit_event(), keep_audit_event(), audit_chain_faults(text)
	from public;
grant execute on function audit_content(audit_event), audit_chain_faults(text) to yuantu_app, yuantu_read;
