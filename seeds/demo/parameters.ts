import { z } from 'zod';

/** A whole number within bounds; a wrong one is told both. */
function wholeFrom(least: number, most: number) {
	const words = `a whole number from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}`;
	return z
		.number({ error: words })
		.refine((value) => Number.isInteger(value) && value >= least && value <= most, { error: words });
}

/** The numbers that a demo is made from, with the bounds within which its laws are proven. */
export const demoNumbers = z.strictObject({
	/** Another seed is another zone of the same layout; larger ones would repeat these. */
	seed: wholeFrom(0, 40_000_000),
	/** How many parcels the plan has, to ±10 %. */
	parcelCount: wholeFrom(1000, 100_000),
	/** Whole degrees of longitude that the zone lies east of its true place, so that zones lie side by side. */
	eastDeg: wholeFrom(-50, 50).default(0),
});

/** Takes a demo's numbers. Throws a RangeError that names every wrong field with the range it has. */
export function checkedNumbers(numbers: z.input<typeof demoNumbers>): z.output<typeof demoNumbers> {
	const found = demoNumbers.safeParse(numbers);
	if (found.success) return found.data;
	throw new RangeError(
		found.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
	);
}
