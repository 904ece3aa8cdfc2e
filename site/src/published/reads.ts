// What a page read decides when it must be rendered again. So whatever a page says of the published files comes through
// readers that name what they read; the names are kept with the page, and digests of what they name are compared.

/** State of what a name stands for. */
export interface InputState {
  readonly digest: string;
  /** first day after that of the pages on which an entry in it comes into force */
  readonly nextDay?: string | undefined;
}

type Names = Set<string>;

const open: Names[] = [];
const resolvers = new Map<string, (rest: string) => InputState>();
const coarser = new Map<string, () => readonly string[]>();
const states = new Map<string, InputState>();
let scope: string | undefined;

/** Says that the page being rendered depends on a named input, `<kind>:<rest>`. */
export function recordRead(name: string): void {
  open.at(-1)?.add(name);
}

/** Runs a function and names all it read, also what `remembered` functions had read before. */
export async function recordingReads<T>(
  run: () => T | Promise<T>,
): Promise<{ value: T; names: ReadonlySet<string> }> {
  const names: Names = new Set();
  open.push(names);
  try {
    return { value: await run(), names };
  } finally {
    open.pop();
  }
}

/** For readers that name what they take from a file more closely than by the file. */
export function withoutRecording<T>(run: () => T): T {
  open.push(new Set());
  try {
    return run();
  } finally {
    open.pop();
  }
}

/**
 * A function that is computed once for each argument, and counts as read each time it is asked. Readers keep what they have
 * read by this and nothing else: a variable of their own would be read by the first page only, and all others would
 * never be rendered again.
 * @param limit number of arguments kept, the latest
 */
export function remembered<T>(compute: () => T): () => T;
export function remembered<T>(compute: (argument: string) => T, limit?: number): (argument: string) => T;
export function remembered<T>(compute: (argument: string) => T, limit = Infinity): (argument?: string) => T {
  const known = new Map<string, { value: T; names: Names }>();
  return (argument = '') => {
    let found = known.get(argument);
    if (found === undefined) {
      const names: Names = new Set();
      open.push(names);
      try {
        found = { value: compute(argument), names };
      } finally {
        open.pop();
      }
      known.set(argument, found);
      for (const [oldest] of known) {
        if (known.size <= limit) break;
        known.delete(oldest);
      }
    }
    const page = open.at(-1);
    if (page !== undefined) for (const name of found.names) page.add(name);
    return found.value;
  };
}

/**
 * Gives a kind of input its digest. Once for each kind, by the reader that names it.
 * @param coarse inputs that change whenever one of this kind does, and are quicker to look at: where none of them has
 * changed, this one is not asked for
 */
export function defineInput(
  kind: string,
  resolve: (rest: string) => InputState,
  coarse?: () => readonly string[],
): void {
  resolvers.set(kind, resolve);
  if (coarse !== undefined) coarser.set(kind, coarse);
}

/** Inputs to look at in place of one, see `defineInput`. */
export function coarseInputs(name: string): readonly string[] {
  return coarser.get(kindOf(name))?.() ?? [name];
}

function kindOf(name: string): string {
  const at = name.indexOf(':');
  return at < 0 ? name : name.slice(0, at);
}

/** What an input is now. @throws PublishedError for files that cannot be read as what they are */
export function inputState(name: string): InputState {
  let state = states.get(name);
  if (state === undefined) {
    const kind = kindOf(name);
    const resolve = resolvers.get(kind);
    if (resolve === undefined) throw new Error(`no reader names inputs of the kind ${kind}`);
    state = withoutRecording(() => resolve(name.slice(kind.length + 1)));
    states.set(name, state);
  }
  return state;
}

/** The organ whose addresses are asked for; undefined for those of all organs. */
export function organInScope(): string | undefined {
  return scope;
}

/** Runs `getStaticPaths` of a page for one organ; see `organPaths`. */
export async function withOrganInScope<T>(organ: string, run: () => T | Promise<T>): Promise<T> {
  scope = organ;
  try {
    return await run();
  } finally {
    scope = undefined;
  }
}
