import type { Wording } from '../wording.ts';
import type { issue as zh } from '../zh/issue.ts';

export const issue: Wording<typeof zh> = {
	unknown: 'Issue code: {code}',
	'parcel.overlaps': 'Parcels overlap.',
	'parcel.not-found': 'There is no such parcel, or it is not published.',
	'parcel.code-taken': 'The parcel code is already in use.',
	'coverage.gap': 'There is a gap between parcels.',
	'coverage.not-found': 'There is no such layer, or it is not published.',
	'edge.unmatched': 'The shared edge of neighbouring parcels does not match.',
	'ring.invalid': 'A parcel boundary crosses itself or is not a ring.',
	'coordinate.off-grid': 'A coordinate is off the storage grid.',
	'balance.off-target': 'The total differs from the nominal area by more than the tolerance.',
	'zone.not-found': 'There is no such zone.',
	'query.invalid': 'The request has a wrong parameter.',
	'tile.address-invalid': 'The tile address is wrong.',
	'access.denied': 'You may not read this.',
};
