-- Supervision of supplies: what is recorded beside the events that move them, proceedings about idle land, notes on land that waits.
-- Nothing is changed afterwards: what was wrong is replaced by another row. That land is idle is a recorded finding, never a date.

create table supply_fact (
	zone_id text collate "C" not null,
	supply_no integer not null,
	fact_no integer not null,
	kind text collate "C" not null,
	facts jsonb not null,
	document text not null,
	replaces_no integer,
	is_void boolean not null default false,
	user_id text collate "C",
	occurred_at timestamptz not null,
	constraint supply_fact_pk primary key (zone_id, supply_no, fact_no),
	constraint supply_fact_supply_fk foreign key (zone_id, supply_no) references supply (zone_id, supply_no),
	constraint supply_fact_user_fk foreign key (user_id) references app_user (user_id),
	constraint supply_fact_replaces_once unique (zone_id, supply_no, replaces_no),
	constraint supply_fact_kind_known check (
		kind in ('progress', 'figures', 'pause', 'rent_review', 'indicator', 'assessment', 'exit', 'transfer', 'price')
	),
	constraint supply_fact_object check (jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 16384),
	constraint supply_fact_proven check (document ~ '\S' and length(document) <= 500),
	constraint supply_fact_void_replaces check (not is_void or replaces_no is not null)
);
comment on table supply_fact is 'What is recorded of a supply beside the events that move it, by kind: progress of works, figures, pauses, rents set anew, indicators and assessments of the performance agreement 履约监管协议, exit, transfers, prices. Append-only.';
comment on column supply_fact.facts is 'What was recorded: days, money in fen, areas in 0.01 m²; by the schema of its kind.';
comment on column supply_fact.document is 'Document or record that shows it.';
comment on column supply_fact.replaces_no is 'Row whose place it takes, of the same kind; null: none.';
comment on column supply_fact.is_void is 'True: takes the row back, and says nothing in its place.';
comment on column supply_fact.occurred_at is 'Instant at which it was recorded by the service''s clock.';

create table idle_transition (
	from_state text collate "C" not null,
	step text collate "C" not null,
	to_state text collate "C" not null,
	permission text collate "C" not null,
	acted_by text not null,
	constraint idle_transition_pk primary key (from_state, step)
);
comment on table idle_transition is 'Steps of proceedings about idle land 闲置土地调查处理; the same table is in the program (lib/domain/supply/idle-proceeding.ts), and a test holds the two equal.';
insert into idle_transition (from_state, step, to_state, permission, acted_by) values
	('none', 'investigate', 'investigating', 'supply.manage', 'anyone'),
	('investigating', 'hear', 'heard', 'supply.manage', 'anyone'),
	('investigating', 'withdraw', 'none', 'supply.decide', 'another'),
	('heard', 'withdraw', 'none', 'supply.decide', 'another'),
	('heard', 'find_not_idle', 'none', 'supply.decide', 'another'),
	('heard', 'find_idle', 'found_idle', 'supply.decide', 'another'),
	('found_idle', 'decide', 'decided', 'supply.decide', 'another'),
	('decided', 'close', 'none', 'supply.manage', 'anyone');

create table idle_step (
	zone_id text collate "C" not null,
	supply_no integer not null,
	step_no integer not null,
	step text collate "C" not null,
	from_state text collate "C" not null,
	to_state text collate "C" not null,
	on_day date not null,
	facts jsonb not null,
	document text not null,
	user_id text collate "C",
	occurred_at timestamptz not null,
	constraint idle_step_pk primary key (zone_id, supply_no, step_no),
	constraint idle_step_supply_fk foreign key (zone_id, supply_no) references supply (zone_id, supply_no),
	constraint idle_step_user_fk foreign key (user_id) references app_user (user_id),
	constraint idle_step_facts_object check (jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 16384),
	constraint idle_step_proven check (document ~ '\S' and length(document) <= 500)
);
comment on table idle_step is 'Steps of proceedings about idle land, each with its document: append-only. The database numbers a step and says from where to where; only a recorded finding says 闲置.';
comment on column idle_step.on_day is 'Day of the document.';
comment on column idle_step.facts is 'What was recorded with it: causes, hearing, measure, money in fen; by the step''s schema.';
comment on column idle_step.document is 'Notice, record or decision by number.';
comment on column idle_step.occurred_at is 'Instant at which it was recorded by the service''s clock.';

create table land_note (
	zone_id text collate "C" not null,
	note_no integer not null,
	list text collate "C" not null,
	batch_no integer,
	plot_no integer,
	cause text not null,
	proposal text,
	stated_on date not null,
	user_id text collate "C",
	recorded_at timestamptz not null default clock_timestamp(),
	constraint land_note_pk primary key (zone_id, note_no),
	constraint land_note_batch_fk foreign key (zone_id, batch_no) references conversion_batch (zone_id, batch_no),
	constraint land_note_plot_fk foreign key (zone_id, plot_no) references plot (zone_id, plot_no),
	constraint land_note_user_fk foreign key (user_id) references app_user (user_id),
	constraint land_note_list_known check (
		list in ('approved_not_supplied', 'supplied_not_used', 'used_insufficiently', 'low_efficiency')
	),
	constraint land_note_subject check (
		case when list = 'approved_not_supplied' then num_nonnulls(batch_no) = 1 and plot_no is null
		else batch_no is null and num_nonnulls(plot_no) = 1 end
	),
	constraint land_note_text check (cause ~ '\S' and length(cause) <= 500 and length(proposal) <= 500)
);
create index land_note_of_batch on land_note (zone_id, batch_no) where batch_no is not null;
create index land_note_of_plot on land_note (zone_id, plot_no) where plot_no is not null;
comment on table land_note is 'Why land waits and what is proposed, as an official recorded it for a list; of each list and subject the last row counts.';
comment on column land_note.stated_on is 'Day to which the note refers.';
comment on column land_note.recorded_at is 'Instant at which the database wrote the row.';

alter table supply_secret add column after_event integer not null default 0;
comment on column supply_secret.after_event is 'Number of the event that was the last when it was recorded: a reserve price binds the offer that comes next or runs.';

create index supply_by_due on supply (zone_id, due_on, supply_no) where due_on is not null;

create function guard_supply_fact() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	perform from supply s where s.zone_id = new.zone_id and s.supply_no = new.supply_no for update;
	new.fact_no := (select coalesce(max(r.fact_no), 0) + 1 from supply_fact r
		where r.zone_id = new.zone_id and r.supply_no = new.supply_no);
	if new.replaces_no is not null and not exists (
		select from supply_fact r
		where r.zone_id = new.zone_id and r.supply_no = new.supply_no and r.fact_no = new.replaces_no
			and r.kind = new.kind and not r.is_void)
	then
		perform raise_supply('supply_fact_replaces', 'what is replaced is a row of the same kind that stands');
	end if;
	new.user_id := current_user_id();
	return new;
end
$$;
comment on function guard_supply_fact() is 'Numbers what is recorded of a supply, says who it was, and admits a replacement of the same kind only.';
create trigger supply_fact_guard before insert on supply_fact for each row execute function guard_supply_fact();

create function guard_idle_step() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	before_it idle_step;
	line idle_transition;
begin
	if current_user_id() is not null and not may('supply.read', new.zone_id) then
		perform raise_supply('idle_step_permitted', format('%s is not permitted', new.step));
	end if;
	perform from supply s where s.zone_id = new.zone_id and s.supply_no = new.supply_no for update;
	select * into before_it from idle_step e
	where e.zone_id = new.zone_id and e.supply_no = new.supply_no order by e.step_no desc limit 1;
	select * into line from idle_transition t
	where t.from_state = coalesce(before_it.to_state, 'none') and t.step = new.step;
	if line.step is null then
		perform raise_supply('idle_step_possible', format('%s does not follow %s', new.step, coalesce(before_it.to_state, 'none')));
	end if;
	-- A load has no account: the owner wrote it, policies let nobody else.
	if current_user_id() is not null then
		if line.acted_by = 'another' and before_it.user_id is not distinct from current_user_id() then
			perform raise_supply('idle_step_by_another', format('%s is for somebody else than who acted before', new.step));
		end if;
		if not may(line.permission, new.zone_id, park_of_supply(new.zone_id, new.supply_no)) then
			perform raise_supply('idle_step_permitted', format('%s is not permitted', new.step));
		end if;
	end if;
	new.step_no := coalesce(before_it.step_no, 0) + 1;
	new.from_state := line.from_state;
	new.to_state := line.to_state;
	new.user_id := current_user_id();
	return new;
end
$$;
comment on function guard_idle_step() is 'Admits a step that the proceedings know, by somebody who may do it; numbers it.';
create trigger idle_step_guard before insert on idle_step for each row execute function guard_idle_step();

create function number_land_note() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	perform lock_supply(new.zone_id);
	new.note_no := (select coalesce(max(r.note_no), 0) + 1 from land_note r where r.zone_id = new.zone_id);
	new.user_id := current_user_id();
	return new;
end
$$;
comment on function number_land_note() is 'Numbers a note on land that waits, and says who it was.';
create trigger land_note_number before insert on land_note for each row execute function number_land_note();

create function mark_supply_secret() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	new.after_event := (select coalesce(max(e.event_no), 0) from supply_event e
		where e.zone_id = new.zone_id and e.supply_no = new.supply_no);
	return new;
end
$$;
comment on function mark_supply_secret() is 'Says after which event a reserve price or a bid was recorded.';
create trigger supply_secret_mark before insert on supply_secret for each row execute function mark_supply_secret();

create trigger supply_fact_append_only before update or delete or truncate on supply_fact
	for each statement execute function keep_sealed();
create trigger idle_step_append_only before update or delete or truncate on idle_step
	for each statement execute function keep_sealed();
create trigger land_note_append_only before update or delete or truncate on land_note
	for each statement execute function keep_sealed();

alter table supply_fact enable row level security;
alter table idle_transition enable row level security;
alter table idle_step enable row level security;
alter table land_note enable row level security;
create policy supply_fact_select on supply_fact for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy supply_fact_insert on supply_fact for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_supply(zone_id, supply_no)));
create policy idle_transition_select on idle_transition for select to yuantu_app, yuantu_read using (viewer_rank() >= 1);
create policy idle_step_select on idle_step for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
-- Who may add which step is said by its trigger.
create policy idle_step_insert on idle_step for insert to yuantu_app
	with check (zone_id = current_zone_id() and user_id = current_user_id());
create policy land_note_select on land_note for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy land_note_insert on land_note for insert to yuantu_app
	with check (zone_id = current_zone_id()
		and may('supply.manage', zone_id, case when plot_no is null then null else park_of_plot(zone_id, plot_no) end));

grant select on supply_fact, idle_transition, idle_step, land_note to yuantu_app, yuantu_read;
grant insert (zone_id, supply_no, kind, facts, document, replaces_no, is_void, occurred_at) on supply_fact to yuantu_app;
grant insert (zone_id, supply_no, step, on_day, facts, document, occurred_at) on idle_step to yuantu_app;
grant insert (zone_id, list, batch_no, plot_no, cause, proposal, stated_on) on land_note to yuantu_app;

revoke execute on function guard_supply_fact(), guard_idle_step(), number_land_note(), mark_supply_secret() from public;
