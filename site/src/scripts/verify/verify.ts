import type { QrVerdict, Verdict } from '@mandate/verification';
import { recallAll, remember } from '../page/memory.ts';
import type { Report, Task } from './protocol.ts';

/** A file is read in a second or two; the rest is the network's. What takes longer is ended: it would drain a phone. */
const MAX_MS = 120_000;

/** A file or code → verdict, computed beside the page so that it stays alive. @throws Error when the worker fails */
export function verifyInWorker(
  subject: Task['subject'],
  rootFingerprint: string,
): Promise<Verdict | QrVerdict> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const task: Task = { subject, rootFingerprint, base: `${location.origin}/`, remembered: recallAll() };
  let late: ReturnType<typeof setTimeout> | undefined;
  return new Promise<Verdict | QrVerdict>((resolve, reject) => {
    late = setTimeout(() => reject(new Error('the check took too long')), MAX_MS);
    worker.addEventListener('message', ({ data }: MessageEvent<Report>) => {
      switch (data.kind) {
        case 'remember':
          remember(data.key, data.value);
          return;
        case 'verdict':
          resolve(data.verdict);
          return;
        case 'fault':
          reject(new Error('the check did not finish'));
      }
    });
    worker.addEventListener('error', () => reject(new Error('the worker did not start')));
    worker.postMessage(task);
  }).finally(() => {
    clearTimeout(late);
    worker.terminate();
  });
}
