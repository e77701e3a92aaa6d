-- Rules have an end of their own beside the one that a later value gives them; a supply that is over keeps the version of its plot that it was of; a
-- price that nobody tendered is asked by the schema too; a penalty is an account of its own.

alter table rule_value add column set_valid_to date;
alter table rule_value disable trigger rule_value_guard;
update rule_value v set set_valid_to = case
	when exists (
		select from rule_value l
		where l.zone_id = v.zone_id and l.rule_key = v.rule_key and l.park_id is not distinct from v.park_id
			and l.voided_at is null and l.valid_from = v.valid_to)
	then coalesce(
		(select jsonb_build_object('to', e.ends_valid_to) from rule_value e
		where e.zone_id = v.zone_id and e.ends_rule_no = v.rule_value_no order by e.rule_value_no limit 1),
		jsonb_build_object('to', v.valid_to)) ->> 'to'
	else v.valid_to::text
end::date;
update rule_value set set_valid_to = valid_to where set_valid_to is not null and (valid_to is null or set_valid_to < valid_to);
alter table rule_value enable trigger rule_value_guard;
alter table rule_value add constraint rule_value_ends_within_set check (set_valid_to is null or (valid_to is not null and valid_to <= set_valid_to));
comment on column rule_value.set_valid_to is 'Day after the last as it was set, or ended by an act; null: open. `valid_to` is the earlier of it and the first day of the next value that stands.';

create function keep_set_end() returns trigger
	language plpgsql
	set search_path = yuantu, public, pg_temp
as $$
begin
	new.set_valid_to := coalesce(new.set_valid_to, new.valid_to);
	return new;
end
$$;
comment on function keep_set_end() is 'A new value ends as it was set.';
create trigger rule_value_set_end before insert on rule_value for each row execute function keep_set_end();
revoke execute on function keep_set_end() from public;
grant update (set_valid_to) on rule_value to yuantu_app;

-- That a value was a mistake, why and whose is for the office.
drop policy rule_value_select on rule_value;
create policy rule_value_select on rule_value for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and grade_rank(publication_grade) <= viewer_rank()
		and (voided_at is null or grade_rank('office') <= viewer_rank()));

alter table plot_version disable trigger plot_version_kept;
update plot_version v set class_system = p.class_system, class_version = p.class_version, class_code = p.class_code
from plot p
where p.zone_id = v.zone_id and p.plot_no = v.plot_no and v.class_code is null and not exists (
	select from plot_version w where w.zone_id = v.zone_id and w.plot_no = v.plot_no and w.kind = 'redrawn');
alter table plot_version enable trigger plot_version_kept;
comment on column plot_version.class_code is 'Land-use class of its parcels; null: not known, of a version from before it was kept.';

create function class_plot_version() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	if new.class_code is null then
		select p.class_system, p.class_version, p.class_code into new.class_system, new.class_version, new.class_code
		from plot p where p.zone_id = new.zone_id and p.plot_no = new.plot_no;
	end if;
	return new;
end
$$;
comment on function class_plot_version() is 'A version keeps the class that its plot has as it is made.';
create trigger plot_version_class before insert on plot_version for each row execute function class_plot_version();
revoke execute on function class_plot_version() from public;

alter table supply add column plot_version integer;
update supply s set plot_version = (
	select coalesce(
		max(v.version) filter (where v.recorded_at <= (
			select max(e.occurred_at) from supply_event e where e.zone_id = s.zone_id and e.supply_no = s.supply_no)),
		min(v.version))
	from plot_version v where v.zone_id = s.zone_id and v.plot_no = s.plot_no)
where s.state in ('cancelled', 'ended');
alter table supply add constraint supply_plot_version_fk foreign key (zone_id, plot_no, plot_version)
	references plot_version (zone_id, plot_no, version);
comment on column supply.plot_version is 'Version of its plot as it was over; null: it is not, and the newest counts, which keeps its shape while the ground is promised.';

create or replace function move_supply() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	update supply s set state = new.to_state, edit_no = s.edit_no + 1,
		plot_version = case when new.to_state in ('cancelled', 'ended') then (
			select max(v.version) from plot_version v where v.zone_id = s.zone_id and v.plot_no = s.plot_no) end
	where s.zone_id = new.zone_id and s.supply_no = new.supply_no;
	return null;
end
$$;
comment on function move_supply() is 'Moves a supply to where its event leads; one that is over keeps the version of its plot.';

alter table supply_payment drop constraint supply_payment_kind_known;
alter table supply_payment add constraint supply_payment_kind_known check (kind in ('price', 'rent', 'top_up', 'fee', 'penalty'));

create function agreed_fen(of_zone text, of_supply integer, of_kind text, of_field text) returns numeric
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return (
		select (coalesce((
			select c.value from supply_correction c
			where c.zone_id = e.zone_id and c.supply_no = e.supply_no and c.event_no = e.event_no and c.field = of_field
			order by c.correction_no desc limit 1), e.facts -> of_field) #>> '{}')::numeric
		from supply_event e
		where e.zone_id = of_zone and e.supply_no = of_supply and e.event = of_kind
		order by e.event_no desc limit 1);
comment on function agreed_fen(text, integer, text, text) is 'The sum that the last event of a kind agreed, as corrected, in fen; null: none.';
create function is_price_asked(questions jsonb) returns boolean
	language sql immutable
	set search_path = pg_catalog, pg_temp
	return exists (
		select from jsonb_array_elements_text(questions) as asked (question)
		where split_part(asked.question, ' ', 1) = 'supply.price-not-tendered');
comment on function is_price_asked(jsonb) is 'Says whether it was acknowledged that nobody tendered a price.';
revoke execute on function agreed_fen(text, integer, text, text), is_price_asked(jsonb) from public;

create or replace function guard_supply_event() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	subject supply;
	before_it supply_event;
	line supply_transition;
	acted_before text;
	park text;
	figure text;
	agreed numeric;
	signed numeric;
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
		park := park_of_plot(subject.zone_id, subject.plot_no);
		if new.event in ('sign', 'sign_lease', 'sign_grant') and is_decided_question(new.unknowns) then
			if not may('supply.decide', subject.zone_id, park) then
				perform raise_supply('supply_event_permitted', format('%s is not permitted: it is for somebody who decides', new.event));
			end if;
			if acted_before is not distinct from current_user_id() then
				perform raise_supply('supply_event_by_another', format('%s is for somebody else than who acted before', new.event));
			end if;
		else
			if line.acted_by = 'another' and acted_before is not distinct from current_user_id() then
				perform raise_supply('supply_event_by_another', format('%s is for somebody else than who acted before', new.event));
			end if;
			if not may(line.permission, subject.zone_id, park) then
				perform raise_supply('supply_event_permitted', format('%s is not permitted', new.event));
			end if;
		end if;
		-- A price that was agreed nowhere before is asked, and so somebody's who decides; another than was agreed is nobody's.
		if new.event in ('sign', 'sign_lease', 'sign_grant') and line.path not in ('allocation', 'contribution') then
			foreach figure in array case when new.event = 'sign_grant' then '{priceFen}' else '{priceFen,yearlyRentFen}' end::text[] loop
				signed := (new.facts ->> figure)::numeric;
				agreed := coalesce(
					case when new.event = 'sign_grant' then agreed_fen(new.zone_id, new.supply_no, 'sign_lease', figure) end,
					agreed_fen(new.zone_id, new.supply_no, 'award', figure));
				if signed is not null and agreed is null and not is_price_asked(new.unknowns) then
					perform raise_supply('supply_event_price_asked', format('%s: a %s that nobody tendered is asked', new.event, figure));
				end if;
				if signed <> agreed then
					perform raise_supply('supply_event_price_agreed', format('%s: another %s was agreed', new.event, figure));
				end if;
			end loop;
		end if;
	end if;
	new.event_no := coalesce(before_it.event_no, 0) + 1;
	new.from_state := line.from_state;
	new.to_state := line.to_state;
	new.user_id := current_user_id();
	return new;
end
$$;

-- A programme that is entered again in the place of one that was withdrawn is not made up; of a permit too it is kept what it said.
create or replace function correct_land() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	stands boolean;
	is_used boolean := false;
begin
	if not may('supply.manage', new.zone_id, park_of_plot(new.zone_id, new.plot_no)) then
		raise exception using errcode = 'insufficient_privilege', message = format('%s is not permitted', new.kind);
	end if;
	perform lock_supply(new.zone_id);
	new.correction_no := (select coalesce(max(c.correction_no), 0) + 1 from land_correction c where c.zone_id = new.zone_id);
	new.user_id := current_user_id();
	case
		when new.permit_no is not null then
			select p.voided_at is null, jsonb_build_object('kind', p.kind, 'number', p.number, 'office', p.office, 'issuedOn', p.issued_on)
			into stands, new.before from plot_permit p
			where p.zone_id = new.zone_id and p.plot_no = new.plot_no and p.permit_no = new.permit_no;
		when new.plot_no is not null then
			select p.withdrawn_at is null, jsonb_build_object('cadastralCode', p.cadastral_code, 'unitCode', p.unit_code,
				'codeStatus', p.code_status, 'supervisionNumber', p.supervision_number)
			into stands, new.before from plot p where p.zone_id = new.zone_id and p.plot_no = new.plot_no;
			is_used := exists (
				select from supply s where s.zone_id = new.zone_id and s.plot_no = new.plot_no and s.state <> 'cancelled');
		when new.batch_no is not null then
			select b.withdrawn_at is null, jsonb_build_object('number', b.number, 'title', b.title, 'approvedOn', b.approved_on,
				'approvingOffice', b.approving_office, 'approvedAreaDm2', b.approved_area_dm2, 'source', b.source)
			into stands, new.before from conversion_batch b where b.zone_id = new.zone_id and b.batch_no = new.batch_no;
			is_used := exists (
				select from plot p where p.zone_id = new.zone_id and p.batch_no = new.batch_no and p.withdrawn_at is null);
		else
			select r.withdrawn_at is null or new.kind = 'programme_corrected', jsonb_build_object('number', r.number,
				'approvedOn', r.approved_on, 'source', r.source, 'isWithdrawn', r.withdrawn_at is not null)
			into stands, new.before from supply_programme r where r.zone_id = new.zone_id and r.year = new.year;
			is_used := exists (
				select from supply s where s.zone_id = new.zone_id and s.year = new.year and s.state <> 'cancelled');
	end case;
	if stands is not true then
		perform raise_supply('land_correction_stands', format('%s: it is not there, or was taken back', new.kind));
	end if;
	if is_used and new.kind in ('plot_withdrawn', 'batch_withdrawn', 'programme_withdrawn') then
		perform raise_supply('land_correction_unused', format('%s: it is in use', new.kind));
	end if;
	case new.kind
		when 'plot_codes' then
			update plot set cadastral_code = new.value ->> 'cadastralCode', unit_code = new.value ->> 'unitCode',
				code_status = new.value ->> 'codeStatus', supervision_number = new.value ->> 'supervisionNumber'
			where zone_id = new.zone_id and plot_no = new.plot_no;
		when 'plot_withdrawn' then
			update plot set withdrawn_at = clock_timestamp() where zone_id = new.zone_id and plot_no = new.plot_no;
		when 'permit_voided' then
			update plot_permit set voided_at = clock_timestamp()
			where zone_id = new.zone_id and plot_no = new.plot_no and permit_no = new.permit_no;
		when 'batch_corrected' then
			update conversion_batch set number = new.value ->> 'number', title = new.value ->> 'title',
				approved_on = (new.value ->> 'approvedOn')::date, approving_office = new.value ->> 'approvingOffice',
				approved_area_dm2 = (new.value ->> 'approvedAreaDm2')::bigint, source = new.value ->> 'source'
			where zone_id = new.zone_id and batch_no = new.batch_no;
		when 'batch_withdrawn' then
			update conversion_batch set withdrawn_at = clock_timestamp() where zone_id = new.zone_id and batch_no = new.batch_no;
		when 'programme_corrected' then
			update supply_programme set number = new.value ->> 'number', approved_on = (new.value ->> 'approvedOn')::date,
				source = new.value ->> 'source', is_synthetic = is_synthetic and withdrawn_at is null, withdrawn_at = null
			where zone_id = new.zone_id and year = new.year;
		when 'programme_withdrawn' then
			update supply_programme set withdrawn_at = clock_timestamp() where zone_id = new.zone_id and year = new.year;
	end case;
	return new;
end
$$;
