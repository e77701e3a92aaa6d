-- Drafts, their review and what publishing changed. The program decides first and says why; here is the last line: who is the author
-- neither returns nor approves, states move by events only, what was submitted stays as it was, and what is published is sealed.

create function may_in_parks(wanted text, of_zone text, park_ids text[]) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return may(wanted, of_zone) and not exists (
		select from unnest(park_ids) as park (park_id) where not may(wanted, of_zone, park.park_id));
comment on function may_in_parks(text, text, text[]) is
	'Says whether the acting account may do something in every one of some parks; null among them is land in none.';

create function lock_changeset(of_zone text, of_changeset integer) returns void
	language sql volatile
	return pg_advisory_xact_lock(hashtextextended('yuantu.changeset/' || of_zone || '/' || of_changeset, 0));
comment on function lock_changeset(text, integer) is 'Serialises writers of one changeset until the transaction ends.';

create table changeset (
	zone_id text collate "C" not null,
	changeset_no integer not null,
	client_id text collate "C" not null,
	coverage_id text collate "C" not null,
	base_revision integer not null,
	kind text not null,
	title text not null,
	reason text not null,
	state text not null default 'draft',
	head integer not null default 0,
	edit_no integer not null default 0,
	park_ids text[] collate "C" not null default '{}',
	author_id text collate "C" not null,
	created_at timestamptz not null,
	changed_at timestamptz not null,
	published_revision integer,
	constraint changeset_pk primary key (zone_id, changeset_no),
	constraint changeset_client_unique unique (zone_id, client_id),
	constraint changeset_base_fk foreign key (zone_id, coverage_id, base_revision)
		references revision (zone_id, coverage_id, revision),
	constraint changeset_published_fk foreign key (zone_id, coverage_id, published_revision)
		references revision (zone_id, coverage_id, revision),
	constraint changeset_author_fk foreign key (author_id) references app_user (user_id),
	constraint changeset_no_positive check (changeset_no > 0),
	constraint changeset_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$'),
	constraint changeset_kind_known check (kind in ('plan_amendment', 'technical_correction', 'current_use_update')),
	constraint changeset_text_length check (length(title) <= 200 and length(reason) <= 10000),
	constraint changeset_state_known check (state in ('draft', 'submitted', 'approved', 'published', 'withdrawn')),
	constraint changeset_published_whole check ((state = 'published') = (published_revision is not null))
);
create unique index changeset_published_once on changeset (zone_id, coverage_id, published_revision)
	where published_revision is not null;
comment on table changeset is 'Drafts 调整方案: edits of a coverage on a base revision, and what became of them.';
comment on column changeset.client_id is 'Id that the writer gave it: sending twice makes one.';
comment on column changeset.head is 'How many of its steps count: undo and redo move it.';
comment on column changeset.edit_no is 'Goes up with every change of steps or head: names the state of the draft.';
comment on column changeset.park_ids is 'Parks that its steps touch, null among them for land in none.';
comment on column changeset.changed_at is 'Instant of the last change of its steps or of what it says of itself.';

create table changeset_step (
	zone_id text collate "C" not null,
	changeset_no integer not null,
	step_no integer not null,
	client_id text collate "C" not null,
	verb text not null,
	params jsonb not null,
	difference json not null,
	digest text collate "C" not null,
	user_id text collate "C" not null,
	recorded_at timestamptz not null default clock_timestamp(),
	constraint changeset_step_pk primary key (zone_id, changeset_no, step_no),
	constraint changeset_step_client_unique unique (zone_id, changeset_no, client_id),
	constraint changeset_step_changeset_fk foreign key (zone_id, changeset_no) references changeset (zone_id, changeset_no),
	constraint changeset_step_user_fk foreign key (user_id) references app_user (user_id),
	constraint changeset_step_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$'),
	constraint changeset_step_verb_form check (verb ~ '^[a-z]+(_[a-z]+)*$'),
	constraint changeset_step_params_object check (jsonb_typeof(params) = 'object'),
	constraint changeset_step_digest_holds check (digest = encode(sha256(convert_to(difference::text, 'UTF8')), 'hex'))
);
comment on table changeset_step is 'Steps of a draft in order: the verb as it was asked for, and the difference that the server made of it. Those after the head are undone.';
comment on column changeset_step.difference is 'Shapes before and after in whole grid steps of 2^-33 degree (EPSG:4490), lineage, and facts before and after; its text is kept as it was written.';
comment on column changeset_step.digest is 'SHA-256 of the text of the difference, hex.';
comment on column changeset_step.recorded_at is 'Instant at which the database wrote the row.';

create table changeset_transition (
	from_state text not null,
	event text not null,
	to_state text not null,
	acted_by text not null,
	permissions text[] not null,
	constraint changeset_transition_pk primary key (from_state, event)
);
comment on table changeset_transition is 'The life of a changeset; the same table is in the program (lib/domain/changeset/life-cycle.ts), and a test holds the two equal.';
insert into changeset_transition (from_state, event, to_state, acted_by, permissions) values
	('draft', 'submit', 'submitted', 'author', '{changeset.draft}'),
	('draft', 'withdraw', 'withdrawn', 'author', '{changeset.draft}'),
	('submitted', 'return', 'draft', 'another', '{changeset.review,changeset.approve}'),
	('submitted', 'approve', 'approved', 'another', '{changeset.approve}'),
	('submitted', 'withdraw', 'withdrawn', 'author', '{changeset.draft}'),
	('approved', 'return', 'draft', 'another', '{changeset.approve}'),
	('approved', 'publish', 'published', 'anyone', '{changeset.publish}');

create table changeset_event (
	zone_id text collate "C" not null,
	changeset_no integer not null,
	event_no integer not null,
	event text not null,
	from_state text not null,
	to_state text not null,
	user_id text collate "C" not null,
	comment text not null,
	revision integer,
	occurred_at timestamptz not null,
	constraint changeset_event_pk primary key (zone_id, changeset_no, event_no),
	constraint changeset_event_changeset_fk foreign key (zone_id, changeset_no) references changeset (zone_id, changeset_no),
	constraint changeset_event_user_fk foreign key (user_id) references app_user (user_id),
	constraint changeset_event_comment_length check (length(comment) <= 10000),
	constraint changeset_event_return_reasoned check (event <> 'return' or comment ~ '\S'),
	constraint changeset_event_publish_revision check ((event = 'publish') = (revision is not null))
);
comment on table changeset_event is 'What happened to a changeset, by whom: append-only. A new event moves the state; the database numbers it and says from where to where.';
comment on column changeset_event.revision is 'Revision that publishing made; null: another event.';
comment on column changeset_event.occurred_at is 'Instant at which the act happened by the service''s clock.';

create table changeset_comment (
	zone_id text collate "C" not null,
	changeset_no integer not null,
	comment_no integer not null,
	user_id text collate "C" not null,
	body text not null,
	parcel_no integer,
	lon double precision,
	lat double precision,
	recorded_at timestamptz not null default clock_timestamp(),
	constraint changeset_comment_pk primary key (zone_id, changeset_no, comment_no),
	constraint changeset_comment_changeset_fk foreign key (zone_id, changeset_no) references changeset (zone_id, changeset_no),
	constraint changeset_comment_user_fk foreign key (user_id) references app_user (user_id),
	constraint changeset_comment_body_written check (body ~ '\S' and length(body) <= 10000),
	constraint changeset_comment_place_whole check (num_nulls(lon, lat) in (0, 2)),
	constraint changeset_comment_place_on_earth check (lon between -180 and 180 and lat between -90 and 90)
);
comment on table changeset_comment is 'What people say of a changeset, of one of its parcels or of a place: append-only.';
comment on column changeset_comment.parcel_no is 'Parcel that it is about, negative for a new one of the draft; null: none.';
comment on column changeset_comment.lon is 'Place that it is about, degrees (EPSG:4490); null: none.';
comment on column changeset_comment.recorded_at is 'Instant at which the database wrote the row.';

create table changeset_document (
	zone_id text collate "C" not null,
	changeset_no integer not null,
	document_no integer not null,
	name text not null,
	media_type text collate "C" not null,
	content bytea not null,
	byte_count integer not null,
	sha256 text collate "C" not null,
	user_id text collate "C" not null,
	recorded_at timestamptz not null default clock_timestamp(),
	constraint changeset_document_pk primary key (zone_id, changeset_no, document_no),
	constraint changeset_document_changeset_fk foreign key (zone_id, changeset_no) references changeset (zone_id, changeset_no),
	constraint changeset_document_user_fk foreign key (user_id) references app_user (user_id),
	constraint changeset_document_name_form check (name ~ '\S' and name !~ '[/\\[:cntrl:]]' and length(name) <= 200),
	constraint changeset_document_media_form check (media_type ~ '^[a-z]+/[a-z0-9][a-z0-9.+-]{0,98}$'),
	constraint changeset_document_size check (byte_count = octet_length(content) and byte_count between 1 and 20971520),
	constraint changeset_document_sha256_holds check (sha256 = encode(sha256(content), 'hex'))
);
comment on table changeset_document is 'Documents that a changeset is based on, as they were given, up to 20 MiB each.';
comment on column changeset_document.recorded_at is 'Instant at which the database wrote the row.';

create table changeset_paper (
	zone_id text collate "C" not null,
	changeset_no integer not null,
	paper text not null,
	starts_on date,
	ends_on date,
	number text,
	office text,
	issued_on date,
	summary text,
	document_no integer,
	user_id text collate "C" not null,
	recorded_at timestamptz not null default clock_timestamp(),
	constraint changeset_paper_pk primary key (zone_id, changeset_no, paper),
	constraint changeset_paper_changeset_fk foreign key (zone_id, changeset_no) references changeset (zone_id, changeset_no),
	constraint changeset_paper_document_fk foreign key (zone_id, changeset_no, document_no)
		references changeset_document (zone_id, changeset_no, document_no),
	constraint changeset_paper_user_fk foreign key (user_id) references app_user (user_id),
	constraint changeset_paper_known check (
		paper in ('public_notice', 'opinions_summary', 'approval', 'error_report', 'survey_update')
	),
	constraint changeset_paper_text_length check (length(number) <= 200 and length(office) <= 200 and length(summary) <= 10000)
);
comment on table changeset_paper is 'Outside papers that publishing records: what they state, and the document that holds them.';
comment on column changeset_paper.starts_on is 'First day of a public notice; null: not stated.';
comment on column changeset_paper.ends_on is 'Last day of a public notice; null: not stated.';
comment on column changeset_paper.issued_on is 'Day of an approval, a report, a survey; null: not stated.';
comment on column changeset_paper.recorded_at is 'Instant at which it was last written.';

create table parcel_change (
	zone_id text collate "C" not null,
	coverage_id text collate "C" not null,
	revision integer not null,
	parcel_no integer not null,
	kind text collate "C" not null,
	version integer not null,
	changeset_no integer not null,
	constraint parcel_change_pk primary key (zone_id, coverage_id, revision, parcel_no, kind),
	constraint parcel_change_revision_fk foreign key (zone_id, coverage_id, revision)
		references revision (zone_id, coverage_id, revision) deferrable initially deferred,
	constraint parcel_change_parcel_fk foreign key (zone_id, coverage_id, parcel_no, version)
		references parcel (zone_id, coverage_id, parcel_no, version),
	constraint parcel_change_changeset_fk foreign key (zone_id, changeset_no) references changeset (zone_id, changeset_no),
	constraint parcel_change_kind_known check (
		kind in ('created', 'retired', 'reshaped', 'noded', 'reclassified', 'recoded', 'conditions')
	)
);
create index parcel_change_of_parcel on parcel_change (zone_id, parcel_no);
comment on table parcel_change is 'What each revision did to each parcel that it touched, and by which changeset.';
comment on column parcel_change.version is 'Version that the revision opened; of a retired parcel the one that it closed.';
comment on column parcel_change.kind is 'noded: a neighbour''s vertex came to lie on its edge; left out of histories.';

create table parcel_lineage (
	zone_id text collate "C" not null,
	coverage_id text collate "C" not null,
	revision integer not null,
	from_no integer not null,
	to_no integer not null,
	constraint parcel_lineage_pk primary key (zone_id, coverage_id, revision, from_no, to_no),
	constraint parcel_lineage_revision_fk foreign key (zone_id, coverage_id, revision)
		references revision (zone_id, coverage_id, revision) deferrable initially deferred,
	constraint parcel_lineage_from_fk foreign key (zone_id, coverage_id, from_no)
		references parcel_identity (zone_id, coverage_id, parcel_no),
	constraint parcel_lineage_to_fk foreign key (zone_id, coverage_id, to_no)
		references parcel_identity (zone_id, coverage_id, parcel_no),
	constraint parcel_lineage_apart check (from_no <> to_no)
);
create index parcel_lineage_to on parcel_lineage (zone_id, coverage_id, to_no);
comment on table parcel_lineage is 'Which parcel''s ground went to which in a revision.';

create function begin_changeset() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	perform pg_advisory_xact_lock(hashtextextended('yuantu.changeset/' || new.zone_id, 0));
	new.changeset_no := (select coalesce(max(c.changeset_no), 0) + 1 from changeset c where c.zone_id = new.zone_id);
	new.author_id := current_user_id();
	new.state := 'draft';
	new.head := 0;
	new.edit_no := 0;
	new.park_ids := '{}';
	new.changed_at := new.created_at;
	new.published_revision := null;
	return new;
end
$$;
comment on function begin_changeset() is 'Numbers a new changeset; it is the acting account''s, a draft without steps.';
create trigger changeset_begin before insert on changeset for each row execute function begin_changeset();

create function raise_changeset(broken text, said text) returns void
	language plpgsql
	set search_path = yuantu, public, pg_temp
as $$
begin
	raise exception using errcode = 'check_violation', schema = 'yuantu', table = 'changeset', constraint = broken, message = said;
end
$$;
comment on function raise_changeset(text, text) is 'Refuses in the name of a constraint.';

create function guard_changeset() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	last changeset_event;
begin
	if old.state in ('published', 'withdrawn') then
		perform raise_changeset('changeset_sealed', format('changeset %s is %s', old.changeset_no, old.state));
	end if;
	if (new.zone_id, new.changeset_no, new.client_id, new.coverage_id, new.kind, new.author_id, new.created_at)
		is distinct from (old.zone_id, old.changeset_no, old.client_id, old.coverage_id, old.kind, old.author_id, old.created_at)
	then
		perform raise_changeset('changeset_identity_kept', 'what a changeset is never changes');
	end if;
	if (new.title, new.reason, new.base_revision, new.head, new.edit_no, new.park_ids)
		is distinct from (old.title, old.reason, old.base_revision, old.head, old.edit_no, old.park_ids)
	then
		if old.state <> 'draft' then
			perform raise_changeset('changeset_content_in_draft', format('changeset %s is %s: only drafts change', old.changeset_no, old.state));
		end if;
		if new.head not between 0 and (
			select count(*) from changeset_step s where s.zone_id = new.zone_id and s.changeset_no = new.changeset_no)
		then
			perform raise_changeset('changeset_head_within', format('changeset %s has no step %s', new.changeset_no, new.head));
		end if;
	end if;
	if (new.state, new.published_revision) is distinct from (old.state, old.published_revision) then
		select * into last from changeset_event e
		where e.zone_id = new.zone_id and e.changeset_no = new.changeset_no order by e.event_no desc limit 1;
		if (last.from_state, last.to_state, last.revision) is distinct from (old.state, new.state, new.published_revision) then
			perform raise_changeset('changeset_state_by_event', 'the state of a changeset is moved by events only');
		end if;
	end if;
	return new;
end
$$;
comment on function guard_changeset() is 'Keeps a changeset: sealed at its end, unchanged once submitted, its state moved by events only, for the owner too.';
create trigger changeset_guard before update on changeset for each row execute function guard_changeset();
create trigger changeset_kept before delete or truncate on changeset for each statement execute function keep_sealed();

create function guard_changeset_event() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	subject changeset;
	line changeset_transition;
begin
	select * into subject from changeset c where c.zone_id = new.zone_id and c.changeset_no = new.changeset_no for update;
	select * into line from changeset_transition t where t.from_state = subject.state and t.event = new.event;
	if line.event is null then
		perform raise_changeset('changeset_event_possible', format('%s is not for a changeset that is %s', new.event, subject.state));
	end if;
	if line.acted_by = 'author' and subject.author_id is distinct from current_user_id() then
		perform raise_changeset('changeset_event_by_author', format('%s is for the author only', new.event));
	end if;
	if line.acted_by = 'another' and subject.author_id is not distinct from current_user_id() then
		perform raise_changeset('changeset_event_by_another', format('%s is for somebody else than the author', new.event));
	end if;
	if not exists (
		select from unnest(line.permissions) as held (permission)
		where may_in_parks(held.permission, subject.zone_id, subject.park_ids))
	then
		perform raise_changeset('changeset_event_permitted', format('%s is not permitted', new.event));
	end if;
	if new.event in ('submit', 'publish') and (subject.head = 0 or subject.title !~ '\S' or subject.reason !~ '\S') then
		perform raise_changeset('changeset_event_whole', 'a changeset has a title, a reason and a step before it is submitted');
	end if;
	new.event_no := (
		select coalesce(max(e.event_no), 0) + 1 from changeset_event e
		where e.zone_id = new.zone_id and e.changeset_no = new.changeset_no);
	new.from_state := line.from_state;
	new.to_state := line.to_state;
	new.user_id := current_user_id();
	return new;
end
$$;
comment on function guard_changeset_event() is 'Admits an event that the life of a changeset knows, by somebody who may do it; numbers it.';
create trigger changeset_event_guard before insert on changeset_event for each row execute function guard_changeset_event();

create function move_changeset() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	update changeset set state = new.to_state, published_revision = new.revision
	where zone_id = new.zone_id and changeset_no = new.changeset_no;
	return null;
end
$$;
comment on function move_changeset() is 'Moves a changeset to where its event leads.';
create trigger changeset_event_move after insert on changeset_event for each row execute function move_changeset();
create trigger changeset_event_append_only before update or delete or truncate on changeset_event
	for each statement execute function keep_sealed();

create function guard_changeset_step() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	subject changeset;
	last_no integer;
begin
	select * into subject from changeset c
	where (c.zone_id, c.changeset_no) = (coalesce(new.zone_id, old.zone_id), coalesce(new.changeset_no, old.changeset_no))
	for update;
	if subject.state <> 'draft' then
		perform raise_changeset('changeset_step_in_draft', format('changeset %s is %s', subject.changeset_no, subject.state));
	end if;
	if tg_op = 'DELETE' then
		if old.step_no <= subject.head then
			perform raise_changeset('changeset_step_undone', 'only steps that are undone are replaced');
		end if;
		return old;
	end if;
	select coalesce(max(s.step_no), 0) into last_no from changeset_step s
	where s.zone_id = new.zone_id and s.changeset_no = new.changeset_no;
	if new.step_no <> last_no + 1 then
		perform raise_changeset('changeset_step_next', format('the next step is %s', last_no + 1));
	end if;
	new.user_id := current_user_id();
	return new;
end
$$;
comment on function guard_changeset_step() is 'Steps follow one another while their changeset is a draft; those that are undone may go.';
create trigger changeset_step_guard before insert or delete on changeset_step for each row execute function guard_changeset_step();
create trigger changeset_step_kept before update or truncate on changeset_step for each statement execute function keep_sealed();

create function guard_changeset_record() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	subject changeset;
begin
	select * into subject from changeset c
	where (c.zone_id, c.changeset_no) = (coalesce(new.zone_id, old.zone_id), coalesce(new.changeset_no, old.changeset_no))
	for share;
	if subject.state in ('published', 'withdrawn') then
		perform raise_changeset(tg_name, format('changeset %s is %s', subject.changeset_no, subject.state));
	end if;
	if tg_op = 'DELETE' then
		return old;
	end if;
	new.user_id := current_user_id();
	new.recorded_at := clock_timestamp();
	return new;
end
$$;
comment on function guard_changeset_record() is 'What is recorded on a changeset is by the acting account, and stays once it is published or withdrawn.';
create trigger changeset_comment_unsealed before insert on changeset_comment for each row execute function guard_changeset_record();
create trigger changeset_comment_append_only before update or delete or truncate on changeset_comment
	for each statement execute function keep_sealed();
create trigger changeset_document_unsealed before insert or delete on changeset_document
	for each row execute function guard_changeset_record();
create trigger changeset_document_kept before update or truncate on changeset_document for each statement execute function keep_sealed();
create trigger changeset_paper_unsealed before insert or update or delete on changeset_paper
	for each row execute function guard_changeset_record();
create trigger changeset_paper_not_emptied before truncate on changeset_paper for each statement execute function keep_sealed();

create function check_recorded_changes() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	if exists (
		select from recorded_change c
		join revision r on r.zone_id = c.zone_id and r.coverage_id = c.coverage_id and r.revision = c.revision)
	then
		raise exception using
			errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name, constraint = tg_name,
			message = 'what a revision did is recorded before it is sealed';
	end if;
	return null;
end
$$;
comment on function check_recorded_changes() is 'Refuses to add to what a sealed revision did.';
create trigger parcel_change_before_seal after insert on parcel_change
	referencing new table as recorded_change for each statement execute function check_recorded_changes();
create trigger parcel_change_immutable before update or delete or truncate on parcel_change
	for each statement execute function keep_sealed();
create trigger parcel_lineage_before_seal after insert on parcel_lineage
	referencing new table as recorded_change for each statement execute function check_recorded_changes();
create trigger parcel_lineage_immutable before update or delete or truncate on parcel_lineage
	for each statement execute function keep_sealed();

create function is_own_draft(of_zone text, of_changeset integer) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return may('changeset.draft', of_zone) and exists (
		select from changeset c
		where c.zone_id = of_zone and c.changeset_no = of_changeset and c.author_id = current_user_id());
comment on function is_own_draft(text, integer) is 'Says whether the acting account wrote a changeset and still drafts in its zone.';

alter table changeset enable row level security;
alter table changeset_step enable row level security;
alter table changeset_transition enable row level security;
alter table changeset_event enable row level security;
alter table changeset_comment enable row level security;
alter table changeset_document enable row level security;
alter table changeset_paper enable row level security;
alter table parcel_change enable row level security;
alter table parcel_lineage enable row level security;

create policy changeset_select on changeset for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('changeset.read', current_zone_id())));
create policy changeset_insert on changeset for insert to yuantu_app
	with check (zone_id = current_zone_id() and author_id = current_user_id() and may('changeset.draft', zone_id));
create policy changeset_update on changeset for update to yuantu_app
	using (zone_id = current_zone_id() and author_id = current_user_id() and may('changeset.draft', zone_id))
	with check (zone_id = current_zone_id() and may_in_parks('changeset.draft', zone_id, park_ids));

create policy changeset_step_select on changeset_step for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('changeset.read', current_zone_id())));
create policy changeset_step_insert on changeset_step for insert to yuantu_app
	with check (zone_id = current_zone_id() and is_own_draft(zone_id, changeset_no));
create policy changeset_step_delete on changeset_step for delete to yuantu_app
	using (zone_id = current_zone_id() and is_own_draft(zone_id, changeset_no));

create policy changeset_transition_select on changeset_transition for select to yuantu_app, yuantu_read
	using (viewer_rank() >= 1);

create policy changeset_event_select on changeset_event for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('changeset.read', current_zone_id())));
-- Who may add which event is said by its trigger.
create policy changeset_event_insert on changeset_event for insert to yuantu_app
	with check (zone_id = current_zone_id() and user_id = current_user_id());

create policy changeset_comment_select on changeset_comment for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('changeset.read', current_zone_id())));
create policy changeset_comment_insert on changeset_comment for insert to yuantu_app
	with check (zone_id = current_zone_id() and user_id = current_user_id() and may('changeset.read', zone_id));

-- Papers and documents come from the author, or from those who record an outside approval.
create policy changeset_document_select on changeset_document for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('changeset.read', current_zone_id())));
create policy changeset_document_insert on changeset_document for insert to yuantu_app
	with check (zone_id = current_zone_id() and (is_own_draft(zone_id, changeset_no) or may('changeset.publish', zone_id)));
create policy changeset_document_delete on changeset_document for delete to yuantu_app
	using (zone_id = current_zone_id() and user_id = current_user_id() and is_own_draft(zone_id, changeset_no));
create policy changeset_paper_select on changeset_paper for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and (select may('changeset.read', current_zone_id())));
create policy changeset_paper_insert on changeset_paper for insert to yuantu_app
	with check (zone_id = current_zone_id() and (is_own_draft(zone_id, changeset_no) or may('changeset.publish', zone_id)));
create policy changeset_paper_update on changeset_paper for update to yuantu_app
	using (zone_id = current_zone_id() and (is_own_draft(zone_id, changeset_no) or may('changeset.publish', zone_id)))
	with check (zone_id = current_zone_id());

create policy parcel_change_select on parcel_change for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() = 3);
create policy parcel_lineage_select on parcel_lineage for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() = 3);
create policy parcel_change_insert on parcel_change for insert to yuantu_app
	with check (zone_id = current_zone_id() and (select may('changeset.publish', current_zone_id())));
create policy parcel_lineage_insert on parcel_lineage for insert to yuantu_app
	with check (zone_id = current_zone_id() and (select may('changeset.publish', current_zone_id())));

-- Revisions are written by those who may publish, by their stored grants; the grade alone said so until there were people.
drop policy revision_insert on revision;
drop policy parcel_identity_insert on parcel_identity;
drop policy parcel_insert on parcel;
drop policy parcel_update on parcel;
drop policy planning_condition_insert on planning_condition;
drop policy stock_status_insert on stock_status;
create policy revision_insert on revision for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() = 3 and (select may('changeset.publish', current_zone_id())));
create policy parcel_identity_insert on parcel_identity for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() = 3 and (select may('changeset.publish', current_zone_id())));
create policy parcel_insert on parcel for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() = 3 and (select may('changeset.publish', current_zone_id())));
create policy parcel_update on parcel for update to yuantu_app
	using (zone_id = current_zone_id() and viewer_rank() = 3 and (select may('changeset.publish', current_zone_id())))
	with check (zone_id = current_zone_id() and viewer_rank() = 3 and (select may('changeset.publish', current_zone_id())));
create policy planning_condition_insert on planning_condition for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() = 3 and (select may('changeset.publish', current_zone_id())));
create policy stock_status_insert on stock_status for insert to yuantu_app
	with check (zone_id = current_zone_id() and viewer_rank() = 3 and (select may('changeset.publish', current_zone_id())));

grant select on changeset, changeset_step, changeset_transition, changeset_event, changeset_comment, changeset_document,
	changeset_paper, parcel_change, parcel_lineage to yuantu_app, yuantu_read;
grant insert (zone_id, client_id, coverage_id, base_revision, kind, title, reason, created_at) on changeset to yuantu_app;
grant update (title, reason, base_revision, head, edit_no, park_ids, changed_at) on changeset to yuantu_app;
grant insert (zone_id, changeset_no, step_no, client_id, verb, params, difference, digest), delete on changeset_step to yuantu_app;
grant insert (zone_id, changeset_no, event, comment, revision, occurred_at) on changeset_event to yuantu_app;
grant insert (zone_id, changeset_no, comment_no, body, parcel_no, lon, lat) on changeset_comment to yuantu_app;
grant insert (zone_id, changeset_no, document_no, name, media_type, content, byte_count, sha256), delete
	on changeset_document to yuantu_app;
grant insert (zone_id, changeset_no, paper, starts_on, ends_on, number, office, issued_on, summary, document_no),
	update (starts_on, ends_on, number, office, issued_on, summary, document_no) on changeset_paper to yuantu_app;
grant insert on parcel_change, parcel_lineage to yuantu_app;

revoke execute on function may_in_parks(text, text, text[]), lock_changeset(text, integer), begin_changeset(), raise_changeset(text, text), guard_changeset(),
	guard_changeset_event(), move_changeset(), guard_changeset_step(), guard_changeset_record(), check_recorded_changes(),
	is_own_draft(text, integer) from public;
grant execute on function may_in_parks(text, text, text[]), is_own_draft(text, integer) to yuantu_app, yuantu_read;
grant execute on function lock_changeset(text, integer) to yuantu_app;
