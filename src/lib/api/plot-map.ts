import { z } from 'zod';
import { PLOT_THEMES } from '$lib/domain/supply/plot-theme.ts';
import { registerFilterSchema, registerRowSchema } from './plot-register.ts';

/** Which plots a map asks for; the box comes beside it. */
export const plotMapFilterSchema = registerFilterSchema
	.omit({ sort: true, order: true })
	/** Whether it is told of the plots how long their rights still run, or whether they are suspected to lie idle. */
	.extend({ theme: z.enum(PLOT_THEMES).optional() });

/** The plots that reach into a box. */
export const plotMapSchema = z.object({
	plots: z.array(
		registerRowSchema
			.pick({
				plotNo: true,
				name: true,
				parkId: true,
				classKey: true,
				areaDm2: true,
				areaKind: true,
				supplyNo: true,
				mode: true,
				state: true,
				dueOn: true,
			})
			.extend({
				/** Last day of the right that stands; null: there is none, it has no term, or it was not asked for. */
				endsOn: z.iso.date().nullable(),
				/** How its holder's land stands as to idleness; null: nobody holds it, or it was not asked for. */
				idle: z.enum(['unknown', 'not_idle', 'suspected', 'in_proceedings', 'idle']).nullable(),
				/** Middle of its box, degrees (EPSG:4490). */
				lon: z.number(),
				lat: z.number(),
				/** Rings of its polygons; null: too many plots are in view for their shapes. */
				coordinates: z.array(z.array(z.array(z.tuple([z.number(), z.number()])))).nullable(),
			}),
	),
	isCut: z.boolean(),
	today: z.iso.date(),
});

export type WirePlotMap = z.infer<typeof plotMapSchema>;
export type WirePlotPlace = WirePlotMap['plots'][number];
