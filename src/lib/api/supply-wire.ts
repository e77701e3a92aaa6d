import type { z } from 'zod';
import type { landCorrectionSchema } from './land-correction.ts';
import type { batchListSchema, buildingListSchema, programmeSchema } from './land-chain.ts';
import type {
	batchSchema,
	dueListSchema,
	dueMonthsSchema,
	scanSchema,
	scanTotalsSchema,
	supervisionSchema,
} from './supervision.ts';
import type {
	findingSchema,
	openPlotSchema,
	openSupplySchema,
	ruleReferenceSchema,
	supplySchema,
	timelineDateSchema,
} from './supply.ts';

export type WireLandCorrection = z.infer<typeof landCorrectionSchema>;
export type WireOpenPlot = z.infer<typeof openPlotSchema>;
export type WirePlot = WireOpenPlot['plot'];
export type WireSupply = z.infer<typeof supplySchema>;
export type WireOpenSupply = z.infer<typeof openSupplySchema>;
export type WireSupplyEvent = WireOpenSupply['events'][number];
export type WireFinding = z.infer<typeof findingSchema>;
export type WireRuleReference = z.infer<typeof ruleReferenceSchema>;
export type WireTimelineDate = z.infer<typeof timelineDateSchema>;
export type WireSupervision = z.infer<typeof supervisionSchema>;
export type WireDueList = z.infer<typeof dueListSchema>;
export type WireDueMonths = z.infer<typeof dueMonthsSchema>;
export type WireScanTotals = z.infer<typeof scanTotalsSchema>;
export type WireScan = z.infer<typeof scanSchema>;
export type WireBatch = z.infer<typeof batchSchema>;
export type WireBatchList = z.infer<typeof batchListSchema>;
export type WireBuilding = z.infer<typeof buildingListSchema>['buildings'][number];
export type WireProgramme = z.infer<typeof programmeSchema>;
