/** What a revision does to a parcel that history tells of; it also puts nodes on edges (`noded`), which is told nowhere. */
export const CHANGE_KINDS = [
	'created',
	'retired',
	'reshaped',
	'reclassified',
	'recoded',
	'conditions',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
