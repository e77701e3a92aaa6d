/** Publication grades in rising order: what a higher grade may read includes what a lower one may. */
export type Grade = 'public' | 'registered' | 'office';

/** Who asks. Until sign-in exists there are two: the public, and the office on localhost by a setting. */
export interface Actor {
	readonly kind: 'public' | 'office_on_localhost';
	readonly grade: Grade;
}

export const PUBLIC_ACTOR: Actor = { kind: 'public', grade: 'public' };
export const OFFICE_ON_LOCALHOST: Actor = { kind: 'office_on_localhost', grade: 'office' };

const ORDER: Readonly<Record<Grade, number>> = { public: 0, registered: 1, office: 2 };

/** Says whether a reader of `reader` grade may read what is published at `wanted` grade. */
export function mayRead(reader: Grade, wanted: Grade): boolean {
	return ORDER[reader] >= ORDER[wanted];
}
