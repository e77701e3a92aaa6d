import type { EventFacts } from '../../src/lib/domain/supply/record.ts';
import type { FactKind, FactShapes } from '../../src/lib/domain/supply/supply-fact.ts';
import type { IdleStepFacts } from '../../src/lib/domain/supply/idle-proceeding.ts';
import { asOwner } from '../../src/lib/server/db/connect.ts';
import { insertOffice } from '../../src/lib/server/db/person.ts';
import { insertProgramme } from '../../src/lib/server/db/supply-programme.ts';
import type { SupplyRow } from '../../src/lib/server/db/supply.ts';
import { actOnSupply, askSupplyEvent } from '../../src/lib/server/service/supply/act.ts';
import { questionOf } from '../../src/lib/domain/supply/finding.ts';
import { enterSupply } from '../../src/lib/server/service/supply/enter.ts';
import { makePlot, type PlotOrder } from '../../src/lib/server/service/supply/make-plot.ts';
import { readSupply } from '../../src/lib/server/service/supply/read.ts';
import { recordStatement } from '../../src/lib/server/service/supply/record-fact.ts';
import {
	recordIdleStep,
	recordSupplyFact,
	type NewFact,
	type NewStep,
} from '../../src/lib/server/service/supply/supervise-act.ts';
import { readSupervision } from '../../src/lib/server/service/supply/supervise.ts';
import { loadLaw } from '../../seeds/load/load-law.ts';
import {
	clientId,
	numberOf,
	openWorkshop,
	ownStrip,
	valueOf,
	type Colleague,
	type Workshop,
} from './changeset-service.ts';
import type { DatabaseKind } from './database.ts';
import { PANJIN_ID } from './database-rows.ts';
import { SOUND_CONTRACT, SOUND_OFFER, SOUND_PLOT } from './supply-guard.ts';
import { SEEDS_FOLDER } from './zone-service.ts';

/** An office that supplies land, with its law; everything is done by its services. */
export interface SupplyDesk extends Workshop {
	/** A supply of a new plot, a strip of PJ-00 unless the order says otherwise, with its checklist stated, in the programme of 2026. */
	enter(mode: SupplyRow['mode'], order?: Partial<PlotOrder>): Promise<number>;
	/** Records an event; every open question is acknowledged. */
	act<Kind extends keyof EventFacts>(
		supplyNo: number,
		who: Colleague,
		event: Kind,
		facts: EventFacts[Kind],
		now?: Date,
	): Promise<SupplyRow>;
	/** A grant that is signed and handed over on 2026-11-01. */
	grant(contract?: Partial<EventFacts['sign']>, order?: Partial<PlotOrder>): Promise<number>;
	record<Kind extends FactKind>(
		supplyNo: number,
		kind: Kind,
		facts: FactShapes[Kind],
		more?: { who?: Colleague; now?: Date; replacesNo?: number | null; acknowledged?: readonly string[] },
	): ReturnType<typeof recordSupplyFact>;
	step<Kind extends keyof IdleStepFacts>(
		supplyNo: number,
		who: Colleague,
		step: Kind,
		facts: IdleStepFacts[Kind],
		onDay: string,
		now?: Date,
		acknowledged?: readonly string[],
	): ReturnType<typeof recordIdleStep>;
	supervision(supplyNo: number, now?: Date): Promise<Awaited<ReturnType<typeof supervisionOf>>>;
}

const supervisionOf = async (shop: Workshop, supplyNo: number, now?: Date) =>
	valueOf(await readSupervision(shop.as('guest', now), PANJIN_ID, supplyNo));

export async function openSupplyDesk(kind: DatabaseKind): Promise<SupplyDesk> {
	const shop = await openWorkshop(kind);
	await loadLaw(shop.database, SEEDS_FOLDER);
	const office = {
		officeId: 'bureau',
		nameZh: '市局(示例)',
		nameEn: 'Sample bureau',
		isSample: true,
	} as const;
	await asOwner(shop.database, async (sql) => {
		await insertOffice(sql, PANJIN_ID, { ...office, kind: 'municipal_bureau' });
		const made = { approvedOn: null, source: 'a source', isSynthetic: true };
		await insertProgramme(sql, PANJIN_ID, { year: 2026, number: 'a number', ...made });
	});
	const desk: SupplyDesk = {
		...shop,
		async enter(mode, order = {}) {
			const made = await makePlot(shop.as('sue'), PANJIN_ID, {
				...{ clientId: clientId(), name: '示例宗地', within: ownStrip(), batchNo: null, cadastralCode: null },
				...{ parcelNos: [await numberOf(shop.database, 'PJ-00')], unitCode: null, codeStatus: 'none' },
				...{ documentAreaDm2: null, isAreaConfirmed: true, reason: 'a reason', ...order },
			});
			const { plotNo } = valueOf(made);
			for (const item of SOUND_PLOT.statements.keys()) {
				const stated = { item, outcome: 'pass', statedOn: '2026-08-01', document: 'a document' } as const;
				valueOf(
					await recordStatement(shop.as('sue'), PANJIN_ID, plotNo, { clientId: clientId(), ...stated }),
				);
			}
			const supply = { clientId: clientId(), plotNo, mode, year: 2026, quarter: 4 };
			return valueOf(await enterSupply(shop.as('sue'), PANJIN_ID, supply)).supplyNo;
		},
		async act(supplyNo, who, event, facts, now) {
			const { supply } = valueOf(await readSupply(shop.as('guest'), PANJIN_ID, supplyNo));
			const asked = valueOf(await askSupplyEvent(shop.as(who, now), PANJIN_ID, supplyNo, { event, facts }));
			const acknowledged = asked.map(questionOf);
			const sent = { event, facts, acknowledged, expectedEdit: supply.editNo };
			return valueOf(await actOnSupply(shop.as(who, now), PANJIN_ID, supplyNo, sent));
		},
		async grant(contract = {}, order = {}) {
			const no = await desk.enter('grant', order);
			const offer = { ...SOUND_OFFER, noticeOn: '2026-09-01', startsOn: '2026-09-22', endsOn: '2026-10-09' };
			await desk.act(no, 'paul', 'offer', offer);
			const won = { holder: 'a company', priceFen: 100_000_00, yearlyRentFen: null, bidders: 2 };
			await desk.act(no, 'sue', 'award', { awardedOn: '2026-10-10', ...won });
			const signed = { ...SOUND_CONTRACT, signedOn: '2026-10-20', handOverBy: '2026-11-01' };
			await desk.act(no, 'sue', 'sign', { ...signed, ...contract });
			await desk.act(no, 'sue', 'hand_over', { handedOverOn: '2026-11-01' });
			return no;
		},
		record(supplyNo, kind, facts, { who = 'sue', now, replacesNo = null, acknowledged = [] } = {}) {
			const said = { clientId: clientId(), kind, facts, document: 'a document', replacesNo, acknowledged };
			const fact = { ...said, isVoid: false } as unknown as NewFact;
			return recordSupplyFact(shop.as(who, now), PANJIN_ID, supplyNo, fact);
		},
		step(supplyNo, who, step, facts, onDay, now, acknowledged = []) {
			const made = { clientId: clientId(), step, facts, onDay, document: 'a notice', acknowledged };
			return recordIdleStep(shop.as(who, now), PANJIN_ID, supplyNo, made as unknown as NewStep);
		},
		supervision: (supplyNo, now) => supervisionOf(shop, supplyNo, now),
	};
	return desk;
}
