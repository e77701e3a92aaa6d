import { asOwner, type Database } from '../../db/connect.ts';
import { findZone } from '../../db/zone.ts';
import { dayInZone } from '../zone-record.ts';
import { isZoneReckoned, refreshZoneDueDays } from './refresh-due-days.ts';

/** A zone whose due days are being reckoned; `again`: something changed meanwhile. */
interface Running {
	now: Date;
	again: boolean;
	readonly work: Promise<void>;
}

/**
 * Reckons first due days anew beside requests, a zone at a time: after its rules were set, and on the first read of a day, as rules begin and end on days.
 *
 * What fails is told to `report` and begun again by the next read.
 */
export class DueReckoning {
	readonly #database: Database;
	readonly #report: (line: string) => void;
	readonly #running = new Map<string, Running>();
	/** The day for which a zone was last found to be reckoned, by its own clock. */
	readonly #days = new Map<string, string>();
	#isClosed = false;

	constructor(database: Database, report: (line: string) => void = () => {}) {
		this.#database = database;
		this.#report = report;
	}

	/** Whether days of a zone are being reckoned, so that lists may show those before. */
	isRunning(zoneId: string): boolean {
		return this.#running.has(zoneId);
	}

	/** Begins to reckon a zone; where that is at work, it goes round once more. */
	begin(zoneId: string, now: Date): void {
		const running = this.#running.get(zoneId);
		if (running !== undefined) {
			running.now = now;
			running.again = true;
		} else if (!this.#isClosed) {
			const begun: Running = { now, again: false, work: Promise.resolve().then(() => this.#work(zoneId)) };
			this.#running.set(zoneId, begun);
		}
	}

	/** Sees to it that a zone is reckoned for the day that it is there; asks the database once a day. Returns whether it is being reckoned. */
	async beginDay(zoneId: string, now: Date): Promise<boolean> {
		try {
			const isBehind = await asOwner(this.#database, async (sql) => {
				const zone = await findZone(sql, zoneId);
				if (zone === null) return false;
				const today = dayInZone(zone, now);
				if (this.#days.get(zoneId) === today) return false;
				this.#days.set(zoneId, today);
				return !(await isZoneReckoned(sql, zone, now));
			});
			if (isBehind) this.begin(zoneId, now);
		} catch (reason) {
			this.#days.delete(zoneId);
			this.#report(`due days of ${zoneId}: ${String(reason)}`);
		}
		return this.isRunning(zoneId);
	}

	/** Settles when nothing is left to reckon. */
	async ended(): Promise<void> {
		while (this.#running.size > 0) await Promise.all(Array.from(this.#running.values(), ({ work }) => work));
	}

	/** Leaves what is at work at its next page, and waits for that. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await this.ended();
	}

	async #work(zoneId: string): Promise<void> {
		const running = this.#running.get(zoneId);
		try {
			do {
				if (running === undefined) break;
				running.again = false;
				await refreshZoneDueDays(this.#database, zoneId, running.now, () => !this.#isClosed);
			} while (running.again && !this.#isClosed);
		} catch (reason) {
			this.#days.delete(zoneId);
			if (!this.#isClosed)
				this.#report(`due days of ${zoneId} stay until they are read again: ${String(reason)}`);
		} finally {
			this.#running.delete(zoneId);
		}
	}
}
