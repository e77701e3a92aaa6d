const BITS = 220n;
const ONE = 1n << BITS;
const PI = (31415926535897932384626433832795028841971693993751058209749445923078164n * ONE) / 10n ** 70n;
const TERMS = 24;

const FLATTENING = { numerator: 1000000000n, denominator: 298257222101n };
const SEMI_MINOR_M =
	(6378137n * (FLATTENING.denominator - FLATTENING.numerator) * ONE) / FLATTENING.denominator;
const ECCENTRICITY2 =
	(FLATTENING.numerator * (2n * FLATTENING.denominator - FLATTENING.numerator) * ONE) /
	FLATTENING.denominator ** 2n;

/**
 * Signed area in square metres of an open ring straight in longitude and latitude on CGCS2000, exact to the last double.
 *
 * A derivation of its own: −∮ S dλ with S(φ) = b²/2 Σ e²ᵏ (2k + 2) / (2k + 1) sin²ᵏ⁺¹ φ, integrated along an edge by
 * ∫ sin²ᵏ⁺¹ φ dφ = −∫ (1 − u²)ᵏ du with u = cos φ, in fixed-point integers of 220 fractional bits.
 */
export function exactAreaM2(ring: readonly number[]): number {
	let sum = 0n;
	for (let i = 0; i < ring.length; i += 2) {
		const j = (i + 2) % ring.length;
		const deltaLon = radians(ring[j]) - radians(ring[i]);
		const latStart = radians(ring[i + 1]);
		const latEnd = radians(ring[j + 1]);
		if (deltaLon === 0n) continue;
		const mean =
			latStart === latEnd
				? zoneSeries(sine(latStart))
				: divide(zoneIntegral(cosine(latEnd)) - zoneIntegral(cosine(latStart)), latEnd - latStart);
		sum -= multiply(deltaLon, mean);
	}
	const areaM2 = multiply(multiply(multiply(SEMI_MINOR_M, SEMI_MINOR_M), sum), ONE / 2n);
	return Number(areaM2 >> (BITS - 60n)) / 2 ** 60;
}

function zoneSeries(sin: bigint): bigint {
	const sin2 = multiply(sin, sin);
	let power = sin;
	let factor = ONE;
	let sum = 0n;
	for (let k = 0n; k < TERMS; k++) {
		sum += (multiply(factor, power) * (2n * k + 2n)) / (2n * k + 1n);
		power = multiply(power, sin2);
		factor = multiply(factor, ECCENTRICITY2);
	}
	return sum;
}

function zoneIntegral(cos: bigint): bigint {
	const cos2 = multiply(cos, cos);
	let factor = ONE;
	let sum = 0n;
	for (let k = 0n; k < TERMS; k++) {
		let binomial = 1n;
		let power = cos;
		let primitive = 0n;
		for (let j = 0n; j <= k; j++) {
			primitive += (binomial * power) / (2n * j + 1n);
			binomial = (-binomial * (k - j)) / (j + 1n);
			power = multiply(power, cos2);
		}
		sum -= (multiply(factor, primitive) * (2n * k + 2n)) / (2n * k + 1n);
		factor = multiply(factor, ECCENTRICITY2);
	}
	return sum;
}

function radians(deg: number): bigint {
	return (((BigInt(deg * 2 ** 60) << (BITS - 60n)) / 180n) * PI) >> BITS;
}

function sine(x: bigint): bigint {
	return alternatingSeries(x, x, 2n);
}

function cosine(x: bigint): bigint {
	return alternatingSeries(ONE, x, 1n);
}

function alternatingSeries(first: bigint, x: bigint, start: bigint): bigint {
	const x2 = multiply(x, x);
	let term = first;
	let sum = first;
	for (let k = start; term !== 0n; k += 2n) {
		term = -multiply(term, x2) / (k * (k + 1n));
		sum += term;
	}
	return sum;
}

function multiply(a: bigint, b: bigint): bigint {
	return (a * b) / ONE;
}

function divide(a: bigint, b: bigint): bigint {
	return (a * ONE) / b;
}
