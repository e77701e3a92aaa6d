import type { PaymentKind } from './supervision.ts';

/** What is owed of one kind of payment, as the supervision reckoned it. */
interface Owed {
	readonly kind: PaymentKind;
	/** Null: nothing of the kind is charged. */
	readonly why: { readonly reason: string } | null;
	readonly charges: readonly { readonly openFen: number }[];
	/** Null: what is charged cannot be told. */
	readonly paidFen: number | null;
}

/** Why a payment that is to be recorded may be a slip; amounts in fen. */
export type PaymentDoubt =
	| { readonly doubt: 'nothing-owed' }
	| { readonly doubt: 'over-owed'; readonly openFen: number }
	| { readonly doubt: 'before-contract'; readonly signedOn: string | null };

/**
 * Says why a payment may be a slip: nothing of its kind is owed by this contract, it is more than what is open, or it came before the contract (`signedOn` null: there is none).
 *
 * None is a refusal: an office must be able to record what happened. Nothing is said of fees, which are owed for many reasons, nor of an amount where what is charged cannot
 * be told. `accounts` null: they could not be read. O(charges).
 */
export function doubtsOfPayment(
	{
		kind,
		amountFen,
		paidOn,
	}: { readonly kind: PaymentKind; readonly amountFen: number; readonly paidOn: string },
	accounts: readonly Owed[] | null,
	signedOn: string | null,
): PaymentDoubt[] {
	if (kind === 'fee') return [];
	const doubts: PaymentDoubt[] = [];
	if (signedOn === null || paidOn < signedOn) doubts.push({ doubt: 'before-contract', signedOn });
	if (accounts === null || signedOn === null) return doubts;
	const owed = accounts.find((one) => one.kind === kind);
	if (owed === undefined || owed.why === null) return [...doubts, { doubt: 'nothing-owed' }];
	const openFen = owed.charges.reduce((sum, charge) => sum + charge.openFen, 0);
	const isKnown = owed.paidFen !== null && owed.charges.length > 0;
	return isKnown && amountFen > openFen ? [...doubts, { doubt: 'over-owed', openFen }] : doubts;
}
