/** Whether tests run: what is told in a log elsewhere, because somebody waits for an answer, stops everything here. */
export const UNDER_TEST = process.env['NODE_ENV'] === 'test';
