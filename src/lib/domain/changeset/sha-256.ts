/** The first 32 bits of the fractional parts of the roots of the first primes: square roots of 8, cube roots of 64. */
const [INITIAL, ROUND] = rootFractions();

/**
 * The SHA-256 of bytes, hexadecimal.
 *
 * A browser's own is only there over HTTPS, and only asynchronous: a draft is drawn at once, over any address. O(bytes).
 * Source: FIPS 180-4.
 */
export function sha256Hex(bytes: Uint8Array): string {
	const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
	padded.set(bytes);
	padded[bytes.length] = 0x80;
	const view = new DataView(padded.buffer);
	view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
	const hash = INITIAL.slice();
	const words = new Uint32Array(64);
	for (let block = 0; block < padded.length; block += 64) {
		for (let i = 0; i < 16; i++) words[i] = view.getUint32(block + 4 * i);
		for (let i = 16; i < 64; i++) {
			const [a, b] = [words[i - 15], words[i - 2]];
			const low = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
			const high = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
			words[i] = words[i - 16] + low + words[i - 7] + high;
		}
		mix(hash, words);
	}
	return Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('');
}

function mix(hash: Uint32Array, words: Uint32Array): void {
	let [a, b, c, d, e, f, g, h] = hash;
	for (let i = 0; i < 64; i++) {
		const one =
			(h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
		const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
		h = g;
		g = f;
		f = e;
		e = (d + one) | 0;
		d = c;
		c = b;
		b = a;
		a = (one + two) | 0;
	}
	[a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] += word));
}

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));

function rootFractions(): [Uint32Array, Uint32Array] {
	const primes: number[] = [];
	for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
	const fraction = (root: number) => (root % 1) * 2 ** 32;
	return [
		Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
		Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
	];
}
