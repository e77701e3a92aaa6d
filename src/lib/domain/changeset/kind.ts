/** What a changeset is for: plan amendment 规划调整, technical correction 技术更正, current-use update 现状更新. */
export const CHANGESET_KINDS = ['plan_amendment', 'technical_correction', 'current_use_update'] as const;
export type ChangesetKind = (typeof CHANGESET_KINDS)[number];

export type CoverageKind = 'plan' | 'current';

/** The coverages that a kind may change: an amendment changes the plan, a survey the current use, an error may be in either. */
export const COVERAGES_OF_KIND: Readonly<Record<ChangesetKind, readonly CoverageKind[]>> = {
	plan_amendment: ['plan'],
	technical_correction: ['plan', 'current'],
	current_use_update: ['current'],
};
