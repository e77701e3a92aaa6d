-- Supplies of plots: programme, events that move them, corrections, what stays hidden until close, and payments as recorded.
-- The program decides first and says why; here is the last line: one open supply a plot, states moved by events that the life cycle
-- knows, by somebody who may and, where two are asked for, by another than before; nothing is changed afterwards.

create table supply_programme (
	zone_id text collate "C" not null,
	year integer not null,
	number text not null,
	approved_on date,
	source text not null,
	is_synthetic boolean not null,
	constraint supply_programme_pk primary key (zone_id, year),
	constraint supply_programme_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint supply_programme_year_range check (year between 1990 and 2200),
	constraint supply_programme_text_length check (length(number) <= 100 and length(source) <= 500)
);
comment on table supply_programme is 'Yearly land-supply programmes 年度供地计划; what is in them is told by the supplies.';
comment on column supply_programme.approved_on is 'Day of its approval; null: not stated.';
comment on column supply_programme.is_synthetic is 'True: made up for the demo.';

create table supply_mode (
	mode text collate "C" not null,
	path text collate "C" not null,
	constraint supply_mode_pk primary key (mode)
);
comment on table supply_mode is 'Supply modes 供地方式 and the path on which each goes; the same table is in the program (lib/domain/supply/mode.ts), and a test holds the two equal.';
insert into supply_mode (mode, path) values
	('allocation', 'allocation'),
	('grant', 'grant'), ('flexible_term_grant', 'grant'), ('grant_with_structures', 'grant'), ('grant_with_scheme', 'grant'),
	('capital_contribution', 'contribution'),
	('lease', 'lease'), ('long_lease', 'lease'),
	('lease_and_grant', 'lease_and_grant'),
	('lease_then_grant', 'lease_then_grant');

create table supply_transition (
	path text collate "C" not null,
	from_state text collate "C" not null,
	event text collate "C" not null,
	to_state text collate "C" not null,
	permission text collate "C" not null,
	acted_by text not null,
	constraint supply_transition_pk primary key (path, from_state, event)
);
comment on table supply_transition is 'The life of a supply; the same table is in the program (lib/domain/supply/life-cycle.ts), and a test holds the two equal.';
insert into supply_transition (path, from_state, event, to_state, permission, acted_by)
select path, l.from_state, l.event, l.to_state, l.permission, l.acted_by
from (values
	('{allocation,grant,contribution,lease,lease_and_grant,lease_then_grant}', 'programmed', 'cancel', 'cancelled', 'supply.manage', 'anyone'),
	('{allocation,grant,contribution,lease,lease_and_grant,lease_then_grant}', 'programmed', 'offer', 'offered', 'supply.decide', 'another'),
	('{allocation,grant,contribution,lease,lease_and_grant,lease_then_grant}', 'offered', 'withdraw_offer', 'programmed', 'supply.manage', 'anyone'),
	('{allocation,grant,contribution,lease,lease_and_grant,lease_then_grant}', 'offered', 'close_unsold', 'programmed', 'supply.manage', 'anyone'),
	('{allocation,grant,contribution,lease,lease_and_grant,lease_then_grant}', 'offered', 'award', 'awarded', 'supply.manage', 'anyone'),
	('{allocation,grant,contribution,lease,lease_and_grant,lease_then_grant}', 'awarded', 'void_award', 'programmed', 'supply.decide', 'another'),
	('{allocation,grant,contribution,lease_and_grant}', 'awarded', 'sign', 'signed', 'supply.manage', 'anyone'),
	('{lease,lease_then_grant}', 'awarded', 'sign_lease', 'lease_signed', 'supply.manage', 'anyone'),
	('{allocation}', 'signed', 'hand_over', 'allocated', 'supply.manage', 'anyone'),
	('{grant}', 'signed', 'hand_over', 'granted', 'supply.manage', 'anyone'),
	('{contribution}', 'signed', 'hand_over', 'contributed', 'supply.manage', 'anyone'),
	('{lease_and_grant}', 'signed', 'hand_over', 'held_in_parts', 'supply.manage', 'anyone'),
	('{lease,lease_then_grant}', 'lease_signed', 'hand_over', 'in_lease', 'supply.manage', 'anyone'),
	('{lease_then_grant}', 'in_lease', 'open_review', 'in_review', 'supply.manage', 'anyone'),
	('{lease_then_grant}', 'in_review', 'pass_review', 'review_passed', 'supply.decide', 'another'),
	('{lease_then_grant}', 'in_review', 'fail_review', 'failed', 'supply.decide', 'another'),
	('{lease_then_grant}', 'in_review', 'extend_lease', 'in_lease', 'supply.decide', 'another'),
	('{lease_then_grant}', 'review_passed', 'sign_grant', 'granted', 'supply.manage', 'anyone'),
	('{lease}', 'in_lease', 'renew', 'in_lease', 'supply.decide', 'another'),
	('{grant,lease_then_grant}', 'granted', 'renew', 'granted', 'supply.decide', 'another'),
	('{lease_then_grant}', 'failed', 'end', 'ended', 'supply.decide', 'another'),
	('{lease,lease_then_grant}', 'in_lease', 'end', 'ended', 'supply.decide', 'another'),
	('{allocation}', 'allocated', 'end', 'ended', 'supply.decide', 'another'),
	('{grant,lease_then_grant}', 'granted', 'end', 'ended', 'supply.decide', 'another'),
	('{contribution}', 'contributed', 'end', 'ended', 'supply.decide', 'another'),
	('{lease_and_grant}', 'held_in_parts', 'end', 'ended', 'supply.decide', 'another')
) as l (paths, from_state, event, to_state, permission, acted_by), unnest(l.paths::text[]) as path;

create table supply (
	zone_id text collate "C" not null,
	supply_no integer not null,
	client_id text collate "C" not null,
	plot_no integer not null,
	mode text collate "C" not null,
	year integer not null,
	quarter smallint not null,
	state text collate "C" not null default 'programmed',
	edit_no integer not null default 0,
	due_on date,
	user_id text collate "C",
	recorded_at timestamptz not null default clock_timestamp(),
	constraint supply_pk primary key (zone_id, supply_no),
	constraint supply_client_unique unique (zone_id, client_id),
	constraint supply_plot_fk foreign key (zone_id, plot_no) references plot (zone_id, plot_no),
	constraint supply_mode_fk foreign key (mode) references supply_mode (mode),
	constraint supply_programme_fk foreign key (zone_id, year) references supply_programme (zone_id, year),
	constraint supply_user_fk foreign key (user_id) references app_user (user_id),
	constraint supply_no_positive check (supply_no > 0),
	constraint supply_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$'),
	constraint supply_quarter_range check (quarter between 1 and 4),
	constraint supply_state_known check (state in ('programmed', 'cancelled', 'offered', 'awarded', 'signed', 'lease_signed',
		'allocated', 'contributed', 'held_in_parts', 'in_lease', 'in_review', 'review_passed', 'failed', 'granted', 'ended'))
);
create unique index supply_plot_once on supply (zone_id, plot_no) where state not in ('cancelled', 'ended');
create index supply_by_state on supply (zone_id, state, supply_no);
comment on table supply is 'Supplies 供应: one attempt to put a plot into somebody''s hands, from the programme to the end of the right.';
comment on column supply.client_id is 'Id that the writer gave it: sending twice makes one.';
comment on column supply.edit_no is 'Goes up with every event and correction: names the state that a writer saw.';
comment on column supply.due_on is 'Next day on which something is due, as reckoned when it was last written; null: nothing.';
comment on column supply.recorded_at is 'Instant at which the database wrote the row.';

create table supply_event (
	zone_id text collate "C" not null,
	supply_no integer not null,
	event_no integer not null,
	event text collate "C" not null,
	from_state text collate "C" not null,
	to_state text collate "C" not null,
	facts jsonb not null,
	unknowns jsonb not null default '[]',
	user_id text collate "C",
	occurred_at timestamptz not null,
	constraint supply_event_pk primary key (zone_id, supply_no, event_no),
	constraint supply_event_supply_fk foreign key (zone_id, supply_no) references supply (zone_id, supply_no),
	constraint supply_event_user_fk foreign key (user_id) references app_user (user_id),
	constraint supply_event_facts_object check (jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 65536),
	constraint supply_event_unknowns_list check (jsonb_typeof(unknowns) = 'array')
);
comment on table supply_event is 'What happened to a supply: append-only. A new event moves the state; the database numbers it and says from where to where.';
comment on column supply_event.facts is 'What was recorded with it: days, money in fen, numbers of documents; by the event''s schema.';
comment on column supply_event.unknowns is 'Questions to which no rule gave an answer, as who acted acknowledged them.';
comment on column supply_event.occurred_at is 'Instant at which it was recorded by the service''s clock.';

create table supply_correction (
	zone_id text collate "C" not null,
	supply_no integer not null,
	correction_no integer not null,
	event_no integer not null,
	field text collate "C" not null,
	value jsonb not null,
	reason text not null,
	user_id text collate "C",
	occurred_at timestamptz not null,
	constraint supply_correction_pk primary key (zone_id, supply_no, correction_no),
	constraint supply_correction_event_fk foreign key (zone_id, supply_no, event_no)
		references supply_event (zone_id, supply_no, event_no),
	constraint supply_correction_user_fk foreign key (user_id) references app_user (user_id),
	constraint supply_correction_field_form check (field ~ '^[a-z][A-Za-z0-9]{0,39}$'),
	constraint supply_correction_reasoned check (reason ~ '\S' and length(reason) <= 10000)
);
comment on table supply_correction is 'Corrections of what an event recorded: append-only; the event stays as it was written.';
comment on column supply_correction.value is 'What is right instead, by the event''s schema.';
comment on column supply_correction.occurred_at is 'Instant at which it was recorded by the service''s clock.';

create table supply_secret (
	zone_id text collate "C" not null,
	supply_no integer not null,
	secret_no integer not null,
	kind text not null,
	amount_fen bigint,
	bidder text,
	stated_on date not null,
	user_id text collate "C",
	recorded_at timestamptz not null default clock_timestamp(),
	constraint supply_secret_pk primary key (zone_id, supply_no, secret_no),
	constraint supply_secret_supply_fk foreign key (zone_id, supply_no) references supply (zone_id, supply_no),
	constraint supply_secret_user_fk foreign key (user_id) references app_user (user_id),
	constraint supply_secret_kind_known check (kind in ('reserve_price', 'bid')),
	constraint supply_secret_amount_positive check (amount_fen > 0),
	constraint supply_secret_whole check (
		(kind = 'reserve_price' and amount_fen is not null and bidder is null) or (kind = 'bid' and bidder is not null and bidder ~ '\S')
	)
);
comment on table supply_secret is 'Reserve prices 底价 and bidders 竞买人, hidden from all but supply officers until the offer is closed (39号令).';
comment on column supply_secret.amount_fen is 'Reserve price or bid, in fen.';
comment on column supply_secret.stated_on is 'Day of the decision or of the bid.';
comment on column supply_secret.recorded_at is 'Instant at which the database wrote the row.';

create table supply_payment (
	zone_id text collate "C" not null,
	supply_no integer not null,
	payment_no integer not null,
	kind text not null,
	amount_fen bigint not null,
	paid_on date not null,
	reference text not null,
	corrects_no integer,
	user_id text collate "C",
	recorded_at timestamptz not null default clock_timestamp(),
	constraint supply_payment_pk primary key (zone_id, supply_no, payment_no),
	constraint supply_payment_supply_fk foreign key (zone_id, supply_no) references supply (zone_id, supply_no),
	constraint supply_payment_corrects_fk foreign key (zone_id, supply_no, corrects_no)
		references supply_payment (zone_id, supply_no, payment_no),
	constraint supply_payment_corrects_once unique (zone_id, supply_no, corrects_no),
	constraint supply_payment_user_fk foreign key (user_id) references app_user (user_id),
	constraint supply_payment_kind_known check (kind in ('price', 'rent', 'top_up', 'fee')),
	constraint supply_payment_sign check (case when corrects_no is null then amount_fen > 0 else amount_fen < 0 end),
	constraint supply_payment_reference_form check (reference ~ '\S' and length(reference) <= 200)
);
comment on table supply_payment is 'Payments as recorded (the tax authority collects them); a wrong one is taken back by a counter-entry of the same amount.';
comment on column supply_payment.amount_fen is 'Fen; negative: takes an entry back.';
comment on column supply_payment.paid_on is 'Day of the payment.';
comment on column supply_payment.corrects_no is 'Entry that it takes back; null: a payment.';
comment on column supply_payment.recorded_at is 'Instant at which the database wrote the row.';

create function raise_supply(broken text, said text) returns void
	language plpgsql
	set search_path = yuantu, public, pg_temp
as $$
begin
	raise exception using errcode = 'check_violation', schema = 'yuantu', table = 'supply', constraint = broken, message = said;
end
$$;
comment on function raise_supply(text, text) is 'Refuses in the name of a constraint.';

create function begin_supply() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	perform lock_supply(new.zone_id);
	if new.supply_no is null then
		new.supply_no := (select coalesce(max(s.supply_no), 0) + 1 from supply s where s.zone_id = new.zone_id);
	end if;
	new.user_id := current_user_id();
	new.state := 'programmed';
	new.edit_no := 0;
	return new;
end
$$;
comment on function begin_supply() is 'Numbers a new supply; it is the acting account''s and stands in the programme.';
create trigger supply_begin before insert on supply for each row execute function begin_supply();

create function guard_supply() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	if (new.zone_id, new.supply_no, new.client_id, new.plot_no, new.mode, new.user_id, new.recorded_at)
		is distinct from (old.zone_id, old.supply_no, old.client_id, old.plot_no, old.mode, old.user_id, old.recorded_at)
	then
		perform raise_supply('supply_identity_kept', 'what a supply is never changes');
	end if;
	-- What is due next is reckoned after the last event too: nothing.
	if old.state in ('cancelled', 'ended')
		and (new.state, new.year, new.quarter, new.edit_no) is distinct from (old.state, old.year, old.quarter, old.edit_no)
	then
		perform raise_supply('supply_sealed', format('supply %s is %s', old.supply_no, old.state));
	end if;
	if (new.year, new.quarter) is distinct from (old.year, old.quarter) and old.state <> 'programmed' then
		perform raise_supply('supply_programme_kept', format('supply %s is %s: its quarter stays', old.supply_no, old.state));
	end if;
	if new.state <> old.state and new.state is distinct from (
		select e.to_state from supply_event e
		where e.zone_id = new.zone_id and e.supply_no = new.supply_no order by e.event_no desc limit 1)
	then
		perform raise_supply('supply_state_by_event', 'the state of a supply is moved by events only');
	end if;
	return new;
end
$$;
comment on function guard_supply() is 'Keeps a supply: its state is moved by events only, what it is never changes.';
create trigger supply_guard before update on supply for each row execute function guard_supply();
create trigger supply_kept before delete or truncate on supply for each statement execute function keep_sealed();

create function guard_supply_event() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	subject supply;
	before_it supply_event;
	line supply_transition;
	acted_before text;
begin
	-- Where a supply stands is told to nobody who may not read it, by no refusal either.
	if current_user_id() is not null and not may('supply.read', new.zone_id) then
		perform raise_supply('supply_event_permitted', format('%s is not permitted', new.event));
	end if;
	select * into subject from supply s where s.zone_id = new.zone_id and s.supply_no = new.supply_no for update;
	select t.* into line from supply_transition t join supply_mode m on m.path = t.path
	where m.mode = subject.mode and t.from_state = subject.state and t.event = new.event;
	if line.event is null then
		perform raise_supply('supply_event_possible', format('%s is not for a supply that is %s', new.event, subject.state));
	end if;
	select * into before_it from supply_event e
	where e.zone_id = new.zone_id and e.supply_no = new.supply_no order by e.event_no desc limit 1;
	-- A load has no account: the owner wrote it, policies let nobody else.
	if current_user_id() is not null then
		acted_before := case when before_it.event is null then subject.user_id else before_it.user_id end;
		if line.acted_by = 'another' and acted_before is not distinct from current_user_id() then
			perform raise_supply('supply_event_by_another', format('%s is for somebody else than who acted before', new.event));
		end if;
		if not may(line.permission, subject.zone_id, park_of_plot(subject.zone_id, subject.plot_no)) then
			perform raise_supply('supply_event_permitted', format('%s is not permitted', new.event));
		end if;
	end if;
	new.event_no := coalesce(before_it.event_no, 0) + 1;
	new.from_state := line.from_state;
	new.to_state := line.to_state;
	new.user_id := current_user_id();
	return new;
end
$$;
comment on function guard_supply_event() is 'Admits an event that the life of a supply knows, by somebody who may do it; numbers it.';
create trigger supply_event_guard before insert on supply_event for each row execute function guard_supply_event();

create function move_supply() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	update supply set state = new.to_state, edit_no = edit_no + 1
	where zone_id = new.zone_id and supply_no = new.supply_no;
	return null;
end
$$;
comment on function move_supply() is 'Moves a supply to where its event leads.';
create trigger supply_event_move after insert on supply_event for each row execute function move_supply();

create function number_supply_row() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	perform from supply s where s.zone_id = new.zone_id and s.supply_no = new.supply_no for update;
	case tg_table_name
		when 'supply_correction' then
			new.correction_no := (select coalesce(max(r.correction_no), 0) + 1 from supply_correction r
				where r.zone_id = new.zone_id and r.supply_no = new.supply_no);
			update supply set edit_no = edit_no + 1 where zone_id = new.zone_id and supply_no = new.supply_no
				and state not in ('cancelled', 'ended');
		when 'supply_secret' then
			new.secret_no := (select coalesce(max(r.secret_no), 0) + 1 from supply_secret r
				where r.zone_id = new.zone_id and r.supply_no = new.supply_no);
		when 'supply_payment' then
			new.payment_no := (select coalesce(max(r.payment_no), 0) + 1 from supply_payment r
				where r.zone_id = new.zone_id and r.supply_no = new.supply_no);
			if new.corrects_no is not null and not exists (
				select from supply_payment r
				where r.zone_id = new.zone_id and r.supply_no = new.supply_no and r.payment_no = new.corrects_no
					and r.corrects_no is null and r.amount_fen = -new.amount_fen and r.kind = new.kind)
			then
				perform raise_supply('supply_payment_counter', 'a counter-entry takes back a payment of the same kind and amount');
			end if;
	end case;
	new.user_id := current_user_id();
	return new;
end
$$;
comment on function number_supply_row() is 'Numbers what is recorded on a supply, and says who it was.';
create trigger supply_correction_number before insert on supply_correction for each row execute function number_supply_row();
create trigger supply_secret_number before insert on supply_secret for each row execute function number_supply_row();
create trigger supply_payment_number before insert on supply_payment for each row execute function number_supply_row();

create trigger supply_event_append_only before update or delete or truncate on supply_event
	for each statement execute function keep_sealed();
create trigger supply_correction_append_only before update or delete or truncate on supply_correction
	for each statement execute function keep_sealed();
create trigger supply_secret_append_only before update or delete or truncate on supply_secret
	for each statement execute function keep_sealed();
create trigger supply_payment_append_only before update or delete or truncate on supply_payment
	for each statement execute function keep_sealed();

create function park_of_supply(of_zone text, of_supply integer) returns text
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return (
		select p.park_id from supply s join plot p on p.zone_id = s.zone_id and p.plot_no = s.plot_no
		where s.zone_id = of_zone and s.supply_no = of_supply);
comment on function park_of_supply(text, integer) is 'The park of a supply''s plot, whoever asks.';

create function is_offer_closed(of_zone text, of_supply integer) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return exists (
		select from supply s
		where s.zone_id = of_zone and s.supply_no = of_supply and s.state not in ('programmed', 'cancelled', 'offered'));
comment on function is_offer_closed(text, integer) is 'Says whether an offer of a supply was awarded, so that reserve price and bidders may be read.';

alter table supply_programme enable row level security;
alter table supply_mode enable row level security;
alter table supply_transition enable row level security;
alter table supply enable row level security;
alter table supply_event enable row level security;
alter table supply_correction enable row level security;
alter table supply_secret enable row level security;
alter table supply_payment enable row level security;

create policy supply_programme_select on supply_programme for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy supply_programme_insert on supply_programme for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, null));
create policy supply_mode_select on supply_mode for select to yuantu_app, yuantu_read using (viewer_rank() >= 1);
create policy supply_transition_select on supply_transition for select to yuantu_app, yuantu_read using (viewer_rank() >= 1);
create policy supply_select on supply for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy supply_insert on supply for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_plot(zone_id, plot_no)));
-- Whoever may act on a supply records with it what is due next.
create policy supply_update on supply for update to yuantu_app
	using (zone_id = current_zone_id() and (
		may('supply.manage', zone_id, park_of_plot(zone_id, plot_no)) or may('supply.decide', zone_id, park_of_plot(zone_id, plot_no))))
	with check (zone_id = current_zone_id());
create policy supply_event_select on supply_event for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
-- Who may add which event is said by its trigger.
create policy supply_event_insert on supply_event for insert to yuantu_app
	with check (zone_id = current_zone_id() and user_id = current_user_id());
create policy supply_correction_select on supply_correction for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy supply_correction_insert on supply_correction for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_supply(zone_id, supply_no)));
create policy supply_secret_select on supply_secret for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (
		may('supply.secret', zone_id, park_of_supply(zone_id, supply_no))
		or ((select may('supply.read', current_zone_id())) and is_offer_closed(zone_id, supply_no))));
create policy supply_secret_insert on supply_secret for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.secret', zone_id, park_of_supply(zone_id, supply_no)));
create policy supply_payment_select on supply_payment for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy supply_payment_insert on supply_payment for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_supply(zone_id, supply_no)));

grant select on supply_programme, supply_mode, supply_transition, supply, supply_event, supply_correction, supply_secret,
	supply_payment to yuantu_app, yuantu_read;
grant insert on supply_programme to yuantu_app;
grant insert (zone_id, client_id, plot_no, mode, year, quarter), update (year, quarter, due_on) on supply to yuantu_app;
grant insert (zone_id, supply_no, event, facts, unknowns, occurred_at) on supply_event to yuantu_app;
grant insert (zone_id, supply_no, event_no, field, value, reason, occurred_at) on supply_correction to yuantu_app;
grant insert (zone_id, supply_no, kind, amount_fen, bidder, stated_on) on supply_secret to yuantu_app;
grant insert (zone_id, supply_no, kind, amount_fen, paid_on, reference, corrects_no) on supply_payment to yuantu_app;

revoke execute on function raise_supply(text, text), begin_supply(), guard_supply(), guard_supply_event(), move_supply(),
	number_supply_row(), park_of_supply(text, integer), is_offer_closed(text, integer) from public;
grant execute on function park_of_supply(text, integer), is_offer_closed(text, integer) to yuantu_app, yuantu_read;
