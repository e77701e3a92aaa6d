-- Who signs in, and what one may do. Sign-in knows accounts and sessions and nothing of roles; roles are granted per zone, and may(…)
-- answers from the stored grants of current_user_id(), so that no policy believes what the application says of somebody's roles.

create function current_user_id() returns text
	language sql stable parallel safe
	return nullif(current_setting('yuantu.user_id', true), '');
comment on function current_user_id() is 'Account that acts in this transaction (setting yuantu.user_id); null when nobody is signed in.';

create table app_user (
	user_id text collate "C" not null,
	name text not null,
	email text collate "C" not null,
	email_verified boolean not null default false,
	must_change_password boolean not null default false,
	disabled_at timestamptz,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	constraint app_user_pk primary key (user_id),
	constraint app_user_email_unique unique (email),
	constraint app_user_name_not_blank check (name ~ '\S'),
	constraint app_user_email_form check (email = lower(email) and email ~ '^[^@\s]+@[^@\s]+$')
);
comment on table app_user is 'Accounts of persons, of no zone: what one may do in a zone is granted there. Never deleted, since drafts and the audit name them.';
comment on column app_user.must_change_password is 'The password was given by somebody else: until it is changed the account may do nothing.';
comment on column app_user.disabled_at is 'Instant since which the account may neither sign in nor do anything; null: it may.';
comment on column app_user.updated_at is 'Instant of the last change by sign-in.';

create table app_session (
	session_id text collate "C" not null,
	token text collate "C" not null,
	user_id text collate "C" not null,
	ip_address text,
	user_agent text,
	created_at timestamptz not null,
	updated_at timestamptz not null,
	expires_at timestamptz not null,
	constraint app_session_pk primary key (session_id),
	constraint app_session_token_unique unique (token),
	constraint app_session_user_fk foreign key (user_id) references app_user (user_id)
);
create index app_session_of_user on app_session (user_id);
comment on table app_session is 'Browsers that are signed in. The cookie holds the token and a signature by a secret that is not in the database.';
comment on column app_session.updated_at is 'Instant at which its end was last put off.';
comment on column app_session.expires_at is 'Instant from which it is no longer valid.';

create table app_account (
	account_id text collate "C" not null,
	user_id text collate "C" not null,
	provider text collate "C" not null,
	provider_account_id text not null,
	password_hash text,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	constraint app_account_pk primary key (account_id),
	constraint app_account_provider_unique unique (provider, provider_account_id),
	constraint app_account_user_fk foreign key (user_id) references app_user (user_id),
	constraint app_account_password_whole check (provider <> 'credential' or password_hash is not null)
);
create index app_account_of_user on app_account (user_id);
comment on table app_account is 'By what an account signs in: provider credential is e-mail and password.';
comment on column app_account.password_hash is 'scrypt with its parameters and salt.';
comment on column app_account.updated_at is 'Instant at which the password was last set.';

create table sign_in_failure (
	email_hash bytea not null,
	failures smallint not null,
	last_at timestamptz not null,
	constraint sign_in_failure_pk primary key (email_hash),
	constraint sign_in_failure_hash_form check (octet_length(email_hash) = 32),
	constraint sign_in_failure_positive check (failures > 0)
);
comment on table sign_in_failure is 'Failed attempts in a row, for every e-mail that is typed, whether it has an account or not: so a lock tells nobody which exist.';
comment on column sign_in_failure.email_hash is 'SHA-256 of what was typed, in lower case: a password typed in the wrong field is not kept.';
comment on column sign_in_failure.last_at is 'Instant of the last failure.';

create table role (
	role text collate "C" not null,
	sort smallint not null,
	constraint role_pk primary key (role),
	constraint role_sort_unique unique (sort)
);
comment on table role is 'Roles that can be granted.';

create table role_permission (
	role text collate "C" not null,
	permission text collate "C" not null,
	constraint role_permission_pk primary key (role, permission),
	constraint role_permission_role_fk foreign key (role) references role (role),
	constraint role_permission_form check (permission ~ '^[a-z]+[.][a-z]+$')
);
comment on table role_permission is 'What a role may do; the same table is in the program (lib/domain/access/permission.ts), and a test holds the two equal.';

insert into role (role, sort) values
	('viewer', 1), ('planner', 2), ('reviewer', 3), ('approver', 4),
	('supply_officer', 5), ('case_handler', 6), ('auditor', 7), ('administrator', 8);
insert into role_permission (role, permission) values
	('viewer', 'office.read'),
	('planner', 'office.read'), ('planner', 'changeset.read'), ('planner', 'changeset.draft'),
	('reviewer', 'office.read'), ('reviewer', 'changeset.read'), ('reviewer', 'changeset.review'),
	('approver', 'office.read'), ('approver', 'changeset.read'), ('approver', 'changeset.approve'), ('approver', 'changeset.publish'),
	('supply_officer', 'office.read'), ('supply_officer', 'changeset.read'),
	('case_handler', 'office.read'),
	('auditor', 'office.read'), ('auditor', 'changeset.read'), ('auditor', 'audit.read'),
	('administrator', 'office.read'), ('administrator', 'people.manage');

create table office (
	zone_id text collate "C" not null,
	office_id text collate "C" not null,
	kind text not null,
	name_zh text not null,
	name_en text not null,
	is_sample boolean not null,
	constraint office_pk primary key (zone_id, office_id),
	constraint office_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint office_id_form check (office_id ~ '^[a-z][a-z0-9-]{0,39}$'),
	constraint office_kind_known check (kind in (
		'municipal_bureau', 'branch_bureau', 'management_committee', 'district_government', 'platform_company'
	)),
	constraint office_name_not_blank check (name_zh ~ '\S' and name_en ~ '\S')
);
comment on table office is 'Bodies whose people work in a zone: the municipal bureau of natural resources and its branches, the management committee, district governments, the platform company.';
comment on column office.is_sample is 'True: made up for the demo.';

create table role_grant (
	zone_id text collate "C" not null,
	grant_no integer generated by default as identity,
	user_id text collate "C" not null,
	role text collate "C" not null,
	park_id text collate "C",
	office_id text collate "C",
	granted_at timestamptz not null default now(),
	ended_at timestamptz,
	constraint role_grant_pk primary key (zone_id, grant_no),
	constraint role_grant_zone_fk foreign key (zone_id) references zone (zone_id),
	constraint role_grant_user_fk foreign key (user_id) references app_user (user_id),
	constraint role_grant_role_fk foreign key (role) references role (role),
	constraint role_grant_park_fk foreign key (zone_id, park_id) references park (zone_id, park_id),
	constraint role_grant_office_fk foreign key (zone_id, office_id) references office (zone_id, office_id),
	constraint role_grant_ended_after check (ended_at >= granted_at)
);
create unique index role_grant_held_once on role_grant (zone_id, user_id, role, park_id) nulls not distinct
	where ended_at is null;
create index role_grant_of_user on role_grant (user_id);
comment on table role_grant is 'Who holds or held which role in a zone. A role that is taken away ends; its row stays, so that names of former colleagues can be read.';
comment on column role_grant.park_id is 'Park to which what the role may do is limited (not what it may read); null: the whole zone.';
comment on column role_grant.office_id is 'Body for which the person holds the role; null: not stated.';
comment on column role_grant.granted_at is 'Instant at which it was given.';
comment on column role_grant.ended_at is 'Instant at which it was taken away; null: held.';

create function may(wanted text, of_zone text) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return exists (
		select from role_grant g
		join role_permission p on p.role = g.role and p.permission = wanted
		join app_user u on u.user_id = g.user_id and u.disabled_at is null and not u.must_change_password
		where g.user_id = current_user_id() and g.zone_id = of_zone and g.ended_at is null);
comment on function may(text, text) is
	'Says whether the acting account holds a role with a permission in a zone, or in any park of it: asked of reading. In a policy: (select may(''…'', current_zone_id())), which is asked once.';

create function may(wanted text, of_zone text, of_park text) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return exists (
		select from role_grant g
		join role_permission p on p.role = g.role and p.permission = wanted
		join app_user u on u.user_id = g.user_id and u.disabled_at is null and not u.must_change_password
		where g.user_id = current_user_id() and g.zone_id = of_zone and g.ended_at is null
			and (g.park_id is null or g.park_id = of_park));
comment on function may(text, text, text) is
	'Says whether the acting account may do something in a park; a null park is land in none or an act on the whole zone, for which the role must be held in the whole zone.';

create function is_colleague(of_user text) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return may('office.read', current_zone_id())
		and exists (select from role_grant g where g.user_id = of_user and g.zone_id = current_zone_id());
comment on function is_colleague(text) is 'Says whether the acting account reads the office grade of this transaction''s zone and the other holds or held a role there.';

create function manages_account(of_user text) returns boolean
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return exists (select from role_grant g where g.user_id = of_user and g.zone_id = current_zone_id())
		and may('people.manage', current_zone_id())
		and not exists (
			select from role_grant g
			where g.user_id = of_user and g.ended_at is null and not may('people.manage', g.zone_id, g.park_id));
comment on function manages_account(text) is
	'Says whether the acting account manages people everywhere where the other holds a role: an account is of no zone, so that nobody else may change it.';

create function find_account(of_email text) returns text
	language sql stable security definer
	set search_path = yuantu, public, pg_temp
	return (select u.user_id from app_user u where u.email = lower(of_email) and may('people.manage', current_zone_id()));
comment on function find_account(text) is 'The account of an e-mail, for those who manage people of this zone; null: none.';

create function refuse_account_change() returns void
	language plpgsql
	set search_path = yuantu, public, pg_temp
as $$
begin
	raise exception using errcode = 'insufficient_privilege', message = 'this account is not yours to change';
end
$$;
comment on function refuse_account_change() is 'Refuses like a missing right does.';

create function create_account(new_user_id text, new_name text, new_email text, one_time_hash text) returns void
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	if not may('people.manage', current_zone_id()) then
		perform refuse_account_change();
	end if;
	insert into app_user (user_id, name, email, must_change_password) values (new_user_id, new_name, new_email, true);
	insert into app_account (account_id, user_id, provider, provider_account_id, password_hash)
	values (new_user_id, new_user_id, 'credential', new_user_id, one_time_hash);
end
$$;
comment on function create_account(text, text, text, text) is 'Adds an account with a one-time password, by those who manage people of this zone.';

create function set_one_time_password(of_user text, one_time_hash text) returns void
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	if not manages_account(of_user) then
		perform refuse_account_change();
	end if;
	update app_account set password_hash = one_time_hash, updated_at = now() where user_id = of_user and provider = 'credential';
	update app_user set must_change_password = true, updated_at = now() where user_id = of_user;
	delete from app_session where user_id = of_user;
end
$$;
comment on function set_one_time_password(text, text) is 'Gives an account a password that has to be changed, and ends its sessions.';

create function set_account_disabled(of_user text, is_disabled boolean) returns void
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	if not manages_account(of_user) then
		perform refuse_account_change();
	end if;
	update app_user set disabled_at = case when is_disabled then coalesce(disabled_at, now()) end, updated_at = now()
	where user_id = of_user;
	if is_disabled then
		delete from app_session where user_id = of_user;
	end if;
end
$$;
comment on function set_account_disabled(text, boolean) is 'Keeps an account from signing in, and ends its sessions; or lets it in again.';

create function keep_administrator() returns trigger
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
declare
	left_zone text;
begin
	for left_zone in
		select distinct g.zone_id from role_grant g
		where g.user_id = new.user_id and g.role = 'administrator' and g.park_id is null
		order by g.zone_id
	loop
		perform pg_advisory_xact_lock(hashtextextended('yuantu.people/' || left_zone, 0));
		if not exists (
			select from role_grant g join app_user u on u.user_id = g.user_id and u.disabled_at is null
			where g.zone_id = left_zone and g.role = 'administrator' and g.park_id is null and g.ended_at is null)
		then
			raise exception using
				errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name, constraint = 'role_grant_last_administrator',
				message = 'a zone keeps an administrator of its own';
		end if;
	end loop;
	return null;
end
$$;
comment on function keep_administrator() is 'Refuses to end or disable the last administrator of a zone, also when two are taken away at once.';
create trigger role_grant_last_administrator after update of ended_at on role_grant
	for each row when (new.ended_at is not null and old.ended_at is null) execute function keep_administrator();
create trigger app_user_last_administrator after update of disabled_at on app_user
	for each row when (new.disabled_at is not null and old.disabled_at is null) execute function keep_administrator();

alter table app_user enable row level security;
alter table app_session enable row level security;
alter table app_account enable row level security;
alter table sign_in_failure enable row level security;
alter table role enable row level security;
alter table role_permission enable row level security;
alter table office enable row level security;
alter table role_grant enable row level security;

-- Accounts, sessions and failures are the sign-in's alone.
create policy app_user_sign_in on app_user to yuantu_auth using (true) with check (true);
create policy app_session_sign_in on app_session to yuantu_auth using (true) with check (true);
create policy app_account_sign_in on app_account to yuantu_auth using (true) with check (true);
create policy sign_in_failure_sign_in on sign_in_failure to yuantu_auth using (true) with check (true);
grant select, update on app_user to yuantu_auth;
grant select, insert, update, delete on app_session to yuantu_auth;
grant select, update on app_account to yuantu_auth;
grant select, insert, update, delete on sign_in_failure to yuantu_auth;

create policy app_user_select on app_user for select to yuantu_app, yuantu_read
	using (viewer_rank() >= 1 and (user_id = current_user_id() or is_colleague(user_id)));
grant select (user_id, name, email, must_change_password, disabled_at, created_at) on app_user to yuantu_app, yuantu_read;

create policy role_select on role for select to yuantu_app, yuantu_read using (viewer_rank() >= 1);
create policy role_permission_select on role_permission for select to yuantu_app, yuantu_read using (viewer_rank() >= 1);
grant select on role, role_permission to yuantu_app, yuantu_read;

create policy office_select on office for select to yuantu_app, yuantu_read
	using (zone_id = current_zone_id() and viewer_rank() = 3);
create policy office_insert on office for insert to yuantu_app
	with check (zone_id = current_zone_id() and may('people.manage', zone_id, null));
grant select on office to yuantu_app, yuantu_read;
grant insert on office to yuantu_app;

create policy role_grant_select on role_grant for select to yuantu_app, yuantu_read
	using (viewer_rank() >= 1 and (
		user_id = current_user_id()
		or zone_id = current_zone_id() and (select may('people.manage', current_zone_id()))));
create policy role_grant_insert on role_grant for insert to yuantu_app
	with check (zone_id = current_zone_id() and ended_at is null and may('people.manage', zone_id, park_id));
create policy role_grant_update on role_grant for update to yuantu_app
	using (zone_id = current_zone_id() and may('people.manage', zone_id, park_id))
	with check (zone_id = current_zone_id() and may('people.manage', zone_id, park_id));
grant select on role_grant to yuantu_app, yuantu_read;
grant insert (zone_id, user_id, role, park_id, office_id) on role_grant to yuantu_app;
grant update (ended_at) on role_grant to yuantu_app;

revoke execute on function current_user_id(), may(text, text), may(text, text, text), is_colleague(text), manages_account(text),
	find_account(text), refuse_account_change(), create_account(text, text, text, text), set_one_time_password(text, text),
	set_account_disabled(text, boolean), keep_administrator() from public;
grant execute on function current_user_id(), may(text, text), may(text, text, text), is_colleague(text), manages_account(text)
	to yuantu_app, yuantu_read;
grant execute on function find_account(text), create_account(text, text, text, text), set_one_time_password(text, text),
	set_account_disabled(text, boolean) to yuantu_app;
