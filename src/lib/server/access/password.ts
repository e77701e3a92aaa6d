import { randomBytes, randomInt, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** Cost of a hash: 32 MB and some 0.1 s, so that a stolen table is slow to guess (OWASP: scrypt N = 2^15, r = 8, p = 3). */
const COST = { log2N: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Hashes a password with a new salt: `scrypt$log2N$r$p$salt$hash`, so that the cost can rise later. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(SALT_BYTES);
	const { log2N, r, p } = COST;
	const hash = await derive(password, salt, COST);
	return ['scrypt', log2N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Says whether a password is the one of a hash; false for anything that is no hash of ours. */
export async function isPasswordOf(stored: string, password: string): Promise<boolean> {
	const [kind, log2N, r, p, salt, hash] = stored.split('$');
	if (kind !== 'scrypt' || hash === undefined) return false;
	const wanted = Buffer.from(hash, 'base64url');
	const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
	const found = await derive(password, Buffer.from(salt, 'base64url'), cost);
	return wanted.length === found.length && timingSafeEqual(wanted, found);
}

function derive(password: string, salt: Buffer, { log2N, r, p }: typeof COST): Promise<Buffer> {
	const options: ScryptOptions = { N: 2 ** log2N, r, p, maxmem: 256 * 2 ** log2N * r };
	return new Promise((resolve, reject) => {
		scrypt(password.normalize('NFC'), salt, HASH_BYTES, options, (error, key) =>
			error === null ? resolve(key) : reject(error),
		);
	});
}

/** Without those that are taken for another: 0 O, 1 l I. */
const READABLE = '23456789abcdefghjkmnpqrstuvwxyz';
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** A random password that can be read aloud: four groups of five, 99 bits. */
export function randomPassword(): string {
	const group = () =>
		Array.from({ length: GROUP_LENGTH }, () => READABLE[randomInt(READABLE.length)]).join('');
	return Array.from({ length: GROUPS }, group).join('-');
}

/** A new id of an account. */
export function newAccountId(): string {
	return randomBytes(12).toString('base64url');
}
