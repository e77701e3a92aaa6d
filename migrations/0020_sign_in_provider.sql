-- Accounts may sign in by another service (OpenID Connect). They are made by those who manage people, as before: sign-in only ties
-- who somebody is at that service to an account that is there.

alter table app_account add constraint app_account_one_of_provider unique (user_id, provider);
drop index app_account_of_user;
comment on table app_account is
	'By what an account signs in: provider credential is e-mail and password, any other the address of a service (issuer) with the subject that the account is there.';
comment on column app_account.provider_account_id is 'The account itself for a password, the subject at another service else.';

grant insert, delete on app_account to yuantu_auth;
create policy app_account_tie on app_account as restrictive for insert to yuantu_auth with check (provider <> 'credential');
create policy app_account_untie on app_account as restrictive for delete to yuantu_auth using (provider = 'credential');

create or replace function set_one_time_password(of_user text, one_time_hash text) returns void
	language plpgsql security definer
	set search_path = yuantu, public, pg_temp
as $$
begin
	if not manages_account(of_user) then
		perform refuse_account_change();
	end if;
	delete from app_account where user_id = of_user and provider <> 'credential';
	insert into app_account (account_id, user_id, provider, provider_account_id, password_hash)
	values (of_user, of_user, 'credential', of_user, one_time_hash)
	on conflict on constraint app_account_one_of_provider do update set password_hash = one_time_hash, updated_at = now();
	update app_user set must_change_password = true, updated_at = now() where user_id = of_user;
	delete from app_session where user_id = of_user;
end
$$;
comment on function set_one_time_password(text, text) is
	'Gives an account a password that has to be changed, unties it from other services, and ends its sessions.';
