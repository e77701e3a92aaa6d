/** Land that waits, due days, batches and programmes. */
export const land = {
	dueTitle: '{zone} · 到期事项',
} as const;
