import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { checkPlotCodes } from '$lib/domain/supply/check-codes.ts';
import { SUPPLY_EVENTS, SUPPLY_STATES } from '$lib/domain/supply/life-cycle.ts';

/** Issues of plots and supplies, with every state and event. */
export function supplyInstances(): ChangesetIssue[] {
	const cadastralCode = '211103001001GB00001';
	const ofCodes = (code: string | null, unitCode: string | null) =>
		checkPlotCodes({ cadastralCode: code, unitCode, codeStatus: 'provisional' });
	return [
		...SUPPLY_STATES.flatMap((state) => [
			changesetError('supply.moved', { state }),
			changesetError('supply.sealed', { state }),
			changesetError('supply.offer-closed', { state }),
			changesetError('supply.plot-taken', { supplyNo: 7, state }),
		]),
		...SUPPLY_EVENTS.flatMap((event) => [
			changesetError('supply.event-impossible', { state: 'ended', event }),
			changesetError('correction.no-event', { eventNo: 3, event }),
		]),
		changesetError('batch.number-taken', { number: '示例批次' }),
		changesetError('rule.key-unknown', { key: 'mx.nothing' }),
		changesetError('rule.begins-same-day', { from: '2026-12-01' }),
		changesetError('rule.later-stands', { from: '2026-12-01' }),
		changesetError('ledger.too-large', { plots: 100_001, most: 100_000 }),
		changesetError('ledger.month-ahead', { month: '2026-12' }),
		changesetError('programme.year-taken', { year: '2026' }),
		changesetError('building.not-found', { buildingNo: 3 }),
		changesetError('supply.decision-needed'),
		changesetError('supply.no-programme', { year: '2026' }),
		changesetError('supply.unacknowledged', { question: 'supply.plan-unknown' }),
		changesetError('plot.parcel-unknown', { parcelNo: 12 }),
		changesetError('plot.code-taken', { code: '211199001001GB00777' }),
		changesetError('plot.ground-taken', { plotNo: 7, name: '示例宗地', areaM2: 41_873.5 }),
		changesetError('plot.document-area-far', { documentM2: 1, drawnM2: 41_873.5, most: '5' }),
		changesetError('plot.batch-moved'),
		changesetError('plot.batch-unknown', { batchNo: 987 }),
		changesetError('plot.several-classes', { classes: 'cn-land-use/2023/100101' }),
		...ofCodes('2111', null),
		...ofCodes(null, '2111'),
		...ofCodes(cadastralCode, '211103001001GB00002W00000000'),
		...ofCodes(cadastralCode, `${cadastralCode}W00000001`),
	];
}
