import { account as enAccount } from './en/account.ts';
import { balance as enBalance } from './en/balance.ts';
import { map as enMap } from './en/map.ts';
import { parcel as enParcel } from './en/parcel.ts';
import { shell as enShell } from './en/shell.ts';
import type { Locale } from './locale.ts';
import { account as zhAccount } from './zh/account.ts';
import { balance as zhBalance } from './zh/balance.ts';
import { map as zhMap } from './zh/map.ts';
import { parcel as zhParcel } from './zh/parcel.ts';
import { shell as zhShell } from './zh/shell.ts';

const zh = {
	account: zhAccount,
	balance: zhBalance,
	map: zhMap,
	parcel: zhParcel,
	shell: zhShell,
};

type Zh = typeof zh;

/** All texts but those of issues (`issue-text.ts`): locale → section → key. The Chinese sections define the keys and the placeholders. */
export const CATALOGUES: Readonly<
	Record<Locale, { [S in keyof Zh]: Readonly<Record<keyof Zh[S], string>> }>
> = {
	zh,
	en: {
		account: enAccount,
		balance: enBalance,
		map: enMap,
		parcel: enParcel,
		shell: enShell,
	},
};

/** `section.key` of every text. */
export type MessageKey = { [S in keyof Zh & string]: `${S}.${keyof Zh[S] & string}` }[keyof Zh & string];

/** The Chinese text behind a key, as a literal type. */
export type MessageText<K extends MessageKey> = K extends `${infer S extends keyof Zh & string}.${infer M}`
	? M extends keyof Zh[S]
		? Zh[S][M]
		: never
	: never;
