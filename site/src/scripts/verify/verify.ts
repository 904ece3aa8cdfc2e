import type { QrVerdict, Verdict } from '@mandate/verification';
import { recallAll, remember } from '../page/memory.ts';
import type { Report, Task } from './protocol.ts';

/** A file or code → verdict, computed beside the page so that it stays alive. @throws Error when the worker fails */
export function verifyInWorker(
  subject: Task['subject'],
  rootFingerprint: string,
): Promise<Verdict | QrVerdict> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const task: Task = { subject, rootFingerprint, base: `${location.origin}/`, remembered: recallAll() };
  return new Promise<Verdict | QrVerdict>((resolve, reject) => {
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
  }).finally(() => worker.terminate());
}
