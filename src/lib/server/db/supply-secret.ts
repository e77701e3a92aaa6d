import type { Sql } from './connect.ts';

/** A reserve price or a bid; policies show it to supply officers, to others once the offer is closed. */
export interface SecretRow {
	readonly secretNo: number;
	readonly kind: 'reserve_price' | 'bid';
	readonly amountFen: number | null;
	readonly bidder: string | null;
	readonly statedOn: string;
	/** Number of the event that was the last when it was recorded. */
	readonly afterEvent: number;
}

/** Lists what is kept hidden of a supply, as far as the scope may see it, in the order in which it was recorded. */
export async function listSecrets(sql: Sql, zoneId: string, supplyNo: number): Promise<SecretRow[]> {
	return sql<SecretRow[]>`
		select secret_no as "secretNo", kind, amount_fen as "amountFen", bidder, stated_on as "statedOn",
			after_event as "afterEvent"
		from supply_secret
		where zone_id = ${zoneId} and supply_no = ${supplyNo} order by secret_no`;
}

/** A reserve price or a bid as it is sent. */
export type NewSecret = Omit<SecretRow, 'secretNo' | 'afterEvent'> & { readonly clientId: string };

export async function insertSecret(
	sql: Sql,
	zoneId: string,
	supplyNo: number,
	secret: NewSecret,
): Promise<void> {
	await sql`
		insert into supply_secret (zone_id, supply_no, client_id, kind, amount_fen, bidder, stated_on)
		values (${zoneId}, ${supplyNo}, ${secret.clientId}, ${secret.kind}, ${secret.amountFen}, ${secret.bidder}, ${secret.statedOn})`;
}
