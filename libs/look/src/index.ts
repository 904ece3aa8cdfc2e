export { BROWSER_COLOURS } from './browser-colours.ts';
export { FACT_PATHS, type FactMark } from './fact-marks.ts';
export { ITEM_STATES, type ItemStateLook, type MarkShape } from './item-states.ts';
export { VERDICT_PATHS, type VerdictMark } from './verdict-marks.ts';
