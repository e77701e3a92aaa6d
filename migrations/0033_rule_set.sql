-- A zone sets values of rules itself, from a day on and with a source. What was set stays: a later value ends it, a mistake is voided, and nothing
-- is overwritten or deleted. National rules say until when they hold by their own text.

alter table rule_value add column client_id text collate "C";
alter table rule_value add column user_id text collate "C" default current_user_id();
alter table rule_value add column recorded_at timestamptz;
alter table rule_value alter column recorded_at set default clock_timestamp();
alter table rule_value add column ends_rule_no integer;
alter table rule_value add column ends_valid_to date;
alter table rule_value add column voided_at timestamptz;
alter table rule_value add column voided_by text collate "C";
alter table rule_value add column void_reason text;
comment on table rule_value is 'Numbers of law, policy and house settings, with source and validity; a null value answers "no rule set", never a pass. Of what was set nothing is changed but its end, and nothing deleted.';
comment on column rule_value.client_id is 'Id that the writer gave it: sending twice makes one; null: loaded.';
comment on column rule_value.user_id is 'Who set it; null: loaded.';
comment on column rule_value.recorded_at is 'Instant at which the database wrote the row; null: loaded before that was kept.';
comment on column rule_value.ends_rule_no is 'The value that ended as this one began: it holds again where this one is voided.';
comment on column rule_value.ends_valid_to is 'Until when that one was to hold: day after the last; null: open.';
comment on column rule_value.voided_at is 'Instant at which it was declared a mistake: it never was in force; null: it stands.';

alter table rule_value add constraint rule_value_client_unique unique (zone_id, client_id);
alter table rule_value add constraint rule_value_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
alter table rule_value add constraint rule_value_user_fk foreign key (user_id) references app_user (user_id);
alter table rule_value add constraint rule_value_voider_fk foreign key (voided_by) references app_user (user_id);
alter table rule_value add constraint rule_value_ends_fk foreign key (zone_id, ends_rule_no) references rule_value (zone_id, rule_value_no);
alter table rule_value add constraint rule_value_ends_whole check (ends_rule_no is not null or ends_valid_to is null);
alter table rule_value add constraint rule_value_void_reasoned check (
	(voided_at is null and voided_by is null and void_reason is null) or (voided_at is not null and coalesce(void_reason, '') ~ '\S'));
alter table rule_value add constraint rule_value_set_whole check (
	client_id is null or (value is not null and valid_from is not null and user_id is not null and source ~ '\S'));
alter table rule_value drop constraint rule_value_dates_apart;
alter table rule_value add constraint rule_value_dates_apart exclude using gist (
	zone_id with =, rule_key with =, (coalesce(park_id, '')) with =, daterange(valid_from, valid_to) with &&
) where (voided_at is null);

alter table national_rule_value add column lapses_on date;
alter table national_rule_value add column lapses_year integer;
alter table national_rule_value add constraint national_rule_value_lapse_once check (lapses_on is null or lapses_year is null);
alter table national_rule_value add constraint national_rule_value_lapse_range check (lapses_year between 1980 and 2200);
comment on column national_rule_value.lapses_on is 'Day after the last on which its document holds, by its own text; null: not stated, or not read.';
comment on column national_rule_value.lapses_year is 'Year by whose end its document lapses, where only that is known; null: not known.';

insert into role_permission (role, permission) values ('approver', 'rule.set');

create function is_rule_known(of_zone text, of_key text, of_unit text) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return exists (
		select from (
			select n.unit from national_rule_value n where n.rule_key = of_key
			union all
			select r.unit from rule_value r where r.zone_id = of_zone and r.rule_key = of_key and r.client_id is null
		) as known
		where known.unit is not distinct from of_unit or (known.unit in ('day', 'working-day') and of_unit in ('day', 'working-day')));
comment on function is_rule_known(text, text, text) is 'Says whether a key of rules was loaded, in a unit; days may be counted as working days and the other way round.';

create function guard_rule_value() returns trigger
	language plpgsql
	set search_path = yuantu, public, pg_temp
as $$
begin
	if old.voided_at is not null then
		raise exception using
			errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name, constraint = 'rule_value_voided_stays',
			message = 'a value that was declared a mistake stays as it is';
	end if;
	return new;
end
$$;
comment on function guard_rule_value() is 'Refuses to change a value that was declared a mistake.';
create trigger rule_value_guard before update on rule_value for each row execute function guard_rule_value();
revoke execute on function is_rule_known(text, text, text), guard_rule_value() from public;
grant execute on function is_rule_known(text, text, text) to yuantu_app;

create policy rule_value_insert on rule_value for insert to yuantu_app
	with check (
		zone_id = current_zone_id() and may('rule.set', zone_id, park_id) and client_id is not null and user_id = current_user_id()
		and voided_at is null and is_rule_known(zone_id, rule_key, unit));
create policy rule_value_update on rule_value for update to yuantu_app
	using (zone_id = current_zone_id() and may('rule.set', zone_id, park_id))
	with check (
		zone_id = current_zone_id() and may('rule.set', zone_id, park_id)
		and (voided_at is null or voided_by is not distinct from current_user_id()));
grant insert (zone_id, rule_value_no, rule_key, park_id, value, unit, area_kind, comparison, publication_grade, note, source, status,
	valid_from, valid_to, client_id, ends_rule_no, ends_valid_to) on rule_value to yuantu_app;
grant update (valid_to, voided_at, voided_by, void_reason) on rule_value to yuantu_app;
