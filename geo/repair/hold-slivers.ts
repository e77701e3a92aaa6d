import { isDrawn } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { findGaps } from './find-gaps.ts';
import type { SettledSliver } from './clean-report.ts';
import { joinFaces, pieceGround } from '../arrangement/ground-piece.ts';
import type { GroundPieces } from '../arrangement/ground-piece.ts';
import type { Holders } from './holder.ts';
import { interiorPoint } from '../arrangement/interior-point.ts';
import { giveTo, NOBODY, settlePieces, SEVERAL, UNDECIDED } from './settle-slivers.ts';

/** Who holds each face after slivers were given away. */
export interface HeldSlivers {
	/** A holder, NOBODY or SEVERAL (all holders that cover the face) for each face. */
	readonly holderOf: Int32Array;
	readonly slivers: readonly SettledSliver[];
	/** The same slivers with holders in place of numbers. */
	readonly gives: readonly {
		readonly from: readonly number[];
		readonly to: number;
		readonly areaM2: number;
	}[];
}

/** What kind of ground a piece is. */
type Kind = SettledSliver['kind'];

/** Pieces of one arrangement, what they are and who had them. */
interface Findings {
	readonly pieces: GroundPieces;
	readonly kindOf: (piece: number) => Kind;
	readonly coveredBy: (piece: number) => readonly number[];
}

/**
 * Finds gaps, overlaps, ground beyond the outline and apart lying parts of mean width ≤ `widthM`, and gives each to one holder or to nobody.
 *
 * The rule is that of `cleanParcelSet`. The layers of the arrangement are those of `crossGaps`, whose lines cut gaps to pieces; `holders` say
 * who covers its faces. Wider ones stay as they are. O(half-edges + boundary of slivers · rounds).
 */
export function holdSlivers(arrangement: Arrangement, holders: Holders, widthM: number): HeldSlivers {
	const holderOf = Int32Array.from({ length: arrangement.faceCount }, (_, face) => {
		const count = holders.offsets[face + 1] - holders.offsets[face];
		return count === 0 ? NOBODY : count === 1 ? holders.holders[holders.offsets[face]] : SEVERAL;
	});
	const offences = findOffences(arrangement, holders);
	const settled = settleOffences(arrangement, holders, offences, widthM, holderOf);
	const parts = findParts(arrangement, holderOf);
	settled.push(...settleParts(arrangement, holders, parts, widthM, holderOf));
	const slivers = settled.map(({ findings: { pieces, kindOf, coveredBy }, piece, to }): SettledSliver => ({
		kind: kindOf(piece),
		from: coveredBy(piece).map((holder) => holders.parcelNos[holder]),
		to: to === NOBODY ? null : holders.parcelNos[to],
		areaM2: pieces.areaM2[piece],
		widthM: pieces.widthM[piece],
		at: interiorPoint(pieces.polygons, piece),
	}));
	const gives = settled.map(({ findings: { pieces, coveredBy }, piece, to }) => ({
		from: coveredBy(piece),
		to,
		areaM2: pieces.areaM2[piece],
	}));
	return { holderOf, slivers, gives };
}

interface Settled {
	readonly findings: Findings;
	readonly piece: number;
	readonly to: number;
}

/** Connected ground that no parcel, several parcels, or a parcel beyond the outline covers; one piece per set of parcels. */
function findOffences(arrangement: Arrangement, { offsets, holders }: Holders): Findings {
	const { faceCount, covers } = arrangement;
	const outline = covers.length > 1 ? covers[1] : null;
	const kinds: Kind[] = ['gap'];
	const sets: (readonly number[])[] = [[]];
	const keys = new Map<string, number>();
	const keyOfFace = Int32Array.from(findGaps(arrangement, offsets));
	for (let face = 1; face < faceCount; face++) {
		const isInside = outline === null || outline.offsets[face] < outline.offsets[face + 1];
		const count = offsets[face + 1] - offsets[face];
		if (count === 0 || (isInside && count === 1)) continue;
		const set = holders.subarray(offsets[face], offsets[face + 1]);
		const key = `${isInside ? 'overlap' : 'outside'} ${set.join(' ')}`;
		let number = keys.get(key);
		if (number === undefined) {
			number = sets.length;
			keys.set(key, number);
			sets.push([...set]);
			kinds.push(isInside ? 'overlap' : 'outside');
		}
		keyOfFace[face] = number + 1;
	}
	const isInGap = (edge: number) => keyOfFace[arrangement.faceOf[2 * edge]] === 1;
	const pieces = pieceGround(arrangement, keyOfFace, (edge) => isInGap(edge) && isDrawn(arrangement, edge));
	return {
		pieces,
		kindOf: (piece) => kinds[pieces.keys[piece] - 1],
		coveredBy: (piece) => sets[pieces.keys[piece] - 1],
	};
}

function settleOffences(
	arrangement: Arrangement,
	holders: Holders,
	findings: Findings,
	widthM: number,
	holderOf: Int32Array,
): Settled[] {
	const { pieces, kindOf, coveredBy } = findings;
	const slivers = [...pieces.keys.keys()].filter((piece) => pieces.widthM[piece] <= widthM);
	for (const piece of slivers) giveTo(pieces, piece, UNDECIDED, holderOf);
	const holderOfPiece = new Map<number, number>();
	const mayHold = (piece: number, holder: number) =>
		kindOf(piece) === 'gap' || coveredBy(piece).includes(holder);
	// Who gets a piece has ground, so that others may be decided; until nothing more can be.
	for (let waiting = slivers, settledBefore = -1; holderOfPiece.size > settledBefore;) {
		settledBefore = holderOfPiece.size;
		const hasLand = findLanded(holders, holderOf);
		const landless = (piece: number) => coveredBy(piece).filter((holder) => hasLand[holder] === 0);
		for (const piece of waiting) {
			const needy = landless(piece);
			if (kindOf(piece) === 'outside' && needy.length === 0) holderOfPiece.set(piece, NOBODY);
			if (kindOf(piece) === 'overlap' && needy.length === 1) holderOfPiece.set(piece, needy[0]);
		}
		if (holderOfPiece.size === settledBefore) {
			const open = waiting.filter((piece) => landless(piece).length === 0);
			for (const [piece, to] of settlePieces(arrangement, pieces, open, holderOf, mayHold))
				if (to !== NOBODY) holderOfPiece.set(piece, to);
		}
		for (const piece of waiting) {
			const to = holderOfPiece.get(piece);
			if (to !== undefined) giveTo(pieces, piece, to, holderOf);
		}
		waiting = waiting.filter((piece) => !holderOfPiece.has(piece));
	}
	for (const piece of slivers) {
		if (holderOfPiece.has(piece)) continue;
		const set = coveredBy(piece);
		giveTo(pieces, piece, set.length === 0 ? NOBODY : set.length === 1 ? set[0] : SEVERAL, holderOf);
	}
	return Array.from(holderOfPiece, ([piece, to]) => ({ findings, piece, to })).sort(
		(a, b) => a.piece - b.piece,
	);
}

/** Marks the holders with ground that is not in question. */
function findLanded({ parcelNos, offsets, holders }: Holders, holderOf: Int32Array): Uint8Array {
	const hasLand = new Uint8Array(parcelNos.length);
	for (let face = 0; face < holderOf.length; face++) {
		if (holderOf[face] === UNDECIDED) continue;
		for (let i = offsets[face]; i < offsets[face + 1]; i++) hasLand[holders[i]] = 1;
	}
	return hasLand;
}

/** The connected parts of the holders whose own ground has several. */
function findParts(arrangement: Arrangement, holderOf: Int32Array): Findings {
	const own = holderOf.map((holder) => Math.max(0, holder + 1));
	const { keys } = joinFaces(arrangement, own);
	const partsOf = new Uint32Array(own.reduce((most, key) => Math.max(most, key), 0) + 1);
	for (const key of keys) partsOf[key]++;
	const pieces = pieceGround(
		arrangement,
		own.map((key) => (partsOf[key] > 1 ? key : 0)),
	);
	return { pieces, kindOf: () => 'part', coveredBy: (piece) => [pieces.keys[piece] - 1] };
}

function settleParts(
	arrangement: Arrangement,
	holders: Holders,
	findings: Findings,
	widthM: number,
	holderOf: Int32Array,
): Settled[] {
	const { pieces } = findings;
	const isMixed = new Uint8Array(holders.parcelNos.length);
	holderOf.forEach((holder, face) => {
		if (holder !== SEVERAL) return;
		for (let i = holders.offsets[face]; i < holders.offsets[face + 1]; i++) isMixed[holders.holders[i]] = 1;
	});
	const hasBody = new Uint8Array(holders.parcelNos.length);
	pieces.keys.forEach((key, piece) => {
		if (pieces.widthM[piece] > widthM) hasBody[key - 1] = 1;
	});
	const open: number[] = [];
	pieces.keys.forEach((key, piece) => {
		const isSliver = pieces.widthM[piece] <= widthM;
		if (isSliver && hasBody[key - 1] === 1 && isMixed[key - 1] === 0) open.push(piece);
	});
	for (const piece of open) giveTo(pieces, piece, UNDECIDED, holderOf);
	const mayHold = (piece: number, holder: number) => holder !== pieces.keys[piece] - 1;
	return Array.from(settlePieces(arrangement, pieces, open, holderOf, mayHold), ([piece, to]) => {
		giveTo(pieces, piece, to, holderOf);
		return { findings, piece, to };
	});
}
