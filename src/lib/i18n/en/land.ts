import type { Wording } from '../wording.ts';
import type { land as zhLand } from '../zh/land.ts';

/** Land that waits, due days, batches and programmes. */
export const land: Wording<typeof zhLand> = {
	dueTitle: '{zone} · Due days',
};
