import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { checkCounty, checkPlotCodes, countCounties } from '$lib/domain/supply/check-codes.ts';
import { SUPPLY_EVENTS, SUPPLY_STATES } from '$lib/domain/supply/life-cycle.ts';
import { checkPermit, type ChainedPermit } from '$lib/domain/supply/permit-chain.ts';
import { readPlotCodeList } from '$lib/domain/supply/plot-code-list.ts';
import { findPromise } from '$lib/domain/supply/promised-ground.ts';

/** Issues of plots and supplies, with every state and event. */
export function supplyInstances(): ChangesetIssue[] {
	const cadastralCode = '211103001001GB00001';
	const ofCodes = (code: string | null, unitCode: string | null) =>
		checkPlotCodes({ cadastralCode: code, unitCode, codeStatus: 'provisional' });
	const works: ChainedPermit = {
		...{ permitNo: 1, kind: 'works_permit', number: '建字 1', issuedOn: '2026-05-01', isVoid: false },
	};
	const listed = readPlotCodeList(`1,${cadastralCode}\n1,${cadastralCode}\n第1号,${cadastralCode}`);
	const kept = [
		checkCounty(
			'110108001001GB00001',
			'park',
			countCounties([{ plotNo: 1, parkId: 'park', cadastralCode, unitCode: null }]),
		),
		checkPermit(works, [works]),
		checkPermit({ kind: 'verification', number: '核 1', issuedOn: '2026-04-01' }, [works]),
		...SUPPLY_STATES.map((state) => findPromise([{ supplyNo: 7, state }])),
		...listed.map(({ issue }) => issue),
	];
	return [
		...kept.filter((issue) => issue !== null),
		changesetError('plot.supervision-number-taken', { number: '2101122026B00001' }),
		changesetError('plot.supplied', { supplyNo: 7 }),
		changesetError('plot.area-decided', { supplyNo: 7 }),
		changesetError('batch.not-found', { batchNo: 987 }),
		changesetError('batch.in-use', { plots: 3 }),
		changesetError('batch.area-implausible', { areaM2: 4_000_000_000, zoneM2: 98_500_000 }),
		changesetError('programme.not-found', { year: '2026' }),
		changesetError('programme.in-use', { supplies: 3 }),
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
		changesetError('rule.leaves-gap', { from: '2026-01-01' }),
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
