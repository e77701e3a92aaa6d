-- What one officer does not answer alone: questions that somebody who decides answers, deals that are corrected by one, changes of use; and what follows where an indicator was missed.

create function is_decided_question(questions jsonb) returns boolean
	language sql immutable
	set search_path = pg_catalog, pg_temp
	return exists (
		select from jsonb_array_elements_text(questions) as asked (question)
		where split_part(asked.question, ' ', 1) in ('supply.price-not-tendered', 'supply.lease-over')
	);
comment on function is_decided_question(jsonb) is 'Says whether open questions that were acknowledged are for somebody who decides.';
revoke execute on function is_decided_question(jsonb) from public;

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
	end if;
	new.event_no := coalesce(before_it.event_no, 0) + 1;
	new.from_state := line.from_state;
	new.to_state := line.to_state;
	new.user_id := current_user_id();
	return new;
end
$$;

-- Once a contract stands, who holds the land and at what price is corrected by somebody who decides and did not record it; so is all that was recorded with a question of his open.
create function may_correct_supply(of_zone text, of_supply integer, of_event integer, of_field text) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return may_correct_supply(of_zone, of_supply, of_event)
		and not exists (
			select from supply_event e
			where e.zone_id = of_zone and e.supply_no = of_supply and e.event_no = of_event
				and (is_decided_question(e.unknowns)
					or (of_field in ('holder', 'priceFen', 'yearlyRentFen') and exists (
						select from supply_event c
						where c.zone_id = of_zone and c.supply_no = of_supply and c.event_no >= of_event
							and c.event in ('sign', 'sign_lease', 'sign_grant'))))
				and (e.user_id is not distinct from current_user_id()
					or not may('supply.decide', of_zone, park_of_supply(of_zone, of_supply))));
comment on function may_correct_supply(text, integer, integer, text) is 'Says whether the account may correct a field of what an event of a supply recorded: of a deal on which a contract stands, who decides and did not record it.';
revoke execute on function may_correct_supply(text, integer, integer, text) from public;
grant execute on function may_correct_supply(text, integer, integer, text) to yuantu_app;

drop policy supply_correction_insert on supply_correction;
create policy supply_correction_insert on supply_correction for insert to yuantu_app
	with check (zone_id = current_zone_id() and may_correct_supply(zone_id, supply_no, event_no, field));

alter table supply_fact drop constraint supply_fact_kind_known;
alter table supply_fact add constraint supply_fact_kind_known check (
	kind in (
		'progress', 'figures', 'pause', 'rent_review', 'indicator', 'assessment', 'disposal', 'exit', 'transfer', 'price',
		'certificate', 'transfer_terms', 'supplement', 'transfer_done'
	)
);
comment on table supply_fact is 'What is recorded of a supply beside the events that move it, by kind: progress of works, figures, pauses, rents set anew, indicators and assessments of the performance agreement 履约监管协议 and what was decided of a missed one, exit, transfers, what is agreed of them and what was done by a consent, certificates, prices, supplements with prices paid on top 补地价. Append-only.';

-- A change of use, and what is decided of a missed indicator, is recorded, replaced and taken back by somebody who decides.
create function is_decided_fact(of_kind text, of_facts jsonb) returns boolean
	language sql immutable
	set search_path = pg_catalog, pg_temp
	return of_kind = 'disposal' or (of_kind = 'supplement' and of_facts ->> 'useBefore' is distinct from of_facts ->> 'useAfter');
comment on function is_decided_fact(text, jsonb) is 'Says whether what is recorded of a supply is what somebody decides.';
create function replaces_decided_fact(of_zone text, of_supply integer, of_fact integer) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return exists (
		select from supply_fact f
		where f.zone_id = of_zone and f.supply_no = of_supply and f.fact_no = of_fact and is_decided_fact(f.kind, f.facts));
comment on function replaces_decided_fact(text, integer, integer) is 'Says whether a row of a supply is what somebody decided.';
revoke execute on function is_decided_fact(text, jsonb), replaces_decided_fact(text, integer, integer) from public;
grant execute on function is_decided_fact(text, jsonb), replaces_decided_fact(text, integer, integer) to yuantu_app;

drop policy supply_fact_insert on supply_fact;
create policy supply_fact_insert on supply_fact for insert to yuantu_app
	with check (zone_id = current_zone_id()
		and may(
			case
				when (not is_void and is_decided_fact(kind, facts)) or replaces_decided_fact(zone_id, supply_no, replaces_no)
				then 'supply.decide' else 'supply.manage'
			end,
			zone_id, park_of_supply(zone_id, supply_no)));

alter table building add column split_floor_dm2 bigint;
alter table building add column self_held_floor_dm2 bigint;
alter table building add constraint building_split_within_floor check (
	split_floor_dm2 between 0 and industry_floor_dm2 + support_floor_dm2);
alter table building add constraint building_self_held_within_floor check (
	self_held_floor_dm2 between 0 and industry_floor_dm2 + support_floor_dm2);
comment on column building.split_floor_dm2 is 'Floor area that can be sold or held apart, in 0.01 m²; null: not stated.';
comment on column building.self_held_floor_dm2 is 'Floor area that the holder of the land has to keep, in 0.01 m²; null: not stated.';
grant update (split_floor_dm2, self_held_floor_dm2) on building to yuantu_app;
