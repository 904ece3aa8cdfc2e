import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
/** After a failure: a full disk is not asked again for every line. */
const RETRY_MS = 1_000;
const NAME = /-(\d{4}-\d{2}-\d{2})\.ndjson$/;

interface OpenFile {
  readonly day: string;
  readonly descriptor: number;
}

/**
 * Lines in one file a day (UTC), `<folder>/<name>-<day>.ndjson`, readable by their owner only. Written at once, so that a
 * process that is killed has said what it did. What cannot be written is counted and told later: the log never ends the
 * program.
 */
export class DailyFile {
  private open: OpenFile | undefined;
  private retryAt = 0;
  private lost = 0;
  private cut = false;

  /** @param days for how many days files are kept at least */
  constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly days: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Lines that could not be written since the last one that could. */
  get lostLines(): number {
    return this.lost;
  }

  /** @param line with its line end */
  write(line: string): void {
    const now = this.now();
    if (now < this.retryAt) {
      this.lost += 1;
      return;
    }
    try {
      const { descriptor } = this.fileOf(now);
      // What a full disk cut off stays alone on its line.
      const lost = this.lost === 0 ? '' : lostLine(now, this.lost);
      this.writeWhole(descriptor, `${this.cut ? '\n' : ''}${lost}${line}`);
      this.cut = false;
      this.lost = 0;
    } catch {
      this.lost += 1;
      this.retryAt = now + RETRY_MS;
      this.close();
    }
  }

  close(): void {
    if (this.open === undefined) return;
    try {
      closeSync(this.open.descriptor);
    } catch {
      // Nobody can do anything about it.
    }
    this.open = undefined;
  }

  private writeWhole(descriptor: number, text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) {
      const written = writeSync(descriptor, bytes, at);
      at += written;
      this.cut = true;
    }
  }

  private fileOf(now: number): OpenFile {
    const day = dayOf(now);
    if (this.open?.day === day) return this.open;
    this.close();
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const descriptor = openSync(join(this.folder, `${this.name}-${day}.ndjson`), 'a', 0o600);
    this.open = { day, descriptor };
    this.removeOld(now);
    return this.open;
  }

  /**
   * Of every process, also of those that run no more. The newest days stay whatever the clock says: one that jumps ahead
   * for a moment takes nothing away.
   */
  private removeOld(now: number): void {
    const oldest = dayOf(now - this.days * DAY_MS);
    const files = readdirSync(this.folder).flatMap((file) => {
      const day = NAME.exec(file)?.[1];
      return day === undefined ? [] : [{ file, day }];
    });
    const newest = [...new Set(files.map(({ day }) => day))].sort().slice(-this.days);
    for (const { file, day } of files)
      if (day < oldest && !newest.includes(day)) rmSync(join(this.folder, file), { force: true });
  }
}

function lostLine(now: number, lost: number): string {
  const time = new Date(now).toISOString();
  return `${JSON.stringify({ level: 'warn', time, event: 'log-lines-lost', lost })}\n`;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
