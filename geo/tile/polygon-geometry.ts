import { RingClipper, type TileFrame } from './clip.ts';
import type { WorldPolygons } from './project.ts';
import type { ProtobufWriter } from './protobuf.ts';
import { TileQuantiser } from './quantise.ts';

const MOVE_TO_ONE = 9;
const LINE_TO = 2;
const CLOSE_PATH = 15;

/** Writes the geometry commands of features of one layer for one tile: first all are gathered, then written. */
export class PolygonGeometryWriter {
	private readonly world: WorldPolygons;
	private readonly frame: TileFrame;
	private readonly writer: ProtobufWriter;
	private readonly clipper = new RingClipper();
	private readonly quantiser: TileQuantiser;
	private cursorX = 0;
	private cursorY = 0;

	constructor(world: WorldPolygons, frame: TileFrame, writer: ProtobufWriter) {
		this.world = world;
		this.frame = frame;
		this.writer = writer;
		this.quantiser = new TileQuantiser(frame);
	}

	/** Clips a feature and gathers what is left; returns a number for `writeFeature`, −1 when it lies outside. */
	gatherFeature(feature: number): number {
		const position = this.positionOf(feature);
		if (position === 'outside') return -1;
		const { world, frame, clipper, quantiser } = this;
		const { ringOffsets, polygonOffsets, featureOffsets } = world;
		for (let p = featureOffsets[feature]; p < featureOffsets[feature + 1]; p++) {
			const shell = polygonOffsets[p];
			for (let r = shell; r < polygonOffsets[p + 1]; r++) {
				const [from, to] = [ringOffsets[r], ringOffsets[r + 1]];
				const count =
					position === 'inside'
						? clipper.place(world.coordinates, from, to, frame)
						: clipper.clip(world.coordinates, from, to, frame);
				if (count > 0) quantiser.addRing(clipper.positions, count, r === shell);
			}
		}
		return quantiser.endFeature();
	}

	/** Writes the rings of a gathered feature; false when none is left. */
	writeFeature(gathered: number): boolean {
		this.cursorX = 0;
		this.cursorY = 0;
		const { rings } = this.quantiser;
		this.quantiser.quantise(gathered);
		for (let r = 0; r < rings.count; r++) this.writeRing(rings.offsets[r], rings.offsets[r + 1]);
		return rings.count > 0;
	}

	/** Where a feature's bounds lie against the frame; `across` may still leave nothing. */
	private positionOf(feature: number): 'inside' | 'outside' | 'across' {
		const { scale, originX, originY, min, max } = this.frame;
		const { bounds } = this.world;
		const minX = bounds[4 * feature] * scale - originX;
		const minY = bounds[4 * feature + 1] * scale - originY;
		const maxX = bounds[4 * feature + 2] * scale - originX;
		const maxY = bounds[4 * feature + 3] * scale - originY;
		if (!(minX < max && maxX > min && minY < max && maxY > min)) return 'outside';
		return minX >= min && maxX <= max && minY >= min && maxY <= max ? 'inside' : 'across';
	}

	private writeRing(from: number, to: number): void {
		const { writer } = this;
		const { xs, ys } = this.quantiser.hot;
		const { pixels } = this.quantiser.rings;
		let x = this.cursorX;
		let y = this.cursorY;
		writer.reserve(10 * (to - from) + 12);
		for (let i = from; i < to; i++) {
			if (i === from) writer.varint32(MOVE_TO_ONE);
			else if (i === from + 1) writer.varint32(((to - from - 1) << 3) | LINE_TO);
			const nextX = xs[pixels[i]];
			const nextY = ys[pixels[i]];
			writer.zigzagPair(nextX - x, nextY - y);
			x = nextX;
			y = nextY;
		}
		writer.varint32(CLOSE_PATH);
		this.cursorX = x;
		this.cursorY = y;
	}
}
