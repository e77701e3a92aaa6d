import fc from 'fast-check';

/**
 * The seed of every property: the same each time in `npm test`, so that a red run is somebody's doing; another each time in
 * `npm run test:endurance`. A failure prints it; `CHANCE_SEED=<number>` runs it again.
 */
fc.configureGlobal({ seed: Number(process.env.CHANCE_SEED ?? 20_261_122) });
