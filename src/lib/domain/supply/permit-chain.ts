import { changesetError, type ChangesetIssue } from '../changeset/issue.ts';

/** The chain of permits in its order: 用地预审与选址, 建设用地规划许可, 建设工程规划许可, 规划核实. */
export const PERMIT_KINDS = ['site_selection', 'land_use_permit', 'works_permit', 'verification'] as const;
export type PermitKind = (typeof PERMIT_KINDS)[number];

/** A permit of a plot; what was taken back is none. */
export interface ChainedPermit {
	readonly permitNo: number;
	readonly kind: PermitKind;
	readonly number: string;
	/** 'YYYY-MM-DD'. */
	readonly issuedOn: string;
	readonly isVoid: boolean;
}

/**
 * Asks whether a permit may join those of its plot.
 *
 * Refuses `permit.recorded` (one of the kind with that number stands), `permit.works-missing` (nothing is verified without a permit of works)
 * and `permit.too-early` (its day lies before the first of an earlier link that stands). A plot may lack an earlier link: land that is granted
 * has no site selection. Source: none read that tells the whole order; a check of the house against slips.
 */
export function checkPermit(
	{ kind, number, issuedOn }: Pick<ChainedPermit, 'kind' | 'number' | 'issuedOn'>,
	permits: readonly ChainedPermit[],
): ChangesetIssue | null {
	const standing = permits.filter(({ isVoid }) => !isVoid);
	if (standing.some((one) => one.kind === kind && one.number === number))
		return changesetError('permit.recorded', { number });
	if (kind === 'verification' && !standing.some((one) => one.kind === 'works_permit'))
		return changesetError('permit.works-missing');
	const earlier = PERMIT_KINDS.slice(0, PERMIT_KINDS.indexOf(kind)).map((link) =>
		standing
			.filter((one) => one.kind === link)
			.map((one) => one.issuedOn)
			.sort()
			.at(0),
	);
	const first = earlier.find((day) => day !== undefined && day > issuedOn);
	return first === undefined ? null : changesetError('permit.too-early', { day: first });
}

/** Asks whether a permit may be taken back: `permit.later-stands` where it is the last permit of works and a verification stands on it. */
export function checkVoid(permitNo: number, permits: readonly ChainedPermit[]): ChangesetIssue | null {
	const left = permits.filter((one) => !one.isVoid && one.permitNo !== permitNo);
	const isBare =
		left.some(({ kind }) => kind === 'verification') && !left.some(({ kind }) => kind === 'works_permit');
	return isBare ? changesetError('permit.later-stands') : null;
}
