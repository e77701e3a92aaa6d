import { z } from 'zod';
import { VALUE_FIELDS } from '$lib/domain/changeset/parcel-change.ts';
import { parcelCodeSchema } from './changeset-step.ts';

/** Ratios as numbers, heights in m, shares in %; classes as `system/version/code`; null: there is none. */
const value = z.union([z.string(), z.number()]).nullable();
const field = z.enum(VALUE_FIELDS);

/** What is otherwise with the class and the planning condition of parcels, told once for all of which it is the same; codes parcel by parcel. */
export const changeGroupSchema = z.object({
	kind: z.enum(['created', 'changed', 'retired']),
	/** Several values: of parcels that did not agree. */
	values: z
		.array(z.object({ field, before: z.array(value).readonly(), after: z.array(value).readonly() }))
		.readonly(),
	/** What new parcels have as those had whose ground they are of, or all that they have where those are not told. */
	kept: z.array(z.object({ field, value: z.union([z.string(), z.number()]) })).readonly(),
	/** Of how many parcels it is so; fewer may be listed. */
	count: z.int().min(1),
	parcels: z
		.array(
			z.object({
				parcelNo: z.int(),
				codeBefore: parcelCodeSchema.nullable(),
				/** Null: it is there no more, or gets a provisional one when it is published. */
				code: parcelCodeSchema.nullable(),
				/** Of a new parcel those whose ground it has, of one that ended those that have its ground. */
				relatives: z.array(z.object({ parcelNo: z.int(), code: z.string().nullable() })).readonly(),
			}),
		)
		.readonly(),
});

/** What a changeset makes otherwise with classes, codes and planning conditions of its base revision, as it is at an edit. */
export const changesetChangesSchema = z.object({
	editNo: z.int().min(0),
	baseRevision: z.int(),
	groups: z.array(changeGroupSchema).readonly(),
});

export type WireChangeGroup = z.infer<typeof changeGroupSchema>;
export type WireChangesetChanges = z.infer<typeof changesetChangesSchema>;
