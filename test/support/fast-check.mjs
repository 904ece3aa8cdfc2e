// What the specs get as `fast-check`: the library, with the same cases in every run. A suite that draws new ones each time
// is red on a change that has nothing to do with it. New cases are drawn with MANDATE_TEST_SEED=random (or a number), by
// who changed what a property is about and by `npm run fuzz`.
import fc from '../../node_modules/fast-check/lib/fast-check.js';

const given = process.env.MANDATE_TEST_SEED;
if (given !== 'random') fc.configureGlobal({ seed: given === undefined ? 20_260_101 : Number(given) });

export * from '../../node_modules/fast-check/lib/fast-check.js';
export default fc;
