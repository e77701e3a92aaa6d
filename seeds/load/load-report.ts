/** Told what is being done, and of how many parcels how many are stored. */
export type LoadReport = (step: { task: string; done?: number; total?: number }) => void;
