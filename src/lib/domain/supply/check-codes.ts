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

/** How many plots have codes of each county in each park, and of each city in the zone; see `countCounties`. */
export interface CountyCounts {
	readonly ofParks: ReadonlyMap<string, ReadonlyMap<string, number>>;
	readonly ofZone: ReadonlyMap<string, number>;
}

/** Counts the counties that the codes of plots name, by their first digits. O(plots). */
export function countCounties(plots: readonly CodedPlot[]): CountyCounts {
	const ofParks = new Map<string, Map<string, number>>();
	const ofZone = new Map<string, number>();
	for (const plot of plots) {
		const text = codeOf(plot);
		if (text === null) continue;
		const ofPark = ofParks.get(plot.parkId) ?? new Map<string, number>();
		ofParks.set(plot.parkId, ofPark);
		for (const [counts, digits] of [[ofPark, COUNTY] as const, [ofZone, COUNTY - 2] as const]) {
			const begins = text.slice(0, digits);
			counts.set(begins, (counts.get(begins) ?? 0) + 1);
		}
	}
	return { ofParks, ofZone };
}

/**
 * Asks whether a well-formed code is of the county of its park: `plot.code-county` where the other plots of the park have codes and none of them
 * begins with the same six digits; where the park has none yet, those of all parks are asked for the same city, four digits.
 *
 * `own` is the plot itself as it was counted, which says nothing; null: it is new. Null is returned where it is, or nothing tells. No list of
 * counties is kept: what the office recorded before is all that is known. O(counties).
 */
export function checkCounty(
	code: string,
	parkId: string,
	{ ofParks, ofZone }: CountyCounts,
	own: CodedPlot | null = null,
): ChangesetIssue | null {
	const ownCode = own === null ? null : codeOf(own);
	const beside = (counts: ReadonlyMap<string, number>, digits: number): string[] =>
		[...counts].flatMap(([begins, count]) =>
			count > (ownCode?.slice(0, digits) === begins ? 1 : 0) ? [begins] : [],
		);
	const ofPark = beside(ofParks.get(parkId) ?? new Map(), COUNTY);
	const known = ofPark.length > 0 ? ofPark : beside(ofZone, COUNTY - 2);
	if (known.length === 0 || known.some((begins) => code.startsWith(begins))) return null;
	const digits = known[0].length;
	return changesetError('plot.code-county', {
		...{ code, county: code.slice(0, digits), known: known.sort().join(', ') },
	});
}

const codeOf = ({ cadastralCode, unitCode }: CodedPlot): string | null => cadastralCode ?? unitCode;
