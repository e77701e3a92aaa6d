import { parentPort, workerData } from 'node:worker_threads';
import { drawTask, type OverviewTask } from '../tile/overview.ts';

// The thread of one overview: it gets the parcels, sends the levels, and ends. A failure ends it as an error.
parentPort?.postMessage(drawTask(workerData as OverviewTask));
