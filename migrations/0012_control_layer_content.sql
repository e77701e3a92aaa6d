-- The content of a control layer has a name, as a revision has: what it names is never changed, and tiles of it are kept for ever.

alter table control_layer add column checksum text,
	add constraint control_layer_checksum_form check (checksum ~ '^[0-9a-f]{64}$');
comment on column control_layer.checksum is
	'SHA-256 of the layer with its areas, hex; the content''s name in addresses. Null: still being loaded.';
create index control_layer_checksum_lookup on control_layer (checksum);

create function seal_control_layer(sealed_zone_id text, sealed_layer_id text) returns void
	language plpgsql
	set search_path = yuantu, public, pg_temp
as $$
begin
	-- Whoever is adding an area comes first, and is seen by what follows.
	perform from control_layer l
	where l.zone_id = sealed_zone_id and l.control_layer_id = sealed_layer_id
	for update;
	update control_layer l
	set checksum = encode(sha256(convert_to(jsonb_build_array(
		l.zone_id, l.control_layer_id, l.kind, l.name_zh, l.name_en, l.data_on, l.is_synthetic, l.source, (
			select jsonb_agg(jsonb_build_array(a.control_area_no, a.name_zh, a.name_en, a.geom::text, a.valid_from,
				a.valid_to, a.attributes) order by a.control_area_no)
			from control_area a
			where a.zone_id = l.zone_id and a.control_layer_id = l.control_layer_id)
		)::text, 'UTF8')), 'hex')
	where l.zone_id = sealed_zone_id and l.control_layer_id = sealed_layer_id;
end
$$;
comment on function seal_control_layer(text, text) is 'Names the content of a control layer; from then on neither it nor its areas change.';

select seal_control_layer(zone_id, control_layer_id) from control_layer;

create function keep_control_layer() returns trigger
	language plpgsql
	set search_path = yuantu, public, pg_temp
as $$
declare
	-- Who may see a layer, and how far it is trusted, may change: its content does not say it.
	open_columns constant text[] := array['publication_grade', 'status'];
	touched record;
begin
	if tg_table_name = 'control_layer' and tg_op = 'UPDATE' and to_jsonb(new) - open_columns = to_jsonb(old) - open_columns then
		return new;
	end if;
	-- Locked first and tested then: a layer that is being sealed is waited for.
	for touched in
		select l.zone_id, l.control_layer_id, l.checksum
		from control_layer l
		where (l.zone_id, l.control_layer_id) = (old.zone_id, old.control_layer_id)
			or (l.zone_id, l.control_layer_id) = (new.zone_id, new.control_layer_id)
		for share
	loop
		if touched.checksum is not null then
			raise exception using
				errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name, constraint = tg_name,
				message = format('control layer %s of %s is sealed: load changed lines as another layer',
					touched.control_layer_id, touched.zone_id);
		end if;
	end loop;
	return case tg_op when 'DELETE' then old else new end;
end
$$;
comment on function keep_control_layer() is
	'Refuses every change of a control layer that has a checksum but for its grade and status, for the owner too.';

create trigger control_layer_immutable before update or delete on control_layer
	for each row execute function keep_control_layer();
create trigger control_area_immutable before insert or update or delete on control_area
	for each row execute function keep_control_layer();
create trigger control_layer_not_emptied before truncate on control_layer
	for each statement execute function keep_sealed();
create trigger control_area_not_emptied before truncate on control_area
	for each statement execute function keep_sealed();

create function find_control_layer_place(content_id text)
	returns table (zone_id text, control_layer_id text, publication_grade text)
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	begin atomic
		select l.zone_id, l.control_layer_id, l.publication_grade
		from control_layer l
		where l.checksum = content_id and current_zone_id() = '*' and viewer_rank() = 3;
	end;
comment on function find_control_layer_place(text) is
	'The control layer with this checksum, in whatever zone; only for the office grade with the zone directory open, else none.';

revoke execute on function seal_control_layer(text, text), keep_control_layer(), find_control_layer_place(text) from public;
grant execute on function find_control_layer_place(text) to yuantu_app, yuantu_read;
