import type { ParcelCode, PlanningCondition } from '$lib/domain/changeset/parcel-facts.ts';
import type { Step, StepParams } from '$lib/domain/changeset/step.ts';
import { lineSoFar, type Sketch } from './sketch.ts';

/** What a tool's form holds beside what is put down on the map; one form serves all tools. */
export interface ToolValues {
	readonly equalParts: number;
	/** Areas of the parts to be, m²; empty: equal parts. */
	/** Null: what is typed cannot be read. */
	readonly areasM2: readonly number[] | null;
	/** Direction in which parts follow each other, degrees clockwise from north. */
	readonly bearingDeg: number;
	readonly widthM: number;
	/** A class key; null: none; undefined: not chosen. */
	readonly landUse: string | null | undefined;
	readonly code: ParcelCode | null;
	readonly condition: PlanningCondition | null;
}

export const START_VALUES: ToolValues = {
	equalParts: 2,
	areasM2: [],
	bearingDeg: 0,
	widthM: 12,
	landUse: undefined,
	code: null,
	condition: null,
};

/** What the next touch of the map gives to a tool: a parcel, any place, a place on a stored vertex or edge, or nothing more. */
export type Wanted = 'parcel' | 'place' | 'vertex' | 'edge' | 'nothing';

/** A tool of the map: it turns what was put down and its form into a step. */
export interface Tool {
	readonly verb: Step['verb'];
	/** What the next touch is for. */
	readonly wants: (sketch: Sketch) => Wanted;
	/** Parcels may be chosen too, to say which are meant. */
	readonly limitsToParcels: boolean;
	/** The step as it would be if everything ended at the cursor; null: something is missing. `reachM` is how near counts as on. */
	readonly stepOf: (sketch: Sketch, values: ToolValues, reachM: number) => Step | null;
	/** Says whether what is put down is whole without the cursor, so that the step may be done. */
	readonly isWhole: (sketch: Sketch) => boolean;
}

/** Fewer places are no line. */
const LINE_PLACES = 2;

type Draft<Verb extends Step['verb']> = Omit<Tool, 'verb' | 'stepOf'> & {
	readonly paramsOf: (sketch: Sketch, values: ToolValues, reachM: number) => StepParams[Verb] | null;
};

function tool<Verb extends Step['verb']>(verb: Verb, { paramsOf, ...rest }: Draft<Verb>): Tool {
	return {
		...rest,
		verb,
		stepOf: (sketch, values, reachM) => {
			const params = paramsOf(sketch, values, reachM);
			return params === null ? null : ({ verb, params } as Step);
		},
	};
}

/** A line through as many places as one likes. */
const AS_LINE = {
	wants: () => 'place',
	isWhole: ({ places }) => places.length >= LINE_PLACES,
	limitsToParcels: true,
} satisfies Partial<Draft<'split_by_line'>>;

/** So many parcels at least, and nothing on the map besides. */
function ofParcels(least: number, most = Infinity) {
	return {
		wants: ({ parcelNos }: Sketch) => (parcelNos.length < most ? ('parcel' as const) : ('nothing' as const)),
		isWhole: ({ parcelNos }: Sketch) => parcelNos.length >= least && parcelNos.length <= most,
		limitsToParcels: true,
	};
}

function limited({ parcelNos }: Sketch): { readonly parcelNos?: readonly number[] } {
	return parcelNos.length === 0 ? {} : { parcelNos };
}

function line(sketch: Sketch): readonly (readonly [number, number])[] | null {
	const places = lineSoFar(sketch);
	return places.length < LINE_PLACES ? null : places;
}

/** The tools, each by the verb whose steps it makes. */
export const TOOLS: Readonly<Record<Step['verb'], Tool>> = {
	split_by_line: tool('split_by_line', {
		...AS_LINE,
		paramsOf: (sketch) => {
			const places = line(sketch);
			return places && { line: places, ...limited(sketch) };
		},
	}),
	split_to_areas: tool('split_to_areas', {
		...ofParcels(1, 1),
		paramsOf: ({ parcelNos }, { areasM2, equalParts, bearingDeg }) =>
			parcelNos.length !== 1 || areasM2 === null
				? null
				: { parcelNo: parcelNos[0], bearingDeg, into: areasM2.length > 0 ? { areasM2 } : { equalParts } },
	}),
	merge: tool('merge', {
		...ofParcels(2),
		// The one that was chosen first takes the others in, and keeps its code and class.
		paramsOf: ({ parcelNos }) => (parcelNos.length < 2 ? null : { parcelNos, intoNo: parcelNos[0] }),
	}),
	reshape: tool('reshape', {
		...AS_LINE,
		paramsOf: (sketch, _, reachM) => {
			const path = line(sketch);
			const [parcelNo] = sketch.parcelNos;
			return path && { path, reachM, ...(parcelNo === undefined ? {} : { parcelNo }) };
		},
	}),
	move_vertices: tool('move_vertices', {
		wants: ({ places }) => (places.length === 0 ? 'vertex' : places.length === 1 ? 'place' : 'nothing'),
		isWhole: ({ places }) => places.length === 2,
		limitsToParcels: false,
		paramsOf: (sketch) => {
			const [at, to] = lineSoFar(sketch);
			return sketch.places.length === 0 || to === undefined ? null : { moves: [{ at, to }] };
		},
	}),
	insert_vertex: tool('insert_vertex', {
		wants: ({ places }) => (places.length === 0 ? 'edge' : places.length === 1 ? 'place' : 'nothing'),
		isWhole: ({ places }) => places.length === 1 || places.length === 2,
		limitsToParcels: true,
		paramsOf: (sketch, _, reachM) => {
			const [at, to] = lineSoFar(sketch);
			const [parcelNo] = sketch.parcelNos;
			if (at === undefined) return null;
			return {
				at,
				reachM,
				...(to === undefined ? {} : { to }),
				...(parcelNo === undefined ? {} : { parcelNo }),
			};
		},
	}),
	delete_vertex: tool('delete_vertex', {
		wants: ({ places }) => (places.length === 0 ? 'vertex' : 'nothing'),
		isWhole: ({ places }) => places.length === 1,
		limitsToParcels: false,
		paramsOf: (sketch) => {
			const [at] = lineSoFar(sketch);
			return at === undefined ? null : { at };
		},
	}),
	align: tool('align', {
		wants: ({ parcelNos, places }) =>
			parcelNos.length === 0 ? 'parcel' : places.length < LINE_PLACES ? 'place' : 'nothing',
		isWhole: ({ parcelNos, places }) => parcelNos.length === 1 && places.length === LINE_PLACES,
		limitsToParcels: true,
		paramsOf: (sketch, _, reachM) => {
			const [parcelNo] = sketch.parcelNos;
			const [from, to] = lineSoFar(sketch);
			return parcelNo === undefined || to === undefined ? null : { parcelNo, line: [from, to], reachM };
		},
	}),
	carve_corridor: tool('carve_corridor', {
		...AS_LINE,
		paramsOf: (sketch, { widthM, landUse }) => {
			const centreLine = line(sketch);
			return (
				centreLine && {
					centreLine,
					breadth: { widthM },
					...limited(sketch),
					...(landUse === undefined ? {} : { landUse }),
				}
			);
		},
	}),
	reclassify: tool('reclassify', {
		...ofParcels(1),
		paramsOf: ({ parcelNos }, { landUse }) =>
			parcelNos.length === 0 || landUse === undefined ? null : { parcelNos, landUse },
	}),
	set_code: tool('set_code', {
		...ofParcels(1, 1),
		paramsOf: ({ parcelNos }, { code }) =>
			parcelNos.length !== 1 ? null : { codes: [{ parcelNo: parcelNos[0], code }] },
	}),
	set_conditions: tool('set_conditions', {
		...ofParcels(1),
		paramsOf: ({ parcelNos }, { condition }) => (parcelNos.length === 0 ? null : { parcelNos, condition }),
	}),
};
