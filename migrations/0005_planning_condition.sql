create table planning_condition (
	zone_id text collate "C" not null,
	coverage_id text collate "C" not null,
	parcel_no integer not null,
	version integer not null,
	far_min numeric(6, 3),
	far_max numeric(6, 3),
	building_coverage_max_pct numeric(5, 2),
	height_max_m numeric(7, 2),
	green_ratio_min_pct numeric(5, 2),
	support_share_max_pct numeric(5, 2),
	publication_grade text not null,
	source text not null,
	status text not null,
	constraint planning_condition_pk primary key (zone_id, coverage_id, parcel_no, version),
	constraint planning_condition_parcel_fk foreign key (zone_id, coverage_id, parcel_no, version)
		references parcel (zone_id, coverage_id, parcel_no, version),
	constraint planning_condition_far_range check (far_min >= 0 and far_max > 0),
	constraint planning_condition_far_ordered check (far_min <= far_max),
	constraint planning_condition_pct_range check (
		building_coverage_max_pct between 0 and 100
		and green_ratio_min_pct between 0 and 100
		and support_share_max_pct between 0 and 100
	),
	constraint planning_condition_height_positive check (height_max_m > 0),
	constraint planning_condition_some check (
		num_nonnulls(far_min, far_max, building_coverage_max_pct, height_max_m, green_ratio_min_pct, support_share_max_pct) > 0
	),
	constraint planning_condition_grade_known check (grade_rank(publication_grade) is not null),
	constraint planning_condition_status_known check (status in ('verified', 'unverified', 'example'))
);
comment on table planning_condition is 'Limits on a plan parcel (规划条件). A null limit is not known, which is never the same as no limit.';
comment on column planning_condition.far_min is 'Least floor-area ratio (容积率), m² of floor per m² of land.';
comment on column planning_condition.far_max is 'Greatest floor-area ratio (容积率), m² of floor per m² of land.';
comment on column planning_condition.building_coverage_max_pct is 'Greatest share of the land under buildings (建筑密度), percent.';
comment on column planning_condition.height_max_m is 'Greatest building height (建筑高度), metres.';
comment on column planning_condition.green_ratio_min_pct is 'Least share of green land (绿地率), percent.';
comment on column planning_condition.support_share_max_pct is 'Greatest share of supporting facilities in floor area (配套比例), percent.';

create table stock_status (
	zone_id text collate "C" not null,
	coverage_id text collate "C" not null,
	parcel_no integer not null,
	version integer not null,
	stock_status text not null,
	source text not null,
	status text not null,
	constraint stock_status_pk primary key (zone_id, coverage_id, parcel_no, version),
	constraint stock_status_parcel_fk foreign key (zone_id, coverage_id, parcel_no, version)
		references parcel (zone_id, coverage_id, parcel_no, version),
	constraint stock_status_value_known check (
		stock_status in ('built', 'under_construction', 'supplied_not_started', 'approved_not_supplied', 'suspected_idle',
			'inefficient', 'not_developed')
	),
	constraint stock_status_status_known check (status in ('verified', 'unverified', 'example'))
);
comment on table stock_status is 'What stands on current land as the survey reports it (存量状态); office only, and never a legal finding.';

alter table planning_condition enable row level security;
alter table stock_status enable row level security;

-- The parcel's own policy decides inside the subquery: what hangs on a withheld parcel is withheld too.
create policy planning_condition_select on planning_condition for select to yuantu_app, yuantu_read
	using (
		zone_id = current_zone_id()
		and grade_rank(publication_grade) <= viewer_rank()
		and exists (
			select from parcel p
			where p.zone_id = planning_condition.zone_id and p.coverage_id = planning_condition.coverage_id
				and p.parcel_no = planning_condition.parcel_no and p.version = planning_condition.version)
	);
create policy planning_condition_insert on planning_condition for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() = 3);
create policy stock_status_select on stock_status for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() = 3);
create policy stock_status_insert on stock_status for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() = 3);
grant select on planning_condition, stock_status to yuantu_app, yuantu_read;
grant insert on planning_condition, stock_status to yuantu_app;
