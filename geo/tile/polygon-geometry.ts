import { RingClipper, type TileFrame } from './clip.ts';
import { RingCommands } from './ring-commands.ts';
import type { WorldPolygons } from './project.ts';
import type { ProtobufWriter } from './protobuf.ts';
import { TileQuantiser } from './quantise.ts';

/** Writes the geometry commands of features of one layer for one tile: first all are gathered, then written. */
export class PolygonGeometryWriter {
	private readonly world: WorldPolygons;
	private readonly frame: TileFrame;
	private readonly commands: RingCommands;
	private readonly clipper = new RingClipper();
	private readonly quantiser: TileQuantiser;

	constructor(world: WorldPolygons, frame: TileFrame, writer: ProtobufWriter) {
		this.world = world;
		this.frame = frame;
		this.commands = new RingCommands(writer);
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

	/** Begins a feature of what is written next. */
	beginFeature(): void {
		this.commands.beginFeature();
	}

	/** Writes the rings of what was gathered; false when none is left. */
	writeFeature(gathered: number): boolean {
		const { rings, hot } = this.quantiser;
		this.quantiser.quantise(gathered);
		for (let r = 0; r < rings.count; r++) this.commands.writePixels(rings, r, hot.xs, hot.ys);
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
}
