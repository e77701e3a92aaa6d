/** Wire types of protocol buffers. */
export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
export const FIXED32 = 5;

/** Writes protocol-buffer fields into a growing byte array. */
export class ProtobufWriter {
	bytes: Uint8Array<ArrayBuffer>;
	length = 0;
	private view: DataView;

	constructor(room = 1024) {
		this.bytes = new Uint8Array(room);
		this.view = new DataView(this.bytes.buffer);
	}

	/** Makes room for so many bytes; varint32 and single bytes below rely on it. */
	reserve(bytes: number): void {
		if (this.length + bytes <= this.bytes.length) return;
		const grown = new Uint8Array(Math.max(2 * this.bytes.length, this.length + bytes));
		grown.set(this.bytes.subarray(0, this.length));
		this.bytes = grown;
		this.view = new DataView(grown.buffer);
	}

	/** Writes an unsigned 32-bit varint into reserved room (at most five bytes). */
	varint32(value: number): void {
		let rest = value >>> 0;
		while (rest > 0x7f) {
			this.bytes[this.length++] = (rest & 0x7f) | 0x80;
			rest >>>= 7;
		}
		this.bytes[this.length++] = rest;
	}

	/** Writes two zigzag-coded signed 32-bit varints into reserved room (at most ten bytes). */
	zigzagPair(first: number, second: number): void {
		const { bytes } = this;
		let at = this.length;
		let rest = ((first << 1) ^ (first >> 31)) >>> 0;
		for (; rest > 0x7f; rest >>>= 7) bytes[at++] = (rest & 0x7f) | 0x80;
		bytes[at++] = rest;
		rest = ((second << 1) ^ (second >> 31)) >>> 0;
		for (; rest > 0x7f; rest >>>= 7) bytes[at++] = (rest & 0x7f) | 0x80;
		bytes[at++] = rest;
		this.length = at;
	}

	/** Writes a safe whole number ≥ 0 as a varint. */
	varint(value: number): void {
		this.reserve(8);
		let rest = value;
		while (rest > 0x7fffffff) {
			this.bytes[this.length++] = (rest % 128) | 0x80;
			rest = Math.floor(rest / 128);
		}
		this.varint32(rest);
	}

	tag(field: number, wireType: number): void {
		this.varint(field * 8 + wireType);
	}

	double(value: number): void {
		this.reserve(8);
		this.view.setFloat64(this.length, value, true);
		this.length += 8;
	}

	float(value: number): void {
		this.reserve(4);
		this.view.setFloat32(this.length, value, true);
		this.length += 4;
	}

	/** Writes a length-delimited field of bytes. */
	field(field: number, content: Uint8Array): void {
		this.tag(field, BYTES);
		this.varint(content.length);
		this.reserve(content.length);
		this.bytes.set(content, this.length);
		this.length += content.length;
	}

	/** Begins a length-delimited field, one byte kept for its length; returns what `end` needs. */
	begin(field: number): number {
		this.tag(field, BYTES);
		this.reserve(1);
		return ++this.length;
	}

	/** Ends a field begun with `begin`: writes its length before it, moving the content when one byte is not enough. */
	end(start: number): void {
		const size = this.length - start;
		let extra = 0;
		for (let rest = size >>> 7; rest > 0; rest >>>= 7) extra++;
		if (extra > 0) {
			this.reserve(extra);
			this.bytes.copyWithin(start + extra, start, this.length);
		}
		this.length = start - 1;
		this.varint32(size);
		this.length += size;
	}

	/** A copy of what was written. */
	finish(): Uint8Array {
		return this.bytes.slice(0, this.length);
	}
}
