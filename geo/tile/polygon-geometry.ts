import { RingClipper, type TileFrame } from './clip.ts';
import type { WorldPolygons } from './project.ts';
import type { ProtobufWriter } from './protobuf.ts';
import { RingQuantiser } from './quantise.ts';

const MOVE_TO_ONE = 9;
const LINE_TO = 2;
const CLOSE_PATH = 15;

/** Writes the geometry commands of features of one layer for one tile. */
export class PolygonGeometryWriter {
	private readonly world: WorldPolygons;
	private readonly frame: TileFrame;
	private readonly writer: ProtobufWriter;
	private readonly clipper = new RingClipper();
	private readonly quantiser = new RingQuantiser();
	private cursorX = 0;
	private cursorY = 0;

	constructor(world: WorldPolygons, frame: TileFrame, writer: ProtobufWriter) {
		this.world = world;
		this.frame = frame;
		this.writer = writer;
	}

	/** Where a feature's bounds lie against the frame; `across` may still leave nothing. */
	positionOf(feature: number): 'inside' | 'outside' | 'across' {
		const { scale, originX, originY, min, max } = this.frame;
		const { bounds } = this.world;
		const minX = bounds[4 * feature] * scale - originX;
		const minY = bounds[4 * feature + 1] * scale - originY;
		const maxX = bounds[4 * feature + 2] * scale - originX;
		const maxY = bounds[4 * feature + 3] * scale - originY;
		if (!(minX < max && maxX > min && minY < max && maxY > min)) return 'outside';
		return minX >= min && maxX <= max && minY >= min && maxY <= max ? 'inside' : 'across';
	}

	/** Writes a feature's rings; false when none is left. A polygon without its exterior goes with its holes. */
	writeFeature(feature: number, isInside: boolean): boolean {
		const { ringOffsets, polygonOffsets, featureOffsets } = this.world;
		this.cursorX = 0;
		this.cursorY = 0;
		let isAnyLeft = false;
		for (let p = featureOffsets[feature]; p < featureOffsets[feature + 1]; p++) {
			const shell = polygonOffsets[p];
			for (let r = shell; r < polygonOffsets[p + 1]; r++) {
				const isWritten = this.writeRing(ringOffsets[r], ringOffsets[r + 1], r === shell, isInside);
				if (isWritten) isAnyLeft = true;
				else if (r === shell) break;
			}
		}
		return isAnyLeft;
	}

	private writeRing(from: number, to: number, isShell: boolean, isInside: boolean): boolean {
		const { world, frame, clipper, quantiser, writer } = this;
		const kept = isInside
			? clipper.place(world.coordinates, from, to, frame)
			: clipper.clip(world.coordinates, from, to, frame);
		const count = quantiser.quantise(clipper.positions, kept);
		if (count === 0) return false;
		const { positions, start } = quantiser;
		const isForward = quantiser.doubledArea > 0 === isShell;
		const step = isForward ? 2 : -2;
		let at = isForward ? start : start + 2 * (count - 1);
		let x = this.cursorX;
		let y = this.cursorY;
		writer.reserve(10 * count + 12);
		for (let i = 0; i < count; i++, at += step) {
			if (i === 0) writer.varint32(MOVE_TO_ONE);
			else if (i === 1) writer.varint32(((count - 1) << 3) | LINE_TO);
			writer.zigzagPair(positions[at] - x, positions[at + 1] - y);
			x = positions[at];
			y = positions[at + 1];
		}
		writer.varint32(CLOSE_PATH);
		this.cursorX = x;
		this.cursorY = y;
		return true;
	}
}
