import type { Explained } from '$lib/domain/rule/explained.ts';
import { checkExit } from '$lib/domain/supply/exit.ts';
import type { Finding } from '$lib/domain/supply/finding.ts';
import { TRANSFER_KINDS, type TransferKind } from '$lib/domain/supply/supply-fact.ts';
import type { SupervisionContext } from '$lib/domain/supply/supervision.ts';
import { checkTransfer, type AskedTransfer } from '$lib/domain/supply/transfer.ts';
import { topUp, type LandChange, type PricedArea } from '$lib/domain/tenure/price.ts';
import type { LandUse } from '$lib/domain/tenure/term.ts';
import { can } from '../../access/actor.ts';
import { findSupply } from '../../db/supply.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { done, noSupply, type Outcome } from './outcome.ts';
import { readSupervised, readZoneLaw } from './supervision-context.ts';

/** The checklists of the secondary market and of an exit, as they are answered on a day. */
export interface TransferQuestions {
	readonly onDate: string;
	readonly transfers: readonly { readonly what: TransferKind; readonly findings: readonly Finding[] }[];
	readonly exit: readonly Finding[];
}

/** Answers what stands for and against each kind of transfer of a supply, and an exit; `asked` says to whom, and which share of the holder is to change hands. */
export function readTransferQuestions(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
	asked: Omit<AskedTransfer, 'what'>,
): Promise<Outcome<TransferQuestions>> {
	return onSupervised(context, zoneId, supplyNo, (supervised) => ({
		onDate: supervised.onDate,
		transfers: TRANSFER_KINDS.map((what) => ({
			what,
			findings: checkTransfer({ ...asked, what }, supervised),
		})),
		exit: checkExit(supervised),
	}));
}

/** A change on land that is held: floor in 0.01 m², and the use afterwards; null: it stays. */
export interface AskedChange {
	readonly useBefore: LandUse | null;
	readonly useAfter: LandUse | null;
	readonly floorBeforeDm2: number;
	readonly floorAfterDm2: number;
}

/** What would be paid on top, by which rule, of which area; no use: it cannot be told. */
export interface ReckonedTopUp extends PricedArea {
	readonly onDate: string;
	readonly useBefore: LandUse | null;
	readonly useAfter: LandUse | null;
	/** Null: the use is not known. */
	readonly topUp: Explained<number> | null;
}

/**
 * Reckons what is paid on top (补地价) where the use or the floor of a supply's land changes, by the rules of today: stock renewal (存量更新) too.
 *
 * Nothing is recorded: what is agreed is a `supplement`, which makes the charge. The use before is that of the plot's class unless another is named.
 */
export function reckonTopUp(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
	asked: AskedChange,
): Promise<Outcome<ReckonedTopUp>> {
	return onSupervised(context, zoneId, supplyNo, ({ use, area, rules, onDate, parkId }) => {
		const useBefore = asked.useBefore ?? use;
		const useAfter = asked.useAfter ?? useBefore;
		const { floorBeforeDm2, floorAfterDm2 } = asked;
		if (useBefore === null || useAfter === null) return { ...area, onDate, useBefore, useAfter, topUp: null };
		const change: LandChange = { ...area, useBefore, useAfter, floorBeforeDm2, floorAfterDm2 };
		return { ...area, onDate, useBefore, useAfter, topUp: topUp(change, rules, onDate, parkId) };
	});
}

async function onSupervised<T>(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
	work: (supervised: SupervisionContext) => T,
): Promise<Outcome<T>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noSupply(supplyNo);
	return asActor(context, zoneId, async (sql): Promise<Outcome<T>> => {
		const zone = await findZone(sql, zoneId);
		const row = await findSupply(sql, zoneId, supplyNo);
		if (zone === null || row === null) return noSupply(supplyNo);
		const [supervised] = await readSupervised(sql, zoneId, [row], await readZoneLaw(sql, zone, now));
		return supervised === undefined ? noSupply(supplyNo) : done(work(supervised.context));
	});
}
