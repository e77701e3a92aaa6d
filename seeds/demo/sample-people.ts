import { z } from 'zod';
import { OFFICE_KINDS, ROLES } from '$lib/domain/access/permission.ts';

const schema = z.strictObject({
	offices: z.array(
		z.strictObject({
			officeId: z.string(),
			kind: z.enum(OFFICE_KINDS),
			nameZh: z.string(),
			nameEn: z.string(),
		}),
	),
	people: z.array(
		z.strictObject({
			/** The part of the e-mail before the @; after it stands `<zone>.invalid`. */
			account: z.string(),
			name: z.string(),
			role: z.enum(ROLES),
			officeId: z.string(),
			/** Its acts are limited to the zone's first park. */
			inFirstPark: z.boolean().default(false),
		}),
	),
});

/** Made-up bodies and people of every role, for synthetic zones. */
export type SamplePeople = z.output<typeof schema>;

/** Reads `seeds/demo/sample-people.json`. */
export function parseSamplePeople(text: string): SamplePeople {
	return schema.parse(JSON.parse(text));
}
