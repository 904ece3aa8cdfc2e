import { Injectable } from '@nestjs/common';
import { encodeHex, equalBytes } from '@mandate/encoding';
import { parseLedgerHead, PublishedFormatError } from '@mandate/published';
import { hashLeaf, RightEdge, verifyCheckpoint } from '@mandate/transparency-log';
import { DataSource, type EntityManager } from 'typeorm';
import { type Account, requireRegistry } from '../auth/access.ts';
import { inSnapshot, inTransaction } from '../database/transaction.ts';
import { ChainService } from '../ledger/chain.service.ts';
import { linkHash, NO_HASH } from '../ledger/chained-act.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { LogService } from '../log/log.service.ts';

/** Links, or leaves, that are held at once. */
const BATCH = 5_000;
/** Transactions take minutes at most; what says of itself that it was done earlier than that was brought in later. */
const BACKDATED_MS = 3_600_000;

export interface LedgerProblem {
  /** of the link it is about, where it is about one */
  readonly number?: number;
  readonly code:
    | 'gap'
    | 'act-missing'
    | 'wrong-hash'
    | 'backdated'
    | 'astray'
    | 'head-differs'
    | 'cut-off'
    | 'log-differs';
  readonly message: string;
}

export interface LedgerReport {
  readonly ok: boolean;
  readonly acts: number;
  /** of the last link, hex: whoever notes number and hash down can ask for them the next time */
  readonly hash?: string;
  /** heads of the log that were compared */
  readonly heads: number;
  /** number up to which a head in the log holds the ledger fast */
  readonly heldTo: number;
  /** the first of each kind; what follows a broken link is broken with it */
  readonly problems: readonly LedgerProblem[];
}

/** A head of the ledger that somebody noted down, or that the log has. */
export interface KnownHead {
  readonly number: number;
  /** hex */
  readonly hash: string;
}

/** Computes the chain of acts anew, and holds it against its heads in the public log. */
@Injectable()
export class LedgerVerificationService {
  constructor(
    private readonly source: DataSource,
    private readonly chain: ChainService,
    private readonly log: LogService,
    private readonly ledger: LedgerService,
  ) {}

  /** @param noted a head that the auditor knows from before @throws AuthError unless an auditor of the registry asks */
  async verify(auditor: Account, noted?: KnownHead): Promise<LedgerReport> {
    requireRegistry(auditor, 'auditor');
    await this.chain.chain();
    // One snapshot for all of it: what is done meanwhile is not half of it seen.
    const report = await inSnapshot(this.source, (tx) => this.examine(tx, noted));
    await inTransaction(this.source, (tx) =>
      this.ledger.record(tx, {
        account: auditor.id,
        action: 'ledger.verified',
        subject: 'ledger',
        detail: { acts: report.acts, heads: report.heads, problems: report.problems.length },
      }),
    );
    return report;
  }

  private async examine(tx: EntityManager, noted: KnownHead | undefined): Promise<LedgerReport> {
    const problems: LedgerProblem[] = [];
    const heads = await this.headsOfLog(tx, problems);
    const known = [...heads, ...(noted === undefined ? [] : [noted])];
    const { last, hash } = await this.walk(tx, known, problems);
    for (const { number } of known)
      if (number > last)
        problems.push({
          number,
          code: 'cut-off',
          message: `日志中的链头说台账至少有 ${number} 条，现在只有 ${last} 条：末尾被删去`,
        });
    const [stray] = await this.chain.astray(tx, 1);
    if (stray !== undefined)
      problems.push({
        code: 'astray',
        message: `操作 ${stray.id}（${stray.at}，${stray.action}）不在链上，也不在等候上链之列`,
      });
    return {
      ok: problems.length === 0,
      acts: last,
      ...(last > 0 && { hash: encodeHex(hash) }),
      heads: heads.length,
      heldTo: Math.max(0, ...heads.map(({ number }) => number)),
      problems,
    };
  }

  private async walk(
    tx: EntityManager,
    known: readonly KnownHead[],
    problems: LedgerProblem[],
  ): Promise<{ last: number; hash: Uint8Array }> {
    const expected = Map.groupBy(known, ({ number }) => number);
    const told = new Set<LedgerProblem['code']>();
    const tell = (number: number, code: LedgerProblem['code'], message: string): void => {
      if (told.has(code)) return;
      told.add(code);
      problems.push({ number, code, message: `第 ${number} 条：${message}` });
    };
    let [last, hash, newest]: [number, Uint8Array, number] = [0, NO_HASH, 0];
    for (;;) {
      const links = await this.chain.linksAfter(tx, last, BATCH);
      for (const link of links) {
        if (link.number !== last + 1) tell(last + 1, 'gap', '没有这一条，或已被删去');
        if (link.act === undefined) tell(link.number, 'act-missing', '操作的内容已被删去');
        else {
          const right = equalBytes(link.previous, hash) && equalBytes(link.hash, linkHash(hash, link.act));
          if (!right) tell(link.number, 'wrong-hash', `内容或次序与链不符（${link.act.action}）`);
          const at = Date.parse(link.act.at);
          if (at < newest - BACKDATED_MS)
            tell(link.number, 'backdated', `自称发生在 ${link.act.at}，但排在更晚的操作之后：事后插入`);
          newest = Math.max(newest, at);
        }
        for (const head of expected.get(link.number) ?? [])
          if (head.hash !== encodeHex(link.hash))
            tell(link.number, 'head-differs', '与公开日志中（或所记下）的链头不同：此前的台账被改写');
        [last, hash] = [link.number, link.hash];
      }
      if (links.length < BATCH) return { last, hash };
    }
  }

  /** From the leaves themselves, which must be those of the newest checkpoint: a head that was taken out would change its root. */
  private async headsOfLog(tx: EntityManager, problems: LedgerProblem[]): Promise<readonly KnownHead[]> {
    const heads: KnownHead[] = [];
    const edge = RightEdge.empty();
    for (;;) {
      const entries = await this.log.entriesBetween(tx, 'certificates', edge.size, edge.size + BATCH);
      for (const { leaf } of entries) {
        edge.append(hashLeaf(leaf));
        const head = findHead(leaf);
        if (head !== undefined) heads.push(head);
      }
      if (entries.length < BATCH) break;
    }
    if (edge.size === 0) return heads;
    const { note } = await this.log.latestCheckpoint('certificates', tx);
    const { size, root } = verifyCheckpoint(note, await this.log.identityOf(tx, 'certificates'));
    if (size !== edge.size || !equalBytes(root, edge.root()))
      problems.push({
        code: 'log-differs',
        message: '证照日志与其检查点不符，其中的链头不可信。请运行 mandate log audit',
      });
    return heads;
  }
}

/** Most leaves are about certificates. */
function findHead(leaf: Uint8Array): KnownHead | undefined {
  try {
    const { number, subject: hash } = parseLedgerHead(leaf);
    return { number, hash };
  } catch (error) {
    if (error instanceof PublishedFormatError) return undefined;
    throw error;
  }
}
