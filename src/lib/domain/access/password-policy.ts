export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

/** A whole password must not be one of the worst; with its letters' case and what is put between them left aside. */
const WORST = new Set([
	'123456123456',
	'123123123123',
	'112233445566',
	'147258369147',
	'987654321987',
	'1q2w3e4r5t6y',
	'1qaz2wsx3edc',
	'qazwsxedcrfv',
	'zaq12wsxcde3',
	'qwertyuiop12',
	'qwerty123456',
	'asdfghjkl123',
	'abc123456789',
	'a123456789012',
	'abcd12345678',
	'admin1234567',
	'admin12345678',
	'admin123456789',
	'administrator',
	'administrator1',
	'password1234',
	'password12345',
	'password123456',
	'passwordpassword',
	'welcome12345',
	'letmein12345',
	'iloveyou1234',
	'changeme1234',
	'woaini1314520',
	'woaini5201314',
	'5201314woaini',
	'yuantu123456',
	'yuantu12345678',
]);
const MIN_DISTINCT = 5;
/** What of a name is long enough to be recognised in a password. */
const NAME_LENGTH = 4;

/** Why a password is not good enough; the sentences are in i18n. */
export type PasswordFault =
	'password.too-short' | 'password.too-long' | 'password.holds-name' | 'password.common';

/**
 * Says what is wrong with a new password, or null.
 *
 * Length counts most (NIST SP 800-63B): 12 to 128 characters of any kind, no rule of digits and signs; not the e-mail or name of its
 * owner, none of the worst, no run along the digits or the alphabet, at least five different characters.
 */
export function checkPassword(
	password: string,
	owner: { readonly email: string; readonly name: string },
): PasswordFault | null {
	const characters = [...password];
	if (characters.length < PASSWORD_MIN_LENGTH) return 'password.too-short';
	if (characters.length > PASSWORD_MAX_LENGTH) return 'password.too-long';
	const folded = password.toLowerCase();
	const names = [owner.email.split('@')[0], ...owner.name.split(/\s+/)];
	const isNamed = names.some((name) => name.length >= NAME_LENGTH && folded.includes(name.toLowerCase()));
	if (isNamed) return 'password.holds-name';
	const bare = folded.replace(/[\s._-]/g, '');
	const isPoor = new Set(bare).size < MIN_DISTINCT || WORST.has(bare) || isRun(bare);
	return isPoor ? 'password.common' : null;
}

/** Whether every character follows or precedes the one before, as in 234567890123 or zyxwvuts. */
function isRun(text: string): boolean {
	const steps = Array.from(text.slice(1), (_, i) => text.charCodeAt(i + 1) - text.charCodeAt(i));
	const isStep = (step: number, by: number) => step === by || step === -9 * by;
	return [1, -1].some((by) => steps.every((step) => isStep(step, by)));
}
