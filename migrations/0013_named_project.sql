-- Projects that the zone's documents name without saying where they are: a list, never a place on a map.

create table named_project (
	zone_id text collate "C" not null,
	project_no smallint not null,
	name_zh text not null,
	name_en text not null,
	source text not null,
	status text not null,
	constraint named_project_pk primary key (zone_id, project_no),
	constraint named_project_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint named_project_name_unique unique (zone_id, name_zh),
	constraint named_project_status_known check (status in ('verified', 'unverified', 'example'))
);
comment on table named_project is 'Projects (项目) named in the documents of the zone, in their order; the documents give no location.';

alter table named_project enable row level security;
create policy named_project_select on named_project for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() >= 1);
grant select on named_project to yuantu_app, yuantu_read;
