import { AsyncLocalStorage } from 'node:async_hooks';

interface Flow {
  recorded: number;
}

const flows = new AsyncLocalStorage<Flow>();

/** Runs a request or a command, and counts what it records on its way. */
export function inActFlow<T>(work: () => T): { readonly result: T; readonly recorded: () => number } {
  const flow: Flow = { recorded: 0 };
  return { result: flows.run(flow, work), recorded: () => flow.recorded };
}

/** Called with every act, and where a request asks for what is so already: nothing was done that an act could tell of. */
export function countAct(): void {
  const flow = flows.getStore();
  if (flow !== undefined) flow.recorded += 1;
}
