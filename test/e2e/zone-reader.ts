import { z } from 'zod';
import { balanceSchema, type WireBalance } from '$lib/api/balance.ts';
import {
	parcelSchema,
	parcelSearchSchema,
	viewLegendSchema,
	type WireParcel,
	type WireParcelHit,
} from '$lib/api/parcel.ts';
import { landUseClassSchema, zoneSchema, type WireLandUseClass, type WireZone } from '$lib/api/zone.ts';

const ZONE = 'shenyang';
const classListSchema = z.object({ classes: z.array(landUseClassSchema) });

/** Reads the API as a program beside the browser does: what is on screen is compared with this. */
export class ZoneReader {
	readonly #address: string;
	readonly #headers: Readonly<Record<string, string>>;

	constructor(origin: string, headers: Readonly<Record<string, string>> = {}) {
		this.#address = `${origin}/api/v1/zones/${ZONE}`;
		this.#headers = headers;
	}

	async #read(path: string): Promise<Response> {
		return fetch(this.#address + path, { headers: this.#headers });
	}

	async #parse<T>(path: string, schema: z.ZodType<T>): Promise<T> {
		const response = await this.#read(path);
		if (!response.ok) throw new Error(`${response.status} ${path}`);
		return schema.parse(await response.json());
	}

	zone(): Promise<WireZone> {
		return this.#parse('', zoneSchema);
	}

	async classes(): Promise<WireLandUseClass[]> {
		return (await this.#parse('/land-use-classes', classListSchema)).classes;
	}

	balance(query: string): Promise<WireBalance> {
		return this.#parse(`/balance?${query}`, balanceSchema);
	}

	async balanceCsv(query: string): Promise<string> {
		return (await this.#read(`/balance.csv?${query}`)).text();
	}

	parcel(coverageId: string, parcelNo: number): Promise<WireParcel> {
		return this.#parse(`/coverages/${coverageId}/parcels/${parcelNo}`, parcelSchema);
	}

	/** What the API says of a parcel that may not be there. */
	async parcelStatus(coverageId: string, parcelNo: number): Promise<number> {
		return (await this.#read(`/coverages/${coverageId}/parcels/${parcelNo}`)).status;
	}

	legend(coverageId: string, bbox: string, by: 'class' | 'stock' = 'class') {
		return this.#parse(`/coverages/${coverageId}/legend?bbox=${bbox}&by=${by}`, viewLegendSchema);
	}

	/** Parcels whose codes begin so, at most a hundred. */
	async hits(coverageId: string, codePrefix: string): Promise<WireParcelHit[]> {
		const query = `/parcels?coverage=${coverageId}&limit=100&q=${encodeURIComponent(codePrefix)}`;
		return (await this.#parse(query, parcelSearchSchema)).hits;
	}
}

/** The code of a class key (`system/version/code`). */
export const codeOf = (classKey: string | null): string => classKey?.split('/')[2] ?? '';
