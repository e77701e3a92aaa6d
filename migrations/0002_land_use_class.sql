create table land_use_system (
	system text collate "C" not null,
	version text collate "C" not null,
	name_zh text not null,
	name_en text not null,
	source text not null,
	status text not null,
	constraint land_use_system_pk primary key (system, version),
	constraint land_use_system_id_form check (system ~ '^[a-z][a-z0-9-]*$' and version ~ '^[0-9a-z.-]+$'),
	constraint land_use_system_status_known check (status in ('verified', 'unverified', 'example'))
);
comment on table land_use_system is 'Versioned lists of land-use classes, national and local (用地分类标准).';

create table land_use_class (
	system text collate "C" not null,
	version text collate "C" not null,
	code text collate "C" not null,
	level smallint not null,
	parent_code text collate "C",
	name_zh text not null,
	name_en text not null,
	color_hex text,
	color_note text,
	pattern text,
	publication_grade text not null,
	national_system text collate "C",
	national_version text collate "C",
	national_code text collate "C",
	sort integer not null,
	source text not null,
	status text not null,
	constraint land_use_class_pk primary key (system, version, code),
	constraint land_use_class_system_fk foreign key (system, version) references land_use_system (system, version),
	constraint land_use_class_parent_fk foreign key (system, version, parent_code)
		references land_use_class (system, version, code) deferrable initially deferred,
	constraint land_use_class_national_fk foreign key (national_system, national_version, national_code)
		references land_use_class (system, version, code) deferrable initially deferred,
	constraint land_use_class_sort_unique unique (system, version, sort),
	constraint land_use_class_code_form check (code ~ '^[0-9A-Z]{2,8}$'),
	constraint land_use_class_level_known check (level between 1 and 3),
	constraint land_use_class_parent_prefix check (
		(level = 1 and parent_code is null)
		or (level > 1 and parent_code is not null and starts_with(code, parent_code) and code <> parent_code)
	),
	constraint land_use_class_national_whole check (num_nulls(national_system, national_version, national_code) in (0, 3)),
	constraint land_use_class_color_form check (color_hex ~ '^#[0-9A-F]{6}$'),
	constraint land_use_class_pattern_known check (
		pattern in ('outline', 'dots', 'dots-dense', 'lines-right', 'lines-left', 'lines-horizontal', 'lines-vertical',
			'cross', 'cross-diagonal', 'dashes', 'waves')
	),
	constraint land_use_class_grade_known check (grade_rank(publication_grade) is not null),
	constraint land_use_class_status_known check (status in ('verified', 'unverified', 'example'))
);
comment on table land_use_class is 'Land-use classes; the key is the whole (system, version, code), since the same digits mean other land in other lists.';
comment on column land_use_class.color_hex is 'Official map colour, #RRGGBB; null where none is known.';
comment on column land_use_class.color_note is 'Other colours that sources give for the class.';
comment on column land_use_class.pattern is 'Pattern drawn over the fill where the colour repeats or is white.';
comment on column land_use_class.publication_grade is 'Lowest audience that may see land of this class: public, registered, office.';
comment on column land_use_class.national_code is 'National class that a local class counts as.';

create table land_use_crosswalk (
	from_system text collate "C" not null,
	from_version text collate "C" not null,
	from_code text collate "C" not null,
	to_system text collate "C" not null,
	to_version text collate "C" not null,
	to_code text collate "C" not null,
	relation text not null,
	note text,
	source text not null,
	status text not null,
	constraint land_use_crosswalk_pk
		primary key (from_system, from_version, from_code, to_system, to_version, to_code),
	constraint land_use_crosswalk_from_fk foreign key (from_system, from_version)
		references land_use_system (system, version),
	constraint land_use_crosswalk_to_fk foreign key (to_system, to_version, to_code)
		references land_use_class (system, version, code),
	constraint land_use_crosswalk_relation_known check (relation in ('one_to_one', 'split', 'merge', 'manual')),
	constraint land_use_crosswalk_status_known check (status in ('verified', 'unverified', 'example'))
);
comment on table land_use_crosswalk is 'Codes of an older list and what became of them; `manual` needs a person to decide per parcel.';

create table land_use_category (
	system text collate "C" not null,
	version text collate "C" not null,
	code text collate "C" not null,
	category text not null,
	note text,
	source text not null,
	status text not null,
	constraint land_use_category_pk primary key (system, version, code),
	constraint land_use_category_class_fk foreign key (system, version, code)
		references land_use_class (system, version, code),
	constraint land_use_category_known check (category in ('agricultural', 'construction', 'unused')),
	constraint land_use_category_status_known check (status in ('verified', 'unverified', 'example'))
);
comment on table land_use_category is '农用地 agricultural, 建设用地 construction, 未利用地 unused. A class without its own row has its nearest ancestor''s; none at all answers "no rule set".';

alter table land_use_system enable row level security;
alter table land_use_class enable row level security;
alter table land_use_crosswalk enable row level security;
alter table land_use_category enable row level security;
create policy land_use_system_select on land_use_system for select to yuantu_app, yuantu_read using (true);
create policy land_use_class_select on land_use_class for select to yuantu_app, yuantu_read using (true);
create policy land_use_crosswalk_select on land_use_crosswalk for select to yuantu_app, yuantu_read using (true);
create policy land_use_category_select on land_use_category for select to yuantu_app, yuantu_read using (true);
grant select on land_use_system, land_use_class, land_use_crosswalk, land_use_category to yuantu_app, yuantu_read;
