/** An id that nothing else has, of 32 hexadecimal digits; pages that are not served over HTTPS have no `randomUUID`. */
export function newClientId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
