create table control_layer (
	zone_id text collate "C" not null,
	control_layer_id text collate "C" not null,
	kind text not null,
	name_zh text not null,
	name_en text not null,
	publication_grade text not null,
	data_on date,
	is_synthetic boolean not null,
	source text not null,
	status text not null,
	constraint control_layer_pk primary key (zone_id, control_layer_id),
	constraint control_layer_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint control_layer_id_form check (control_layer_id ~ '^[a-z][a-z0-9-]{0,39}$'),
	constraint control_layer_kind_known check (
		kind in ('urban_growth_boundary', 'permanent_basic_farmland', 'ecological_red_line', 'industrial_land_line',
			'colour_line', 'administrative_district', 'other')
	),
	constraint control_layer_grade_known check (grade_rank(publication_grade) is not null),
	constraint control_layer_status_known check (status in ('verified', 'unverified', 'example'))
);
comment on table control_layer is 'Layers of constraint polygons (控制线): urban growth boundary, permanent basic farmland, ecological red line and others.';
comment on column control_layer.publication_grade is 'Lowest audience that may see the layer: public, registered, office.';
comment on column control_layer.data_on is 'Day that the lines describe; null: not known.';

create table control_area (
	zone_id text collate "C" not null,
	control_layer_id text collate "C" not null,
	control_area_no integer not null,
	name_zh text not null,
	name_en text not null,
	geom public.geometry(multipolygon, 4490) not null,
	valid_from date,
	valid_to date,
	attributes jsonb not null default '{}',
	constraint control_area_pk primary key (zone_id, control_layer_id, control_area_no),
	constraint control_area_layer_fk foreign key (zone_id, control_layer_id)
		references control_layer (zone_id, control_layer_id),
	constraint control_area_no_positive check (control_area_no > 0),
	constraint control_area_geom_not_empty check (not public.st_isempty(geom)),
	constraint control_area_geom_on_grid check (is_on_grid(geom)),
	constraint control_area_geom_valid check (public.st_isvalid(geom)),
	constraint control_area_dates_ordered check (valid_from < valid_to),
	constraint control_area_attributes_object check (jsonb_typeof(attributes) = 'object')
);
comment on table control_area is 'Polygons of a control layer, dated.';
comment on column control_area.geom is 'EPSG:4490 as x = longitude, y = latitude in degrees, on the 2^-33 degree grid.';
comment on column control_area.valid_from is 'First day; null: since before anything known here.';
comment on column control_area.valid_to is 'Day after the last; null: still in force.';
create index control_area_geom on control_area using gist (geom);

alter table control_layer enable row level security;
alter table control_area enable row level security;
create policy control_layer_select on control_layer for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and grade_rank(publication_grade) <= viewer_rank());
create policy control_area_select on control_area for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and control_layer_id in (
		select l.control_layer_id from control_layer l
		where l.zone_id = current_zone_id() and grade_rank(l.publication_grade) <= viewer_rank()));
grant select on control_layer, control_area to yuantu_app, yuantu_read;
