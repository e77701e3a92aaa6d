import { insertLandCorrection, type LandChange } from '../../src/lib/server/db/land-correction.ts';
import { insertPlotVersion } from '../../src/lib/server/db/plot.ts';
import type { Sql } from '../../src/lib/server/db/connect.ts';
import { clientId } from './changeset-service.ts';
import { PANJIN_ID } from './database-rows.ts';
import { CADASTRAL_CODE } from './supply-rows.ts';

export const ZONE_OFFICERS = ['supply_officer', 'both'];
export const OFFICERS = ['supply_officer', 'own-park-officer', 'both'];
export const DECIDERS = ['approver', 'second-approver', 'own-park-approver', 'both'];

/** What is written by name, who may, and the writing; `shape` is that of plot 1. */
export type Writes = Readonly<
	Record<
		string,
		{ readonly by: readonly string[]; readonly write: (sql: Sql, shape: string) => Promise<unknown> }
	>
>;

const DAY = '2026-01-01';
const CODES = {
	cadastralCode: CADASTRAL_CODE,
	unitCode: null,
	codeStatus: 'registered',
	supervisionNumber: '1',
} as const;
const BATCH = {
	...{ number: 'b', title: 'a title', approvedOn: DAY, approvingOffice: 'an office', approvedAreaDm2: 100 },
	source: 'a source',
};

function corrected(sql: Sql, change: LandChange): Promise<void> {
	return insertLandCorrection(sql, PANJIN_ID, change, {
		...{ clientId: clientId(), reason: 'a reason', document: null },
	});
}

/** How what was entered is kept right, and who may. */
export const LAND_WRITES: Writes = {
	'state an area by a document': {
		by: [...OFFICERS, ...DECIDERS],
		write: (sql, shape) =>
			insertPlotVersion(
				sql,
				PANJIN_ID,
				1,
				{
					...{ shape, areaDm2: 100, planarAreaDm2: 100, planarSrid: 4550, documentAreaDm2: 100 },
					...{ coverageId: 'plan', revision: 1, reason: 'a reason' },
				},
				[],
				{ kind: 'document', clientId: clientId(), document: 'a document', classKey: null },
			),
	},
	'give codes': {
		by: OFFICERS,
		write: (sql) => corrected(sql, { kind: 'plot_codes', plotNo: 1, value: CODES }),
	},
	'withdraw a plot': { by: OFFICERS, write: (sql) => corrected(sql, { kind: 'plot_withdrawn', plotNo: 3 }) },
	'void a permit': {
		by: OFFICERS,
		write: (sql) => corrected(sql, { kind: 'permit_voided', plotNo: 1, permitNo: 1 }),
	},
	'correct a batch': {
		by: ZONE_OFFICERS,
		write: (sql) => corrected(sql, { kind: 'batch_corrected', batchNo: 1, value: BATCH }),
	},
	'withdraw a batch': {
		by: ZONE_OFFICERS,
		write: (sql) => corrected(sql, { kind: 'batch_withdrawn', batchNo: 1 }),
	},
	'correct a programme': {
		by: ZONE_OFFICERS,
		write: (sql) =>
			corrected(sql, {
				...{ kind: 'programme_corrected' as const, year: 2026 },
				value: { number: 'another', approvedOn: null, source: 'a source' },
			}),
	},
};
