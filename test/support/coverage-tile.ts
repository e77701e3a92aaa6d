import type { TileAddress } from '../../geo/tile/clip.ts';
import { landUseTile } from '../../src/lib/server/tile/coverage-layer.ts';
import type { OverviewSubject } from '../../src/lib/server/tile/overview-subject.ts';
import {
	drawTask,
	openOverview,
	overviewTask,
	overviewTile,
	type Overview,
} from '../../src/lib/server/tile/overview.ts';
import type { CoverageSnapshot } from '../../src/lib/server/tile/snapshot.ts';
import type { Audience } from '../../src/lib/server/tile/theme.ts';

/** The overview of a revision as the server draws it. */
export function drawnOverview(snapshot: CoverageSnapshot, subject: OverviewSubject): Overview {
	const task = overviewTask(snapshot, subject);
	const laid = task === null ? null : drawTask(task);
	if (laid === null) throw new Error(`no overview of ${subject}`);
	return openOverview(snapshot, subject, laid);
}

/** A tile of a coverage's land use as the server makes it; `overview` is the audience's. */
export function coverageTile(
	snapshot: CoverageSnapshot,
	overview: Overview,
	audience: Audience,
	tile: TileAddress,
): Uint8Array | null {
	const isCut = overview.levels.has(tile.z) || overview.singles.has(tile.z);
	return isCut ? overviewTile(overview, tile) : landUseTile(snapshot, audience, tile);
}
