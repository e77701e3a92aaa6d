import { parentPort, workerData } from 'node:worker_threads';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { OverlayAreas } from './overlay-store.ts';

// The thread of one overlay: it gets the sets, sends the pieces without their shapes, and ends. A failure ends it as an error.
const { parcelNos, areaM2 } = overlayParcelSets(workerData as readonly ParcelSet[]);
parentPort?.postMessage({ parcelNos, areaM2 } satisfies OverlayAreas);
