import type { Sql } from './connect.ts';

export interface PaymentRow {
	readonly paymentNo: number;
	readonly kind: 'price' | 'rent' | 'top_up' | 'fee' | 'penalty';
	/** Fen; negative: takes an entry back. */
	readonly amountFen: number;
	readonly paidOn: string;
	readonly reference: string;
	/** Entry that it takes back; null: a payment. */
	readonly correctsNo: number | null;
}

/** A payment as it is sent. */
export type NewPayment = Omit<PaymentRow, 'paymentNo'> & { readonly clientId: string };

/** Lists the payments of a supply as recorded, in order. */
export function listPayments(sql: Sql, zoneId: string, supplyNo: number): Promise<PaymentRow[]> {
	return listPaymentsOf(sql, zoneId, [supplyNo]);
}

/** A payment of one of several supplies. */
export type SuppliesPaymentRow = PaymentRow & {
	readonly supplyNo: number;
	/** Instant at which it was written; null: it came with a load. */
	readonly recordedAt: Date | null;
};

/** Lists the payments of some supplies as recorded, each in order. */
export async function listPaymentsOf(
	sql: Sql,
	zoneId: string,
	supplyNos: readonly number[],
): Promise<SuppliesPaymentRow[]> {
	return sql<SuppliesPaymentRow[]>`
		select supply_no as "supplyNo", payment_no as "paymentNo", kind, amount_fen as "amountFen", paid_on as "paidOn", reference,
			corrects_no as "correctsNo", case when user_id is not null then recorded_at end as "recordedAt"
		from supply_payment where zone_id = ${zoneId} and supply_no = any (${[...supplyNos]}::integer[])
		order by supply_no, payment_no`;
}

export async function insertPayment(
	sql: Sql,
	zoneId: string,
	supplyNo: number,
	payment: NewPayment,
): Promise<void> {
	await sql`
		insert into supply_payment (zone_id, supply_no, client_id, kind, amount_fen, paid_on, reference, corrects_no)
		values (${zoneId}, ${supplyNo}, ${payment.clientId}, ${payment.kind}, ${payment.amountFen}, ${payment.paidOn},
			${payment.reference}, ${payment.correctsNo})`;
}
