import type { z } from 'zod';
import type { batchListSchema } from '$lib/api/land-chain.ts';
import type { landCorrectionSchema, plotVersionSchema } from '$lib/api/land-correction.ts';
import type { openPlotSchema } from '$lib/api/supply.ts';
import type { Outcome } from '../service/changeset/outcome.ts';
import type { BatchList } from '../service/supply/land-chain.ts';
import type { readPlot } from '../service/supply/list.ts';
import { batchToWire } from './supervision-answer.ts';

type OpenPlot = Awaited<ReturnType<typeof readPlot>> extends Outcome<infer Plot> ? Plot : never;

/** A correction as it is sent to a reader. */
export function correctionToWire({
	recordedAt,
	...row
}: OpenPlot['corrections'][number]): z.input<typeof landCorrectionSchema> {
	return { ...row, value: { ...row.value }, before: { ...row.before }, recordedAt: recordedAt.toISOString() };
}

/** A version of a plot as it is sent to a reader; by whom, by name. */
export function versionToWire({
	recordedAt,
	userId: _,
	...row
}: OpenPlot['versions'][number]): z.input<typeof plotVersionSchema> {
	return { ...row, recordedAt: recordedAt.toISOString() };
}

/** The batches of a zone, with what was corrected of them. */
export function batchesToWire({ batches, corrections, ...list }: BatchList): z.input<typeof batchListSchema> {
	return {
		...list,
		batches: batches.map(batchToWire),
		corrections: corrections.map(correctionToWire),
	};
}

/** A plot with all that hangs on it. */
export function openPlotToWire(plot: OpenPlot): z.input<typeof openPlotSchema> {
	return {
		...plot,
		versions: plot.versions.map(versionToWire),
		corrections: plot.corrections.map(correctionToWire),
	};
}
