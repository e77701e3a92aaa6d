import type { FlatPolygons } from '../../geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '../../geo/grid.ts';

/** A ring as x, y, x, y … in whole grid steps, open. */
export type StepRing = readonly number[];

/** Collects polygons, one feature each, in arrays that grow. */
export class PolygonWriter {
	private coordinates = new Float64Array(1024);
	private positions = 0;
	private readonly ringEnds: number[] = [0];
	private readonly polygonEnds: number[] = [0];
	private readonly featureEnds: number[] = [0];

	/** Adds a feature of one polygon: the shell counter-clockwise, then holes clockwise. Rings are turned to their smallest vertex. */
	add(rings: readonly StepRing[]): void {
		this.addPolygon(rings);
		this.endFeature();
	}

	addPolygon(rings: readonly StepRing[]): void {
		for (const ring of rings) this.addRing(ring);
		this.polygonEnds.push(this.ringEnds.length - 1);
	}

	endFeature(): void {
		this.featureEnds.push(this.polygonEnds.length - 1);
	}

	finish(): FlatPolygons {
		return {
			coordinates: this.coordinates.slice(0, 2 * this.positions),
			ringOffsets: Uint32Array.from(this.ringEnds),
			polygonOffsets: Uint32Array.from(this.polygonEnds),
			featureOffsets: Uint32Array.from(this.featureEnds),
		};
	}

	private addRing(ring: StepRing): void {
		const count = ring.length / 2;
		if (2 * (this.positions + count) > this.coordinates.length) {
			const larger = new Float64Array(2 * Math.max(this.coordinates.length, 2 * (this.positions + count)));
			larger.set(this.coordinates);
			this.coordinates = larger;
		}
		let least = 0;
		for (let i = 1; i < count; i++) {
			const x = ring[2 * i] - ring[2 * least];
			if (x < 0 || (x === 0 && ring[2 * i + 1] < ring[2 * least + 1])) least = i;
		}
		for (let i = 0, o = 2 * this.positions; i < count; i++) {
			const source = (least + i) % count;
			this.coordinates[o++] = ring[2 * source] * GRID_STEP_DEG;
			this.coordinates[o++] = ring[2 * source + 1] * GRID_STEP_DEG;
		}
		this.positions += count;
		this.ringEnds.push(this.positions);
	}
}
