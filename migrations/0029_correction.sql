-- What somebody decided is corrected by somebody who could have decided it: a correction asks what its event asked of whoever recorded that.

create function may_correct_supply(of_zone text, of_supply integer, of_event integer) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return exists (
		select from supply_event e
			join supply s on s.zone_id = e.zone_id and s.supply_no = e.supply_no
			join supply_mode m on m.mode = s.mode
			join supply_transition t on t.path = m.path and t.from_state = e.from_state and t.event = e.event
			left join supply_event b on b.zone_id = e.zone_id and b.supply_no = e.supply_no and b.event_no = e.event_no - 1
		where e.zone_id = of_zone and e.supply_no = of_supply and e.event_no = of_event
			and may(t.permission, of_zone, park_of_supply(of_zone, of_supply))
			and (t.acted_by = 'anyone'
				or case when b.event_no is null then s.user_id else b.user_id end is distinct from current_user_id()));
comment on function may_correct_supply(text, integer, integer) is 'Says whether the account may correct what an event of a supply recorded.';
revoke execute on function may_correct_supply(text, integer, integer) from public;
grant execute on function may_correct_supply(text, integer, integer) to yuantu_app;

drop policy supply_correction_insert on supply_correction;
create policy supply_correction_insert on supply_correction for insert to yuantu_app
	with check (zone_id = current_zone_id() and may_correct_supply(zone_id, supply_no, event_no));
