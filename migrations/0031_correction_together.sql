-- Values that were wrong together are corrected together: sent again after a lost answer once, and by who decides where a decided one is among them.

alter table supply_correction add column client_id text collate "C";
alter table supply_correction add constraint supply_correction_client_unique unique (zone_id, client_id, event_no, field);
alter table supply_correction add constraint supply_correction_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
comment on column supply_correction.client_id is 'Id that the writer gave the correction of which this value is a part: sending twice makes one; null: recorded before there were any, or loaded.';
grant insert (client_id) on supply_correction to yuantu_app;

create or replace function may_correct_supply(of_zone text, of_supply integer, of_event integer) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return exists (
		select from supply_event e
			join supply s on s.zone_id = e.zone_id and s.supply_no = e.supply_no
			join supply_mode m on m.mode = s.mode
			join supply_transition t on t.path = m.path and t.from_state = e.from_state and t.event = e.event
			left join supply_event b on b.zone_id = e.zone_id and b.supply_no = e.supply_no and b.event_no = e.event_no - 1
		where e.zone_id = of_zone and e.supply_no = of_supply and e.event_no = of_event
			and (may(t.permission, of_zone, park_of_supply(of_zone, of_supply))
				or may('supply.decide', of_zone, park_of_supply(of_zone, of_supply)))
			and (t.acted_by = 'anyone'
				or case when b.event_no is null then s.user_id else b.user_id end is distinct from current_user_id()));
comment on function may_correct_supply(text, integer, integer) is 'Says whether the account may correct what an event of a supply recorded: who could have recorded it, or who decides.';
