import { may, need } from './event-field.ts';

/** What a conversion batch says. */
export const BATCH_FIELDS = [
	{ ...need('number', 'text'), label: 'batchNumber' },
	need('title', 'text'),
	need('approvedOn', 'day'),
	need('approvingOffice', 'text'),
	need('approvedAreaDm2', 'area'),
	need('source', 'text'),
];

/** What a yearly programme says, beside its year. */
export const PROGRAMME_FIELDS = [
	{ ...need('number', 'text'), label: 'programmeNumber' },
	may('approvedOn', 'day'),
	need('source', 'text'),
];
