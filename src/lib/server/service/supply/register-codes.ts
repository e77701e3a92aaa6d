import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { checkCounty, checkPlotCodes, countCounties } from '$lib/domain/supply/check-codes.ts';
import { auditName, can, userIdOf } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import {
	correctionColumns,
	findSentCorrections,
	insertLandCorrection,
	type CorrectionReason,
	type GivenCodes,
} from '../../db/land-correction.ts';
import { deferPlotCodes, listCodedPlots, type CodedPlotRow } from '../../db/plot-version.ts';
import { findSentBefore } from '../../db/sent-before.ts';
import { lockSupplies } from '../../db/supply.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { done, failed, sentOtherwise, type Outcome } from './outcome.ts';

/** Codes that plots are to have. */
export interface CodeList extends CorrectionReason {
	/** What is left out stays as it is; null takes it away. */
	readonly plots: readonly (Partial<GivenCodes> &
		Pick<GivenCodes, 'codeStatus'> & { readonly plotNo: number })[];
	/** That codes of another county than the rest of their park are right. */
	readonly isCodeConfirmed: boolean;
}

/**
 * Gives plots their codes and e-supervision numbers, all of them or none; those before stay in their histories. Sent twice it is done once.
 *
 * Every issue names its plot. Refused are codes that are not well-formed (`plot.code-…`), `plot.not-found`, `plot.repeated`, `plot.code-taken` and
 * `plot.supervision-number-taken` (by another plot, once the list is done: plots may change places), `plot.code-county` where nobody confirmed it, `plot.code-same` (nothing would change), and
 * `supply.not-permitted` for plots of parks that are not the officer's.
 */
export async function registerCodes(
	context: ServiceContext,
	zoneId: string,
	{ plots: given, isCodeConfirmed, clientId, reason, document }: CodeList,
): Promise<Outcome<null>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.manage', zoneId))
		return failed('forbidden', [changesetError('supply.not-permitted')]);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<null>> => {
		await lockSupplies(sql, zoneId);
		const coded = await listCodedPlots(sql, zoneId);
		const standing = new Map(coded.map((plot) => [plot.plotNo, plot]));
		const plots = given.map((one) => completed(one, standing.get(one.plotNo)));
		const writes = plots.map(({ plotNo, ...value }) => ({
			change: { kind: 'plot_codes', plotNo, value } as const,
			why: { clientId: `${clientId}-${plotNo}`, reason, document },
		}));
		const sent: ('same' | 'other' | null)[] = [];
		const known = await findSentCorrections(
			sql,
			zoneId,
			writes.map(({ why }) => why.clientId),
		);
		for (const { change, why } of known ? writes : []) {
			const row = { ...correctionColumns(change, why), user_id: userIdOf(actor) };
			sent.push(await findSentBefore(sql, 'land_correction', zoneId, why.clientId, row));
		}
		if (sent.some((one) => one !== null))
			return sent.every((one) => one === 'same') ? done(null) : sentOtherwise();
		const issues = checkList(plots, coded, isCodeConfirmed);
		if (issues.length > 0) return failed('refused', issues);
		const parks = plots.flatMap(({ plotNo }) => standing.get(plotNo)?.parkId ?? []);
		if (!can(actor, 'supply.manage', zoneId, [...new Set(parks)]))
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		await deferPlotCodes(sql);
		for (const { change, why } of writes) {
			await insertLandCorrection(sql, zoneId, change, why);
			await appendAuditEvent(sql, zoneId, {
				actor: auditName(actor),
				action: 'plot.codes-given',
				entity: `plot/${change.plotNo}`,
				details: { ...change.value, before: codesOf(standing.get(change.plotNo)), reason, document },
				occurredAt: now,
			});
		}
		return done(null);
	});
}

type WholeCodes = GivenCodes & { readonly plotNo: number };

/** What a plot is to have, with what stands where nothing is given. */
function completed(
	{ plotNo, codeStatus, ...given }: CodeList['plots'][number],
	standing: CodedPlotRow | undefined,
): WholeCodes {
	const of = (name: 'cadastralCode' | 'unitCode' | 'supervisionNumber') =>
		given[name] === undefined ? (standing?.[name] ?? null) : given[name];
	return {
		...{ plotNo, cadastralCode: of('cadastralCode'), unitCode: of('unitCode'), codeStatus },
		supervisionNumber: of('supervisionNumber'),
	};
}

const codesOf = (plot: CodedPlotRow | undefined): GivenCodes | null =>
	plot === undefined
		? null
		: {
				cadastralCode: plot.cadastralCode,
				unitCode: plot.unitCode,
				codeStatus: plot.codeStatus,
				supervisionNumber: plot.supervisionNumber,
			};

/**
 * What stands against a list, line by line in its order; `plotNo` names the plot of each issue.
 *
 * A code is taken where another plot has it once the list is done: plots may change places. O(plots + lines).
 */
function checkList(
	plots: readonly WholeCodes[],
	coded: readonly CodedPlotRow[],
	isCodeConfirmed: boolean,
): ChangesetIssue[] {
	const byNo = new Map(coded.map((plot) => [plot.plotNo, plot]));
	const after = [...new Map([...coded, ...plots].map((plot) => [plot.plotNo, plot])).values()];
	const [holders, numbers] = [
		countsOf(after.map((one) => one.cadastralCode)),
		countsOf(after.map((one) => one.supervisionNumber)),
	];
	const counties = countCounties(coded);
	const seen = new Set<number>();
	return plots.flatMap(({ plotNo, ...codes }): ChangesetIssue[] => {
		const before = byNo.get(plotNo);
		if (before === undefined) return [changesetError('plot.not-found', { plotNo })];
		if (seen.has(plotNo)) return [changesetError('plot.repeated', { plotNo })];
		seen.add(plotNo);
		const of = (issue: ChangesetIssue) => ({ ...issue, params: { ...issue.params, plotNo } });
		const formed = checkPlotCodes(codes);
		if (formed.length > 0) return formed.map(of);
		const { cadastralCode, supervisionNumber } = codes;
		const found: ChangesetIssue[] = [];
		if (cadastralCode !== null && (holders.get(cadastralCode) ?? 0) > 1)
			found.push(changesetError('plot.code-taken', { code: cadastralCode }));
		if (supervisionNumber !== null && (numbers.get(supervisionNumber) ?? 0) > 1)
			found.push(changesetError('plot.supervision-number-taken', { number: supervisionNumber }));
		const code = cadastralCode ?? codes.unitCode;
		const elsewhere =
			code === null || isCodeConfirmed ? null : checkCounty(code, before.parkId, counties, before);
		if (elsewhere !== null) found.push(elsewhere);
		if (
			found.length === 0 &&
			JSON.stringify(codesOf({ ...before, ...codes })) === JSON.stringify(codesOf(before))
		)
			found.push(changesetError('plot.code-same'));
		return found.map(of);
	});
}

function countsOf(names: readonly (string | null)[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}
