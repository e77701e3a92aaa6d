import { z } from 'zod';

/** A number of degrees, to either side of zero up to a limit. */
export const degrees = (limit: number) => z.number().min(-limit).max(limit);
const FORM = 'give bbox=west,south,east,north in degrees';

/** The parameter `bbox=west,south,east,north` of a query, in degrees (EPSG:4490). */
export const bboxSchema = z
	.string({ error: FORM })
	.transform((text) => text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part))))
	.pipe(z.tuple([degrees(180), degrees(90), degrees(180), degrees(90)], { error: FORM }))
	.refine(([west, south, east, north]) => west < east && south < north, {
		error: 'west must be less than east and south less than north',
	});
