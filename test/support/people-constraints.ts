import { copies, NOWHERE, type ConstraintCase } from './constraint-case.ts';

const AS_VIEWER = { grant_no: '99', role: "'viewer'" };

/** Accounts, roles and offices. */
export const PEOPLE_CONSTRAINTS: readonly ConstraintCase[] = [
	...copies('app_user', {
		pk: {},
		email_unique: { user_id: "'x'" },
		name_not_blank: { name: "' '" },
		email_form: { email: "'A@b'" },
	}),
	...copies('app_session', {
		pk: {},
		token_unique: { session_id: "'x'" },
		user_fk: { session_id: "'x'", token: "'x'", user_id: NOWHERE },
	}),
	...copies('app_account', {
		pk: {},
		provider_unique: { account_id: "'x'" },
		one_of_provider: { account_id: "'x'", provider_account_id: "'x'" },
		user_fk: { account_id: "'x'", provider_account_id: "'x'", user_id: NOWHERE },
		password_whole: { password_hash: 'null' },
	}),
	...copies('sign_in_failure', {
		pk: {},
		hash_form: { email_hash: "'short'::bytea" },
		positive: { email_hash: "sha256('x')", failures: '0' },
	}),
	...copies('role', { pk: {}, sort_unique: { role: "'king'" } }),
	...copies('role_permission', {
		pk: {},
		role_fk: { role: "'king'" },
		form: { permission: "'everything'" },
	}),
	...copies('office', {
		pk: {},
		zone_fk: { zone_id: NOWHERE },
		id_form: { office_id: "'A'" },
		kind_known: { kind: "'club'" },
		name_not_blank: { name_en: "' '" },
	}),
	...copies('role_grant', {
		pk: {},
		held_once: { grant_no: '99' },
		zone_fk: { zone_id: NOWHERE },
		user_fk: { ...AS_VIEWER, user_id: NOWHERE },
		role_fk: { grant_no: '99', role: "'king'" },
		park_fk: { ...AS_VIEWER, park_id: NOWHERE },
		office_fk: { ...AS_VIEWER, office_id: NOWHERE },
		ended_after: { grant_no: '99', ended_at: "granted_at - interval '1 day'" },
	}),
	{ constraint: 'role_grant_last_administrator', statements: ['update role_grant set ended_at = now()'] },
	{ constraint: 'role_grant_last_administrator', statements: ['update app_user set disabled_at = now()'] },
];
