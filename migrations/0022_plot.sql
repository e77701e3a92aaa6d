-- Land before it is supplied: conversion batches, plots with their versions, codes, permits and buildings, and the reserve's checklist.
-- Read by those who may read supply; written by supply officers in the plot's park, batches by those of the whole zone.

insert into role_permission (role, permission) values
	('viewer', 'supply.read'),
	('planner', 'supply.read'),
	('reviewer', 'supply.read'),
	('approver', 'supply.read'), ('approver', 'supply.decide'),
	('supply_officer', 'supply.read'), ('supply_officer', 'supply.manage'), ('supply_officer', 'supply.secret'),
	('case_handler', 'supply.read'),
	('auditor', 'supply.read');

create function lock_supply(of_zone text) returns void
	language sql volatile
	return pg_advisory_xact_lock(hashtextextended('yuantu.supply/' || of_zone, 0));
comment on function lock_supply(text) is 'Serialises those who give out numbers of plots and supplies in a zone until the transaction ends.';

create table conversion_batch (
	zone_id text collate "C" not null,
	batch_no integer not null,
	number text not null,
	title text not null,
	approved_on date not null,
	approving_office text not null,
	approved_area_dm2 bigint not null,
	source text not null,
	is_synthetic boolean not null,
	user_id text collate "C",
	recorded_at timestamptz not null default clock_timestamp(),
	constraint conversion_batch_pk primary key (zone_id, batch_no),
	constraint conversion_batch_number_unique unique (zone_id, number),
	constraint conversion_batch_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint conversion_batch_user_fk foreign key (user_id) references app_user (user_id),
	constraint conversion_batch_no_positive check (batch_no > 0),
	constraint conversion_batch_text check (
		number ~ '\S' and length(number) <= 100 and length(title) <= 200 and length(approving_office) <= 200 and length(source) <= 500
	),
	constraint conversion_batch_area_positive check (approved_area_dm2 > 0)
);
comment on table conversion_batch is 'Conversion and acquisition batches 批次: what was approved; what is supplied and what remains is computed from plots.';
comment on column conversion_batch.approved_on is 'Day of the approval.';
comment on column conversion_batch.approved_area_dm2 is 'Approved area as the document states it, in 0.01 m².';
comment on column conversion_batch.is_synthetic is 'True: made up for the demo.';
comment on column conversion_batch.recorded_at is 'Instant at which the database wrote the row.';

create table plot (
	zone_id text collate "C" not null,
	plot_no integer not null,
	client_id text collate "C" not null,
	name text not null,
	park_id text collate "C" not null,
	class_system text collate "C" not null,
	class_version text collate "C" not null,
	class_code text collate "C" not null,
	batch_no integer,
	cadastral_code text collate "C",
	unit_code text collate "C",
	code_status text not null,
	is_synthetic boolean not null,
	user_id text collate "C",
	recorded_at timestamptz not null default clock_timestamp(),
	constraint plot_pk primary key (zone_id, plot_no),
	constraint plot_client_unique unique (zone_id, client_id),
	constraint plot_park_fk foreign key (zone_id, park_id) references park (zone_id, park_id),
	constraint plot_class_fk foreign key (class_system, class_version, class_code) references land_use_class (system, version, code),
	constraint plot_batch_fk foreign key (zone_id, batch_no) references conversion_batch (zone_id, batch_no),
	constraint plot_user_fk foreign key (user_id) references app_user (user_id),
	constraint plot_no_positive check (plot_no > 0),
	constraint plot_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$'),
	constraint plot_name_form check (name ~ '\S' and length(name) <= 200),
	constraint plot_cadastral_code_form check (cadastral_code ~ '^[0-9]{12}[GJZ][A-Z][0-9]{5}$'),
	constraint plot_unit_code_form check (unit_code ~ '^[0-9]{12}[GJZ][A-Z][0-9]{5}[FLQW][0-9]{8}$'),
	constraint plot_codes_agree check (starts_with(unit_code, cadastral_code)),
	constraint plot_code_status_known check (code_status in ('none', 'provisional', 'registered')),
	constraint plot_code_status_whole check ((code_status = 'none') = (num_nonnulls(cadastral_code, unit_code) = 0))
);
create unique index plot_cadastral_code_unique on plot (zone_id, cadastral_code) where cadastral_code is not null;
create index plot_of_batch on plot (zone_id, batch_no) where batch_no is not null;
comment on table plot is 'Plots 供地宗地: units of land that are supplied and held, apart from plan parcels. Numbers are never reused.';
comment on column plot.client_id is 'Id that the writer gave it: sending twice makes one.';
comment on column plot.cadastral_code is 'Cadastral code 宗地代码 of 19 characters, issued by the registry; null: none yet.';
comment on column plot.unit_code is 'Real-estate unit number 不动产单元代码 of 28 characters, issued by the registry; null: none yet.';
comment on column plot.code_status is 'registered: typed or imported from the registry; provisional: made here 预编; none.';
comment on column plot.is_synthetic is 'True: made up for the demo.';
comment on column plot.recorded_at is 'Instant at which the database wrote the row.';

create table plot_version (
	zone_id text collate "C" not null,
	plot_no integer not null,
	version integer not null,
	geom public.geometry(multipolygon, 4490) not null,
	area_dm2 bigint not null,
	planar_area_dm2 bigint not null,
	planar_srid integer not null,
	document_area_dm2 bigint,
	coverage_id text collate "C" not null,
	revision integer not null,
	reason text not null,
	user_id text collate "C",
	recorded_at timestamptz not null default clock_timestamp(),
	constraint plot_version_pk primary key (zone_id, plot_no, version),
	constraint plot_version_plot_fk foreign key (zone_id, plot_no) references plot (zone_id, plot_no),
	constraint plot_version_revision_fk foreign key (zone_id, coverage_id, revision)
		references revision (zone_id, coverage_id, revision),
	constraint plot_version_user_fk foreign key (user_id) references app_user (user_id),
	constraint plot_version_positive check (version > 0),
	constraint plot_version_geom_whole check (
		not public.st_isempty(geom) and is_on_grid(geom) and public.st_isvalid(geom)
	),
	constraint plot_version_areas_positive check (area_dm2 > 0 and planar_area_dm2 > 0 and document_area_dm2 > 0),
	constraint plot_version_reason_length check (length(reason) <= 10000)
);
create index plot_version_geom on plot_version using gist (zone_id, geom);
comment on table plot_version is 'Shapes of a plot, numbered from 1; the last counts. None is ever changed.';
comment on column plot_version.geom is 'Degrees on the grid (EPSG:4490).';
comment on column plot_version.area_dm2 is 'Ellipsoidal area, in 0.01 m².';
comment on column plot_version.planar_area_dm2 is 'Planar area in the projection of planar_srid, in 0.01 m².';
comment on column plot_version.planar_srid is 'Projection of the planar area.';
comment on column plot_version.document_area_dm2 is 'Area of the contract, price and registration as a document states it, in 0.01 m²; null: none yet.';
comment on column plot_version.revision is 'Plan revision that the shape was made from.';
comment on column plot_version.recorded_at is 'Instant at which the database wrote the row.';

create table plot_parcel (
	zone_id text collate "C" not null,
	plot_no integer not null,
	version integer not null,
	coverage_id text collate "C" not null,
	parcel_no integer not null,
	parcel_version integer not null,
	shared_area_dm2 bigint not null,
	is_whole boolean not null,
	constraint plot_parcel_pk primary key (zone_id, plot_no, version, coverage_id, parcel_no),
	constraint plot_parcel_plot_fk foreign key (zone_id, plot_no, version) references plot_version (zone_id, plot_no, version),
	constraint plot_parcel_parcel_fk foreign key (zone_id, coverage_id, parcel_no, parcel_version)
		references parcel (zone_id, coverage_id, parcel_no, version),
	constraint plot_parcel_area_positive check (shared_area_dm2 > 0)
);
create index plot_parcel_of_parcel on plot_parcel (zone_id, coverage_id, parcel_no);
comment on table plot_parcel is 'Plan parcels on which a version of a plot lies, by overlay with the revision that it was made from.';
comment on column plot_parcel.shared_area_dm2 is 'Ellipsoidal area that both have, in 0.01 m².';
comment on column plot_parcel.is_whole is 'True: the plot holds the whole parcel.';

create table plot_permit (
	zone_id text collate "C" not null,
	plot_no integer not null,
	permit_no integer not null,
	kind text not null,
	number text not null,
	office text not null,
	issued_on date not null,
	user_id text collate "C",
	recorded_at timestamptz not null default clock_timestamp(),
	constraint plot_permit_pk primary key (zone_id, plot_no, permit_no),
	constraint plot_permit_plot_fk foreign key (zone_id, plot_no) references plot (zone_id, plot_no),
	constraint plot_permit_user_fk foreign key (user_id) references app_user (user_id),
	constraint plot_permit_no_positive check (permit_no > 0),
	constraint plot_permit_kind_known check (kind in ('site_selection', 'land_use_permit', 'works_permit', 'verification')),
	constraint plot_permit_text check (number ~ '\S' and length(number) <= 100 and length(office) <= 200)
);
comment on table plot_permit is 'The chain of permits as recorded: 用地预审与选址, 建设用地规划许可, 建设工程规划许可, 规划核实. A correction is another row.';
comment on column plot_permit.issued_on is 'Day of the permit.';
comment on column plot_permit.recorded_at is 'Instant at which the database wrote the row.';

create table plot_statement (
	zone_id text collate "C" not null,
	plot_no integer not null,
	statement_no integer not null,
	item text not null,
	outcome text not null,
	stated_on date not null,
	document text,
	user_id text collate "C",
	recorded_at timestamptz not null default clock_timestamp(),
	constraint plot_statement_pk primary key (zone_id, plot_no, statement_no),
	constraint plot_statement_plot_fk foreign key (zone_id, plot_no) references plot (zone_id, plot_no),
	constraint plot_statement_user_fk foreign key (user_id) references app_user (user_id),
	constraint plot_statement_no_positive check (statement_no > 0),
	constraint plot_statement_item_known check (
		item in ('rights_clear', 'compensation_paid', 'no_dispute', 'ready_for_work', 'soil', 'archaeology', 'industry_plan')
	),
	constraint plot_statement_outcome_known check (outcome in ('pass', 'fail', 'unknown')),
	constraint plot_statement_document_length check (length(document) <= 500),
	constraint plot_statement_proven check (outcome <> 'pass' or (document is not null and document ~ '\S'))
);
comment on table plot_statement is 'What was stated of a plot over time, the checklist of clear land 净地 and whether it fits the industry plan 产业规划; of each item the last row counts. Items without a row are unknown.';
comment on column plot_statement.stated_on is 'Day to which the statement refers.';
comment on column plot_statement.recorded_at is 'Instant at which the database wrote the row.';

create table building (
	zone_id text collate "C" not null,
	plot_no integer not null,
	building_no integer not null,
	name text not null,
	industry_floor_dm2 bigint not null,
	support_floor_dm2 bigint not null,
	living_floor_dm2 bigint not null,
	least_unit_dm2 bigint,
	stated_on date not null,
	source text not null,
	is_synthetic boolean not null,
	constraint building_pk primary key (zone_id, plot_no, building_no),
	constraint building_plot_fk foreign key (zone_id, plot_no) references plot (zone_id, plot_no),
	constraint building_no_positive check (building_no > 0),
	constraint building_name_form check (name ~ '\S' and length(name) <= 200 and length(source) <= 500),
	constraint building_floors_not_negative check (industry_floor_dm2 >= 0 and support_floor_dm2 >= 0),
	constraint building_living_within_support check (living_floor_dm2 between 0 and support_floor_dm2),
	constraint building_least_unit_positive check (least_unit_dm2 > 0)
);
comment on table building is 'Buildings of a plot with floor for industry 产业用房 and for support 配套用房, living among it.';
comment on column building.industry_floor_dm2 is 'Floor area for industry, in 0.01 m².';
comment on column building.support_floor_dm2 is 'Floor area for support, in 0.01 m².';
comment on column building.living_floor_dm2 is 'Floor area of the support for living, in 0.01 m².';
comment on column building.least_unit_dm2 is 'Smallest unit that can be sold or held apart, in 0.01 m²; null: not split.';
comment on column building.stated_on is 'Day to which the figures refer.';
comment on column building.is_synthetic is 'True: made up for the demo.';

create function park_of_plot(of_zone text, of_plot integer) returns text
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return (select p.park_id from plot p where p.zone_id = of_zone and p.plot_no = of_plot);
comment on function park_of_plot(text, integer) is 'The park of a plot, whoever asks.';

create function number_plot_row() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	perform lock_supply(new.zone_id);
	case tg_table_name
		when 'conversion_batch' then
			new.batch_no := (select coalesce(max(r.batch_no), 0) + 1 from conversion_batch r where r.zone_id = new.zone_id);
		when 'plot' then
			new.plot_no := (select coalesce(max(r.plot_no), 0) + 1 from plot r where r.zone_id = new.zone_id);
		when 'plot_version' then
			new.version := (select coalesce(max(r.version), 0) + 1 from plot_version r
				where r.zone_id = new.zone_id and r.plot_no = new.plot_no);
		when 'plot_permit' then
			new.permit_no := (select coalesce(max(r.permit_no), 0) + 1 from plot_permit r
				where r.zone_id = new.zone_id and r.plot_no = new.plot_no);
		when 'plot_statement' then
			new.statement_no := (select coalesce(max(r.statement_no), 0) + 1 from plot_statement r
				where r.zone_id = new.zone_id and r.plot_no = new.plot_no);
	end case;
	new.user_id := current_user_id();
	return new;
end
$$;
comment on function number_plot_row() is 'Numbers what an account writes of plots, and says who it was; loads without an account number their rows themselves.';
create trigger conversion_batch_number before insert on conversion_batch
	for each row when (current_user_id() is not null) execute function number_plot_row();
create trigger plot_number before insert on plot
	for each row when (current_user_id() is not null) execute function number_plot_row();
create trigger plot_version_number before insert on plot_version
	for each row when (current_user_id() is not null) execute function number_plot_row();
create trigger plot_permit_number before insert on plot_permit
	for each row when (current_user_id() is not null) execute function number_plot_row();
create trigger plot_statement_number before insert on plot_statement
	for each row when (current_user_id() is not null) execute function number_plot_row();

create trigger conversion_batch_kept before update or delete or truncate on conversion_batch
	for each statement execute function keep_sealed();
create trigger plot_kept before delete or truncate on plot for each statement execute function keep_sealed();
create trigger plot_version_kept before update or delete or truncate on plot_version
	for each statement execute function keep_sealed();
create trigger plot_parcel_kept before update or delete or truncate on plot_parcel
	for each statement execute function keep_sealed();
create trigger plot_permit_kept before update or delete or truncate on plot_permit
	for each statement execute function keep_sealed();
create trigger plot_statement_kept before update or delete or truncate on plot_statement
	for each statement execute function keep_sealed();

alter table conversion_batch enable row level security;
alter table plot enable row level security;
alter table plot_version enable row level security;
alter table plot_parcel enable row level security;
alter table plot_permit enable row level security;
alter table plot_statement enable row level security;
alter table building enable row level security;
create policy conversion_batch_select on conversion_batch for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy plot_select on plot for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy plot_version_select on plot_version for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy plot_parcel_select on plot_parcel for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy plot_permit_select on plot_permit for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy plot_statement_select on plot_statement for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy building_select on building for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy conversion_batch_insert on conversion_batch for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, null));
create policy plot_insert on plot for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_id));
create policy plot_update on plot for update to yuantu_app
	using (zone_id = current_zone_id() and may('supply.manage', zone_id, park_id))
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_id));
create policy plot_version_insert on plot_version for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_plot(zone_id, plot_no)));
create policy plot_parcel_insert on plot_parcel for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_plot(zone_id, plot_no)));
create policy plot_permit_insert on plot_permit for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_plot(zone_id, plot_no)));
create policy plot_statement_insert on plot_statement for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_plot(zone_id, plot_no)));
create policy building_insert on building for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_plot(zone_id, plot_no)));
create policy building_update on building for update to yuantu_app
	using (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_plot(zone_id, plot_no)))
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_plot(zone_id, plot_no)));

grant select on conversion_batch, plot, plot_version, plot_parcel, plot_permit, plot_statement, building
	to yuantu_app, yuantu_read;
grant insert (zone_id, number, title, approved_on, approving_office, approved_area_dm2, source, is_synthetic)
	on conversion_batch to yuantu_app;
grant insert (zone_id, client_id, name, park_id, class_system, class_version, class_code, batch_no, cadastral_code, unit_code,
	code_status, is_synthetic), update (name, batch_no, cadastral_code, unit_code, code_status) on plot to yuantu_app;
grant insert (zone_id, plot_no, geom, area_dm2, planar_area_dm2, planar_srid, document_area_dm2, coverage_id, revision, reason)
	on plot_version to yuantu_app;
grant insert on plot_parcel to yuantu_app;
grant insert (zone_id, plot_no, kind, number, office, issued_on) on plot_permit to yuantu_app;
grant insert (zone_id, plot_no, item, outcome, stated_on, document) on plot_statement to yuantu_app;
grant insert, update (name, industry_floor_dm2, support_floor_dm2, living_floor_dm2, least_unit_dm2, stated_on, source)
	on building to yuantu_app;

revoke execute on function lock_supply(text), park_of_plot(text, integer), number_plot_row() from public;
grant execute on function lock_supply(text), park_of_plot(text, integer) to yuantu_app, yuantu_read;
