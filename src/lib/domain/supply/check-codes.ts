import { changesetError, type ChangesetIssue } from '../changeset/issue.ts';

/** County 6, cadastral district 3, sub-district 3, ownership and right 2, serial 5. */
const CADASTRAL = /^\d{12}[GJZ][A-Z]\d{5}$/;
/** A cadastral code, structure 1 (F building, L forest, Q other, W none), serial 8. */
const UNIT = /^\d{12}[GJZ][A-Z]\d{5}[FLQW]\d{8}$/;
/** What stands where there is no structure. */
const NO_STRUCTURE = 'W00000000';

/** The codes of a plot as typed, and whether the registry issued them. */
export interface PlotCodes {
	readonly cadastralCode: string | null;
	readonly unitCode: string | null;
	readonly codeStatus: 'none' | 'provisional' | 'registered';
}

/**
 * Checks the form of a plot's codes: 19 characters (宗地代码) and 28 (不动产单元代码), the second beginning with the first.
 *
 * Whether the registry knows them is not asked: it issues them, here they are typed, imported, or marked provisional (预编).
 * `plot.code-form`, `plot.unit-code-form`, `plot.codes-differ`, `plot.structure-missing` (serial without a structure), `plot.code-status`.
 * Source: GB/T 37346-2019.
 */
export function checkPlotCodes({ cadastralCode, unitCode, codeStatus }: PlotCodes): ChangesetIssue[] {
	const found: ChangesetIssue[] = [];
	if (cadastralCode !== null && !CADASTRAL.test(cadastralCode))
		found.push(changesetError('plot.code-form', { code: cadastralCode }));
	if (unitCode !== null && !UNIT.test(unitCode))
		found.push(changesetError('plot.unit-code-form', { code: unitCode }));
	if (found.length === 0 && unitCode !== null) {
		if (cadastralCode !== null && !unitCode.startsWith(cadastralCode))
			found.push(changesetError('plot.codes-differ', { cadastralCode, unitCode }));
		if (unitCode[19] === 'W' && !unitCode.endsWith(NO_STRUCTURE))
			found.push(changesetError('plot.structure-missing', { code: unitCode }));
	}
	const hasCode = cadastralCode !== null || unitCode !== null;
	if (hasCode === (codeStatus === 'none')) found.push(changesetError('plot.code-status', { codeStatus }));
	return found;
}

/** A plot with its codes, by which another's are judged. */
export interface CodedPlot {
	readonly plotNo: number;
	readonly parkId: string;
	readonly cadastralCode: string | null;
	readonly unitCode: string | null;
}

/** Digits of a code that name the county. */
const COUNTY = 6;

/**
 * Asks whether a well-formed code is of the county of its park: `plot.code-county` where the other plots of the park have codes and none of them
 * begins with the same six digits; where the park has none yet, those of all parks are asked for the same city, four digits.
 *
 * Null: it is, or nothing tells. No list of counties is kept: what the office recorded before is all that is known. O(plots).
 */
export function checkCounty(
	code: string,
	parkId: string,
	plots: readonly CodedPlot[],
	ownNo: number | null = null,
): ChangesetIssue | null {
	const others = plots.flatMap((plot) => {
		const text = plot.cadastralCode ?? plot.unitCode;
		return text === null || plot.plotNo === ownNo ? [] : [{ text, parkId: plot.parkId }];
	});
	const ofPark = others.filter((one) => one.parkId === parkId);
	const [known, digits] = ofPark.length > 0 ? [ofPark, COUNTY] : [others, COUNTY - 2];
	if (known.length === 0 || known.some(({ text }) => text.startsWith(code.slice(0, digits)))) return null;
	const counties = [...new Set(known.map(({ text }) => text.slice(0, digits)))].sort();
	return changesetError('plot.code-county', {
		...{ code, county: code.slice(0, digits), known: counties.join(', ') },
	});
}
