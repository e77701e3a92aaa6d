/** How a constraint is broken: a copy of a row with columns changed, or statements; each is run as the owner and taken back. */
export interface ConstraintCase {
	readonly constraint: string;
	readonly table?: string;
	readonly changes?: Readonly<Record<string, string>>;
	readonly where?: string;
	/** Statements that make ready, before the copy. */
	readonly before?: readonly string[];
	/** Statements of which the last breaks it, in place of a copy. */
	readonly statements?: readonly string[];
}

/** An id of nothing. */
export const NOWHERE = "'nowhere'";

/** One case for each constraint of a table, `<table>_<name>`: copies of a row with these columns changed. */
export function copies(
	table: string,
	cases: Readonly<Record<string, Readonly<Record<string, string>>>>,
	extra: Pick<ConstraintCase, 'where' | 'before'> = {},
): ConstraintCase[] {
	return Object.entries(cases).map(([constraint, changes]) => ({
		constraint: `${table}_${constraint}`,
		table,
		changes,
		...extra,
	}));
}
