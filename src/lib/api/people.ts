import type { OfficeKind, Role } from '../domain/access/permission.ts';

/** A thing with a name in both languages. */
export interface WireName {
	readonly nameZh: string;
	readonly nameEn: string;
}

export interface WirePark extends WireName {
	readonly parkId: string;
}

export interface WireOffice extends WireName {
	readonly officeId: string;
	readonly kind: OfficeKind;
	readonly isSample: boolean;
}

export interface WirePerson {
	readonly userId: string;
	readonly name: string;
	readonly email: string;
	readonly isDisabled: boolean;
	readonly mustChangePassword: boolean;
	/** Null ids: the whole zone; no body stated. */
	readonly roles: readonly {
		readonly grantNo: number;
		readonly role: Role;
		readonly parkId: string | null;
		readonly officeId: string | null;
	}[];
}

/** What can be granted in a zone. */
export interface WireGrantable {
	readonly roles: readonly Role[];
	readonly parks: readonly WirePark[];
	readonly offices: readonly WireOffice[];
}

/** What became of a form: a refusal with what was typed, or a one-time password where one was made. */
export interface WirePeopleAnswer {
	readonly code?: string;
	readonly typed?: Readonly<Record<string, string>>;
	readonly oneTimePassword?: string | null;
	readonly email?: string;
}
