import type { FlatPolygons } from '../flat-polygons.ts';

const POLYGON = 3;
const MULTI_POLYGON = 6;
const HAS_Z = 0x80000000;
const HAS_M = 0x40000000;
const HAS_SRID = 0x20000000;
const HEADER_BYTES = 9;
const POSITION_BYTES = 16;
const RING_BYTES_MIN = 4 + 4 * POSITION_BYTES;

/**
 * Reads many rows of WKB or EWKB Polygon or MultiPolygon into one FlatPolygons, a feature a row.
 *
 * Either byte order, SRID or none (not checked); rings lose their closing position, an empty polygon gives no polygon.
 * Throws on other geometry types, Z or M, unclosed rings, rings under four positions, missing or surplus bytes, naming row
 * and byte. O(bytes), no object a point.
 */
export function readEwkbPolygons(rows: readonly Uint8Array[]): FlatPolygons {
	const bytes = rows.reduce((sum, row) => sum + row.byteLength, 0);
	const reader = new EwkbReader(bytes);
	const featureOffsets = new Uint32Array(rows.length + 1);
	for (const [i, row] of rows.entries()) {
		reader.open(row, i);
		reader.readFeature();
		featureOffsets[i + 1] = reader.polygonCount;
	}
	return {
		coordinates: reader.coordinates.slice(0, 2 * reader.positionCount),
		ringOffsets: reader.ringOffsets.slice(0, reader.ringCount + 1),
		polygonOffsets: reader.polygonOffsets.slice(0, reader.polygonCount + 1),
		featureOffsets,
	};
}

/** One feature as little-endian EWKB MultiPolygon with its SRID, rings closed. O(its positions). */
export function writeEwkbMultiPolygon(polygons: FlatPolygons, feature: number, srid: number): Uint8Array {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const firstPolygon = featureOffsets[feature];
	const endPolygon = featureOffsets[feature + 1];
	const firstRing = polygonOffsets[firstPolygon];
	const endRing = polygonOffsets[endPolygon];
	const positions = ringOffsets[endRing] - ringOffsets[firstRing] + (endRing - firstRing);
	const bytes = new Uint8Array(
		HEADER_BYTES +
			4 +
			(endPolygon - firstPolygon) * HEADER_BYTES +
			(endRing - firstRing) * 4 +
			positions * POSITION_BYTES,
	);
	const view = new DataView(bytes.buffer);
	let at = 0;
	const putUint32 = (value: number) => {
		view.setUint32(at, value, true);
		at += 4;
	};
	const putType = (type: number) => {
		bytes[at++] = 1;
		putUint32(type);
	};
	const putPosition = (i: number) => {
		view.setFloat64(at, coordinates[2 * i], true);
		view.setFloat64(at + 8, coordinates[2 * i + 1], true);
		at += POSITION_BYTES;
	};
	putType(MULTI_POLYGON | HAS_SRID);
	putUint32(srid);
	putUint32(endPolygon - firstPolygon);
	for (let p = firstPolygon; p < endPolygon; p++) {
		putType(POLYGON);
		putUint32(polygonOffsets[p + 1] - polygonOffsets[p]);
		for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
			const count = ringOffsets[r + 1] - ringOffsets[r];
			putUint32(count + 1);
			for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) putPosition(i);
			putPosition(ringOffsets[r]);
		}
	}
	return bytes;
}

/** Cursor over one row after another; its arrays are as long as so many bytes can fill. */
class EwkbReader {
	readonly coordinates: Float64Array;
	readonly ringOffsets: Uint32Array;
	readonly polygonOffsets: Uint32Array;
	positionCount = 0;
	ringCount = 0;
	polygonCount = 0;
	private view: DataView = new DataView(new ArrayBuffer(0));
	private at = 0;
	private row = 0;
	private isLittleEndian = true;

	constructor(bytes: number) {
		this.coordinates = new Float64Array(2 * Math.floor(bytes / POSITION_BYTES));
		const rings = Math.floor(bytes / RING_BYTES_MIN);
		this.ringOffsets = new Uint32Array(rings + 1);
		this.polygonOffsets = new Uint32Array(rings + 1);
	}

	open(bytes: Uint8Array, row: number): void {
		this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.at = 0;
		this.row = row;
	}

	readFeature(): void {
		const type = this.readType();
		if (type === POLYGON) this.readPolygon();
		else if (type === MULTI_POLYGON) {
			const count = this.readUint32();
			for (let i = 0; i < count; i++) {
				if (this.readType() !== POLYGON) this.fail('a MultiPolygon part is no Polygon');
				this.readPolygon();
			}
		} else this.fail(`geometry type ${type} is neither Polygon nor MultiPolygon`);
		if (this.at !== this.view.byteLength) this.fail(`${this.view.byteLength - this.at} bytes too many`);
	}

	private readPolygon(): void {
		const rings = this.readUint32();
		if (rings === 0) return;
		for (let i = 0; i < rings; i++) this.readRing();
		this.polygonOffsets[++this.polygonCount] = this.ringCount;
	}

	private readRing(): void {
		const count = this.readUint32();
		if (count < 4) this.fail(`a ring of ${count} positions`);
		this.need(count * POSITION_BYTES);
		const { view, coordinates, isLittleEndian } = this;
		const first = 2 * this.positionCount;
		const end = first + 2 * (count - 1);
		let at = this.at;
		for (let i = first; i < end; i++, at += 8) coordinates[i] = view.getFloat64(at, isLittleEndian);
		const isClosed =
			view.getFloat64(at, isLittleEndian) === coordinates[first] &&
			view.getFloat64(at + 8, isLittleEndian) === coordinates[first + 1];
		if (!isClosed) this.fail('a ring is not closed');
		this.at = at + POSITION_BYTES;
		this.positionCount += count - 1;
		this.ringOffsets[++this.ringCount] = this.positionCount;
	}

	private readType(): number {
		this.need(1);
		const order = this.view.getUint8(this.at);
		if (order > 1) this.fail(`byte order ${order} is neither 0 nor 1`);
		this.isLittleEndian = order === 1;
		this.at++;
		const type = this.readUint32();
		if ((type & (HAS_Z | HAS_M)) !== 0) this.fail('coordinates have Z or M');
		if ((type & HAS_SRID) !== 0) this.readUint32();
		return type & ~HAS_SRID;
	}

	private readUint32(): number {
		this.need(4);
		const value = this.view.getUint32(this.at, this.isLittleEndian);
		this.at += 4;
		return value;
	}

	private need(bytes: number): void {
		if (this.at + bytes > this.view.byteLength) this.fail('the bytes end too early');
	}

	private fail(reason: string): never {
		throw new Error(`EWKB row ${this.row}, byte ${this.at}: ${reason}`);
	}
}
