/** An exact positive fraction of whole numbers in lowest terms. */
export interface Fraction {
	readonly numerator: number;
	readonly denominator: number;
}

/** Square metre, hectare 公顷, mu 亩 (2000/3 m²), square kilometre. */
export type AreaUnit = 'm2' | 'ha' | 'mu' | 'km2';

/** One of each unit in units of stored area (0.01 m²), exact. */
const AREA_UNIT_DM2: Readonly<Record<AreaUnit, Fraction>> = {
	m2: { numerator: 100, denominator: 1 },
	ha: { numerator: 1_000_000, denominator: 1 },
	mu: { numerator: 200_000, denominator: 3 },
	km2: { numerator: 100_000_000, denominator: 1 },
};

/** The last shown digit of a unit with so many decimals, in units of 0.01 m²: 0.01 ha → 10000/1, 0.01 亩 → 2000/3. */
export function areaStep(unit: AreaUnit, decimals: number): Fraction {
	const { numerator, denominator } = AREA_UNIT_DM2[unit];
	const fine = denominator * 10 ** decimals;
	const divisor = greatestCommonDivisor(numerator, fine);
	return { numerator: numerator / divisor, denominator: fine / divisor };
}

/** Stored area (whole 0.01 m²) as a whole number of steps, half away from zero, exact; throws beyond safe integers. */
export function roundToStep(areaDm2: number, step: Fraction): number {
	const scaled = scaledArea(areaDm2, step);
	const size = Math.abs(scaled);
	const rest = size % step.numerator;
	const down = (size - rest) / step.numerator;
	const rounded = 2 * rest >= step.numerator ? down + 1 : down;
	return scaled < 0 && rounded !== 0 ? -rounded : rounded;
}

/** Stored area × the step's denominator: its size in steps before division by the numerator. Throws beyond safe integers. */
function scaledArea(areaDm2: number, step: Fraction): number {
	const scaled = areaDm2 * step.denominator;
	if (!Number.isSafeInteger(areaDm2) || !Number.isSafeInteger(scaled)) {
		throw new RangeError(`area ${areaDm2} × ${step.denominator} is not a safe whole number`);
	}
	return scaled;
}

/** Text of a whole number of steps with the decimal point set: formatSteps(-5, 2) is '-0.05'. No grouping. */
export function formatSteps(steps: number, decimals: number): string {
	const digits = String(Math.abs(steps)).padStart(decimals + 1, '0');
	const sign = steps < 0 ? '-' : '';
	if (decimals === 0) return sign + digits;
	return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Reads a plain decimal as whole steps of its last decimal, the inverse of `formatSteps`: ('-0.05', 2) is -5. Throws for anything else. */
export function parseSteps(text: string, decimals: number): number {
	const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
	if (match === null) throw new RangeError(`not a decimal: ${text}`);
	const [, sign, whole, fraction = ''] = match;
	const steps = Number(whole + fraction.padEnd(decimals, '0'));
	if (fraction.length > decimals || !Number.isSafeInteger(steps)) {
		throw new RangeError(`not a safe whole number of ${decimals} decimals: ${text}`);
	}
	return sign === '-' && steps !== 0 ? -steps : steps;
}

/** Text of a stored area (whole 0.01 m²) in a unit with so many decimals, half away from zero: (2000000, 'mu', 2) is '30.00'. */
export function formatArea(areaDm2: number, unit: AreaUnit, decimals: number): string {
	return formatSteps(roundToStep(areaDm2, areaStep(unit, decimals)), decimals);
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
