import type { WirePlotMap, WirePlotPlace } from '../api/plot-map.ts';
import type { WireLandUseClass, WireZone } from '../api/zone.ts';
import { PLOT_THEMES, type PlotTheme } from '../domain/supply/plot-theme.ts';
import { countLines, type PlotLine, type PlotSubject } from '../map/plot-line.ts';
import { plotAt, plotOverlay } from '../map/style-plots.ts';
import type { Pointed } from '../map/tile-parcel.ts';
import { viewOfZone, type Camera } from '../map/view-url.ts';
import { MapDesk } from './map-desk.svelte.ts';
import { registerQuery, type RegisterView } from './plot-register.ts';
import { Query } from './query.svelte.ts';

/** Land use under the plots is pale: it tells where one is. */
const GROUND_PCT = 25;

/** A map of plots: those in view that the filters let through, coloured by what is asked of them. */
export class PlotMapDesk {
	readonly map: MapDesk;
	readonly found = new Query<WirePlotMap>();
	subject = $state<PlotSubject>('state');
	/** What of supervision is asked for with the plots; null: nothing. */
	readonly theme: PlotTheme | null = $derived(PLOT_THEMES.find((one) => one === this.subject) ?? null);
	chosen = $state.raw<WirePlotPlace | null>(null);
	readonly plots: readonly WirePlotPlace[] = $derived(this.found.value?.plots ?? []);
	/** How many plots in view each line of the legend has. */
	readonly counts: ReadonlyMap<PlotLine, number> = $derived.by(() =>
		countLines(this.plots, this.subject, this.map.zone.today),
	);
	readonly overlay = plotOverlay(() => ({
		plots: this.plots,
		subject: this.subject,
		chosen: this.chosen,
		today: this.map.zone.today,
	}));

	constructor(zone: WireZone, classes: readonly WireLandUseClass[], camera: Camera | null) {
		this.map = new MapDesk(
			zone,
			classes,
			{ ...viewOfZone(zone.zoneId), camera, opacityPct: GROUND_PCT },
			false,
		);
		this.map.showLabels = false;
	}

	/** Asks for the plots in view; the last ones stay until the answer is there. */
	async load(view: RegisterView): Promise<void> {
		const { theme } = this;
		const bounds = this.map.session?.camera.uncoveredBounds() ?? this.map.zone.bbox;
		const bbox = bounds.map((degrees) => degrees.toFixed(5)).join(',');
		const path = `/api/v1/zones/${encodeURIComponent(this.map.zone.zoneId)}/plot-map`;
		const unsorted = { ...view, sort: 'plot', order: 'down' } as const;
		const found = await this.found.run(
			path + registerQuery(unsorted, { bbox, ...(theme === null ? {} : { theme }) }),
		);
		const { chosen } = this;
		if (found === null || chosen === null) return;
		this.chosen = found.plots.find(({ plotNo }) => plotNo === chosen.plotNo) ?? chosen;
	}

	pick({ at }: Pointed): void {
		this.chosen = plotAt(this.plots, [at[0], at[1]], this.map.camera?.zoom ?? 0);
	}
}
