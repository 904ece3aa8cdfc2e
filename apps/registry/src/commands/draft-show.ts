import type { FileHandle } from 'node:fs/promises';
import type { ComparedChange } from '../drafts/draft-comparison.service.ts';
import type { DraftOptions } from './draft-desk.ts';
import { READS, withRegistry } from './draft-desk.ts';

export interface ShowOptions extends DraftOptions {
  readonly output?: string;
}

/** A whole draft: doubts and findings first, then every change in the order of the document. */
export async function showDraft(id: string, { as, json, output }: ShowOptions): Promise<void> {
  const [describe, { namesByKey }, { describeFindings }, { DraftReadingService }, { DraftHealthService }] =
    await Promise.all([
      import('./describe-draft.ts'),
      import('./names-by-key.ts'),
      import('./describe-findings.ts'),
      import('../drafts/draft-reading.service.ts'),
      import('../list-health/draft-health.service.ts'),
    ]);
  const paper = output === undefined ? 'terminal' : 'markdown';
  const sink = openSink(output);
  try {
    await withRegistry(
      as,
      ({ app, account, inTransaction }) =>
        inTransaction(async (tx) => {
          const reading = app.get(DraftReadingService);
          const detail = await reading.detail(tx, account, id);
          const compared = reading.compared(tx, account, id);
          if (json) return sink.write(JSON.stringify({ ...detail, changes: await all(compared) }));
          const health = app.get(DraftHealthService);
          const findings = await health.find(tx, account, id, { after: 0, limit: Infinity });
          const names = await namesByKey(app, tx, detail.report);
          await sink.write(describe.describeHead(detail, paper, names).join('\n'));
          const doubts = await reading.doubtful(tx, account, id);
          const first = [
            ...describe.describeDoubts(doubts, paper),
            ...describe.section(
              paper,
              '清单体检',
              describeFindings(findings, output === undefined ? undefined : Infinity).split('\n'),
            ),
            ...describe.section(paper, `全部改动：${detail.counts.changes} 项`, ['']),
          ];
          await sink.write(first.join('\n'));
          for await (const change of compared)
            await sink.write(describe.describeChange(change, paper, names).join('\n'));
        }),
      READS,
    );
  } finally {
    await sink.close();
  }
  if (output !== undefined) console.log(`已写入 ${output}。`);
}

async function all(compared: AsyncIterable<ComparedChange>): Promise<readonly ComparedChange[]> {
  const changes: ComparedChange[] = [];
  for await (const change of compared) changes.push(change);
  return changes;
}

interface Sink {
  readonly write: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

function openSink(path: string | undefined): Sink {
  if (path === undefined)
    return {
      write: (text) => {
        console.log(text);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
  let file: FileHandle | undefined;
  return {
    // Made with the first line: a draft that is not there, or not his to read, leaves no file.
    write: async (text) => {
      file ??= await (await import('node:fs/promises')).open(path, 'w');
      await file.write(`${text}\n`);
    },
    close: async () => file?.close(),
  };
}
