/** Faces joined to groups, each named by its lowest face. Almost O(1) an operation. */
export class FaceGroups {
	private readonly above: Uint32Array;

	constructor(faceCount: number) {
		this.above = Uint32Array.from({ length: faceCount }, (_, face) => face);
	}

	find(face: number): number {
		const { above } = this;
		let at = face;
		while (above[at] !== at) {
			above[at] = above[above[at]];
			at = above[at];
		}
		return at;
	}

	join(f: number, g: number): void {
		const a = this.find(f);
		const b = this.find(g);
		if (a < b) this.above[b] = a;
		else this.above[a] = b;
	}
}
