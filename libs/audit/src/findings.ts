const MAX_PROBLEMS = 100;

export interface Problem {
  /** path below the public root */
  readonly file: string;
  readonly message: string;
}

/** What an audit has found so far. */
export class Findings {
  readonly problems: Problem[] = [];
  readonly warnings: string[] = [];
  readonly checked = { files: 0, entries: 0, blobs: 0 };
  readonly #unjudged = new Set<string>();
  #omitted = 0;

  problem(file: string, message: string): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ file, message });
    else this.#omitted += 1;
  }

  warn(message: string): void {
    this.warnings.push(message);
  }

  /** What is newer than this audit: it may be right or wrong. */
  pass(file: string, message: string): void {
    this.#unjudged.add(`${file}：${message}`);
  }

  /** Each once. */
  get unjudged(): readonly string[] {
    return [...this.#unjudged];
  }

  /** Problems beyond those that are listed. */
  get omitted(): number {
    return this.#omitted;
  }
}
