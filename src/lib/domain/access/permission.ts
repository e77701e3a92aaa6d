/** What one may be allowed to do. */
export const PERMISSIONS = [
	'office.read',
	'changeset.read',
	'changeset.draft',
	'changeset.review',
	'changeset.approve',
	'changeset.publish',
	'supply.read',
	'supply.manage',
	'supply.decide',
	'supply.secret',
	'rule.set',
	'people.manage',
	'audit.read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Roles that can be granted, in the order of lists. */
export const ROLES = [
	'viewer',
	'planner',
	'reviewer',
	'approver',
	'supply_officer',
	'case_handler',
	'auditor',
	'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** What each role may do; the same table is in the database (`role_permission`), whose policies ask it. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
	viewer: ['office.read', 'supply.read'],
	planner: ['office.read', 'changeset.read', 'changeset.draft', 'supply.read'],
	reviewer: ['office.read', 'changeset.read', 'changeset.review', 'supply.read'],
	approver: [
		'office.read',
		'changeset.read',
		'changeset.approve',
		'changeset.publish',
		'supply.read',
		'supply.decide',
		'rule.set',
	],
	supply_officer: ['office.read', 'changeset.read', 'supply.read', 'supply.manage', 'supply.secret'],
	case_handler: ['office.read', 'supply.read'],
	auditor: ['office.read', 'changeset.read', 'audit.read', 'supply.read'],
	administrator: ['office.read', 'people.manage'],
};

/** Kinds of bodies whose people work in a zone. */
export const OFFICE_KINDS = [
	'municipal_bureau',
	'branch_bureau',
	'management_committee',
	'district_government',
	'platform_company',
] as const;
export type OfficeKind = (typeof OFFICE_KINDS)[number];

/** A role that somebody holds in a zone. */
export interface Grant {
	readonly zoneId: string;
	readonly role: Role;
	/** Park to which its acts are limited; null: the whole zone. */
	readonly parkId: string | null;
	/** Body for which it is held; null: not stated. */
	readonly officeId: string | null;
}

/**
 * Says whether grants allow something in a zone.
 *
 * Without parks, as reading is asked, a role in any park will do. With parks every one must be allowed, by a role held in it or in
 * the whole zone; a null park is land in no park, or an act on the whole zone, for which only the latter will do.
 */
export function isGranted(
	grants: readonly Grant[],
	permission: Permission,
	zoneId: string,
	parkIds: readonly (string | null)[] = [],
): boolean {
	const fitting = grants.filter(
		(grant) => grant.zoneId === zoneId && ROLE_PERMISSIONS[grant.role].includes(permission),
	);
	return (
		fitting.length > 0 &&
		parkIds.every((wanted) => fitting.some(({ parkId }) => parkId === null || parkId === wanted))
	);
}
