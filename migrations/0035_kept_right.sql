-- Plots, permits, batches and programmes are kept right over years: what was entered is corrected or taken back by a row that says what it was
-- before, why and by whom; a plot gets new versions while its ground is promised to nobody.

alter table plot add column supervision_number text;
alter table plot add column withdrawn_at timestamptz;
alter table plot add constraint plot_supervision_number_form check (supervision_number ~ '\S' and length(supervision_number) <= 60);
drop index plot_cadastral_code_unique;
create unique index plot_cadastral_code_unique on plot (zone_id, cadastral_code) where cadastral_code is not null and withdrawn_at is null;
create unique index plot_supervision_number_unique on plot (zone_id, supervision_number)
	where supervision_number is not null and withdrawn_at is null;
comment on column plot.supervision_number is 'E-supervision number 电子监管号 as typed; null: none yet. Its form is not checked, no text that tells it was read.';
comment on column plot.withdrawn_at is 'Instant at which it was withdrawn as made by mistake; null: it stands.';

alter table plot_version add column kind text not null default 'made';
alter table plot_version add column document text;
alter table plot_version add column class_system text collate "C";
alter table plot_version add column class_version text collate "C";
alter table plot_version add column class_code text collate "C";
alter table plot_version add column client_id text collate "C";
alter table plot_version add constraint plot_version_class_fk foreign key (class_system, class_version, class_code)
	references land_use_class (system, version, code);
alter table plot_version add constraint plot_version_client_unique unique (zone_id, client_id);
alter table plot_version add constraint plot_version_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
alter table plot_version add constraint plot_version_kind_known check (kind in ('made', 'redrawn', 'document'));
alter table plot_version add constraint plot_version_document_named check (
	length(document) <= 500 and (kind <> 'document' or (document is not null and document ~ '\S' and document_area_dm2 is not null))
);
comment on column plot_version.kind is 'made: with the plot; redrawn: from parcels of a newer plan; document: the shape before it, with the area that a document states.';
comment on column plot_version.document is 'Document that states the area of a version of kind document.';
comment on column plot_version.class_code is 'Land-use class of its parcels; null: as the plot''s, of versions from before it was kept.';
comment on column plot_version.client_id is 'Id that the writer gave it: sending twice makes one; null: made with its plot, or loaded.';

alter table plot_permit add column client_id text collate "C";
alter table plot_permit add column voided_at timestamptz;
alter table plot_permit add constraint plot_permit_client_unique unique (zone_id, client_id);
alter table plot_permit add constraint plot_permit_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
comment on column plot_permit.client_id is 'Id that the writer gave it: sending twice makes one; null: recorded before there were any, or loaded.';
comment on column plot_permit.voided_at is 'Instant at which it was taken back; null: it stands.';

alter table plot_statement add column client_id text collate "C";
alter table plot_statement add constraint plot_statement_client_unique unique (zone_id, client_id);
alter table plot_statement add constraint plot_statement_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
comment on column plot_statement.client_id is 'Id that the writer gave it: sending twice makes one; null: recorded before there were any, or loaded.';

alter table supply_secret add column client_id text collate "C";
alter table supply_secret add constraint supply_secret_client_unique unique (zone_id, client_id);
alter table supply_secret add constraint supply_secret_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
comment on column supply_secret.client_id is 'Id that the writer gave it: sending twice makes one; null: recorded before there were any, or loaded.';

alter table conversion_batch add column withdrawn_at timestamptz;
alter table conversion_batch drop constraint conversion_batch_number_unique;
create unique index conversion_batch_number_unique on conversion_batch (zone_id, number) where withdrawn_at is null;
comment on column conversion_batch.withdrawn_at is 'Instant at which it was withdrawn as entered by mistake; null: it stands.';
alter table supply_programme add column withdrawn_at timestamptz;
comment on column supply_programme.withdrawn_at is 'Instant at which it was withdrawn as entered by mistake; null: it stands. Entered again it stands again.';

create table land_correction (
	zone_id text collate "C" not null,
	correction_no integer not null,
	kind text not null,
	plot_no integer,
	permit_no integer,
	batch_no integer,
	year integer,
	value jsonb not null,
	before jsonb not null default '{}',
	reason text not null,
	document text,
	client_id text collate "C" not null,
	user_id text collate "C",
	recorded_at timestamptz not null default clock_timestamp(),
	constraint land_correction_pk primary key (zone_id, correction_no),
	constraint land_correction_client_unique unique (zone_id, client_id),
	constraint land_correction_plot_fk foreign key (zone_id, plot_no) references plot (zone_id, plot_no),
	constraint land_correction_permit_fk foreign key (zone_id, plot_no, permit_no) references plot_permit (zone_id, plot_no, permit_no),
	constraint land_correction_batch_fk foreign key (zone_id, batch_no) references conversion_batch (zone_id, batch_no),
	constraint land_correction_programme_fk foreign key (zone_id, year) references supply_programme (zone_id, year),
	constraint land_correction_user_fk foreign key (user_id) references app_user (user_id),
	constraint land_correction_no_positive check (correction_no > 0),
	constraint land_correction_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,100}$'),
	constraint land_correction_reasoned check (reason ~ '\S' and length(reason) <= 2000 and length(document) <= 500),
	constraint land_correction_subject check (
		case kind
			when 'plot_codes' then plot_no is not null and num_nonnulls(permit_no, batch_no, year) = 0
			when 'plot_withdrawn' then plot_no is not null and num_nonnulls(permit_no, batch_no, year) = 0
			when 'permit_voided' then num_nonnulls(plot_no, permit_no) = 2 and num_nonnulls(batch_no, year) = 0
			when 'batch_corrected' then batch_no is not null and num_nonnulls(plot_no, permit_no, year) = 0
			when 'batch_withdrawn' then batch_no is not null and num_nonnulls(plot_no, permit_no, year) = 0
			when 'programme_corrected' then year is not null and num_nonnulls(plot_no, permit_no, batch_no) = 0
			when 'programme_withdrawn' then year is not null and num_nonnulls(plot_no, permit_no, batch_no) = 0
			else false
		end)
);
create index land_correction_of_plot on land_correction (zone_id, plot_no) where plot_no is not null;
comment on table land_correction is 'What was corrected or taken back of plots'' codes, plots, permits, batches and programmes, with what stood before. Append-only; what it says is done by its trigger and by nothing else.';
comment on column land_correction.value is 'What holds from then on; {} where something was taken back.';
comment on column land_correction.before is 'What stood until then.';
comment on column land_correction.client_id is 'Id that the writer gave it: sending twice makes one.';
comment on column land_correction.recorded_at is 'Instant at which the database wrote the row.';

create function correct_land() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	stands boolean;
	is_used boolean := false;
begin
	if not may('supply.manage', new.zone_id, park_of_plot(new.zone_id, new.plot_no)) then
		raise exception using errcode = 'insufficient_privilege', message = format('%s is not permitted', new.kind);
	end if;
	perform lock_supply(new.zone_id);
	new.correction_no := (select coalesce(max(c.correction_no), 0) + 1 from land_correction c where c.zone_id = new.zone_id);
	new.user_id := current_user_id();
	case
		when new.permit_no is not null then
			select p.voided_at is null into stands from plot_permit p
			where p.zone_id = new.zone_id and p.plot_no = new.plot_no and p.permit_no = new.permit_no;
		when new.plot_no is not null then
			select p.withdrawn_at is null, jsonb_build_object('cadastralCode', p.cadastral_code, 'unitCode', p.unit_code,
				'codeStatus', p.code_status, 'supervisionNumber', p.supervision_number)
			into stands, new.before from plot p where p.zone_id = new.zone_id and p.plot_no = new.plot_no;
			is_used := exists (
				select from supply s where s.zone_id = new.zone_id and s.plot_no = new.plot_no and s.state <> 'cancelled');
		when new.batch_no is not null then
			select b.withdrawn_at is null, jsonb_build_object('number', b.number, 'title', b.title, 'approvedOn', b.approved_on,
				'approvingOffice', b.approving_office, 'approvedAreaDm2', b.approved_area_dm2, 'source', b.source)
			into stands, new.before from conversion_batch b where b.zone_id = new.zone_id and b.batch_no = new.batch_no;
			is_used := exists (
				select from plot p where p.zone_id = new.zone_id and p.batch_no = new.batch_no and p.withdrawn_at is null);
		else
			select r.withdrawn_at is null or new.kind = 'programme_corrected', jsonb_build_object('number', r.number,
				'approvedOn', r.approved_on, 'source', r.source, 'isWithdrawn', r.withdrawn_at is not null)
			into stands, new.before from supply_programme r where r.zone_id = new.zone_id and r.year = new.year;
			is_used := exists (
				select from supply s where s.zone_id = new.zone_id and s.year = new.year and s.state <> 'cancelled');
	end case;
	if stands is not true then
		perform raise_supply('land_correction_stands', format('%s: it is not there, or was taken back', new.kind));
	end if;
	if is_used and new.kind in ('plot_withdrawn', 'batch_withdrawn', 'programme_withdrawn') then
		perform raise_supply('land_correction_unused', format('%s: it is in use', new.kind));
	end if;
	case new.kind
		when 'plot_codes' then
			update plot set cadastral_code = new.value ->> 'cadastralCode', unit_code = new.value ->> 'unitCode',
				code_status = new.value ->> 'codeStatus', supervision_number = new.value ->> 'supervisionNumber'
			where zone_id = new.zone_id and plot_no = new.plot_no;
		when 'plot_withdrawn' then
			update plot set withdrawn_at = clock_timestamp() where zone_id = new.zone_id and plot_no = new.plot_no;
		when 'permit_voided' then
			update plot_permit set voided_at = clock_timestamp()
			where zone_id = new.zone_id and plot_no = new.plot_no and permit_no = new.permit_no;
		when 'batch_corrected' then
			update conversion_batch set number = new.value ->> 'number', title = new.value ->> 'title',
				approved_on = (new.value ->> 'approvedOn')::date, approving_office = new.value ->> 'approvingOffice',
				approved_area_dm2 = (new.value ->> 'approvedAreaDm2')::bigint, source = new.value ->> 'source'
			where zone_id = new.zone_id and batch_no = new.batch_no;
		when 'batch_withdrawn' then
			update conversion_batch set withdrawn_at = clock_timestamp() where zone_id = new.zone_id and batch_no = new.batch_no;
		when 'programme_corrected' then
			update supply_programme set number = new.value ->> 'number', approved_on = (new.value ->> 'approvedOn')::date,
				source = new.value ->> 'source', withdrawn_at = null
			where zone_id = new.zone_id and year = new.year;
		when 'programme_withdrawn' then
			update supply_programme set withdrawn_at = clock_timestamp() where zone_id = new.zone_id and year = new.year;
	end case;
	return new;
end
$$;
comment on function correct_land() is 'Does what a correction says, and keeps what stood before; what is in use is not withdrawn.';
create trigger land_correction_done before insert on land_correction
	for each row when (current_user_id() is not null) execute function correct_land();
create trigger land_correction_append_only before update or delete or truncate on land_correction
	for each statement execute function keep_sealed();

-- A trigger above may change them, no statement of its own.
drop trigger conversion_batch_kept on conversion_batch;
create trigger conversion_batch_kept before update or delete or truncate on conversion_batch
	for each statement when (pg_trigger_depth() = 0) execute function keep_sealed();
drop trigger plot_permit_kept on plot_permit;
create trigger plot_permit_kept before update or delete or truncate on plot_permit
	for each statement when (pg_trigger_depth() = 0) execute function keep_sealed();

create function guard_plot_version() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	newest plot_version;
begin
	if not may('supply.read', new.zone_id) then
		raise exception using errcode = 'insufficient_privilege', message = 'a version of a plot is not permitted';
	end if;
	perform lock_supply(new.zone_id);
	if exists (select from plot p where p.zone_id = new.zone_id and p.plot_no = new.plot_no and p.withdrawn_at is not null) then
		perform raise_supply('plot_version_plot_stands', format('plot %s was withdrawn', new.plot_no));
	end if;
	select * into newest from plot_version v
	where v.zone_id = new.zone_id and v.plot_no = new.plot_no order by v.version desc limit 1;
	if new.kind = 'document' and new.geom::text is distinct from newest.geom::text then
		perform raise_supply('plot_version_same_shape', 'a document states the area of the shape that stands');
	end if;
	if new.kind = 'made' and newest.version is not null then
		perform raise_supply('plot_version_made_once', format('plot %s was made before', new.plot_no));
	end if;
	if newest.version is not null and exists (
		select from supply s where s.zone_id = new.zone_id and s.plot_no = new.plot_no
			and s.state not in ('programmed', 'cancelled', 'ended'))
	then
		if new.kind <> 'document' then
			perform raise_supply('plot_version_unpromised', format('the ground of plot %s is offered or agreed', new.plot_no));
		end if;
		-- What a document states of it is corrected by somebody who decides and did not state it.
		if newest.document_area_dm2 is not null and (newest.user_id is not distinct from current_user_id()
			or not may('supply.decide', new.zone_id, park_of_plot(new.zone_id, new.plot_no)))
		then
			perform raise_supply('plot_version_area_decided', format('the area of plot %s is agreed', new.plot_no));
		end if;
	end if;
	if new.kind = 'redrawn' then
		update plot set class_system = new.class_system, class_version = new.class_version, class_code = new.class_code
		where zone_id = new.zone_id and plot_no = new.plot_no and new.class_code is not null;
	end if;
	return new;
end
$$;
comment on function guard_plot_version() is 'Admits a version of a plot while its ground is promised to nobody, a document''s area of the same shape at any time; a new shape brings its class.';
create trigger plot_version_guard before insert on plot_version
	for each row when (current_user_id() is not null) execute function guard_plot_version();

create function guard_supplied_plot() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	if exists (select from plot p where p.zone_id = new.zone_id and p.plot_no = new.plot_no and p.withdrawn_at is not null)
		or exists (select from supply_programme r where r.zone_id = new.zone_id and r.year = new.year and r.withdrawn_at is not null)
	then
		perform raise_supply('supply_of_standing', 'its plot or programme was withdrawn');
	end if;
	return new;
end
$$;
comment on function guard_supplied_plot() is 'Refuses a supply of a plot, or in a programme, that was withdrawn.';
create trigger supply_of_standing before insert on supply for each row execute function guard_supplied_plot();

alter table land_correction enable row level security;
create policy land_correction_select on land_correction for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('supply.read', current_zone_id())));
create policy land_correction_insert on land_correction for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('supply.manage', zone_id, park_of_plot(zone_id, plot_no)));
-- What a document states of ground that is agreed is corrected by somebody who decides.
drop policy plot_version_insert on plot_version;
create policy plot_version_insert on plot_version for insert to yuantu_app
	with check (zone_id = current_zone_id() and (may('supply.manage', zone_id, park_of_plot(zone_id, plot_no))
		or (kind = 'document' and may('supply.decide', zone_id, park_of_plot(zone_id, plot_no)))));
drop policy plot_parcel_insert on plot_parcel;
create policy plot_parcel_insert on plot_parcel for insert to yuantu_app
	with check (zone_id = current_zone_id() and (may('supply.manage', zone_id, park_of_plot(zone_id, plot_no))
		or (may('supply.decide', zone_id, park_of_plot(zone_id, plot_no)) and exists (
			select from plot_version v where v.zone_id = plot_parcel.zone_id and v.plot_no = plot_parcel.plot_no
				and v.version = plot_parcel.version and v.kind = 'document'))));

-- Codes are changed by a correction only, which keeps those before.
revoke update (cadastral_code, unit_code, code_status) on plot from yuantu_app;
grant select on land_correction to yuantu_app, yuantu_read;
grant insert (zone_id, kind, plot_no, permit_no, batch_no, year, value, reason, document, client_id) on land_correction to yuantu_app;
grant insert (kind, document, class_system, class_version, class_code, client_id) on plot_version to yuantu_app;
grant insert (client_id) on plot_permit, plot_statement, supply_secret to yuantu_app;
revoke execute on function correct_land(), guard_plot_version(), guard_supplied_plot() from public;
