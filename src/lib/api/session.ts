import { z } from 'zod';

/** Who is signed in; null: nobody. */
export const sessionSchema = z.object({ userId: z.string().nullable() });

export type WireSession = z.infer<typeof sessionSchema>;
