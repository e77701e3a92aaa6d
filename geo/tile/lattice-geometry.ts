import type { TileFrame } from './clip.ts';
import type { LatticePolygons } from './lattice.ts';
import { LatticeCutter } from './lattice-cut.ts';
import type { ProtobufWriter } from './protobuf.ts';
import { RingCommands } from './ring-commands.ts';

/** Writes the geometry commands of polygons on a lattice for one tile: first all are gathered, then written. */
export class LatticeGeometryWriter {
	private readonly lattice: LatticePolygons;
	private readonly frame: TileFrame;
	private readonly commands: RingCommands;
	private readonly cutter: LatticeCutter;

	constructor(lattice: LatticePolygons, frame: TileFrame, writer: ProtobufWriter) {
		this.lattice = lattice;
		this.frame = frame;
		this.commands = new RingCommands(writer);
		this.cutter = new LatticeCutter(lattice, frame);
	}

	/** Takes a feature; returns what `writeFeature` needs of it, −1 when it lies outside. */
	gatherFeature(feature: number): number {
		const { featureOffsets } = this.lattice;
		let isMet = false;
		for (let p = featureOffsets[feature]; p < featureOffsets[feature + 1]; p++) {
			const place = this.placeOf(p);
			if (place !== 'outside') isMet = true;
			if (place === 'across') this.cutter.note(p);
		}
		return isMet ? feature : -1;
	}

	/** Begins a feature of what is written next. */
	beginFeature(): void {
		this.commands.beginFeature();
	}

	/** Writes the rings of what was gathered; false when none is left. */
	writeFeature(feature: number): boolean {
		const { featureOffsets } = this.lattice;
		let isEmpty = true;
		for (let p = featureOffsets[feature]; p < featureOffsets[feature + 1]; p++) {
			const place = this.placeOf(p);
			if (place !== 'outside' && (place === 'inside' ? this.writeWhole(p) : this.writeCut(p)))
				isEmpty = false;
		}
		return !isEmpty;
	}

	private writeWhole(polygon: number): true {
		const { positions, ringOffsets, polygonOffsets } = this.lattice;
		const { originX, originY } = this.frame;
		for (let r = polygonOffsets[polygon]; r < polygonOffsets[polygon + 1]; r++)
			this.commands.writePositions(positions, ringOffsets[r], ringOffsets[r + 1], originX, originY);
		return true;
	}

	private writeCut(polygon: number): boolean {
		this.cutter.cut(polygon);
		const { rings, order, hot } = this.cutter;
		for (const r of order) this.commands.writePixels(rings, r, hot.xs, hot.ys);
		return order.length > 0;
	}

	/** Where a polygon lies against the frame; one that touches it is `across`. */
	private placeOf(polygon: number): 'inside' | 'outside' | 'across' {
		const { originX, originY, min, max } = this.frame;
		const { bounds } = this.lattice;
		const [west, north] = [bounds[4 * polygon] - originX, bounds[4 * polygon + 1] - originY];
		const [east, south] = [bounds[4 * polygon + 2] - originX, bounds[4 * polygon + 3] - originY];
		if (west >= max || east <= min || north >= max || south <= min) return 'outside';
		return west > min && east < max && north > min && south < max ? 'inside' : 'across';
	}
}
