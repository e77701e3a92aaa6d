/** How long something took over many runs, in milliseconds. */
export interface Timing {
	readonly samples: number;
	readonly p50Ms: number;
	readonly p95Ms: number;
	readonly maxMs: number;
}

/** The value below which a share of the values lies: nearest rank, NaN of none. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Sums up measured times in milliseconds. */
export function timingOf(samplesMs: readonly number[]): Timing {
	return {
		samples: samplesMs.length,
		p50Ms: percentile(samplesMs, 0.5),
		p95Ms: percentile(samplesMs, 0.95),
		maxMs: percentile(samplesMs, 1),
	};
}

/** Runs work one after the other and measures each run; the last result comes with the times. */
export async function timed<T>(
	runs: number,
	work: () => T | Promise<T>,
): Promise<{ value: T; timing: Timing }> {
	const samplesMs: number[] = [];
	let value: T | undefined;
	for (let run = 0; run < runs; run++) {
		const began = performance.now();
		value = await work();
		samplesMs.push(performance.now() - began);
	}
	return { value: value as T, timing: timingOf(samplesMs) };
}
