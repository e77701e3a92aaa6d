import { FIXED32, FIXED64, ProtobufWriter, VARINT } from './protobuf.ts';

/**
 * One attribute of many features as a column, indexed by feature.
 *
 * `category` names each distinct text once (code −1: none). A text of null, a number of NaN and a flag of 2 are none: the feature
 * goes without the attribute. Integers are safe whole numbers.
 */
export type AttributeColumn =
	| {
			readonly name: string;
			readonly kind: 'category';
			readonly categories: readonly string[];
			readonly codes: ArrayLike<number>;
	  }
	| { readonly name: string; readonly kind: 'text'; readonly values: ArrayLike<string | null> }
	| { readonly name: string; readonly kind: 'integer' | 'number'; readonly values: ArrayLike<number> }
	| { readonly name: string; readonly kind: 'flag'; readonly values: ArrayLike<number> };

const KEYS = 3;
const VALUES = 4;

/** The keys and distinct values of one tile layer, gathered while its features are written. */
export class AttributeTable {
	private readonly keys: number[] = [];
	private readonly columns: readonly AttributeColumn[];
	private readonly keyIndex: Int32Array;
	private readonly categoryIndex: Int32Array[];
	private readonly texts = new Map<string, number>();
	private readonly integers = new Map<number, number>();
	private readonly numbers = new Map<number, number>();
	private readonly flags = new Int32Array(2).fill(-1);
	private readonly values = new ProtobufWriter();
	private valueCount = 0;

	constructor(columns: readonly AttributeColumn[]) {
		this.columns = columns;
		this.keyIndex = new Int32Array(columns.length).fill(-1);
		this.categoryIndex = columns.map((column) =>
			new Int32Array(column.kind === 'category' ? column.categories.length : 0).fill(-1),
		);
	}

	/** Writes the key and value index pairs of a feature, without tag and length. */
	writeTags(writer: ProtobufWriter, feature: number): void {
		writer.reserve(10 * this.columns.length);
		for (let c = 0; c < this.columns.length; c++) {
			const value = this.valueIndex(c, feature);
			if (value < 0) continue;
			if (this.keyIndex[c] < 0) this.keyIndex[c] = this.keys.push(c) - 1;
			writer.varint32(this.keyIndex[c]);
			writer.varint32(value);
		}
	}

	/** Writes the layer's keys and values. */
	writeTable(writer: ProtobufWriter): void {
		const text = new TextEncoder();
		for (const column of this.keys) writer.field(KEYS, text.encode(this.columns[column].name));
		const { bytes, length } = this.values;
		writer.reserve(length);
		writer.bytes.set(bytes.subarray(0, length), writer.length);
		writer.length += length;
	}

	/** Index of a feature's value in the layer, added when new; −1 for none. */
	private valueIndex(c: number, feature: number): number {
		const column = this.columns[c];
		if (column.kind === 'category') {
			const code = column.codes[feature];
			if (!(code >= 0)) return -1;
			const known = this.categoryIndex[c];
			if (known[code] < 0) known[code] = this.textIndex(column.categories[code]);
			return known[code];
		}
		const value = column.values[feature];
		if (value === null || value === undefined) return -1;
		if (typeof value === 'string') return this.textIndex(value);
		if (Number.isNaN(value)) return -1;
		if (column.kind === 'flag') return this.flagIndex(value);
		return column.kind === 'integer' ? this.integerIndex(value) : this.numberIndex(value);
	}

	private textIndex(value: string): number {
		const known = this.texts.get(value);
		if (known !== undefined) return known;
		this.texts.set(value, this.valueCount);
		return this.addValue((writer) => writer.field(1, new TextEncoder().encode(value)));
	}

	private integerIndex(value: number): number {
		const known = this.integers.get(value);
		if (known !== undefined) return known;
		this.integers.set(value, this.valueCount);
		return this.addValue((writer) => {
			writer.tag(value < 0 ? 6 : 5, VARINT);
			writer.varint(value < 0 ? -2 * value - 1 : value);
		});
	}

	private numberIndex(value: number): number {
		const known = this.numbers.get(value);
		if (known !== undefined) return known;
		this.numbers.set(value, this.valueCount);
		return this.addValue((writer) => {
			const isFloat = Math.fround(value) === value;
			writer.tag(isFloat ? 2 : 3, isFloat ? FIXED32 : FIXED64);
			if (isFloat) writer.float(value);
			else writer.double(value);
		});
	}

	private flagIndex(value: number): number {
		if (value !== 0 && value !== 1) return -1;
		if (this.flags[value] < 0) {
			this.flags[value] = this.addValue((writer) => {
				writer.tag(7, VARINT);
				writer.varint(value);
			});
		}
		return this.flags[value];
	}

	private addValue(write: (writer: ProtobufWriter) => void): number {
		const start = this.values.begin(VALUES);
		write(this.values);
		this.values.end(start);
		return this.valueCount++;
	}
}
