create table rule_value (
	zone_id text collate "C" not null,
	rule_value_no integer not null,
	rule_key text collate "C" not null,
	park_id text collate "C",
	value numeric,
	unit text,
	area_kind text,
	comparison text,
	publication_grade text not null,
	note text,
	source text not null,
	status text not null,
	valid_from date,
	valid_to date,
	constraint rule_value_pk primary key (zone_id, rule_value_no),
	constraint rule_value_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint rule_value_park_fk foreign key (zone_id, park_id) references park (zone_id, park_id),
	constraint rule_value_key_form check (rule_key ~ '^[a-z][a-z0-9-]*([.][a-z][a-z0-9-]*)+$'),
	constraint rule_value_unit_not_blank check (unit ~ '\S'),
	constraint rule_value_area_kind_known check (area_kind in ('ellipsoidal', 'planar', 'document', 'nominal')),
	constraint rule_value_comparison_known check (comparison in ('<', '<=', '=', '>=', '>')),
	constraint rule_value_grade_known check (grade_rank(publication_grade) is not null),
	constraint rule_value_status_known check (status in ('verified', 'unverified', 'example')),
	constraint rule_value_dates_ordered check (valid_from < valid_to),
	constraint rule_value_dates_apart exclude using gist (
		zone_id with =, rule_key with =, (coalesce(park_id, '')) with =, daterange(valid_from, valid_to) with &&
	)
);
comment on table rule_value is 'Numbers of law, policy and house settings, with source and validity; a null value answers "no rule set", never a pass.';
comment on column rule_value.value is 'The number, in `unit`; null: no rule set.';
comment on column rule_value.unit is 'Unit of the value, such as km2, m2, pct, day; null: a pure number.';
comment on column rule_value.area_kind is 'Which area the rule measures; null where it measures none.';
comment on column rule_value.comparison is 'How the measured thing is compared with the value: < is not <=.';
comment on column rule_value.park_id is 'Park that the rule is for; null: the whole zone.';
comment on column rule_value.valid_from is 'First day; null: since before anything known here.';
comment on column rule_value.valid_to is 'Day after the last; null: still in force.';

alter table rule_value enable row level security;
create policy rule_value_select on rule_value for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and grade_rank(publication_grade) <= viewer_rank());
grant select on rule_value to yuantu_app, yuantu_read;
