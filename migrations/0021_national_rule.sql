-- What is the same for every zone: numbers of national law, which classes are what use in the law of terms, and working days.
-- A zone's own value under the same key takes the national one's place.

create table national_rule_value (
	rule_key text collate "C" not null,
	rule_value_no integer not null,
	value numeric,
	unit text,
	area_kind text,
	comparison text,
	note text,
	source text not null,
	status text not null,
	valid_from date,
	valid_to date,
	constraint national_rule_value_pk primary key (rule_key, rule_value_no),
	constraint national_rule_value_key_form check (rule_key ~ '^[a-z][a-z0-9-]*([.][a-z][a-z0-9-]*)+$'),
	constraint national_rule_value_unit_not_blank check (unit ~ '\S'),
	constraint national_rule_value_area_kind_known check (area_kind in ('ellipsoidal', 'planar', 'document', 'nominal')),
	constraint national_rule_value_comparison_known check (comparison in ('<', '<=', '=', '>=', '>')),
	constraint national_rule_value_status_known check (status in ('verified', 'unverified', 'example')),
	constraint national_rule_value_dates_ordered check (valid_from < valid_to),
	constraint national_rule_value_dates_apart exclude using gist (rule_key with =, daterange(valid_from, valid_to) with &&)
);
comment on table national_rule_value is 'Numbers of national law with source and validity; a null value answers "no rule set", never a pass.';
comment on column national_rule_value.value is 'The number, in `unit`; null: no rule set.';
comment on column national_rule_value.unit is 'Unit of the value, such as year, month, day, pct; null: a pure number.';
comment on column national_rule_value.area_kind is 'Which area the rule measures; null where it measures none.';
comment on column national_rule_value.comparison is 'How the measured thing is compared with the value: < is not <=.';
comment on column national_rule_value.valid_from is 'First day; null: since before anything known here.';
comment on column national_rule_value.valid_to is 'Day after the last; null: still in force.';

create table class_use (
	system text collate "C" not null,
	version text collate "C" not null,
	code text collate "C" not null,
	use text collate "C",
	note text,
	source text not null,
	status text not null,
	constraint class_use_pk primary key (system, version, code),
	constraint class_use_class_fk foreign key (system, version, code) references land_use_class (system, version, code),
	constraint class_use_use_known check (use in ('residential', 'industrial', 'civic', 'commercial', 'other')),
	constraint class_use_status_known check (status in ('verified', 'unverified', 'example'))
);
comment on table class_use is 'To which use of the law of terms (暂行条例 §12) a class counts; classes without a row have their nearest ancestor''s, or none.';
comment on column class_use.use is 'Null: the class is not supplied for a term.';

create table calendar_year (
	calendar text collate "C" not null,
	year integer not null,
	source text not null,
	status text not null,
	constraint calendar_year_pk primary key (calendar, year),
	constraint calendar_year_status_known check (status in ('verified', 'unverified', 'example'))
);
comment on table calendar_year is 'Years whose days off are known; of others nothing is guessed.';

create table calendar_day (
	calendar text collate "C" not null,
	year integer not null,
	on_day date not null,
	kind text not null,
	constraint calendar_day_pk primary key (calendar, on_day),
	constraint calendar_day_year_fk foreign key (calendar, year) references calendar_year (calendar, year),
	constraint calendar_day_in_year check (extract(year from on_day) = year),
	constraint calendar_day_kind_known check (kind in ('off', 'work'))
);
comment on table calendar_day is 'Days off on weekdays, and weekend days on which people work (State Council notices).';
comment on column calendar_day.on_day is 'The day.';

alter table national_rule_value enable row level security;
alter table class_use enable row level security;
alter table calendar_year enable row level security;
alter table calendar_day enable row level security;
create policy national_rule_value_select on national_rule_value for select to yuantu_app, yuantu_read using (viewer_rank() >= 1);
create policy class_use_select on class_use for select to yuantu_app, yuantu_read using (viewer_rank() >= 1);
create policy calendar_year_select on calendar_year for select to yuantu_app, yuantu_read using (viewer_rank() >= 1);
create policy calendar_day_select on calendar_day for select to yuantu_app, yuantu_read using (viewer_rank() >= 1);
grant select on national_rule_value, class_use, calendar_year, calendar_day to yuantu_app, yuantu_read;
