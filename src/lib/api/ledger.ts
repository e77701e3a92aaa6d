import { z } from 'zod';

/** The month of a ledger, 'YYYY-MM'. */
export const ledgerQuerySchema = z.strictObject({
	month: z.string().regex(/^(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])$/),
});
